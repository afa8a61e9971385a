#include "crypto/base64url.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace crypto {
namespace {

constexpr unsigned not_a_letter = 64;

// The value of a base64url letter, 64 for anything else.
constexpr std::uint8_t value_of(char letter) {
    const std::uint32_t c = static_cast<std::uint8_t>(letter);
    // All ones where low <= c <= high: both differences wrap.
    const auto between = [c](std::uint32_t low, std::uint32_t high) {
        return 0U - (((low - 1 - c) & (c - high - 1)) >> 31);
    };
    const auto upper = between('A', 'Z'), lower = between('a', 'z'), digit = between('0', '9');
    const auto dash = between('-', '-'), low_line = between('_', '_');
    return static_cast<std::uint8_t>((upper & (c - 65)) | (lower & (c - 71)) | (digit & (c + 4)) |
                                     (dash & 62) | (low_line & 63) |
                                     (~(upper | lower | digit | dash | low_line) & not_a_letter));
}

}  // namespace

base64url_read read_base64url(std::string_view text, std::span<std::uint8_t> out) {
    std::array<std::uint8_t, 1024> values;  // NOLINT: written before it is read; a multiple of four
    unsigned all = 0;
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size(); at += values.size()) {
        const auto part = text.substr(at, values.size());
        for (std::size_t i = 0; i < part.size(); ++i) {
            values[i] = value_of(part[i]);
            all |= values[i];
        }
        std::fill(values.begin() + static_cast<std::ptrdiff_t>(part.size()), values.end(), std::uint8_t{0});
        for (std::size_t i = 0; i < part.size(); i += 4) {
            const auto four = static_cast<std::uint32_t>(values[i] << 18 | values[i + 1] << 12 |
                                                         values[i + 2] << 6 | values[i + 3]);
            for (const unsigned shift : {16U, 8U, 0U}) out[size++] = static_cast<std::uint8_t>(four >> shift);
        }
    }
    sodium_memzero(values.data(), values.size());
    // Of the last, shorter group the bytes that are not whole: their bits must be zero.
    const auto left = text.size() % 4;
    const auto surplus = left == 0 ? 0U : 4U - static_cast<unsigned>(left);
    unsigned unused = 0;
    for (unsigned i = 0; i < surplus; ++i) unused |= out[--size];
    return {.size = size, .faults = (all & not_a_letter) | unused | (left == 1 ? 1U : 0U)};
}

}  // namespace crypto
