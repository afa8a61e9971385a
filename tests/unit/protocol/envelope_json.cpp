#include "crypto/protocol/envelope_json.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "world.hpp"

using namespace protocol;
using list = std::vector<std::string>;

namespace {

std::string b64u(std::size_t size) { return crypto::b64u(crypto::bytes(size, 7)); }

json::object desk(std::string_view id = "rotterdam", std::string_view rol = "eerste") {
    return {{"voor", "loket:" + std::string(id)},
            {"epoch", "2026-W47"},
            {"sleutel", b64u(8)},
            {"rol", rol},
            {"sealedKey", b64u(96)}};
}

json::object posted() {
    return {{"id", "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4"},
            {"suite", "baken-1"},
            {"ontvangers", json::array{desk()}},
            {"body", b64u(4096)},
            {"spoed", false},
            {"bijlagen", json::array{}},
            {"postbus", nullptr},
            {"vulling", "000"}};
}

// "location code" of each fault, sorted.
list refused(const json::object& object) {
    faults found;
    (void)read_posted_report(object, found);
    list out;
    for (const auto& f : found) out.push_back(f.location + " " + f.code);
    std::sort(out.begin(), out.end());
    return out;
}
template <class V>
list with(std::string_view name, const V& value) {
    auto object = posted();
    object[name] = world::any(value);
    return refused(object);
}
list without(std::string_view name) {
    auto object = posted();
    object.erase(name);
    return refused(object);
}
// A report to these recipients.
list to(const json::array& recipients, bool urgent = false) {
    auto object = posted();
    object["ontvangers"] = recipients;
    object["spoed"] = urgent;
    return refused(object);
}
template <class V>
list to_one(std::string_view name, const V& value) {
    auto one = desk();
    one[name] = world::any(value);
    return to({one});
}

}  // namespace

TEST_CASE("a posted report is read whole") {
    auto object = posted();
    object["ontvangers"] = json::array{desk("rotterdam", "eerste"), desk("zorg", "mede"), desk("nla", "mede"),
                                       desk("landelijk", "achtervang")};
    object["spoed"] = true;
    object["bijlagen"] = json::array{"871b238a-e7d1-4bdd-9393-49a2c7ed59e6"};
    object["postbus"] = json::object{{"signKey", b64u(32)}};
    faults found;
    const auto read = read_posted_report(object, found);
    REQUIRE(found.empty());
    CHECK(read.envelope.id.text() == "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4");
    REQUIRE(read.envelope.ontvangers.size() == 4);
    CHECK(read.envelope.ontvangers[1].desk() == "zorg");
    CHECK(read.envelope.ontvangers[3].rol == "achtervang");
    CHECK(read.envelope.ontvangers[0].epoch->text() == "2026-W47");
    CHECK(read.envelope.ontvangers[0].sealed_key.size() == 96);
    CHECK(read.envelope.ontvangers[0].sleutel[7] == 7);
    CHECK(read.envelope.body.size() == 4096);
    CHECK(read.spoed);
    CHECK(read.bijlagen.size() == 1);
    CHECK(read.mailbox_key->at(31) == 7);
    CHECK(refused(posted()).empty());
    for (const char* name : {"bijlagen", "postbus", "vulling"}) CHECK(without(name).empty());
}

