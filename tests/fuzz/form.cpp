// Any bytes as a posted form: what comes out is bounded, text, what a second reader decodes where nothing had
// to be repaired, and the same again after being escaped.
#include "server/http/form.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text/utf8.hpp"
#include "tests/fuzz/escape.hpp"
#include "tests/fuzz/percent.hpp"
#include "tests/fuzz/target.hpp"

namespace {

constexpr std::size_t at_most = 64;

bool is_text(std::string_view text) {
    return base::is_utf8(text) && std::ranges::none_of(text, [](char c) {
               return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
           });
}

http::wiping_bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

std::string with_line_feeds(std::string text) {
    for (auto at = text.find('\r'); at != text.npos; at = text.find('\r', at))
        text.replace(at, text.compare(at, 2, "\r\n") == 0 ? 2 : 1, "\n");
    return text;
}

// A field that was not repaired says what its bytes say; one that was has as many of them at most.
void compare(const http::form& form, std::string_view sent) {
    const auto pairs = percent::pairs(sent);
    must(pairs.size() == form.fields().size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& [name, value, repaired] = form.fields()[i];
        const auto expected = with_line_feeds(pairs[i].second);
        must(repaired ? value.size() == expected.size() : value == expected);
        if (!repaired) must(name == with_line_feeds(pairs[i].first));
        if (!repaired) must(is_text(expected));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto form = http::form::parse(http::wiping_bytes(data, data + size), at_most);
    if (!form) {
        must(!http::text(form.error()).empty());
        return 0;
    }
    must(form->fields().size() <= at_most);
    compare(*form, {reinterpret_cast<const char*>(data), size});
    std::string again;
    std::size_t decoded = 0;
    for (const auto& [name, value, repaired] : form->fields()) {
        must(!name.empty() && is_text(name) && is_text(value));
        must(form->count(name) >= 1 && form->first(name) != nullptr);
        decoded += name.size() + value.size();
        if (!again.empty()) again += '&';
        escape(again, name);
        again += '=';
        escape(again, value);
    }
    must(decoded <= size);
    const auto same = http::form::parse(bytes(again), at_most);
    must(same && std::ranges::equal(form->fields(), same->fields(), [](const auto& one, const auto& other) {
             return one.name == other.name && one.value == other.value && !other.repaired;
         }));
    return 0;
}
