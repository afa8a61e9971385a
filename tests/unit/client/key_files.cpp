#include "client/key_files.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/client/scratch.hpp"

using Catch::Matchers::Contains;

namespace {

protocol::key_file officer() {
    protocol::key_file out;
    out.soort = "medewerker";
    out.loket = "rotterdam";
    out.lid = crypto::uuid::random();
    out.sign_keys = crypto::sign_keys::random();
    out.box_keys = crypto::box_keys::random();
    return out;
}

}  // namespace

TEST_CASE("a key file comes back with its passphrase, and is never overwritten") {
    scratch dir;
    auto keys = officer();
    auto file = dir / "own.key";
    auto passphrase = crypto::plain::copy_of(std::string_view("correct horse"));
    REQUIRE(client::create_key_file(file, keys, passphrase, crypto::cost_interactive));
    CHECK_FALSE(client::create_key_file(file, officer(), passphrase, crypto::cost_interactive));

    auto opened = client::open_key_file(file, dir.write("p", "correct horse\n"));
    REQUIRE(opened);
    CHECK(opened->lid == keys.lid);
    CHECK(opened->sign_keys->public_key == keys.sign_keys->public_key);
    CHECK(opened->box_keys->public_key == keys.box_keys->public_key);

    auto wrong = client::open_key_file(file, dir.write("q", "wrong horse\n"));
    REQUIRE_FALSE(wrong);
    CHECK_THAT(wrong.error().sentence, Contains(file) && Contains("passphrase"));

    ::chmod(file.c_str(), 0640);
    CHECK_THAT(client::open_key_file(file, dir / "p").error().sentence, Contains("chmod 600 " + file));
}
