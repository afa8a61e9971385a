// Any text as base64url, base64, hex and UUID: accepted exactly where a naive reader of each alphabet finds
// one spelling of some bytes, and written back the same. Any bytes survive encoding.
#include <algorithm>
#include <optional>

#include "crypto/encoding.hpp"
#include "tests/fuzz/target.hpp"

namespace {

constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
                           alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                           hex_alphabet = "0123456789abcdef";

// Bit after bit; nothing for a sign outside the alphabet, or bits that are left over and not zero.
std::optional<crypto::bytes> by_bits(std::string_view text, std::string_view signs, unsigned width) {
    crypto::bytes out;
    unsigned bits = 0, held = 0;
    for (const char c : text) {
        const auto value = signs.find(c);
        if (value == signs.npos) return std::nullopt;
        held = held << width | static_cast<unsigned>(value);
        bits += width;
        if (bits < 8) continue;
        bits -= 8;
        out.push_back(static_cast<std::uint8_t>(held >> bits));
        held &= (1U << bits) - 1;
    }
    if (held != 0 || bits >= width) return std::nullopt;
    return out;
}

// With "=" up to a multiple of four, and no more of them.
std::optional<crypto::bytes> by_bits_padded(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const auto bare = text.substr(0, text.find_last_not_of('=') + 1);
    if (text.size() - bare.size() > 2) return std::nullopt;
    return by_bits(bare, alphabet, 6);
}

template <class Read, class Write>
void judge(std::string_view text, const std::optional<crypto::bytes>& expected, Read read, Write write) {
    const auto got = read(text);
    must(got.has_value() == expected.has_value());
    if (got) must(std::ranges::equal(*got, *expected) && write(*got) == text);
}

void take_uuid(std::string_view text) {
    const auto id = crypto::uuid::parse(text);
    bool form = text.size() == 36;
    for (std::size_t at = 0; form && at < text.size(); ++at) {
        const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
        form = dash ? text[at] == '-' : hex_alphabet.contains(text[at]);
    }
    form = form && text[14] == '4' && std::string_view("89ab").contains(text[19]);
    must(id.has_value() == form);
    if (id) must(id->text() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::byte_view raw(data, size);
    const auto text = crypto::as_text(raw);
    judge(text, by_bits(text, url_alphabet, 6), crypto::from_b64u, crypto::b64u);
    judge(text, by_bits_padded(text), crypto::from_b64, crypto::b64);
    judge(text, by_bits(text, hex_alphabet, 4), crypto::from_hex, crypto::hex);
    const auto secret = crypto::plain_from_b64u(text);
    const auto expected = by_bits(text, url_alphabet, 6);
    must(secret.has_value() == expected.has_value());
    if (secret) must(std::ranges::equal(secret->view(), *expected));
    must(crypto::block_from_b64u<32>(text).has_value() == (expected && expected->size() == 32));
    take_uuid(text);

    must(std::ranges::equal(crypto::from_b64u(crypto::b64u(raw)).value(), raw));
    must(crypto::b64u_plain(raw).text() == crypto::b64u(raw));
    must(std::ranges::equal(crypto::from_b64(crypto::b64(raw)).value(), raw));
    must(std::ranges::equal(crypto::from_hex(crypto::hex(raw)).value(), raw));
    if (size >= 16) {
        crypto::uuid id;
        std::copy_n(data, 16, id.bytes.begin());
        take_uuid(id.text());
    }
    return 0;
}
