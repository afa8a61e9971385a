// The audit trail of a desk (protocol §7): one JSON object a line, chained by hash over its stored bytes,
// each carrying the officer's own request signature.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "crypto/encoding.hpp"
#include "crypto/keys.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/errc.hpp"

namespace protocol {

// What a signed request leaves behind, before its place in the trail is known.
struct trail_entry {
    protocol::day dag;
    std::string lid;        // uuid of a member, or "beheerder:<kid>"
    std::string handeling;  // what was done, a code
    std::string object;     // what it was done to: an id or several, never content
    std::string signature_base;
    crypto::signature signature{};
};

// The last line of a trail: its number and hash. Empty: 0 and "".
struct trail_head {
    std::int64_t regel = 0;
    std::string hash;
    bool operator==(const trail_head&) const = default;
};

struct trail_line : trail_entry {
    std::int64_t regel = 0;
    std::string vorige;
};

// The bytes of the line that follows `previous`, and the head they make.
[[nodiscard]] std::string write_line(const trail_entry& entry, const trail_head& previous);
[[nodiscard]] trail_head head_of(std::int64_t regel, std::string_view bytes);

// Reads one line, whatever it follows; trail_broken where it is none.
[[nodiscard]] std::expected<trail_line, errc> parse_line(std::string_view bytes);
// Reads one line; trail_broken unless it follows `previous`.
[[nodiscard]] std::expected<trail_line, errc> read_line(std::string_view bytes, const trail_head& previous);

// `regel=17, hash=…`: the header that every signed answer carries, and back.
[[nodiscard]] std::string write_head(const trail_head& head);
[[nodiscard]] std::expected<trail_head, errc> read_head(std::string_view text);

}  // namespace protocol
