// The pages over a small country: the real store, directory, receipts and templates, and desks that open what
// they get with their own secrets. The clock stands where it is put.
#pragma once

#include <map>

#include "crypto/receipt.hpp"
#include "server/pages/pages.hpp"
#include "tests/unit/guide/held.hpp"
#include "tests/unit/pages/shown.hpp"
#include "tests/unit/trust/world.hpp"

namespace site {

using typed::and_also;
using typed::fields;
using typed::full;
using typed::full_at_work;
using typed::least;
using typed::with;
using typed::without;
using world::run_now;

inline http::head head(http::method method, std::string path, std::vector<http::field> more = {}) {
    http::head out;
    out.method = method;
    out.method_text = method == http::method::post ? "POST" : "GET";
    out.target = out.path = std::move(path);
    out.authority = "meldpunt.example";
    out.fields = std::move(more);
    return out;
}

inline std::string field(const http::response& response, std::string_view name) {
    std::string out;
    for (const auto& [key, value] : response.fields)
        if (key == name) out += (out.empty() ? "" : ", ") + value;
    return out;
}

inline bool says(const http::response& response, std::string_view words) {
    return response.content().contains(words);
}

using shipped::gemeenten;
using shipped::handbook;

// rotterdam and zorg: working days from 09:00 to 17:00; landelijk as it is said.
inline async::held<guide::staffing> hours(std::string_view loketten) {
    const scratch dir;
    dir.write("bezetting.json", R"({"versie": 1,
        "standaard": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
                      "feestdagen": false, "antwoordWerkdagen": 2},
        "loketten": {)" + std::string(loketten) +
                                    "}}");
    auto read = guide::staffing::load(dir.path);
    if (!read) throw std::runtime_error("the hours of the desks cannot be read");
    return async::held<guide::staffing>(std::make_shared<const guide::staffing>(std::move(*read)));
}
// landelijk: day and night.
inline const async::held<guide::staffing>& staffing() {
    static const auto held =
        hours(R"("landelijk": {"tijden": [{"dagen": [1, 2, 3, 4, 5, 6, 7], "van": "00:00", "tot": "24:00"}],
                               "feestdagen": true, "antwoordWerkdagen": 0})");
    return held;
}
// All three: working days from 09:00 to 17:00.
inline const async::held<guide::staffing>& days_only() {
    static const auto held = hours("");
    return held;
}

class server : public world::country {
  public:
    explicit server(const std::vector<std::string>& languages = {"en"}, bool offers_mailbox = true)
        : mailbox(offers_mailbox) {
        for (auto* one : {&rotterdam, &landelijk, &zorg})
            hand_in_own_keys(*one, {"2026-W46", "2026-W47", "2026-W48"});
        open_pages(*store, *registry, languages);
    }

    void open_pages(store::store& store, trust::registry& registry,
                    const std::vector<std::string>& languages = {"en"},
                    const async::held<guide::handbook>& told = handbook(),
                    const async::held<guide::staffing>& there = staffing()) {
        auto opened = pages::pages::open(
            {store, registry, mailboxes, gemeenten(), there, told, clock, gate, volume, false, mailbox},
            languages);
        if (!opened) FAIL(opened.error());
        pages = std::move(*opened);
    }

    // Keys of these weeks whose secrets are at hand, and a stand that lists them and no other.
    void hand_in_own_keys(world::desk& one, const std::vector<std::string>& weeks) {
        one.sleutels.clear();
        one.keys.clear();
        add_own_keys(one, weeks);
    }
    void add_own_keys(world::desk& one, const std::vector<std::string>& weeks) {
        const auto officer = protocol::issue_membership(
            one.id, one.lid, one.sign.public_key, one.box.public_key, "medewerker", clock.today(), one.lead);
        for (const auto& week : weeks) {
            auto issued = protocol::issue_epoch_key(one.id, protocol::epoch::parse(week).value(),
                                                    std::vector{officer}, one.lead)
                              .value();
            REQUIRE(run_now(
                registry->take_epoch_key(one.id, issued.key.token, {}, world::line(one.id, "sleutel"))));
            secrets[one.id].emplace(
                crypto::key_mark(issued.key.public_key),
                protocol::open_wrap(issued.wraps[0].second.view(), one.box, issued.key).value());
            one.sleutels.push_back(issued.key.hash);
            one.keys.push_back(std::move(issued.key));
        }
        publish_stand(one);
    }

