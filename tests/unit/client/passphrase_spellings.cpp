// What a person types as one passphrase opens the file, whichever keyboard, editor or system it came from.
#include "client/here/passphrase_spellings.hpp"

#include <catch2/catch.hpp>

#include "client/here/key_files.hpp"
#include "client/here/terminal.hpp"
#include "tests/unit/client/scratch.hpp"

using Catch::Matchers::Contains;

namespace {

const std::string with_one = "caf\u00e9 au lait \uac00", with_two = "cafe\u0301 au lait \u1100\u1161";

crypto::plain plain(std::string_view text) { return crypto::plain::copy_of(text); }

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

TEST_CASE("a passphrase is composed, and tried as typed first") {
    CHECK(client::composed(plain(with_two)).text() == with_one);
    CHECK(client::composed(plain(with_one)).text() == with_one);
    CHECK(client::composed(plain("")).text().empty());
    CHECK(client::composed(plain("caf\xe9")).text() == "caf\xe9");
    const auto texts = [](std::string_view typed) {
        std::vector<std::string> out;
        for (const auto& one : client::spellings(plain(typed))) out.emplace_back(one.text());
        return out;
    };
    using list = std::vector<std::string>;
    CHECK(texts("correct horse") == list{"correct horse"});
    CHECK(texts(with_one) == list{with_one, with_two});
    CHECK(texts(with_two) == list{with_two, with_one});
    CHECK(texts("caf\xe9") == list{"caf\xe9"});
    CHECK(texts("\U0001d160\u0390").size() == 3);  // those that grow most, and one that never composes
}

TEST_CASE("a key file opens from any keyboard, also one made before passphrases were composed") {
    scratch dir;
    const auto keys = officer();
    for (const auto& made_with : {with_one, with_two})
        for (const auto& typed : {with_one, with_two}) {
            const auto file = dir / "own.key";
            std::filesystem::remove(file);
            REQUIRE(client::create_key_file(file, keys, plain(made_with), crypto::passphrase_cost{1, 8192}));
            const auto opened = client::open_key_file(file, dir.write("p", typed + "\n"));
            REQUIRE(opened);
            CHECK(opened->lid == keys.lid);
        }
}

TEST_CASE("a new passphrase is composed, and must be UTF-8") {
    scratch dir;
    CHECK(client::new_passphrase(dir.write("p", with_two), "own.key")->text() == with_one);
    const auto latin = client::new_passphrase(dir.write("p", "caf\xe9 au lait cr\xe8me"), "own.key");
    REQUIRE_FALSE(latin);
    CHECK(latin.error().sentence == dir / "p" + " is not UTF-8; save it as UTF-8.");
}

TEST_CASE("a passphrase file may come from any editor, and what is wrong with it names it") {
    for (const std::string_view good :
         {"four words or more", "four words or more\n", "four words or more\r\n",
          "\xef\xbb\xbf"
          "four words or more",
          "\xef\xbb\xbf"
          "four words or more\r\n"}) {
        const auto read = client::passphrase_in(plain(good), "FILE");
        REQUIRE(read);
        CHECK(read->text() == "four words or more");
    }
    CHECK(client::passphrase_in(plain(" spaces stay \n"), "FILE")->text() == " spaces stay ");
    const struct {
        std::string_view text, says;
    } rows[] = {{"", "FILE holds no passphrase"},
                {"\n", "FILE holds no passphrase"},
                {"\r\n", "FILE holds no passphrase"},
                {"\xef\xbb\xbf\n", "FILE holds no passphrase"},
                {"one\ntwo\n", "FILE holds more than one line"},
                {"one\r\ntwo", "FILE holds more than one line"},
                {"one\n\n", "FILE holds more than one line"},
                {"one\rtwo", "FILE holds more than one line"},
                {"\xff\xfeo", "FILE is UTF-16"},
                {"\xfe\xffo", "FILE is UTF-16"}};
    for (const auto& [text, says] : rows) {
        const auto read = client::passphrase_in(plain(text), "FILE");
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().sentence, Contains(std::string(says)));
    }
}

TEST_CASE("a passphrase that does not open says which file it came from") {
    scratch dir;
    const auto file = dir / "own.key";
    REQUIRE(client::create_key_file(file, officer(), plain("four words or more"),
                                    crypto::passphrase_cost{1, 8192}));
    const auto wrong = client::open_key_file(file, dir.write("p", "four words or less\n"));
    REQUIRE_FALSE(wrong);
    CHECK_THAT(wrong.error().sentence, Contains(file) && Contains("the passphrase in " + dir / "p"));
    const auto space = client::open_key_file(file, dir.write("p", "four words or more \n"));
    REQUIRE_FALSE(space);
    CHECK_THAT(space.error().sentence, Contains("ends in a space"));
}
