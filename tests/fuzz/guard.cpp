// Any bytes as a request header. What the guard lets through must be whole, bounded, and read alike by
// Boost.Beast; the search for its end must not depend on how the bytes were cut.
#include "web/http/guard.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto end = http::header_size(bytes);
    bool refused = false;
    const auto found = byte_by_byte(bytes, refused);
    must(refused == !end);
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
    must(peer::of(*head) == peer::read(raw));
    return 0;
}
