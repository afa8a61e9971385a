// Any members in a report that was sealed to a desk, and any beside it in the server's answer: it is opened
// with its alarms or refused, and what the officer is shown cannot pass for ours nor steer the terminal.
#include <algorithm>
#include <set>

#include "client/desk/report_item.hpp"
#include "client/desk/report_text.hpp"
#include "client/here/wrapped.hpp"
#include "crypto/hash.hpp"
#include "tests/fuzz/overlaid.hpp"
#include "tests/fuzz/shown.hpp"

namespace {

namespace json = protocol::json;
using protocol::open_errc;

constexpr std::string_view id = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b";

struct made_report {
    crypto::uuid number = crypto::uuid::parse(id).value();
    crypto::content_key key;
    std::map<crypto::block<8>, crypto::box_keys> secrets;
    json::object inside, outside;

    made_report() {
        auto week = crypto::box_keys::from(crypto::seed());
        const auto mark = crypto::key_mark(week.public_key);
        auto draft = protocol::report::draft(
            R"({"rol":"burger","vormen":["arbeid"],"minderjarig":"nee","wat":"a\nb","contact":{"naam":"J"}})");
        const auto text = draft->complete(number, {{{"zorg", "eerste"}}, false}, {7, "h"}, std::nullopt);
        inside = json::object(protocol::parse_object(text.text()).value(), json::storage_ptr());
        const auto sealed_key = crypto::seal_key(key, number, week.public_key).value();
        outside = {{"id", id},
                   {"status", "nieuw"},
                   {"rol", "eerste"},
                   {"spoed", false},
                   {"ontvangen", "2026-11-21"},
                   {"epoch", "2026-W47"},
                   {"sealedKey", crypto::b64u(sealed_key.view())},
                   {"grootteklasse", 4096},
                   {"revisie", 1},
                   {"postbus", nullptr},
                   {"ontvangers", json::array{json::object{{"voor", "loket:zorg"},
                                                           {"epoch", "2026-W47"},
                                                           {"sleutel", crypto::b64u(mark)},
                                                           {"rol", "eerste"}}}}};
        outside["body"] = seal(protocol::to_text(inside));
        secrets.emplace(mark, std::move(week));
    }
    [[nodiscard]] std::string seal(std::string_view text) const {
        return crypto::b64u(
            crypto::seal_body(crypto::plain::copy_of(text), key, crypto::kind::melding, number)
                .value()
                .view());
    }
};

// A line that begins at the left margin is ours: none holds what a reporter or a server wrote, and none is
// cut by the terminal so that its rest would begin there.
void judge(std::string_view text) {
    static const std::set<std::string_view> ours = {"",
                                                    "What the reporter says",
                                                    "What (wat)",
                                                    "Who (wie)",
                                                    "Where (waar)",
                                                    "When (wanneer)",
                                                    "Online",
                                                    "Vehicles (voertuigen)",
                                                    "Contact",
                                                    "Professional",
                                                    "Attachment (bijlage); treat it as hostile"};
    must_be_shown_safely(text);
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        must(client::columns_of(line) <= 80);
        must(line.starts_with("  ") || line == "Report " + std::string(id) ||
             line == "Report " + std::string(id) + "   URGENT (spoed)" || ours.contains(line));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
}

void take(const made_report& made, const std::string& answer) {
    const auto item = desk::read_item(answer, "zorg", id);
    if (!item) return must(item.error() == client::errc::bad_answer);
    must(item->row.id == id && item->received.envelope.ontvangers.size() <= 16);
    std::optional<protocol::directory_mark> asked;
    const auto opened = protocol::open_report(item->received, "zorg", made.secrets, [&](const auto& mark) {
        asked = mark;
        return mark.versie == 7 && mark.hash == "h";
    });
    if (!opened) return must(!protocol::text(opened.error()).empty());
    const auto& report = opened->report;
    const auto alarmed = [&](protocol::alarm one) { return std::ranges::count(opened->alarms, one) == 1; };
    must(report.id() == made.number && asked == report.gids());
    must(alarmed(protocol::alarm::unknown_directory) == (report.gids() != protocol::directory_mark{7, "h"}));
    must(alarmed(protocol::alarm::urgency_differs) == (report.spoed() != item->received.spoed));
    const auto postbus = report.postbus();
    must(postbus.has_value() == item->received.mailbox.has_value());
    (void)report.facts();

    judge(desk::report_text(*item, report).text());
    const auto machine = desk::report_json(*item, report, opened->alarms);
    must_be_shown_safely(machine.text());
    const auto read = protocol::parse_object(machine.text());
    must(read && read->at("melding") == report.members());
    must(read->at("alarmen").as_array().size() == opened->alarms.size());
    must_be_shown_safely(desk::alarms_text(opened->alarms, {}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const made_report made;
    const auto text = crypto::as_text({data, size});
    if (size > 100000) return 0;
    auto answer = made.outside;
    answer["body"] = made.seal(overlaid(made.inside, text));
    take(made, protocol::to_text(answer));
    take(made, overlaid(made.outside, text));
    answer["ontvangers"] = json::array{json::string(text)};
    if (const auto value = protocol::parse_json(text)) answer["ontvangers"] = *value;
    if (protocol::parse_json(protocol::to_text(answer))) take(made, protocol::to_text(answer));
    return 0;
}
