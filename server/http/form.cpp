// Every pass writes at or before where it reads: what escapes and line ends stand for is never longer than
// they are.
#include "server/http/form.hpp"

#include <algorithm>
#include <utility>

#include "base/text/utf8.hpp"
#include "server/http/hex_digit.hpp"

namespace http {
namespace {

struct decoded {
    std::string_view text;
    bool repaired = false;
};

std::string_view as_text(std::span<const char> bytes) { return {bytes.data(), bytes.size()}; }

// What stands where the escapes stood, at the front of `bytes`.
std::span<char> unescape(std::span<char> bytes, bool& broken) {
    std::size_t to = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        char c = bytes[at] == '+' ? ' ' : bytes[at];
        if (c == '%') {
            const bool room = bytes.size() - at >= 3;
            const auto high = room ? hex_digit(bytes[at + 1]) : std::nullopt;
            const auto low = room ? hex_digit(bytes[at + 2]) : std::nullopt;
            if (high && low) {
                c = static_cast<char>(*high * 16 + *low);
                at += 2;
            } else {
                broken = true;
            }
        }
        bytes[to++] = c;
    }
    return bytes.first(to);
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
}

// Line ends become LF; every byte that begins no well-formed sequence, and every control character, becomes
// "?".
std::span<char> mend(std::span<char> bytes, bool& repaired) {
    std::size_t to = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes[at] >= ' ' && bytes[at] < 0x7f) {  // nearly all there is
            bytes[to++] = bytes[at++];
            continue;
        }
        if (bytes[at] == '\r') {
            at += at + 1 < bytes.size() && bytes[at + 1] == '\n' ? 2 : 1;
            bytes[to++] = '\n';
            continue;
        }
        const auto length = base::utf8_sequence(as_text(bytes.subspan(at)));
        if (length == 0 || is_control(bytes[at])) {
            repaired = true;
            bytes[to++] = '?';
            ++at;
            continue;
        }
        for (std::size_t n = 0; n < length; ++n) bytes[to++] = bytes[at++];
    }
    return bytes.first(to);
}

decoded decode(std::span<char> bytes) {
    decoded out;
    out.text = as_text(mend(unescape(bytes, out.repaired), out.repaired));
    return out;
}

// A name that is no UTF-8 is nobody's question: there is nothing to show it beside.
std::expected<decoded, errc> decode_name(std::span<char> bytes) {
    if (bytes.empty()) return std::unexpected(errc::empty_name);
    decoded out;
    const auto plain = unescape(bytes, out.repaired);
    if (!base::is_utf8(as_text(plain))) return std::unexpected(errc::bad_utf8);
    out.text = as_text(mend(plain, out.repaired));
    return out;
}

std::expected<form::field, errc> decode_field(std::span<char> piece) {
    const auto equals = std::min(as_text(piece).find('='), piece.size());
    const auto name = decode_name(piece.first(equals));
    if (!name) return std::unexpected(name.error());
    const auto value = decode(piece.subspan(std::min(equals + 1, piece.size())));
    return form::field{.name = name->text, .value = value.text, .repaired = name->repaired || value.repaired};
}

// The first piece that is not empty, with `rest` left behind it; empty when there is none any more.
std::span<char> take_piece(std::span<char>& rest) {
    std::span<char> piece;
    while (piece.empty() && !rest.empty()) {
        piece = rest.first(std::min(as_text(rest).find('&'), rest.size()));
        rest = rest.subspan(std::min(piece.size() + 1, rest.size()));
    }
    return piece;
}

std::size_t count_pieces(std::span<char> text) {
    std::size_t count = 0;
    while (!take_piece(text).empty()) ++count;
    return count;
}

}  // namespace

std::expected<form, errc> form::parse(wiping_bytes body, std::size_t at_most) {
    form out;
    out.text_ = std::move(body);
    std::span<char> rest(reinterpret_cast<char*>(out.text_.data()), out.text_.size());
    const auto count = count_pieces(rest);
    if (count > at_most) return std::unexpected(errc::too_many);
    out.fields_.reserve(count);
    while (out.fields_.size() < count) {
        auto field = decode_field(take_piece(rest));
        if (!field) return std::unexpected(field.error());
        out.fields_.push_back(*field);
    }
    return out;
}

const form::field* form::first(std::string_view name) const {
    const auto found = std::ranges::find(fields_, name, &field::name);
    return found == fields_.end() ? nullptr : &*found;
}

std::size_t form::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count(fields_, name, &field::name));
}

std::string_view form::value(std::string_view name) const {
    const auto* found = first(name);
    return found == nullptr ? std::string_view() : found->value;
}

}  // namespace http