TEST_CASE("each fault of a posted report is named") {
    for (const char* name : {"id", "suite", "ontvangers", "body", "spoed"})
        CHECK(without(name) == list{std::string("/") + name + " vereist"});
    CHECK(with("later", 1) == list{"/later onbekend-lid"});
    CHECK(with("suite", "baken-2") == list{"/suite waarde"});
    CHECK(with("suite", "") == list{"/suite waarde"});
    CHECK(with("suite", 1) == list{"/suite type"});
    CHECK(with("id", "2ef253b4-fefb-1e4f-b5da-6c0c86d044a4") == list{"/id formaat"});
    CHECK(with("spoed", "true") == list{"/spoed type"});
    for (const std::size_t size : {1U, 4095U, 4097U, 8192U, 262145U})
        CHECK(with("body", b64u(size)) == list{"/body lengte"});
    for (const std::size_t size : crypto::body_sizes) CHECK(with("body", b64u(size)).empty());
    CHECK(with("body", "") == list{"/body lengte"});
    CHECK(with("body", b64u(4096) + "=") == list{"/body formaat"});
    CHECK(with("vulling", 0) == list{"/vulling type"});
    CHECK(with("vulling", "anything").empty());
    CHECK(with("postbus", "x") == list{"/postbus type"});
    CHECK(with("postbus", json::object{}) == list{"/postbus/signKey vereist"});
    CHECK(with("postbus", json::object{{"signKey", b64u(31)}}) == list{"/postbus/signKey lengte"});
    CHECK(with("postbus", json::object{{"signKey", b64u(32)}, {"boxKey", b64u(32)}}) ==
          list{"/postbus/boxKey onbekend-lid"});
    const json::value file = "871b238a-e7d1-4bdd-9393-49a2c7ed59e6";
    CHECK(with("bijlagen", json::array{file, file}) == list{"/bijlagen dubbel"});
    CHECK(with("bijlagen", json::array{"x"}) == list{"/bijlagen formaat"});
    CHECK(with("bijlagen", json::array{1}) == list{"/bijlagen/0 type"});
    json::array files;
    for (int i = 0; i < 11; ++i) files.push_back(json::string(crypto::uuid::random().text()));
    CHECK(with("bijlagen", files) == list{"/bijlagen te-veel"});
    files.pop_back();
    CHECK(with("bijlagen", files).empty());
}

TEST_CASE("recipients are one to four desks, none twice, exactly one first") {
    CHECK(to({}) == list{"/ontvangers vereist"});
    CHECK(to({desk("a"), desk("b", "mede"), desk("c", "mede"), desk("d", "mede"), desk("e", "mede")}) ==
          list{"/ontvangers te-veel"});
    CHECK(to({desk("a", "mede")}) == list{"/ontvangers eerste"});
    CHECK(to({desk("a"), desk("b")}) == list{"/ontvangers eerste"});
    CHECK(to({desk("a"), desk("a", "mede")}) == list{"/ontvangers/1/voor dubbel"});
    CHECK(to({desk("a"), desk("b", "achtervang")}, true).empty());
    CHECK(to({desk("a"), desk("b", "achtervang")}) == list{"/ontvangers/1/rol achtervang"});
    CHECK(to({desk("a"), desk("b", "achtervang"), desk("c", "achtervang")}, true) ==
          list{"/ontvangers achtervang"});
    CHECK(to({json::value(1)}) == list{"/ontvangers/0 type"});
    CHECK(to({json::object{{"voor", "postbus:3cf32365d8d3395dddf0080c5de34614"},
                           {"rol", "eerste"},
                           {"sealedKey", b64u(96)}}}) == list{"/ontvangers/0/voor loket"});
    CHECK(to_one("voor", "rotterdam") == list{"/ontvangers/0/voor formaat"});
    CHECK(to_one("voor", "loket:Rotterdam") == list{"/ontvangers/0/voor formaat"});
    CHECK(to_one("voor", "loket:") == list{"/ontvangers/0/voor formaat"});
    CHECK(to_one("voor", "") == list{"/ontvangers/0/voor formaat"});
    CHECK(to_one("rol", "tweede") == list{"/ontvangers eerste", "/ontvangers/0/rol onbekende-code"});
    CHECK(to_one("epoch", "2026-W54") == list{"/ontvangers/0/epoch formaat"});
    CHECK(to_one("epoch", "") == list{"/ontvangers/0/epoch formaat"});
    CHECK(to_one("sleutel", b64u(7)) == list{"/ontvangers/0/sleutel lengte"});
    CHECK(to_one("sealedKey", b64u(95)) == list{"/ontvangers/0/sealedKey lengte"});
    CHECK(to_one("sealedKey", b64u(97)) == list{"/ontvangers/0/sealedKey lengte"});
    CHECK(to_one("naam", "x") == list{"/ontvangers/0/naam onbekend-lid"});
}

