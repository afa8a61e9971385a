#include "crypto/hash.hpp"

#include <algorithm>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"

using namespace crypto;

namespace {
block<32> counting() {
    block<32> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i);
    return out;
}
}  // namespace

// The expected values of BLAKE2b are those of Python's hashlib.
TEST_CASE("hashes are the standard ones") {
    CHECK(hex(blake2b_256(as_bytes("abc"))) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(hex(blake2b_256({})) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(hex(blake2b_128(as_bytes("abc"))) == "cf4ab791c62b8d2b2109c90275287816");
    CHECK(hex(sha256(as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hash_text(as_bytes("abc")) == "vd2BPGNCOXIxce8_7phXm5SWTjuxyz5CcmLIwGjVIxk");
}

TEST_CASE("a key's mark is the beginning of its hash") {
    CHECK(hex(key_mark(counting())) == "cb2f5160fc1f7e05");
}

// As hashlib and Python's integers make them.
TEST_CASE("a fingerprint has twenty-four digits, leading zeros kept, and is of the lead key too") {
    block<32> box{}, lead{};
    CHECK(fingerprint(counting(), box) == "519645992353280650673686");
    lead.fill(0xff);
    CHECK(fingerprint(counting(), box, lead) == "338209528059640177525889");
    for (std::size_t i = 3; i < box.size(); i += 4) box[i] = 21;
    CHECK(fingerprint(counting(), box) == "000713026090537299127593");
}

TEST_CASE("a fingerprint of version 1 has sixteen digits, leading zeros kept") {
    CHECK(fingerprint_1(counting(), {}) == "7394405966343250");
    block<32> box;
    for (std::size_t i = 0; i < box.size(); ++i) box[i] = i % 2 == 0 ? 0x01 : 0x37;
    CHECK(fingerprint_1(counting(), box) == "0008570989102018");
}

TEST_CASE("hashing in parts is hashing at once") {
    const plain whole = plain::random(1000);
    for (const std::size_t step : {1U, 7U, 128U, 999U, 1000U}) {
        hasher parts;
        for (std::size_t place = 0; place < whole.size(); place += step) {
            parts.add(whole.view().subspan(place, std::min<std::size_t>(step, whole.size() - place)));
            parts.add({});
        }
        CHECK(parts.finish() == blake2b_256(whole.view()));
    }
    hasher none;
    CHECK(none.finish() == blake2b_256({}));
    CHECK_THROWS_AS(none.finish(), std::logic_error);
}
