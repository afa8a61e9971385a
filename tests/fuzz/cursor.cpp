// Any text as a cursor: nothing, or a place that is written as exactly this text. Any place that a list can
// have goes through the cursor, the desk's address and the server's reading of it, and comes back.
#include "server/inbox/cursor.hpp"

#include <cstring>
#include <map>

#include "client/desk/listing.hpp"
#include "crypto/encoding.hpp"
#include "server/api/parameters.hpp"
#include "tests/fuzz/target.hpp"

namespace {

// One byte 1, then the place as eight bytes, the highest first; base64url.
std::optional<std::int64_t> by_page(std::string_view text) {
    const auto bytes = crypto::from_b64u(text);
    if (!bytes || bytes->size() != 9 || bytes->front() != 1 || (*bytes)[1] >= 0x80) return std::nullopt;
    std::int64_t out = 0;
    for (std::size_t at = 1; at < 9; ++at) out = out * 256 + (*bytes)[at];
    return out;
}

void go_round(std::int64_t place) {
    const auto cursor = inbox::write_cursor(place);
    must(cursor.size() == 12 && inbox::read_cursor(cursor) == place && by_page(cursor) == place);
    must(desk::read_page(R"({"meldingen":[],"meer":false,"cursor":")" + cursor + "\"}").has_value());
    const auto target = desk::page_query(cursor, "nieuw", 60);
    api::parameters query(std::string_view(target).substr(target.find('?')));
    const auto na = query.text("na", 20);
    must(na == cursor && query.number("aantal", 50, 1, 200) == 200 && query.text("status") == "nieuw");
    must(query.number("wacht", 0, 0, 60) == 60 && query.finish().empty());
    // A later place is a later cursor also as bytes.
    if (place < INT64_MAX)
        must(crypto::from_b64u(cursor).value() < crypto::from_b64u(inbox::write_cursor(place + 1)).value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto place = inbox::read_cursor(text);
    must(place == by_page(text));
    if (place) must(*place >= 0 && inbox::write_cursor(*place) == text);
    std::uint64_t number = 0;
    if (size >= sizeof number) {
        std::memcpy(&number, data, sizeof number);
        go_round(static_cast<std::int64_t>(number >> 1));
    }
    return 0;
}
