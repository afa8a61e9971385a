#include "crypto/encoding.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

TEST_CASE("base64 and base64url write what RFC 4648 §10 says") {
    struct row {
        std::string_view bytes, padded, url;
    };
    for (const auto& [raw, padded, url] :
         {row{"", "", ""}, row{"f", "Zg==", "Zg"}, row{"fo", "Zm8=", "Zm8"}, row{"foo", "Zm9v", "Zm9v"},
          row{"foobar", "Zm9vYmFy", "Zm9vYmFy"}, row{"\xfb\xff\xbe", "+/++", "-_--"}}) {
        CAPTURE(padded);
        CHECK(b64(as_bytes(raw)) == padded);
        CHECK(b64u(as_bytes(raw)) == url);
        CHECK(b64u_plain(as_bytes(raw)).text() == url);
        CHECK(as_text(from_b64(padded).value()) == raw);
        CHECK(as_text(from_b64u(url).value()) == raw);
        CHECK(plain_from_b64u(url).value().text() == raw);
    }
}

TEST_CASE("every length survives the way there and back") {
    for (std::size_t size = 0; size < 70; ++size) {
        const plain original = plain::random(size);
        const auto view = original.view();
        CHECK(std::ranges::equal(from_b64u(b64u(view)).value(), view));
        CHECK(std::ranges::equal(from_b64(b64(view)).value(), view));
        CHECK(std::ranges::equal(from_hex(hex(view)).value(), view));
        CHECK(std::ranges::equal(plain_from_b64u(b64u_plain(view).text()).value().view(), view));
    }
}

TEST_CASE("base64url refuses everything but the one spelling") {
    const auto refused = [](std::string_view text) {
        CAPTURE(text);
        CHECK(refusal(from_b64u(text)) == errc::bad_base64);
        CHECK(refusal(plain_from_b64u(text)) == errc::bad_base64);
    };
    for (const auto& bad : vectors::section("badB64u")) refused(std::string_view(bad.as_string()));
    for (const std::string_view bad : {"A", "AAAAA", "AB", "AAB", "Zg==", "Zm8=", "=", "Zm9v ", " Zm9v",
                                       "Zm\n9v", "Zm+v", "Zm/v", "Zm9vé", "Zm9v."})
        refused(bad);
    refused(std::string_view("Zm9v\0", 5));
}

TEST_CASE("base64 refuses missing, short and surplus padding, and the other alphabet") {
    for (const std::string_view bad : {"Zg", "Zg=", "Zg===", "Zh==", "Zm8",
                                       "Zm9=", "Zm9v=", "Zm9v====", "Zm-_", "Zg== ", "Zg==Zg==", "===="}) {
        CAPTURE(bad);
        CHECK(refusal(from_b64(bad)) == errc::bad_base64);
    }
}

TEST_CASE("of all bytes, exactly the alphabet is accepted, at every place") {
    const std::string_view common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "Zm9v";
            text[place] = c;
            CAPTURE(byte, place);
            CHECK(from_b64u(text).has_value() == (common.contains(c) || c == '-' || c == '_'));
            CHECK(plain_from_b64u(text).has_value() == (common.contains(c) || c == '-' || c == '_'));
            // At the last place "=" is padding, of which "Zm9=" has as much as it needs but not its
            // unused bits.
            CHECK(from_b64(text).has_value() == (common.contains(c) || c == '+' || c == '/'));
        }
    }
}

TEST_CASE("a block wants its own size") {
    CHECK(block_from_b64u<3>("Zm9v").has_value());
    CHECK(refusal(block_from_b64u<4>("Zm9v")) == errc::wrong_size);
    CHECK(refusal(block_from_b64u<3>("Zm9v=")) == errc::bad_base64);
}

TEST_CASE("hex is lower case and of even length") {
    CHECK(hex(as_bytes("\x01\xab\xff")) == "01abff");
    for (const std::string_view bad : {"0", "AB", "0g", "0x", " 00", "00 "}) {
        CAPTURE(bad);
        CHECK(refusal(from_hex(bad)) == errc::bad_base64);
    }
}

TEST_CASE("a uuid has one form") {
    const std::string_view good = "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4";
    const auto parsed = uuid::parse(good).value();
    CHECK(parsed.text() == good);
    CHECK(hex(parsed.bytes) == "2ef253b4fefb4e4fb5da6c0c86d044a4");
    for (const std::string_view variant : {"8", "9", "a", "b"})
        CHECK(uuid::parse("2ef253b4-fefb-4e4f-" + std::string(variant) + "5da-6c0c86d044a4").has_value());
    for (const std::string_view bad :
         {"", "2ef253b4-fefb-4e4f-b5da-6c0c86d044a", "2ef253b4-fefb-4e4f-b5da-6c0c86d044a40",
          "2EF253b4-fefb-4e4f-b5da-6c0c86d044a4", "2ef253b4fefb-4e4f-b5da-6c0c86d044a4-",
          "2ef253b4-fefb-4e4f-b5da-6c0c86d044g4", "2ef253b4-fefb-1e4f-b5da-6c0c86d044a4",
          "2ef253b4-fefb-7e4f-b5da-6c0c86d044a4", "2ef253b4-fefb-4e4f-75da-6c0c86d044a4",
          "2ef253b4-fefb-4e4f-c5da-6c0c86d044a4", "{ef253b4-fefb-4e4f-b5da-6c0c86d044a}",
          "2ef253b4-fefb-4e4f-b5da-6c0c86d-44a4", "00000000-0000-0000-0000-000000000000"}) {
        CAPTURE(bad);
        CHECK(refusal(uuid::parse(bad)) == errc::bad_uuid);
    }
}

TEST_CASE("random uuids are of version 4 and differ") {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const auto drawn = uuid::random();
        CHECK(uuid::parse(drawn.text()).value() == drawn);
        CHECK(seen.insert(drawn.text()).second);
    }
}

TEST_CASE(
    "base64url of any length is read as it was written; a letter that is none is found wherever it stands") {
    crypto::bytes all(3100);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i * 151 + i / 256);
    std::size_t read_back = 0, refused = 0;
    for (std::size_t size = 0; size <= all.size(); ++size) {
        const crypto::byte_view some(all.data(), size);
        auto text = crypto::b64u(some);
        const auto read = crypto::from_b64u(text);
        read_back += read && std::ranges::equal(*read, some) ? 1 : 0;
        if (size == 0) continue;
        text[size * 7 % text.size()] = "+/=\xc3 \0"[size % 6];
        refused += crypto::from_b64u(text) ? 0 : 1;
    }
    CHECK(read_back == all.size() + 1);
    CHECK(refused == all.size());
}
