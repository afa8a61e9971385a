#include "client/line/reasons.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "client/here/typing.hpp"
#include "crypto/protocol/faults.hpp"
#include "shipped_codes.hpp"

namespace client {
namespace {

struct reason {
    std::string code, english, dutch;
    std::vector<std::string> acts;
};

std::vector<reason> read() {
    std::vector<reason> out;
    const auto object = protocol::parse_object(embedded::shipped_codes()[0].text);
    if (!object) return out;
    protocol::faults ignored;
    protocol::reading all(*object, "", ignored, protocol::unknown::ignore);
    all.each("redenen", 1000, [&](const protocol::json::value& value, std::string at) {
        if (!value.is_object()) return;
        protocol::reading r(value.as_object(), std::move(at), ignored, protocol::unknown::ignore);
        out.push_back({r.text("code", 64), r.text("en", 400), r.text("nl", 400), r.texts("bij", 20, 64)});
    });
    return out;
}

const std::vector<reason>& reasons() {
    static const std::vector<reason> all = read();
    return all;
}

std::vector<const reason*> those_for(std::string_view act) {
    std::vector<const reason*> out;
    for (const auto& one : reasons())
        if (std::ranges::find(one.acts, act) != one.acts.end()) out.push_back(&one);
    return out;
}

}  // namespace

std::string fault_of_reason(std::string_view code, std::string_view act) {
    const auto all = those_for(act);
    if (std::ranges::any_of(all, [&](const reason* one) { return one->code == code; })) return {};
    const auto* what = act == for_keeping ? "to keep" : "to destroy";
    auto out =
        code.empty()
            ? fmt::format("Say why: --reason CODE. The reasons {} a report:", what)
            : fmt::format("'{}' is not a reason {} a report. Use one of these:", escaped_line(code), what);
    for (const auto* one : all) out += fmt::format("\n  --reason {:<20} {}", one->code, one->english);
    return out;
}

std::string reason_in_words(std::string_view code, words_of language) {
    const auto one = std::ranges::find(reasons(), code, &reason::code);
    if (one == reasons().end()) return escaped_line(code);
    return language == words_of::dutch ? one->dutch : one->english;
}

std::string reasons_for(std::string_view act) {
    std::vector<std::string_view> words;
    for (const auto* one : those_for(act)) words.push_back(one->code);
    return listed(words, "or");
}

}  // namespace client
