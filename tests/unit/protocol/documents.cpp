#include "crypto/protocol/documents.hpp"

#include <fstream>
#include <sstream>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/issue.hpp"
#include "refusal.hpp"
#include "tests/checkout.hpp"
#include "world.hpp"

using namespace protocol;
using change = std::function<void(json::object&)>;

namespace {

// What this token's payload is refused for once it was changed and signed anew by the right key.
struct refused_change {
    std::string why;
    change how;
    errc with;
};

template <class V>
change set(std::string name, const V& value) {
    return [name = std::move(name), value = world::any(value)](json::object& o) { o[name] = value; };
}
change drop(std::string name) {
    return [name = std::move(name)](json::object& o) { o.erase(name); };
}
// Of a directory's first desk.
template <class V>
change desk(std::string name, const V& value) {
    return [name = std::move(name), value = world::any(value)](json::object& o) {
        o["loketten"].as_array()[0].as_object()[name] = value;
    };
}

// Every member of the payload is needed, and none may be null or of another type.
template <class Read>
void each_member_is_needed(std::string_view token, const crypto::sign_keys& key, Read read) {
    const crypto::sign_public trusted[] = {key.public_key};
    const auto payload = parse_object(crypto::read_jws(token).value().payload).value();
    for (const auto& entry : payload) {
        const std::string name = entry.key();
        CAPTURE(name);
        CHECK(refusal(read(world::resigned(token, key, drop(name)), trusted)) == errc::bad_document);
        CHECK(refusal(read(world::resigned(token, key, set(name, nullptr)), trusted)) == errc::bad_document);
        CHECK(refusal(read(world::resigned(token, key, set(name, json::object{{"a", 1}})), trusted)) ==
              errc::bad_document);
    }
    const auto more = world::resigned(token, key, set("later", json::object{{"x", json::array{1, 2}}}));
    CHECK(read(more, trusted).has_value());  // unknown members of a signed document are ignored
}

template <class Read>
void changes_are_refused(std::string_view token, const crypto::sign_keys& key, Read read,
                         const std::vector<refused_change>& table) {
    const crypto::sign_public trusted[] = {key.public_key};
    REQUIRE(read(token, trusted).has_value());
    for (const auto& row : table) {
        CAPTURE(row.why);
        CHECK(refusal(read(world::resigned(token, key, row.how), trusted)) == row.with);
    }
}

// Another typ, another signer, another payload under the same signature.
template <class Read>
void only_the_right_token_counts(const std::string& token, const crypto::sign_keys& key, Read read) {
    const auto stranger = crypto::sign_keys::random();
    const crypto::sign_public trusted[] = {crypto::sign_keys::random().public_key, key.public_key};
    const auto same = [](json::object&) {};
    CHECK(read(token, trusted).has_value());
    CHECK(read(token, trusted)->signer == key.public_key);
    CHECK(read(token, trusted)->hash == crypto::hash_text(crypto::as_bytes(token)));
    CHECK(refusal(read(token, {})) == errc::bad_signature);
    CHECK(refusal(read(world::resigned(token, stranger, same), trusted)) == errc::bad_signature);
    CHECK(refusal(read(world::resigned(token, key, same, "baken-hoofd+jws"), trusted)) ==
          errc::unknown_version);
    for (const char* text :
         {"[]", "1", "", R"({"versie":1,"versie":1})", R"({"versie":1.5})", "{\"a\":\"\\u0000\"}"})
        CHECK(refusal(read(crypto::sign_jws(crypto::read_jws(token)->typ, text, key), trusted)) ==
              errc::bad_json);
    auto cut = token;
    cut.pop_back();
    CHECK(refusal(read(cut, trusted)) == errc::bad_signature);
    CHECK(refusal(read("", trusted)) == errc::bad_signature);
}

std::string text_of(day d) { return d.text(); }

}  // namespace

TEST_CASE("a directory is read as it was signed") {
    const world::country land;
    const auto first = land.gids(), second = land.gids(&first);
    const auto read = read_gids(second.token, land.roots()).value();
    CHECK(read.versie == 2);
    CHECK(read.vorige == first.hash);
    CHECK(read.datum == second.datum);
    CHECK(read.tot == second.tot);
    CHECK(read.logboek == second.logboek);
    CHECK(read.routering == second.routering);
    REQUIRE(read.loketten.size() == 3);
    CHECK(read.loketten[0].id == "rotterdam");
    CHECK(read.loketten[0].opsporing);
    CHECK(read.loketten[0].achtervang == "landelijk");
    CHECK(read.loketten[0].beheerders == second.loketten[0].beheerders);
    CHECK_FALSE(read.loketten[2].achtervang.has_value());
    CHECK(read.desk("zorg")->soort == "zorg");
    CHECK(read.desk("Zorg") == nullptr);
    // The members stand in the order of protocol §2.
    CHECK(crypto::read_jws(first.token)
              ->payload.starts_with(R"({"versie":1,"vorige":"","datum":"2026-11-08","tot":)"));
}

