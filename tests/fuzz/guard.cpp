// Any bytes as a request header. What the guard lets through must be whole, bounded, and read alike by
// Boost.Beast; the search for its end must not depend on how the bytes were cut; and what is asked of a
// header that passed (its route, its type, what is current) says what a second reading of the grammar says.
#include "server/http/guard.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "server/http/grammar.hpp"
#include "server/http/router.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/http/peer.hpp"

namespace {

std::size_t byte_by_byte(std::string_view bytes, bool& refused) {
    for (std::size_t seen = 0; seen < bytes.size(); ++seen) {
        const auto size = http::header_size(bytes.substr(0, seen + 1), seen);
        refused = !size;
        if (refused) return 0;
        if (*size != 0) return *size;
    }
    return 0;
}

// In two pieces, cut at every place.
void cut_in_two(std::string_view bytes) {
    const auto whole = http::header_size(bytes);
    for (std::size_t first = 0; first < std::min<std::size_t>(bytes.size(), 200); ++first) {
        const auto begun = http::header_size(bytes.substr(0, first));
        if (!begun || *begun != 0) {
            must(begun.has_value() == whole.has_value() && (!begun || *begun == *whole));
            return;
        }
        const auto ended = http::header_size(bytes, first);
        must(ended.has_value() == whole.has_value() && (!ended || *ended == *whole));
    }
}

// RFC 9110 §8.8.3: entity tags between commas, each `"…"` or `W/"…"`; nothing where the field is another.
std::optional<std::vector<std::string_view>> tags(std::string_view list) {
    std::vector<std::string_view> out;
    while (!(list = http::trimmed(list)).empty()) {
        if (!list.starts_with(',')) {
            if (list.starts_with("W/")) list.remove_prefix(2);
            const auto end = list.starts_with('"') ? list.find('"', 1) : list.npos;
            if (end == list.npos) return std::nullopt;
            const auto tag = list.substr(0, end + 1);
            if (tag.find_first_of(" \t") != tag.npos) return std::nullopt;
            out.push_back(tag);
            list = http::trimmed(list.substr(end + 1));
            if (!list.empty() && !list.starts_with(',')) return std::nullopt;
        }
        if (!list.empty()) list.remove_prefix(1);
    }
    return out;
}

void judge_fields(const http::head& head) {
    for (const auto& [name, value] : head.fields) {
        must(http::is_token(name) && http::lower(name) == name && http::is_field_value(value));
        must(http::trimmed(value) == value && head.count(name) >= 1);
        must(head.one(name).has_value() == (head.count(name) == 1));
    }
    const auto list = head.one("if-none-match");
    must(list || !head.has_current("\"x\""));
    if (list && *list != "*")
        if (const auto all = tags(*list))
            // A tag of ours holds no comma, so that splitting there is right for it.
            for (const std::string_view ours : {"\"x\"", "\"7\""})
                must(head.has_current(ours) == (std::ranges::find(*all, ours) != all->end()));
    if (head.is_of_type("application/json"))
        must(http::lower(*head.one("content-type")).starts_with("application/json"));
}

void judge_route(const http::head& head) {
    constexpr std::array<http::route<int>, 4> table = {
        {{http::method::get, "/", 0},
         {http::method::get, "/v1/loketten/{l}/meldingen/{id}", 1},
         {http::method::post, "/v1/meldingen", 2},
         {http::method::get, "/{t}/start", 3}}};
    static const http::router<int> router(table);
    const auto result = router.match(head.method, head.path);
    const auto* found = std::get_if<http::router<int>::found>(&result);
    if (!found) return;
    // The pattern with its parameters put in is the path, and no parameter leads anywhere else.
    std::string path(found->path);
    for (const auto& parameter : found->parameters) {
        must(!parameter.empty() && parameter != "." && parameter != "..");
        must(parameter.find_first_of("/%?#\\;") == parameter.npos);
        const auto at = path.find('{');
        path.replace(at, path.find('}') - at + 1, parameter);
    }
    must(path == head.path);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto end = http::header_size(bytes);
    bool refused = false;
    const auto found = byte_by_byte(bytes, refused);
    must(refused == !end);
    cut_in_two(bytes);
    if (!end || *end == 0) {
        must(found == 0);
        return 0;
    }
    must(found == *end);
    const auto raw = bytes.substr(0, *end);
    const auto head = http::guard(raw, {"a", "a:1", "[::1]"});
    if (!head) {
        must(head.error().status >= 400 && head.error().status <= 505 && !head.error().why.empty());
        return 0;
    }
    must(head->count("host") == 1 && head->count("transfer-encoding") == 0 &&
         head->count("content-length") <= 1);
    must(head->path + head->query == head->target && head->fields.size() <= http::most_fields);
    must(http::authority(head->authority) == head->authority);
    must(peer::of(*head) == peer::read(raw));
    judge_fields(*head);
    judge_route(*head);
    return 0;
}
