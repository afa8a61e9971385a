// Any bytes as a query: what comes out is bounded, valid UTF-8, what a second reader decodes and what a form
// of the same bytes says, and the same again after being escaped.
#include "server/http/query.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text/utf8.hpp"
#include "server/http/form.hpp"
#include "tests/fuzz/escape.hpp"
#include "tests/fuzz/percent.hpp"
#include "tests/fuzz/target.hpp"

namespace {

bool is_line(std::string_view text) {
    return base::is_utf8(text) && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

// Whether a stricter hand than any browser could have written it.
bool is_clean(std::string_view text) {
    const auto pairs = percent::pairs(text);
    return !percent::broken(text) && !text.empty() && !text.starts_with('&') && !text.ends_with('&') &&
           text.find("&&") == text.npos && pairs.size() <= http::most_pairs &&
           std::ranges::all_of(pairs, [](const auto& pair) {
               return !pair.first.empty() && is_line(pair.first) && is_line(pair.second);
           });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view whole(reinterpret_cast<const char*>(data), size);
    const auto text = whole.starts_with('?') ? whole.substr(1) : whole;
    const auto pairs = http::parse_query(whole);
    must(pairs.has_value() == (text.empty() || is_clean(text)));
    if (!pairs) {
        must(!http::text(pairs.error()).empty());
        return 0;
    }
    must(pairs->size() <= http::most_pairs && *pairs == percent::pairs(text));
    const auto form = http::form::parse(http::wiping_bytes(text.begin(), text.end()), http::most_pairs);
    must(form && std::ranges::equal(*pairs, form->fields(), [](const auto& one, const auto& field) {
             return one.first == field.name && one.second == field.value && !field.repaired;
         }));
    std::string again;
    for (const auto& [name, value] : *pairs) {
        if (!again.empty()) again += '&';
        escape(again, name);
        again += '=';
        escape(again, value);
    }
    must(http::parse_query(again) == pairs);
    return 0;
}
