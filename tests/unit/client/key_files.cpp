#include "client/here/key_files.hpp"

#include <filesystem>

#include <catch2/catch.hpp>

#include "client/here/files.hpp"
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

TEST_CASE("a passphrase is changed whole or not at all") {
    scratch dir;
    auto keys = officer();
    auto file = dir / "own.key";
    auto old = crypto::plain::copy_of(std::string_view("correct horse"));
    auto fresh = crypto::plain::copy_of(std::string_view("battery staple"));
    REQUIRE(client::create_key_file(file, keys, old, crypto::cost_interactive));
    auto before = *client::read_file(file);

    auto refused = client::change_passphrase(file, fresh, old);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().sentence, Contains(file) && Contains("passphrase"));
    refused = client::change_passphrase(file, old, old);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().sentence, Contains("nothing was changed"));
    CHECK_FALSE(client::change_passphrase(dir / "none.key", old, fresh));
    CHECK(*client::read_file(file) == before);

    std::filesystem::create_symlink(file, dir / "link.key");
    REQUIRE(client::change_passphrase(dir / "link.key", old, fresh));
    CHECK(std::filesystem::is_symlink(dir / "link.key"));
    CHECK(std::filesystem::status(file).permissions() == std::filesystem::perms(0600));
    CHECK(std::distance(std::filesystem::directory_iterator(dir / "."), {}) == 2);
    CHECK_FALSE(client::open_key_file(file, dir.write("p", "correct horse\n")));
    auto opened = client::open_key_file(file, dir.write("q", "battery staple\n"));
    REQUIRE(opened);
    CHECK(opened->lid == keys.lid);
    CHECK(opened->cost.mem == crypto::cost_interactive.mem);
}

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
