// A report of rotterdam that zorg shares, and what officers ask of it by signed requests.
#pragma once

#include "crypto/protocol/trail.hpp"
#include "people.hpp"

namespace service {

struct desks : server {
    // A report of rotterdam, also for zorg, sealed to this week.
    std::string report = posted();

    std::string posted(bool urgent = false) {
        auto row = samples::report("rotterdam");
        row.urgent = urgent;
        row.recipients[0].epoch = "2026-W47";
        row.recipients.push_back(samples::recipient("zorg", "mede"));
        const auto id = row.id;
        REQUIRE(run_now(store->add_report(std::move(row))));
        return "/v1/loketten/rotterdam/meldingen/" + id.text();
    }
    // The same report as zorg names it.
    [[nodiscard]] std::string at_zorg() const {
        return "/v1/loketten/zorg" + report.substr(report.find("/meldingen"));
    }
    template <class Who>
    http::response signed_with(http::head out, const Who& by, std::string_view body = {}) {
        crypto::signed_message message{out.method_text, out.authority, out.path,
                                       out.query.empty() ? "?" : out.query, out.fields};
        if (!body.empty())
            message.fields.emplace_back("content-digest", crypto::content_digest(crypto::as_bytes(body)));
        auto fields =
            crypto::sign_request(message, by.sign, by.keyid(), clock.at, crypto::uuid::random().bytes);
        out.fields = message.fields;
        out.fields.emplace_back("signature-input", fields.signature_input);
        out.fields.emplace_back("signature", fields.signature);
        return send(std::move(out), body);
    }
    template <class Who>
    http::response change_by(const Who& by, std::string_view body, std::string_view tag,
                             std::string target = {}) {
        auto out = head(http::method::patch, target.empty() ? report : std::move(target));
        if (!tag.empty()) out.fields.emplace_back("if-match", tag);
        return signed_with(std::move(out), by, body);
    }
    http::response change(std::string_view body, std::string_view tag = "\"1\"") {
        return change_by(rotterdam, body, tag);
    }
    template <class Who>
    http::response destroy_by(const Who& by, std::string_view tag, std::string_view query = "?reden=misbruik",
                              const std::string& target = {}) {
        auto out = head(http::method::del, (target.empty() ? report : target) + std::string(query));
        if (!tag.empty()) out.fields.emplace_back("if-match", tag);
        return signed_with(std::move(out), by);
    }
    template <class Who>
    void opened_by(const Who& who, const std::string& target) {
        REQUIRE(signed_by(who.sign, who.keyid(), http::method::post, target + "/inzagen",
                          fmt::format(R"({{"id":"{}","handeling":"geopend","tot":null}})",
                                      crypto::uuid::random().text()))
                    .status == 201);
    }
    boost::json::object fetched() { return json(member(rotterdam, report)); }
    std::string recipient(const world::desk& to, std::string_view week, std::string_view role = "eerste") {
        return fmt::format(R"({{"voor":"loket:{}","epoch":"{}","sleutel":"{}","rol":"{}","sealedKey":"{}"}})",
                           to.id, week, crypto::b64u(crypto::key_mark(to.key(week).public_key)), role,
                           crypto::b64u(crypto::bytes(96, 5)));
    }
    // The list of keys sealed anew, of the report.
    [[nodiscard]] std::string anew(const std::string& recipients) const {
        return fmt::format(R"([{{"id":"{}","ontvangers":[{}]}}])", report.substr(report.rfind('/') + 1),
                           recipients);
    }
    // The lines of a desk's trail.
    std::vector<protocol::trail_line> trail_of(const world::desk& of) {
        std::vector<protocol::trail_line> out;
        for (const auto& bytes : run_now(store->trail(of.id, 0, 1000)).value())
            if (auto line = protocol::parse_line(bytes)) out.push_back(std::move(*line));
        return out;
    }
};

}  // namespace service