TEST_CASE("a report that is wrong everywhere hears everything at once") {
    auto first = desk("a", "achtervang"), second = desk("a", "achtervang");
    first["epoch"] = "week 47";
    first["sleutel"] = b64u(9);
    first["extra"] = true;
    second["sealedKey"] = b64u(48);
    const json::object third{
        {"voor", "postbus:3cf32365d8d3395dddf0080c5de34614"}, {"rol", "mede"}, {"sealedKey", b64u(96)}};
    const json::object object{{"id", "x"},
                              {"suite", "baken-9"},
                              {"ontvangers", json::array{first, second, third}},
                              {"body", b64u(5000)},
                              {"spoed", false},
                              {"bijlagen", json::array{"x"}},
                              {"postbus", json::object{{"signKey", b64u(16)}}},
                              {"onbekend", 1}};
    CHECK(refused(object) == list{"/bijlagen formaat", "/body lengte", "/id formaat",
                                  "/onbekend onbekend-lid", "/ontvangers achtervang", "/ontvangers eerste",
                                  "/ontvangers/0/epoch formaat", "/ontvangers/0/extra onbekend-lid",
                                  "/ontvangers/0/rol achtervang", "/ontvangers/0/sleutel lengte",
                                  "/ontvangers/1/sealedKey lengte", "/ontvangers/1/voor dubbel",
                                  "/ontvangers/2/voor loket", "/postbus/signKey lengte", "/suite waarde"});
}

TEST_CASE("what is posted has the length of its class, whatever it carries") {
    const std::pair<std::size_t, std::size_t> classes[] = {
        {4096, 8192}, {16384, 24576}, {65536, 90112}, {262144, 352256}};
    for (const auto& [body, wanted] : classes)
        for (const bool full : {false, true}) {
            posted_report made;
            made.envelope.id = crypto::uuid::random();
            made.envelope.body = crypto::sealed::received(crypto::bytes(body, 255));
            const char* roles[] = {"eerste", "mede", "mede", "achtervang"};
            for (std::size_t i = 0; i < (full ? 4U : 1U); ++i) {
                recipient one;
                one.voor = "loket:" + std::string(full ? 40 : 1, static_cast<char>('a' + i));
                one.rol = roles[i];
                one.epoch = epoch::parse("2026-W47");
                one.sealed_key = crypto::sealed::received(crypto::bytes(96, 255));
                made.envelope.ontvangers.push_back(std::move(one));
            }
            made.spoed = full;
            if (full) made.mailbox_key = crypto::sign_keys::random().public_key;
            for (int i = 0; full && i < 10; ++i) made.bijlagen.push_back(crypto::uuid::random());
            const auto text = write_posted_report(made);
            CHECK(text.size() == wanted);
            const auto object = parse_object(text).value();
            const std::string filling(object.at("vulling").as_string());
            CHECK(filling.find_first_not_of('0') == std::string::npos);
            faults found;
            const auto read = read_posted_report(object, found);
            CHECK(found.empty());
            CHECK(write_posted_report(read) == text);
            CHECK(read.envelope.ontvangers.size() == made.envelope.ontvangers.size());
            CHECK(read.mailbox_key == made.mailbox_key);
            CHECK(read.bijlagen == made.bijlagen);
        }
}

TEST_CASE("a recipient in an answer may be a mailbox and may carry more") {
    faults found;
    const json::object mailbox{
        {"voor", "postbus:3cf32365d8d3395dddf0080c5de34614"}, {"rol", "eerste"}, {"sealedKey", b64u(96)}};
    const auto one = read_recipient(mailbox, "", found, unknown::refuse);
    CHECK(found.empty());
    CHECK(one.desk().empty());
    CHECK_FALSE(one.epoch.has_value());
    CHECK(to_json(one) == mailbox);
    auto more = desk();
    more["later"] = 1;
    CHECK(to_json(read_recipient(more, "", found, unknown::ignore)) == desk());
    CHECK(found.empty());
}
