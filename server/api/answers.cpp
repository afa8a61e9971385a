#include "server/api/answers.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "crypto/protocol/calendar.hpp"

namespace api {
namespace {

constexpr std::int64_t day_seconds = 86400;

}  // namespace

http::response json_answer(unsigned status, const protocol::json::value& value) {
    http::response out;
    out.status = status;
    out.content_type = "application/json";
    out.body = protocol::to_text(value);
    return out;
}

http::response public_answer(const http::head& head, std::shared_ptr<const std::string> body,
                             std::string_view hash, unsigned max_age) {
    http::response out;
    std::string tag = "\"" + std::string(hash) + "\"";
    if (head.has_current(tag)) {
        out.status = 304;
    } else {
        out.content_type = "application/json";
        out.shared_body = std::move(body);
    }
    out.with("ETag", std::move(tag));
    out.with("Cache-Control",
             "public, max-age=" + std::to_string(max_age) + (max_age == 0 ? ", must-revalidate" : ""));
    out.with("Access-Control-Allow-Origin", "*");
    out.with("Cross-Origin-Resource-Policy", "cross-origin");
    return out;
}

http::response public_answer(const http::head& head, std::string body, unsigned max_age) {
    auto hash = crypto::hash_text(crypto::as_bytes(body));
    return public_answer(head, std::make_shared<const std::string>(std::move(body)), hash, max_age);
}

http::response asked_answer(const http::head& head, std::string body, unsigned max_age) {
    auto out = public_answer(head, std::move(body), max_age);
    if (head.query.size() > 1)
        for (auto& field : out.fields)
            if (field.first == "Cache-Control") field.second = "no-store";
    return out;
}

http::response bad_input(std::span<const faults_in> places) {
    // Arrays of a thousand wraps may be wrong a thousand times; this many faults show how.
    constexpr std::size_t most = 200;
    std::vector<http::fault> out;
    for (const auto& [in, found] : places)
        for (const auto& one : found) {
            if (out.size() < most) {
                out.push_back({std::string(in), one.location, one.code, one.detail});
                continue;
            }
            out.push_back({std::string(in), "", "te-veel", "There are more faults like these."});
            return http::problem(400, "Bad input", "Correct every fault named here and send it again.", out);
        }
    return http::problem(400, "Bad input", "Correct every fault named here and send it again.", out);
}

http::response bad_input(std::string_view in, const protocol::faults& found) {
    const faults_in one{in, found};
    return bad_input(std::span(&one, 1));
}

http::response not_signed() {
    auto out = http::problem(
        401, "Not signed",
        "Sign this request with a key that is in force; check the key, your clock and the signature.");
    out.with("WWW-Authenticate", "Signature");
    return out;
}

http::response wrong_clock(std::int64_t now) {
    const auto of_day = now % day_seconds;
    const std::vector<http::fault> where{
        {"header", "Signature-Input", "klok", "`created` is more than 300 seconds from the server's clock."}};
    auto out = http::problem(
        401, "Another time",
        fmt::format(
            "The signature's `created` is more than 300 seconds from this server's clock, which says {} "
            "{:02}:{:02}:{:02} UTC; set the clock of the machine that signs.",
            protocol::day::of(now).text(), of_day / 3600, of_day / 60 % 60, of_day % 60),
        where);
    out.with("WWW-Authenticate", "Signature");
    return out;
}

http::response too_many(std::string_view why, std::int64_t now) {
    auto out = http::problem(429, "Too many", why);
    out.with("Retry-After", std::to_string(day_seconds - now % day_seconds));
    return out;
}

http::response forbidden(std::string_view why) { return http::problem(403, "Not allowed", why); }
http::response not_found(std::string_view what) { return http::problem(404, "Not found", what); }
http::response conflict(std::string_view why) { return http::problem(409, "Conflict", why); }

namespace {

http::response later(std::string_view why, std::string_view what = "Busy") {
    auto out = http::problem(503, what, why);
    out.with("Retry-After", "5");
    return out;
}

}  // namespace

http::response overloaded() {
    return later("Nothing was stored. Send the same bytes again in a few seconds.");
}

http::response no_room() {
    auto out =
        http::problem(503, "No room",
                      "There is no room for a report of this size now. Nothing was stored. Send the same "
                      "bytes again in a minute, or a shorter report at once.",
                      {{"body", "", "vol", "Larger reports have to wait until there is room again."}});
    out.with("Retry-After", "60");
    return out;
}

http::response from_store(store::errc error) {
    switch (error) {
        case store::errc::not_found:
            return not_found("There is nothing here.");
        case store::errc::id_taken:
            return conflict("Another report has this id: make a new id and seal again.");
        case store::errc::mailbox_taken:
            return conflict("Another report has this mailbox key: make a new receipt and seal again.");
        case store::errc::wrong_version:
            return conflict("A newer version was stored in the meantime: fetch it, then make the next one.");
        case store::errc::unsure:
            return later(
                "It is not certain whether this was stored. Send the same bytes again in a few seconds; they "
                "are stored once.");
        case store::errc::damaged:
            return later(
                "The server's database is damaged at this place: this was neither read nor stored. Other "
                "reports can be read. Whoever runs the server sees what is wrong with baken admin check.",
                "Damaged");
        default:
            return overloaded();
    }
}

}  // namespace api
