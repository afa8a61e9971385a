#include "crypto/receipt.hpp"

#include <array>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

namespace {

constexpr std::string_view good = "014963438651748492946326";

// good with this between all its digits, before and behind it.
std::string strewn_with(std::string_view between) {
    std::string out(between);
    for (const char digit : good) out.append(1, digit).append(between);
    return out;
}

// good in the digits that begin at this UTF-8 sequence, whose last byte counts on.
std::string in_digits_from(std::string_view zero) {
    std::string out;
    for (const char digit : good) {
        out.append(zero);
        out.back() = static_cast<char>(out.back() + (digit - '0'));
    }
    return out;
}

}  // namespace

TEST_CASE("vectors: receipts give their mailboxes") {
    int mailboxes = 0, spellings = 0;
    for (const auto& row : vectors::section("receipts")) {
        const auto parsed = receipt::parse(vectors::text(row, "receipt")).value();
        if (vectors::has(row, "isThisReceipt")) {
            ++spellings;
            CHECK(parsed.digits() == vectors::text(row, "isThisReceipt"));
            continue;
        }
        ++mailboxes;
        CHECK(parsed.groups().text() == vectors::text(row, "receipt"));
        const auto box = open_mailbox(parsed);
        CHECK(hex(box.sign.public_key) == vectors::text(row, "signPublicKey"));
        CHECK(hex(box.box.public_key) == vectors::text(row, "boxPublicKey"));
        CHECK(hex(box.box.secret_key.view()) == vectors::text(row, "boxSecretKey"));
        CHECK(box.id() == vectors::text(row, "mailboxId"));
        CHECK(verify(as_bytes("x"), sign(as_bytes("x"), box.sign), box.sign.public_key));
    }
    CHECK(mailboxes > 0);
    CHECK(spellings > 0);
}

TEST_CASE("vectors: bad receipts are refused") {
    for (const auto& row : vectors::section("badReceipts")) {
        const std::string_view text = row.as_string();
        CAPTURE(text);
        const auto expected = text == "014963438651748492946327" ? errc::bad_check_digit : errc::bad_receipt;
        CHECK(refusal(receipt::parse(text)) == expected);
    }
}

TEST_CASE("digits of four scripts are read") {
    for (const std::string_view zero : {"0", "\u0660", "\u06f0", "\uff10"})
        CHECK(receipt::parse(in_digits_from(zero)).value().digits() == good);
    // Devanagari is not among them.
    CHECK(refusal(receipt::parse(in_digits_from("\u0966"))) == errc::bad_receipt);
}

TEST_CASE("white space, dashes, bidi marks and invisible signs fall away") {
    for (const std::string_view sign :
         {" ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\r\n",       "\u0085",   "\u00a0",
          "\u1680", "\u2000", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f",     "\u3000",   "-",
          "\u058a", "\u05be", "\u1400", "\u1806", "\u2010", "\u2015", "\u2053",     "\u207b",   "\u208b",
          "\u2212", "\u2e17", "\u2e1a", "\u2e3a", "\u2e3b", "\u2e40", "\u2e5d",     "\u301c",   "\u3030",
          "\u30a0", "\ufe31", "\ufe32", "\ufe58", "\ufe63", "\uff0d", "\U00010ead", "\u061c",   "\u200e",
          "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff",     " - \u200f"}) {
        CAPTURE(hex(as_bytes(sign)));
        const auto parsed = receipt::parse(strewn_with(sign));
        REQUIRE_FALSE(refusal(parsed));
        CHECK(parsed->digits() == good);
    }
}

TEST_CASE("anything else among the digits is refused") {
    for (const std::string_view sign :
         {std::string_view("\0", 1), std::string_view("."), std::string_view("a"), std::string_view("_"),
          std::string_view("/"), std::string_view(":"), std::string_view("\x1f"), std::string_view("\x7f"),
          std::string_view("\u065f"), std::string_view("\u066a"), std::string_view("\u2016"),
          std::string_view("\u180e"), std::string_view("\uff1a"), std::string_view("\u00b2")}) {
        CAPTURE(hex(as_bytes(sign)));
        CHECK(refusal(receipt::parse(strewn_with(sign))) == errc::bad_receipt);
    }
}

TEST_CASE("text that is not UTF-8 is refused") {
    for (const std::string_view sequence :
         {"\x80", "\xbf", "\xc0\xa0", "\xc1\xbf", "\xc2", "\xe2\x80", "\xe0\x80\xa0", "\xe0\x9f\xbf",
          "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\xa0", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
          "\xf5\x80\x80\x80", "\xff", "\xfe", "\xe2\x80\x20", "\xe2\x28\xa1", "\xf0\x90\xba"}) {
        CAPTURE(hex(as_bytes(sequence)));
        CHECK(refusal(receipt::parse(std::string(good) + std::string(sequence))) == errc::bad_receipt);
        CHECK(refusal(receipt::parse(std::string(sequence) + std::string(good))) == errc::bad_receipt);
    }
}

TEST_CASE("every single wrong digit and every swap of neighbours is noticed") {
    for (std::size_t place = 0; place < good.size(); ++place) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string typed(good);
            if (typed[place] == digit) continue;
            typed[place] = digit;
            CHECK(refusal(receipt::parse(typed)) == errc::bad_check_digit);
        }
        std::string swapped(good);
        if (place + 1 == good.size() || swapped[place] == swapped[place + 1]) continue;
        std::swap(swapped[place], swapped[place + 1]);
        CHECK(refusal(receipt::parse(swapped)) == errc::bad_check_digit);
    }
    CHECK(refusal(receipt::parse("")) == errc::bad_receipt);
}

TEST_CASE("random receipts are good, differ and use every digit at every place") {
    std::set<std::string> seen;
    std::array<std::set<char>, 24> at_place;
    for (int i = 0; i < 400; ++i) {
        const auto drawn = receipt::random();
        CHECK(receipt::parse(drawn.groups().text()).value().digits() == drawn.digits());
        CHECK(seen.insert(std::string(drawn.digits())).second);
        for (std::size_t place = 0; place < at_place.size(); ++place)
            at_place[place].insert(drawn.digits()[place]);
    }
    for (const auto& digits : at_place) CHECK(digits.size() == 10);
}

// Computed with Python's hashlib (keyed BLAKE2b) and libsodium's stream; in both a byte of 250 or more
// is passed over.
TEST_CASE("a seed always shows the same receipt") {
    seed counting;
    for (std::size_t i = 0; i < 32; ++i) counting.span()[i] = static_cast<std::uint8_t>(i);
    CHECK(receipt::from(counting).digits() == "609955922425544548736252");
    CHECK(receipt::from(seed()).groups().text() == "2409 3607 9666 0988 0399 5874");
}