TEST_CASE("a directory out of its bounds counts for nothing") {
    const world::country land;
    const auto first = land.gids(), second = land.gids(&first);
    const std::string key = crypto::b64u(land.stranger.public_key);
    changes_are_refused(
        second.token, land.root, read_gids,
        {
            {"93 days", set("tot", text_of(second.datum + 93)), errc::gids_term},
            {"ends before it begins", set("tot", text_of(second.datum - 1)), errc::gids_term},
            {"versie 0", set("versie", 0), errc::bad_document},
            {"versie negative", set("versie", -1), errc::bad_document},
            {"versie as text", set("versie", "2"), errc::bad_document},
            {"versie 1 with a vorige", set("versie", 1), errc::bad_document},
            {"versie 2 without one", set("vorige", ""), errc::bad_document},
            {"routering no hash", set("routering", "abc"), errc::bad_document},
            {"logboek of 31 bytes", set("logboek", crypto::b64u(crypto::bytes(31))), errc::bad_document},
            {"no such day", set("datum", "2026-02-30"), errc::bad_document},
            {"a desk twice",
             [](json::object& o) { o["loketten"].as_array().push_back(o["loketten"].as_array()[0]); },
             errc::gids_double},
            {"a lead key twice in a desk", desk("beheerders", json::array{world::any(key), world::any(key)}),
             errc::gids_double},
            {"a lead key too short", desk("beheerders", json::array{"AAAA"}), errc::bad_document},
            {"a lead key padded", desk("beheerders", json::array{world::any(key + "=")}), errc::bad_document},
            {"an achtervang that is not there", desk("achtervang", "utrecht"), errc::gids_desk},
            {"its own achtervang", desk("achtervang", "rotterdam"), errc::gids_desk},
            {"an id in capitals", desk("id", "Rotterdam"), errc::bad_document},
            {"an unknown soort", desk("soort", "leger"), errc::bad_document},
            {"opsporing as text", desk("opsporing", "true"), errc::bad_document},
            {"a desk that is no object", [](json::object& o) { o["loketten"].as_array().push_back("zorg"); },
             errc::bad_document},
        });
    // At the bounds it still counts.
    const auto roots = land.roots();
    CHECK(read_gids(world::resigned(second.token, land.root, set("tot", text_of(second.datum + 92))), roots)
              .has_value());
    CHECK(read_gids(world::resigned(second.token, land.root, set("tot", text_of(second.datum))), roots)
              .has_value());
    CHECK(read_gids(world::resigned(second.token, land.root, desk("later", 1)), roots).has_value());
    // An empty vorige is needed of version 1, so "needed" is tested on version 2.
    each_member_is_needed(second.token, land.root, read_gids);
    only_the_right_token_counts(second.token, land.root, read_gids);
}

TEST_CASE("an epoch key runs from the Monday of its week to the Monday after") {
    const world::country land;
    const auto made = land.key("rotterdam", world::this_week).document;
    const auto& lead = land.lead("rotterdam");
    const auto read = read_epoch_key(made.token, world::only(lead)).value();
    CHECK(read.loket == "rotterdam");
    CHECK(read.epoch.text() == "2026-W47");
    CHECK(read.van().text() == "2026-11-16");
    CHECK(read.tot().text() == "2026-11-23");
    CHECK(read.public_key == made.public_key);
    changes_are_refused(
        made.token, lead, read_epoch_key,
        {
            {"van on Sunday", set("van", "2026-11-15"), errc::key_window},
            {"van on Tuesday", set("van", "2026-11-17"), errc::key_window},
            {"tot on Sunday", set("tot", "2026-11-22"), errc::key_window},
            {"tot a week on", set("tot", "2026-11-30"), errc::key_window},
            {"another week", set("epoch", "2026-W48"), errc::key_window},
            {"no such week", set("epoch", "2026-W54"), errc::bad_document},
            {"a day as week", set("epoch", "2026-11-16"), errc::bad_document},
            {"a key of 33 bytes", set("publicKey", crypto::b64u(crypto::bytes(33))), errc::bad_document},
            {"no desk's id", set("loket", "loket:rotterdam"), errc::bad_document},
        });
    each_member_is_needed(made.token, lead, read_epoch_key);
    only_the_right_token_counts(made.token, lead, read_epoch_key);
}

