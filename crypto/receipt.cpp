// Receipts: drawing them, reading what a person typed, and the mailbox behind one (protocol §6). The digits
// never leave guarded memory; what a person typed passes through here one code point at a time. What is
// drawn, and the check digit, steer no branch and no address (tests/constant_time).
#include "crypto/receipt.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <utility>

#include <sodium.h>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"

namespace crypto {
namespace {

constexpr std::size_t digit_count = 24;

// The totally anti-symmetric quasigroup of protocol §6: row = state so far, column = digit.
constexpr std::array<std::string_view, 10> damm_rows{"0317598642", "7092154863", "4206871359", "1750983426",
                                                     "6123045978", "3674209581", "5869720134", "8945362017",
                                                     "9438617205", "2581436790"};

// All ones where they are alike, else zero; both below 2^31. What it gives is hidden from the compiler, which
// would make a branch of it.
std::uint32_t alike(std::uint32_t a, std::uint32_t b) {
    std::uint32_t mask = 0U - (((a ^ b) - 1U) >> 31);
    asm("" : "+r"(mask));  // NOLINT(hicpp-no-assembler)
    return mask;
}

// The check digit of some digits; of digits with their right check digit it is '0'. Reads the whole table for
// every digit, since an address that a digit chooses would show it.
char damm(std::string_view digits) {
    std::uint32_t state = 0;
    for (const char digit : digits) {
        std::array<std::uint32_t, 10> is_column{};
        for (std::uint32_t column = 0; column < 10; ++column)
            is_column[column] = alike(static_cast<std::uint8_t>(digit), '0' + column);
        std::uint32_t next = 0;
        for (std::uint32_t row = 0; row < 10; ++row) {
            std::uint32_t entry = 0;
            for (std::uint32_t column = 0; column < 10; ++column)
                entry |= is_column[column] & static_cast<std::uint32_t>(damm_rows[row][column] - '0');
            next |= alike(state, row) & entry;
        }
        state = next;
    }
    return static_cast<char>('0' + state);
}

struct range {
    char32_t first, last;
};

// What falls away: Unicode 14.0 PropList.txt, properties White_Space, Dash and Bidi_Control; and U+200B and
// U+FEFF, invisible signs that come along when a receipt is copied. In order of code points.
constexpr range dropped[] = {
    {0x0009, 0x000d}, {0x0020, 0x0020}, {0x002d, 0x002d}, {0x0085, 0x0085}, {0x00a0, 0x00a0},
    {0x058a, 0x058a}, {0x05be, 0x05be}, {0x061c, 0x061c}, {0x1400, 0x1400}, {0x1680, 0x1680},
    {0x1806, 0x1806}, {0x2000, 0x200b}, {0x200e, 0x2015}, {0x2028, 0x202f}, {0x2053, 0x2053},
    {0x205f, 0x205f}, {0x2066, 0x2069}, {0x207b, 0x207b}, {0x208b, 0x208b}, {0x2212, 0x2212},
    {0x2e17, 0x2e17}, {0x2e1a, 0x2e1a}, {0x2e3a, 0x2e3b}, {0x2e40, 0x2e40}, {0x2e5d, 0x2e5d},
    {0x3000, 0x3000}, {0x301c, 0x301c}, {0x3030, 0x3030}, {0x30a0, 0x30a0}, {0xfe31, 0xfe32},
    {0xfe58, 0xfe58}, {0xfe63, 0xfe63}, {0xfeff, 0xfeff}, {0xff0d, 0xff0d}, {0x10ead, 0x10ead},
};

// ASCII, Arabic-Indic, extended Arabic-Indic and full-width zeros; nine digits follow each.
constexpr char32_t zeros[] = {U'0', 0x0660, 0x06f0, 0xff10};

bool falls_away(char32_t point) {
    return std::ranges::any_of(dropped, [point](range r) { return point >= r.first && point <= r.last; });
}

std::optional<char> ascii_digit(char32_t point) {
    for (const char32_t zero : zeros)
        if (point >= zero && point <= zero + 9) return static_cast<char>('0' + (point - zero));
    return std::nullopt;
}

// Takes one code point off the front; nothing where the text is not well-formed UTF-8 (Unicode, table 3-7):
// no overlong form, no surrogate, nothing above U+10FFFF.
std::optional<char32_t> take_point(std::string_view& text) {
    const auto lead = static_cast<std::uint8_t>(text.front());
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xc2 && lead < 0xe0 ? 2
                               : lead >= 0xe0 && lead < 0xf0 ? 3
                               : lead >= 0xf0 && lead < 0xf5 ? 4
                                                             : 0;
    if (length == 0 || length > text.size()) return std::nullopt;
    char32_t point = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<std::uint8_t>(text[i]);
        if (next >> 6 != 2) return std::nullopt;
        point = point << 6 | (next & 0x3fU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < least[length] || surrogate || point > 0x10ffff) return std::nullopt;
    text.remove_prefix(length);
    return point;
}

// Fills digits with the first of these bytes below 250, each modulo 10. 250 is the largest multiple of ten
// that a byte reaches, so every digit is equally likely. Each byte is offered to every place, since where it
// goes shows what it is.
void draw_digits(byte_view random, std::span<std::uint8_t> digits) {
    std::uint32_t count = 0;
    for (const std::uint32_t byte : random) {
        const auto usable = alike((byte - 250U) >> 31, 1);
        const auto digit = usable & ('0' + byte % 10);
        for (std::uint32_t place = 0; place < digits.size(); ++place)
            digits[place] |= static_cast<std::uint8_t>(alike(count, place) & digit);
        count += usable & 1U;
    }
}

}  // namespace

std::string mailbox_id(const sign_public& key) { return hex(blake2b_128(key)); }

receipt receipt::random() { return from(seed::random()); }

receipt receipt::from(const seed& seed) {
    plain key(crypto_stream_xchacha20_KEYBYTES);
    crypto_kdf_derive_from_key(key.span().data(), key.size(), 3, "bkn-mbox", seed.view().data());
    const block<crypto_stream_xchacha20_NONCEBYTES> nonce{};  // zeros: the key is used for this alone

    receipt out;
    out.digits_ = plain(digit_count);
    const auto digits = out.digits_.span();
    // 64 bytes hold 23 digits: that 42 of them are 250 or more happens once in 10^51 receipts.
    plain stream(64);
    crypto_stream_xchacha20(stream.span().data(), stream.size(), nonce.data(), key.view().data());
    draw_digits(stream.view(), digits.first(digit_count - 1));
    digits.back() = static_cast<std::uint8_t>(damm(out.digits().substr(0, digit_count - 1)));
    return out;
}

std::expected<receipt, errc> receipt::parse(std::string_view utf8) {
    receipt out;
    out.digits_ = plain(digit_count);
    std::size_t count = 0;
    while (!utf8.empty()) {
        const auto point = take_point(utf8);
        if (!point) return std::unexpected(errc::bad_receipt);
        if (falls_away(*point)) continue;
        const auto digit = ascii_digit(*point);
        if (!digit || count == digit_count) return std::unexpected(errc::bad_receipt);
        out.digits_.span()[count++] = static_cast<std::uint8_t>(*digit);
    }
    if (count != digit_count) return std::unexpected(errc::bad_receipt);
    if (damm(out.digits()) != '0') return std::unexpected(errc::bad_check_digit);
    return out;
}

plain receipt::groups() const {
    constexpr std::size_t group = 4;
    plain out(digit_count + digit_count / group - 1);
    std::size_t place = 0;
    for (std::size_t i = 0; i < digit_count; ++i) {
        if (i != 0 && i % group == 0) out.span()[place++] = ' ';
        out.span()[place++] = digits_.view()[i];
    }
    return out;
}

mailbox open_mailbox(const receipt& receipt) {
    constexpr std::string_view salt = "baken-postbus-01";
    static_assert(salt.size() == crypto_pwhash_SALTBYTES);
    seed master;
    const auto digits = receipt.digits();
    const int result = crypto_pwhash(master.span().data(), seed::size, digits.data(), digits.size(),
                                     as_bytes(salt).data(), 2, 16777216, crypto_pwhash_ALG_ARGON2ID13);
    // The parameters are constants: libsodium fails here for want of memory only.
    if (result != 0) throw std::bad_alloc();

    const auto part = [&master](std::uint64_t number) {
        seed out;
        crypto_kdf_derive_from_key(out.span().data(), seed::size, number, "bkn-mbox", master.view().data());
        return out;
    };
    return {.sign = sign_keys::from(part(1)), .box = box_keys::from(part(2))};
}

}  // namespace crypto
