#include "client/here/files.hpp"

#include <catch2/catch.hpp>

#include "client/here/terminal.hpp"
#include "tests/unit/client/scratch.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

TEST_CASE("a secret file that others can use is refused with the mend") {
    scratch dir;
    for (unsigned mode : {0600u, 0400u}) {
        auto file = dir.write("key", "secret", mode);
        INFO(mode);
        CHECK(client::read_private_file(file));
        ::chmod(file.c_str(), 0600);
    }
    for (unsigned mode : {0640u, 0604u, 0644u, 0660u, 0700u, 0601u, 04600u}) {
        auto file = dir.write("key", "secret", mode);
        INFO(mode);
        auto read = client::read_private_file(file);
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().sentence, EndsWith("chmod 600 " + file));
    }
}

TEST_CASE("what is no regular file is no secret file") {
    scratch dir;
    auto pipe = dir / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const auto& path : {dir.path, pipe, dir / "missing", std::string("/dev/null")}) {
        INFO(path);
        auto read = client::read_private_file(path);
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().sentence, Contains(path));
    }
}

TEST_CASE("a file above its limit is refused, one at its limit is read") {
    scratch dir;
    auto file = dir.write("text", "12345");
    CHECK(client::read_file(file, 5) == std::string("12345"));
    CHECK_FALSE(client::read_file(file, 4));
    CHECK(client::read_plain(file, 5)->text() == "12345");
    CHECK_FALSE(client::read_plain(file, 4));
}

TEST_CASE("a new file never replaces an old one") {
    scratch dir;
    auto file = dir / "new";
    REQUIRE(client::create_file(file, "one", 0600));
    struct ::stat state{};
    REQUIRE(::stat(file.c_str(), &state) == 0);
    CHECK((state.st_mode & 07777u) == 0600u);
    auto again = client::create_file(file, "two", 0600);
    REQUIRE_FALSE(again);
    CHECK_THAT(again.error().sentence, Contains("never overwritten"));
    CHECK(client::read_file(file) == std::string("one"));
    REQUIRE(client::replace_file(file, "three"));
    CHECK(client::read_file(file) == std::string("three"));
}

TEST_CASE("several files are replaced together, or none of them") {
    scratch dir;
    const auto first = dir.write("first", "1"), second = dir / "second";
    REQUIRE(client::replace_files(std::vector<client::text_file>{{first, "one"}, {second, "two"}}, 0644));
    CHECK(client::read_file(first) == std::string("one"));
    CHECK(client::read_file(second) == std::string("two"));
    struct ::stat state{};
    REQUIRE(::stat(second.c_str(), &state) == 0);
    CHECK((state.st_mode & 0777u) == 0644u);
    CHECK_FALSE(client::replace_files(
        std::vector<client::text_file>{{first, "three"}, {dir / "nowhere/x", "x"}}, 0644));
    CHECK(client::read_file(first) == std::string("one"));
    // Nothing is left beside them.
    using entries = std::filesystem::directory_iterator;
    CHECK(std::distance(entries(dir.path), entries()) == 2);
}

TEST_CASE("directories are made for their owner alone") {
    scratch dir;
    REQUIRE(client::make_directory(dir / "a/b"));
    REQUIRE(client::make_directory(dir / "a/b"));
    struct ::stat state{};
    REQUIRE(::stat((dir / "a").c_str(), &state) == 0);
    CHECK((state.st_mode & 077u) == 0u);
    dir.write("file", "");
    CHECK_FALSE(client::make_directory(dir / "file"));
}

TEST_CASE("one newline at the end of a passphrase file does not count") {
    scratch dir;
    struct row {
        std::string text, passphrase;
    };
    for (const auto& [text, passphrase] :
         {row{"a b", "a b"}, row{"a b\n", "a b"}, row{"a b\r\n", "a b"}, row{" a", " a"}}) {
        auto read = client::read_passphrase(dir.write("p", text), "?");
        REQUIRE(read);
        CHECK(read->text() == passphrase);
    }
    for (const auto* none : {"", "\n", "a b\n\n"})
        CHECK_FALSE(client::read_passphrase(dir.write("p", none), "?"));
    CHECK_FALSE(client::read_passphrase(dir.write("p", "x", 0644), "?"));
}
