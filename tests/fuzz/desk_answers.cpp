// A server that answers anything, to the programs of a desk: an answer is refused, or what it says is within
// its bounds and safe to show; and a person's card says what its keys say.
#include <algorithm>

#include "client/desk/epoch_secrets.hpp"
#include "client/desk/listing.hpp"
#include "client/desk/names_file.hpp"
#include "client/here/member_card.hpp"
#include "client/line/patience.hpp"
#include "client/line/problem.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol/issue.hpp"
#include "tests/fuzz/overlaid.hpp"
#include "tests/fuzz/shown.hpp"

namespace {

namespace json = protocol::json;

constexpr std::string_view id = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b";

void take_page(std::string_view body) {
    const auto page = desk::read_page(body);
    if (!page) return must(page.error() == client::errc::bad_answer);
    must(page->rows.size() <= 200 && !page->cursor.empty());
    // The cursor goes back into an address as it is.
    const auto query = desk::page_query(page->cursor, "", 0);
    must(std::ranges::all_of(
        query, [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '%' && c != '+'; }));
    must(std::ranges::count(query, '&') == 1);
    for (const auto& row : page->rows) {
        must(crypto::uuid::parse(row.id).has_value() && protocol::day::parse(row.ontvangen).has_value());
        const auto line = desk::line_of(row), machine = desk::json_line_of(row);
        must_be_shown_safely(line);
        must_be_shown_safely(machine);
        must(std::ranges::count(line, '\n') == 1 && std::ranges::count(machine, '\n') == 1);
        const auto read = protocol::parse_object(std::string_view(machine));
        must(read && *read == row.members);
    }
}

const json::object& row() {
    static const json::object out{{"id", id},
                                  {"status", "nieuw"},
                                  {"rol", "eerste"},
                                  {"spoed", true},
                                  {"ontvangen", "2026-11-21"},
                                  {"epoch", "2026-W47"},
                                  {"sealedKey", "AAAA"},
                                  {"grootteklasse", 4096},
                                  {"revisie", 3}};
    return out;
}

struct made_desk {
    crypto::sign_keys lead = crypto::sign_keys::from(crypto::seed());
    crypto::box_keys officer = crypto::box_keys::from(crypto::seed());
    std::string token, wrap;
    made_desk() {
        const auto secret = crypto::box_keys::random();
        protocol::epoch_key key;
        key.loket = "zorg";
        key.epoch = protocol::epoch::parse("2026-W47").value();
        key.public_key = secret.public_key;
        protocol::sign_document(key, lead);
        token = key.token;
        wrap = crypto::b64u(protocol::wrap(secret, officer.public_key).value().view());
    }
};

void take_keys(const made_desk& made, std::string_view body) {
    const auto keys = desk::read_held_keys(body, "zorg", std::span(&made.lead.public_key, 1));
    if (!keys) return must(keys.error() == client::errc::bad_answer);
    for (const auto& [key, wrap] : *keys) must(key.token == made.token && key.loket == "zorg");
    const auto secrets = desk::unwrap(*keys, made.officer);
    must(secrets.by_mark.size() + secrets.spoiled.size() <= keys->size());
    for (const auto& [mark, opened] : secrets.by_mark) must(mark == crypto::key_mark(opened.public_key));
}

void take_problem(std::string_view body) {
    for (const int status : {401, 409, 503}) {
        client::answer answer;
        answer.status = status;
        answer.body = body;
        const auto said = client::read_problem(answer);
        // A byte of the server's is at most six of ours, as in \u001b.
        must(said.detail.size() <= 6 * 2000 && said.codes.size() == said.lines.size() &&
             said.lines.size() <= 1000);
        must_be_shown_safely(said.detail);
        for (const auto& line : said.lines) must_be_shown_safely(line);
        const auto refusal = client::refused("It was not stored", answer);
        must(refusal.sentence.starts_with("It was not stored: ") && refusal.passing == (status == 503));
    }
}

client::member_card signed_card(const made_desk& made) {
    client::member_card out{
        "zorg", crypto::uuid::parse(id).value(), "medewerker", made.lead.public_key, made.officer.public_key,
        {}};
    client::sign_card(out, made.lead);
    return out;
}

// Of a lead and an officer; what a fuzzer writes is never signed by one of them, so it is never taken.
void take_names(std::string_view text) {
    static const auto own = [] {
        protocol::key_file out;
        out.soort = "beheerder";
        out.loket = "zorg";
        out.lid = crypto::uuid::parse(id).value();
        out.sign_keys = crypto::sign_keys::from(crypto::seed());
        out.box_keys = crypto::box_keys::from(crypto::seed());
        return out;
    }();
    static const auto member =
        protocol::issue_membership("zorg", own.lid, own.sign_keys->public_key, own.box_keys->public_key,
                                   "beheerder", protocol::day::parse("2026-11-21").value(), *own.sign_keys);
    static const auto file = [] {
        desk::local_names names;
        names.give(own.lid, "anna");
        return desk::write_names(names, std::span(&member, 1), own,
                                 protocol::day::parse("2026-11-21").value())
            .value();
    }();
    const auto take = [](std::string_view given) {
        const auto read = desk::read_names(given, "f.json", std::span(&member, 1), own);
        if (read) return must(read->of(own.lid) == "anna");
        must(read.error().sentence.starts_with("f.json"));
        must_be_shown_safely(read.error().sentence);
    };
    take(file);
    take(text);
    take(overlaid(protocol::parse_object(std::string_view(file).substr(0, file.size() - 1)).value(), text));
}

void take_card(std::string_view text) {
    const auto card = client::read_card(text, "x.pub");
    if (!card) {
        must(card.error().sentence.starts_with("x.pub"));
        return must_be_shown_safely(card.error().sentence);
    }
    // What it holds besides is signed too, and not read: such a card is not written again as it was.
    must(card->fingerprint().size() == 24);
    const auto again = client::read_card(client::write_card(*card), "x.pub");
    must(!again || (client::write_card(*again) == client::write_card(*card) &&
                    again->fingerprint() == card->fingerprint()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const made_desk made;
    static const json::object entry{{"sleutel", made.token}, {"sealedSecret", made.wrap}};
    static const json::object card =
        protocol::parse_object(std::string_view(client::write_card(signed_card(made)))).value();
    const auto text = crypto::as_text({data, size});
    take_names(text);
    take_page(text);
    take_page(R"({"cursor":"a","meer":false,"meldingen":[)" + overlaid(row(), text) + "]}");
    take_page(overlaid({{"cursor", "a"}, {"meer", true}, {"meldingen", json::array{row()}}}, text));
    take_keys(made, text);
    take_keys(made, R"({"sleutels":[)" + overlaid(entry, text) + "]}");
    take_problem(text);
    take_problem(R"({"errors":[)" + std::string(text) + "]}");
    take_card(text);
    take_card(overlaid(card, text));
    const auto pause = client::pause_after(1 + static_cast<unsigned>(size % 9), text);
    must(pause >= pause.zero() && pause <= std::chrono::seconds(10));
    return 0;
}
