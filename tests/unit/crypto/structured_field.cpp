#include "crypto/structured_field.hpp"

#include <catch2/catch.hpp>

using namespace crypto;

namespace {

// What is read where the read takes the whole field.
template <class Read>
auto whole(std::string_view field, Read read) -> decltype((std::declval<field_reader&>().*read)()) {
    field_reader reader(field);
    auto out = (reader.*read)();
    if (!reader.done()) return std::nullopt;
    return out;
}

}  // namespace

TEST_CASE("strings hold printable ASCII and two escapes") {
    const auto read = [](std::string_view field) { return whole(field, &field_reader::string); };
    CHECK(read(R"("")") == "");
    CHECK(read(R"("a b~")") == "a b~");
    CHECK(read(R"("a\"b\\c")") == R"(a"b\c)");
    for (const std::string_view bad :
         {"", "\"", "a", "\"a", R"("a\")", R"("\n")", "\"\t\"", "\"\x7f\"", "\"é\"", "\"a\"b", "'a'", "\"\\"})
        CHECK_FALSE(read(bad).has_value());
    CHECK_FALSE(read(std::string_view("\"\0\"", 3)).has_value());
}

TEST_CASE("integers have one spelling and at most fifteen digits") {
    const auto read = [](std::string_view field) { return whole(field, &field_reader::integer); };
    CHECK(read("0") == 0);
    CHECK(read("1618884473") == 1618884473);
    CHECK(read("-7") == -7);
    CHECK(read("999999999999999") == 999999999999999);
    CHECK(read("-999999999999999") == -999999999999999);
    for (const std::string_view bad :
         {"", "-", "--1", "+1", "00", "01", "-0", "1000000000000000", "1.0", "1e3", " 1", "1 "})
        CHECK_FALSE(read(bad).has_value());
}

TEST_CASE("keys and tokens keep to their alphabets") {
    const auto key = [](std::string_view field) { return whole(field, &field_reader::key); };
    CHECK(key("sig1") == "sig1");
    CHECK(key("*a_-.*9") == "*a_-.*9");
    for (const std::string_view bad : {"", "Sig", "1a", "-a", "sIg", "a b"})
        CHECK_FALSE(key(bad).has_value());

    const auto token = [](std::string_view field) -> std::string_view {
        const auto out = whole(field, &field_reader::item);
        return out && std::holds_alternative<field_token>(*out) ? std::get<field_token>(*out).text : "";
    };
    CHECK(token("ed25519") == "ed25519");
    CHECK(token("*text/html:x!") == "*text/html:x!");
    for (const std::string_view bad : {"", "a b", "\"a\"", "1", "?1", ":YQ==:", "a\"", "@a"})
        CHECK(token(bad).empty());
}

TEST_CASE("byte sequences are strict base64 between colons") {
    const auto read = [](std::string_view field) { return whole(field, &field_reader::byte_sequence); };
    CHECK(as_text(read(":Zm9v:").value()) == "foo");
    CHECK(read("::").value().empty());
    for (const std::string_view bad :
         {"", ":", "Zm9v", ":Zm9v", "Zm9v:", ":Zg:", ":Zh==:", ":Zm-v:", ": Zm9v:", ":Zm9v:x"})
        CHECK_FALSE(read(bad).has_value());
}
