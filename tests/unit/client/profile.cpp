#include "client/here/profile.hpp"

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "tests/unit/client/scratch.hpp"

using Catch::Matchers::Contains;

namespace {

client::result<client::profile> read(std::string_view text) {
    return client::read_profile(text, "/p", "/p/baken.toml");
}

}  // namespace

TEST_CASE("a profile is read, its paths from where it lies") {
    auto all = read(R"(server = "https://localhost:8443"
root = "root.pub"
cacert = "../tls/cert.pem"
loket = "rotterdam"
key = "/k/own.key"
passphrase-file = "passphrase"
state = "state"
)");
    REQUIRE(all);
    CHECK(all->server == "https://localhost:8443");
    CHECK(all->root == std::vector<std::string>{"/p/root.pub"});
    CHECK(all->cacert == "/tls/cert.pem");
    CHECK(all->loket == "rotterdam");
    CHECK(all->key == "/k/own.key");
    CHECK(all->passphrase_file == "/p/passphrase");
    CHECK(all->state == "/p/state");
    CHECK(read("root = ['a', '/b']")->root == std::vector<std::string>{"/p/a", "/b"});
    CHECK(read("")->server.empty());
}

TEST_CASE("every fault of a profile names what to correct") {
    struct row {
        std::string text, named;
    };
    for (const auto& [text, named] : {
             row{"sever = 'x'", "'sever' is not a key of a profile; did you mean server?"},
             row{"[server]\nurl = 'x'", "'server' must be a text"},
             row{"loket = 7", "'loket' must be a text"},
             row{"key = ''", "'key' is empty"},
             row{"state = ['x']", "'state' must be a text"},
             row{"root = []", "'root' names one file, or two"},
             row{"root = ['a', 'b', 'c']", "'root' names one file, or two"},
             row{"root = ['a', 2]", "'root' must be a text"},
             row{"root = true", "'root' must be a text"},
             row{"server = 'a'\nserver = 'b'", "line 2"},
             row{"server = ", "not TOML"},
             row{"server", "line 1"},
         }) {
        INFO(text);
        auto refused = read(text);
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().sentence, Contains(named));
        CHECK_THAT(refused.error().sentence, Contains("/p/baken.toml"));
        CHECK(refused.error().exit == client::failed);
    }
}

TEST_CASE("a flag wins over the profile, and leaves the rest of it") {
    client::profile file, flags;
    file.server = "https://a";
    file.root = {"/r"};
    file.loket = "a";
    flags.server = "https://b";
    flags.key = "/k";
    auto both = client::overlaid(file, flags);
    CHECK(both.server == "https://b");
    CHECK(both.root == std::vector<std::string>{"/r"});
    CHECK(both.loket == "a");
    CHECK(both.key == "/k");
}

TEST_CASE("what is missing is wrong use, and both ways to say it are told") {
    client::profile none;
    auto server = client::server_of(none);
    REQUIRE_FALSE(server);
    CHECK(server.error().exit == client::wrong_use);
    CHECK_THAT(server.error().sentence,
               Contains("--server URL") && Contains("write server = ") && Contains("/baken.toml."));
    CHECK(client::roots_of(none).error().exit == client::wrong_use);
    CHECK(client::loket_of(none).error().exit == client::wrong_use);
    CHECK(client::key_of(none).error().exit == client::wrong_use);
    none.loket = "Rotterdam!";
    CHECK(client::loket_of(none).error().exit == client::wrong_use);
}

TEST_CASE("a profile that was named must be there") {
    scratch dir;
    CHECK_FALSE(client::load_profile(dir / "missing.toml"));
    auto file = dir.write("p.toml", "root = 'root.pub'");
    auto read_back = client::load_profile(file);
    REQUIRE(read_back);
    CHECK(read_back->root == std::vector<std::string>{dir / "root.pub"});
}

TEST_CASE("a root file is one line with a key") {
    auto key = crypto::sign_keys::random().public_key;
    auto text = crypto::b64u(key);
    CHECK(*client::read_root(text, "r") == key);
    CHECK(*client::read_root(text + "\n", "r") == key);
    for (const auto& wrong :
         {std::string(), text + "\n\n", " " + text, text.substr(1), text + "A", "x\n" + text}) {
        INFO(wrong);
        auto refused = client::read_root(wrong, "root.pub");
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().sentence, Contains("root.pub"));
    }
}
