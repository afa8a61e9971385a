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

#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"
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

// Protocol §6; and two signs that come along when a receipt is copied.
bool falls_away(char32_t point) {
    return base::is_space(point) || base::is_dash(point) || base::is_bidi_mark(point) || point == 0x200b ||
           point == 0xfeff;
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
        const auto point = base::take_point(utf8);
        if (!point) return std::unexpected(errc::bad_receipt);
        if (falls_away(*point)) continue;
        const auto digit = base::ascii_digit(*point);
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
