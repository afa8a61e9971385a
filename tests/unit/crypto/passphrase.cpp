#include "crypto/passphrase.hpp"

#include <algorithm>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "refusal.hpp"

using namespace crypto;

namespace {
constexpr passphrase_cost cheap{1, 8192};
}  // namespace

TEST_CASE("a secret opens with its passphrase") {
    for (const std::size_t size : {0U, 1U, 32U, 1000U}) {
        const plain secret = plain::random(size);
        const plain passphrase = plain::copy_of("paard batterij nietje");
        const auto box = seal_with_passphrase(secret, passphrase, cheap, as_bytes("head"));
        CHECK(box.ciphertext.size() == size + 16);
        CHECK(std::ranges::equal(open_with_passphrase(box, passphrase, as_bytes("head")).value().view(),
                                 secret.view()));
    }
}

TEST_CASE("an empty passphrase and no head are a passphrase and a head") {
    const auto box = seal_with_passphrase(plain::copy_of("secret"), plain(), cheap, {});
    CHECK(open_with_passphrase(box, plain(), {}).value().text() == "secret");
    CHECK(refusal(open_with_passphrase(box, plain::copy_of("x"), {})) == errc::wrong_passphrase);
    CHECK(refusal(open_with_passphrase(box, plain(), as_bytes("x"))) == errc::wrong_passphrase);
}

TEST_CASE("the costs people get work") {
    const auto box =
        seal_with_passphrase(plain::copy_of("secret"), plain::copy_of("p"), cost_interactive, {});
    CHECK(open_with_passphrase(box, plain::copy_of("p"), {}).value().text() == "secret");
}

TEST_CASE("nothing of the file can be changed") {
    const plain passphrase = plain::copy_of("p");
    const auto refused = [&](auto change) {
        auto box = seal_with_passphrase(plain::copy_of("secret"), passphrase, cheap, as_bytes("head"));
        change(box);
        return refusal(open_with_passphrase(box, passphrase, as_bytes("head")));
    };
    CHECK(refused([](passphrase_box& box) { box.salt[0] ^= 1; }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.nonce[0] ^= 1; }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.ciphertext[0] ^= 1; }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.ciphertext.back() ^= 1; }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.ciphertext.pop_back(); }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.cost.ops = 2; }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.cost.mem = 16384; }) == errc::wrong_passphrase);
    CHECK(refused([](passphrase_box& box) { box.ciphertext.resize(15); }) == errc::bad_key_file);
}

TEST_CASE("absurd costs are refused before anything is computed") {
    auto box = seal_with_passphrase(plain::copy_of("secret"), plain::copy_of("p"), cheap, {});
    for (const passphrase_cost cost :
         {passphrase_cost{0, 8192}, {11, 8192}, {1, 8191}, {1, 1073741825}, {1, 0}, {~0ULL, ~0ULL}}) {
        box.cost = cost;
        CHECK(refusal(open_with_passphrase(box, plain::copy_of("p"), {})) == errc::bad_key_file);
        CHECK_THROWS_AS(seal_with_passphrase(plain(), plain(), cost, {}), std::logic_error);
    }
}
