#include "client/line/problem.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "crypto/protocol/faults.hpp"

namespace client {
namespace {

std::string_view meaning(int status) {
    switch (status) {
        case 401:
            return "the server does not accept this key; the membership may have ended, or this machine's "
                   "clock is wrong";
        case 403:
            return "this key may not do that; ask a lead of the desk";
        case 404:
            return "the server does not know it";
        case 409:
            return "it contradicts what the server holds already";
        case 429:
            return "that was more often than one person may in a day; go on tomorrow";
        case 413:
            return "it is too large";
        case 503:
            return "the server is overloaded or being restarted; try again in a minute";
        default:
            return status >= 500 ? "the server failed; try again later" : "the server refused it";
    }
}

std::string_view code_of(int status) {
    switch (status) {
        case 401:
            return "not-accepted";
        case 403:
            return "not-allowed";
        case 404:
            return "not-there";
        case 409:
            return "conflict";
        default:
            return status == 429 || status >= 500 ? "try-later" : "failed";
    }
}

}  // namespace

bool problem::has(std::string_view code) const {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

problem read_problem(const answer& answer) {
    problem out;
    auto object = protocol::parse_object(answer.body);
    if (!object) return out;
    protocol::faults ignored;
    protocol::reading r(*object, "", ignored, protocol::unknown::ignore);
    // Shown as one line each: a server could otherwise write lines that pass for ours.
    out.detail = escaped_line(r.text_or_empty("detail", 2000));
    if (!r.has("errors")) return out;
    r.each("errors", 1000, [&](const protocol::json::value& value, std::string at) {
        if (!value.is_object()) return;
        protocol::reading one(value.as_object(), std::move(at), ignored, protocol::unknown::ignore);
        out.codes.push_back(one.text_or_empty("code", 64));
        out.lines.push_back(fmt::format("{}: {}", escaped_line(one.text_or_empty("location", 200)),
                                        escaped_line(one.text_or_empty("detail", 2000))));
    });
    return out;
}

refusal refused(std::string_view what, const answer& answer) {
    auto said = read_problem(answer);
    auto sentence = fmt::format("{}: {} ({}).", what,
                                answer.why.empty() ? meaning(answer.status) : answer.why, answer.status);
    // A 401 has one text for every reason, which adds nothing.
    if (!said.detail.empty() && answer.status != 401) sentence += " The server says: " + said.detail;
    // What was found out says it already.
    if (answer.why.empty())
        for (const auto& line : said.lines) sentence += "\n  " + line;
    refusal out(std::move(sentence));
    out.passing = answer.status == 503;
    out.code = code_of(answer.status);
    return out;
}

}  // namespace client
