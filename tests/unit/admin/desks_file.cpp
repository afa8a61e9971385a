// loketten.json as a person edits it: what is written is read back, and every fault is told at once.
#include "server/admin/directory/desks_file.hpp"

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"

using namespace admin;

namespace {

// Made once, but not before main has started the library that makes them.
crypto::sign_public made_key(int number) {
    static const crypto::sign_keys keys[] = {crypto::sign_keys::random(), crypto::sign_keys::random(),
                                             crypto::sign_keys::random()};
    return keys[number].public_key;
}
crypto::sign_public log_key() { return made_key(0); }
crypto::sign_public first() { return made_key(1); }
crypto::sign_public second() { return made_key(2); }

desks_file good() {
    return {log_key(),
            {{"rotterdam", "Politie \"Rotterdam\" – é", "politie", true, {first()}, "landelijk"},
             {"landelijk", "Landelijk loket", "landelijk", false, {second()}, std::nullopt}}};
}

std::string told(const std::string& text) {
    auto read = read_desks(text);
    if (read) return "";
    std::string all;
    for (const auto& one : read.error()) all += one + "\n";
    return all;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("the desks of a draft are read as they were written") {
    const auto text = write_desks(good());
    const auto read = read_desks(text);
    REQUIRE(read);
    CHECK(read->logboek == log_key());
    REQUIRE(read->loketten.size() == 2);
    CHECK(read->loketten[0].naam == "Politie \"Rotterdam\" – é");
    CHECK(read->loketten[0].beheerders == std::vector{first()});
    CHECK(read->loketten[0].achtervang == "landelijk");
    CHECK_FALSE(read->loketten[1].achtervang);
    CHECK(write_desks(*read) == text);
    CHECK(write_desks({log_key(), {}}).find("\"loketten\": [\n  ]") != std::string::npos);
}

TEST_CASE("what desks break is told with the desk's name, and all at once") {
    auto file = good();
    file.loketten[0].achtervang = "rotterdam";
    file.loketten[1].beheerders = {};
    file.loketten.push_back({"zorg", "a\nb", "polite", false, {first(), second()}, "nergens"});
    file.loketten.push_back({"zorg", "Zorg", "zorg", false, {crypto::sign_public{}}, std::nullopt});
    const auto all = told(write_desks(file));
    CAPTURE(all);
    for (const char* sentence :
         {"desk rotterdam: it cannot fall back on itself",
          "desk landelijk, 'beheerders': A desk needs the key", "desk zorg, 'naam': A desk's name",
          "desk zorg, 'soort': This must be one of", "is also of desk rotterdam",
          "there is no desk nergens to fall back on", "desk zorg: it is there twice",
          "desk zorg, 'beheerders': A lead's public key"})
        CHECK(all.find(sentence) != std::string::npos);
}

TEST_CASE("what is no file of desks is refused") {
    const auto text = write_desks(good());
    CHECK(told("").find("strict JSON") != std::string::npos);
    CHECK(told("[]").find("strict JSON") != std::string::npos);
    CHECK(told(replaced(text, "Politie", "P\xff")).find("strict JSON") != std::string::npos);
    CHECK(told(replaced(text, "\"naam\"", "\"id\"")).find("strict JSON") != std::string::npos);
    CHECK(told(replaced(text, "\"naam\"", "\"name\"")).find("'name'") != std::string::npos);
    CHECK(told(replaced(text, "\"logboek\"", "\"logbook\"")).find("'/logbook'") != std::string::npos);
    CHECK(told(replaced(text, "true", "\"ja\"")).find("'opsporing'") != std::string::npos);
    CHECK(told(R"({"logboek":"AAAA","loketten":[1]})").find("desk number 1") != std::string::npos);
    const auto twice = crypto::b64u(first());
    CHECK(told(replaced(text, "\"" + twice + "\"", "\"" + twice + "\",\"" + twice + "\""))
              .find("is here twice") != std::string::npos);
}

TEST_CASE("a desk's name is something that people see, and nothing else") {
    for (const auto* good :
         {"Politie Rotterdam", "Zürich", "میزِ گزارش می\u200cخوانیم", "Loket \u2764\ufe0f", "M."})
        CHECK(admin::fault_of_desk_name(good).empty());
    const struct {
        std::string name, says;
    } rows[] = {{"", "something that people see"},
                {"   ", "something that people see"},
                {"\u2003\u3164", "something that people see"},
                {"Politie\u202eRotterdam", "U+202E"},
                {"Pol\u200ditie", "U+200D"},
                {"Pol\u00aditie", "U+00AD"},
                {"Politie\n", "U+000A"},
                {"Politie \xff", "UTF-8"},
                {std::string(101, 'x'), "at most 100 bytes"}};
    for (const auto& [name, says] : rows) {
        CAPTURE(name);
        CHECK(admin::fault_of_desk_name(name).find(says) != std::string::npos);
    }
}

TEST_CASE("one lead, or opsporing against the kind, is a doubt and no fault") {
    auto file = good();
    CHECK(doubts(file).size() == 2);
    file.loketten[1].opsporing = true;
    file.loketten[0].beheerders.push_back(log_key());
    const auto found = doubts(file);
    REQUIRE(found.size() == 2);
    CHECK(found[0].find("landelijk has one lead") != std::string::npos);
    CHECK(found[1].find("'opsporing' is true") != std::string::npos);
}
