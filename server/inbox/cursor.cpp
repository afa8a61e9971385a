#include "server/inbox/cursor.hpp"

#include "crypto/encoding.hpp"

namespace inbox {
namespace {

constexpr std::uint8_t version = 1;

}  // namespace

std::string write_cursor(std::int64_t place) {
    crypto::block<9> bytes{version};
    for (std::size_t i = 0; i < 8; ++i)
        bytes[1 + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(place) >> (56 - 8 * i));
    return crypto::b64u(bytes);
}

std::optional<std::int64_t> read_cursor(std::string_view text) {
    auto bytes = crypto::block_from_b64u<9>(text);
    if (!bytes || (*bytes)[0] != version) return std::nullopt;
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < 8; ++i) place = place << 8 | (*bytes)[1 + i];
    if (place > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(place);
}

}  // namespace inbox
