// Any bytes as a query: what comes out is bounded, valid UTF-8, and the same again after being escaped.
#include "web/http/query.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/fuzz/escape.hpp"
#include "tests/fuzz/target.hpp"
#include "web/http/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto pairs = http::parse_query({reinterpret_cast<const char*>(data), size});
    if (!pairs) {
        must(!http::text(pairs.error()).empty());
        return 0;
    }
    must(pairs->size() <= http::most_pairs);
    std::string again;
    for (const auto& [name, value] : *pairs) {
        must(!name.empty() && http::is_utf8(name) && http::is_utf8(value));
        if (!again.empty()) again += '&';
        escape(again, name);
        again += '=';
        escape(again, value);
    }
    must(http::parse_query(again) == pairs);
    return 0;
}