    http::response get(std::string path, std::vector<http::field> more = {}) {
        return run_now(pages->answer({head(http::method::get, std::move(path), std::move(more)), {}}));
    }
    http::response post(std::string_view bytes, std::string path = "/en/melden") {
        http::request request{head(http::method::post, std::move(path)), {}};
        request.body.assign(bytes.begin(), bytes.end());
        auto response = run_now(pages->answer(std::move(request)));
        // What holds for every answer to a post.
        CHECK(response.content().size() % (16 * 1024) == 0);
        CHECK(response.content().size() >= 48 * 1024);
        CHECK(field(response, "Content-Encoding").empty());
        CHECK(field(response, "Content-Security-Policy").contains("default-src 'none'"));
        CHECK(field(response, "Location").empty());
        CHECK((response.status == 503) == (field(response, "Retry-After") == "10"));
        return response;
    }
    // The button `stap` of a page with these answers.
    http::response step(const fields& given, std::string stap) {
        return post(typed::body(and_also(given, "stap", std::move(stap))));
    }
    http::response check(const fields& given) { return step(given, "controle"); }
    // Presses the button that sends, on a check page as it stands there.
    http::response send(const http::response& checked) {
        return step(shown::fields(checked.content()), "versturen");
    }

    std::vector<crypto::uuid> ids_at(const std::string& desk) {
        std::vector<crypto::uuid> out;
        for (const auto& row : run_now(store->list({.desk = desk, .status = {}})).value().rows)
            out.push_back(row.id);
        return out;
    }
    std::size_t stored() {
        return ids_at("rotterdam").size() + ids_at("landelijk").size() + ids_at("zorg").size();
    }
    store::stored_report row(const std::string& desk, const crypto::uuid& id) {
        return run_now(store->report(desk, id)).value();
    }
    // As an officer of the desk opens it; no alarm may be there.
    protocol::report opened(const std::string& desk, const crypto::uuid& id) {
        auto stored = row(desk, id);
        protocol::received_report received;
        received.envelope.id = id;
        received.envelope.body = std::move(stored.listed.body);
        received.spoed = stored.listed.urgent;
        for (auto& to : stored.recipients)
            received.envelope.ontvangers.push_back({"loket:" + to.desk, to.role,
                                                    protocol::epoch::parse(to.epoch), to.key_mark,
                                                    std::move(to.sealed_key)});
        if (stored.mailbox) received.mailbox = crypto::mailbox_id(*stored.mailbox);
        auto out = protocol::open_report(received, desk, secrets[desk], [this](const auto& mark) {
            return mark.versie == gids->versie && mark.hash == gids->hash;
        });
        if (!out) FAIL(protocol::text(out.error()));
        CHECK(out->alarms.empty());
        return std::move(out->report);
    }
    // The only report that this desk has.
    protocol::report only(const std::string& desk) {
        const auto ids = ids_at(desk);
        REQUIRE(ids.size() == 1);
        return opened(desk, ids.front());
    }

    std::map<std::string, std::map<crypto::block<8>, crypto::box_keys>> secrets;  // by desk
    receipts::mailboxes mailboxes{{.stock = 0}};
    const bool mailbox;
    double pressure = 0;  // what the gate takes for load
    admission::gate gate{1, [this] { return pressure; }};
    admission::volume volume;
    std::unique_ptr<pages::pages> pages;
};

// A member of a report as text; of a list its elements with a blank between.
inline std::string member(const protocol::report& report, std::string_view name) {
    const auto& value = report.members().at(name);
    if (value.is_string()) return value.as_string().c_str();
    if (!value.is_array()) return protocol::to_text(value);
    std::string out;
    for (const auto& one : value.as_array())
        out += (out.empty() ? "" : " ") + std::string(one.as_string().c_str());
    return out;
}

}  // namespace site