TEST_CASE("a membership lasts at most 26 weeks") {
    const auto lead = crypto::sign_keys::random(), own = crypto::sign_keys::random();
    const auto box = crypto::box_keys::random();
    const auto lid = crypto::uuid::random();
    const auto made =
        issue_membership("zorg", lid, own.public_key, box.public_key, "regisseur", world::today, lead);
    const auto read = read_membership(made.token, world::only(lead)).value();
    CHECK(read.loket == "zorg");
    CHECK(read.lid == lid);
    CHECK(read.sign_key == own.public_key);
    CHECK(read.box_key == box.public_key);
    CHECK(read.rol == "regisseur");
    CHECK(read.van == world::today);
    CHECK(read.tot - read.van == 182);
    changes_are_refused(
        made.token, lead, read_membership,
        {
            {"183 days", set("tot", text_of(made.van + 183)), errc::lid_term},
            {"ends before it begins", set("tot", text_of(made.van - 1)), errc::lid_term},
            {"another rol", set("rol", "baas"), errc::bad_document},
            {"lid in capitals", set("lid", "2EF253B4-FEFB-4E4F-B5DA-6C0C86D044A4"), errc::bad_document},
            {"lid of version 1", set("lid", "2ef253b4-fefb-1e4f-b5da-6c0c86d044a4"), errc::bad_document},
            {"boxKey of 16 bytes", set("boxKey", crypto::b64u(crypto::bytes(16))), errc::bad_document},
            {"signKey not base64url", set("signKey", std::string(43, '+')), errc::bad_document},
            {"no desk's id", set("loket", ""), errc::bad_document},
        });
    each_member_is_needed(made.token, lead, read_membership);
    only_the_right_token_counts(made.token, lead, read_membership);
}

TEST_CASE("a stand holds for at most 35 days") {
    const world::country land;
    const auto key = land.key("zorg", world::this_week).document;
    const auto first = land.stand("zorg", nullptr, {}), second = land.stand("zorg", &first, {key});
    const auto& lead = land.lead("zorg");
    const auto read = read_stand(second.token, world::only(lead)).value();
    CHECK(read.loket == "zorg");
    CHECK(read.versie == 2);
    CHECK(read.vorige == first.hash);
    CHECK(read.sleutels == std::vector{key.hash});
    CHECK(read.leden.empty());
    changes_are_refused(
        second.token, lead, read_stand,
        {
            {"36 days", set("tot", text_of(second.datum + 36)), errc::stand_term},
            {"ends before it begins", set("tot", text_of(second.datum - 1)), errc::stand_term},
            {"versie 0", set("versie", 0), errc::bad_document},
            {"versie 1 with a vorige", set("versie", 1), errc::bad_document},
            {"versie 2 without one", set("vorige", ""), errc::bad_document},
            {"a key that is no text", set("sleutels", json::array{1}), errc::bad_document},
            {"no desk's id", set("loket", "9zorg"), errc::bad_document},
        });
    CHECK(read_stand(world::resigned(second.token, lead, set("tot", text_of(second.datum + 35))),
                     world::only(lead))
              .has_value());
    each_member_is_needed(second.token, lead, read_stand);
    only_the_right_token_counts(second.token, lead, read_stand);
}

TEST_CASE("a desk's id is 1 to 40 of a–z, 0–9 and -, a letter first") {
    for (const std::string& id :
         {std::string("a"), std::string("oost-nederland"), std::string("a9-"), std::string(40, 'z')})
        CHECK(is_desk_id(id));
    for (const std::string& id : {std::string(), std::string(41, 'z'), std::string("9a"), std::string("-a"),
                                  std::string("A"), std::string("a_b"), std::string("a b"), std::string("é"),
                                  std::string("a\0b", 3), std::string("a:b")})
        CHECK_FALSE(is_desk_id(id));
}

TEST_CASE("vectors: the independent implementation's epoch key counts, its bad tokens do not") {
    std::ifstream file(checkout::vectors);
    std::ostringstream text;
    text << file.rdbuf();
    const auto vectors = json::parse(text.str());
    int good = 0, duplicate = 0, bad = 0;
    for (const auto& row : vectors.at("jws").as_array()) {
        const auto key = crypto::from_hex(row.at("publicKey").as_string()).value();
        const crypto::sign_public trusted[] = {crypto::to_block<32>(key).value()};
        const auto read = read_epoch_key(row.at("token").as_string(), trusted);
        if (!row.as_object().contains("bad")) {
            ++good;
            const auto& payload = row.at("payload");
            CHECK(read.value().loket == payload.at("loket").as_string());
            CHECK(read->epoch.text() == payload.at("epoch").as_string());
            CHECK(crypto::b64u(read->public_key) == payload.at("publicKey").as_string());
        } else if (row.at("why").as_string() == "duplicate name in payload") {
            ++duplicate;
            CHECK(refusal(read) == errc::bad_json);
        } else {
            ++bad;
            CHECK(refusal(read) == errc::bad_signature);
        }
    }
    CHECK(good > 0);
    CHECK(duplicate == 1);
    CHECK(bad > 0);
}
