#include "crypto/protocol/key_file.hpp"

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using crypto::plain;

namespace {

// As cheap as is allowed: what is tested here is the file, not the waiting.
constexpr crypto::passphrase_cost cheap{1, 8192};

const plain& passphrase() {
    static const plain out = plain::copy_of("correct horse");
    return out;
}

key_file officer() {
    key_file out;
    out.soort = "medewerker";
    out.loket = "rotterdam";
    out.lid = crypto::uuid::random();
    out.sign_keys = crypto::sign_keys::random();
    out.box_keys = crypto::box_keys::random();
    return out;
}

bool same(const plain& a, const plain& b) { return a.text() == b.text(); }
template <class S>
bool same_secret(const S& a, const S& b) {
    return same(plain::copy_of(a.view()), plain::copy_of(b.view()));
}

bool same_keys(const key_file& a, const key_file& b) {
    auto sign = [](const std::optional<crypto::sign_keys>& x, const std::optional<crypto::sign_keys>& y) {
        if (!x || !y) return !x && !y;
        return x->public_key == y->public_key && same_secret(x->secret_key, y->secret_key);
    };
    if (a.box_keys.has_value() != b.box_keys.has_value()) return false;
    if (a.box_keys && !same_secret(a.box_keys->secret_key, b.box_keys->secret_key)) return false;
    return a.soort == b.soort && a.loket == b.loket && a.lid == b.lid && sign(a.top_key, b.top_key) &&
           sign(a.sign_keys, b.sign_keys);
}

}  // namespace

TEST_CASE("key files of an officer, a lead, the root and backups are read as they were written") {
    auto lead = officer();
    lead.soort = "beheerder";
    lead.top_key = crypto::sign_keys::random();
    key_file root;
    root.soort = "root";
    root.top_key = crypto::sign_keys::random();
    key_file backup;
    backup.soort = "reservekopie";
    backup.box_keys = crypto::box_keys::random();
    for (const key_file* keys : {static_cast<const key_file*>(&lead), static_cast<const key_file*>(&root),
                                 static_cast<const key_file*>(&backup)}) {
        const auto text = write_key_file(*keys, passphrase(), cheap);
        CHECK(same_keys(read_key_file(text, passphrase()).value(), *keys));
    }
    const auto own = officer();
    const auto text = write_key_file(own, passphrase(), cheap);
    const auto read = read_key_file(text, passphrase()).value();
    CHECK(same_keys(read, own));
    CHECK(read.box_keys->public_key == own.box_keys->public_key);
    CHECK(text.starts_with(
        R"({"type":"baken-sleutelbestand","versie":1,"soort":"medewerker","loket":"rotterdam","kdf":{)"));
    // No secret stands outside, not even its encoding.
    CHECK(text.find(crypto::b64u(own.box_keys->secret_key.view())) == std::string::npos);
    CHECK(text.find(crypto::b64u(own.sign_keys->secret_key.view().first(32))) == std::string::npos);
    // Twice the same keys are two files.
    CHECK(write_key_file(own, passphrase(), cheap) != text);
}

TEST_CASE("a wrong passphrase opens nothing") {
    const auto text = write_key_file(officer(), passphrase(), cheap);
    for (const char* other : {"", "correct horsf", "correct horse ", "Correct horse"})
        CHECK(refusal(read_key_file(text, plain::copy_of(other))) == crypto::errc::wrong_passphrase);
    CHECK(refusal(read_key_file(text, plain())) == crypto::errc::wrong_passphrase);
    const auto open = write_key_file(officer(), plain(), cheap);
    CHECK(read_key_file(open, plain()).has_value());
}

TEST_CASE("no byte of a key file can be changed to another secret or another owner") {
    const auto keys = officer();
    const auto text = write_key_file(keys, passphrase(), cheap);
    // Argon2 counts memory in KiB, so a few bytes more or less of it are the same key.
    const auto mem = text.find("\"mem\":8192") + 6;
    for (std::size_t at = 0; at < text.size(); ++at)
        for (const int flip : {1, 2, 4, 8, 16, 32, 64, 128}) {
            auto changed = text;
            changed[at] = static_cast<char>(changed[at] ^ flip);
            const auto read = read_key_file(changed, passphrase());
            if (!read) continue;
            if (!same_keys(*read, keys) || at < mem || at >= mem + 4) FAIL(changed);
        }
    for (const char* added : {"\n", "\n\n", ""}) CHECK(read_key_file(text + added, passphrase()).has_value());
    CHECK(refusal(read_key_file(text + "x", passphrase())) == crypto::errc::bad_key_file);
    for (std::size_t size = 0; size + 1 < text.size(); ++size)
        if (read_key_file(text.substr(0, size), passphrase())) FAIL(size);
}

TEST_CASE("what stands outside the secret is bound to it") {
    const auto text = write_key_file(officer(), passphrase(), cheap);
    auto changed = [&](const char* name, const auto& value) {
        auto object = parse_object(text).value();
        object[name] = world::any(value);
        return refusal(read_key_file(to_text(object), passphrase()));
    };
    CHECK(changed("loket", "zorg") == crypto::errc::wrong_passphrase);
    CHECK(changed("soort", "beheerder") == crypto::errc::wrong_passphrase);
    CHECK(changed("nonce", crypto::b64u(crypto::bytes(24))) == crypto::errc::wrong_passphrase);
    CHECK(changed("soort", "baas") == crypto::errc::bad_key_file);
    CHECK(changed("versie", 2) == crypto::errc::bad_key_file);
    CHECK(changed("type", "baken") == crypto::errc::bad_key_file);
    CHECK(changed("geheim", "AAAA") == crypto::errc::bad_key_file);
    CHECK(changed("geheim", "") == crypto::errc::bad_key_file);
    CHECK(changed("nonce", "AAAA") == crypto::errc::bad_key_file);
    CHECK(changed("kdf", nullptr) == crypto::errc::bad_key_file);
    CHECK(changed("later", 1) == std::nullopt);
    for (const char* bad : {"", "\n", "{}", "[]", "x"})
        CHECK(refusal(read_key_file(bad, passphrase())) == crypto::errc::bad_key_file);
}

TEST_CASE("a file that asks for an absurd cost is refused before anything is spent on it") {
    const auto text = write_key_file(officer(), passphrase(), cheap);
    auto cost = [&](std::int64_t ops, std::int64_t mem, const char* alg = "argon2id13") {
        auto object = parse_object(text).value();
        auto& kdf = object["kdf"].as_object();
        kdf["ops"] = ops;
        kdf["mem"] = mem;
        kdf["alg"] = alg;
        return refusal(read_key_file(to_text(object), passphrase()));
    };
    CHECK(cost(1, 8192) == std::nullopt);
    CHECK(cost(2, 8192) == crypto::errc::wrong_passphrase);
    CHECK(cost(1, 16384) == crypto::errc::wrong_passphrase);
    for (const auto& [ops, mem] : {std::pair<std::int64_t, std::int64_t>{0, 8192},
                                   {11, 8192},
                                   {-1, 8192},
                                   {4294967295, 8192},
                                   {1, 8191},
                                   {1, 0},
                                   {1, -1},
                                   {1, 1073741825},
                                   {1, 4398046511104},
                                   {1, 9007199254740991}})
        CHECK(cost(ops, mem) == crypto::errc::bad_key_file);
    CHECK(cost(1, 8192, "argon2i13") == crypto::errc::bad_key_file);
    CHECK(cost(1, 8192, "none") == crypto::errc::bad_key_file);
}

TEST_CASE("a file without the keys of its kind is refused") {
    auto none = officer();
    none.box_keys.reset();
    CHECK(refusal(read_key_file(write_key_file(none, passphrase(), cheap), passphrase())) ==
          crypto::errc::bad_key_file);
    none = officer();
    none.sign_keys.reset();
    CHECK(refusal(read_key_file(write_key_file(none, passphrase(), cheap), passphrase())) ==
          crypto::errc::bad_key_file);
    none = officer();
    none.lid = {};
    CHECK(refusal(read_key_file(write_key_file(none, passphrase(), cheap), passphrase())) ==
          crypto::errc::bad_key_file);
    none = officer();
    none.soort = "root";
    none.loket = "";
    CHECK(refusal(read_key_file(write_key_file(none, passphrase(), cheap), passphrase())) ==
          crypto::errc::bad_key_file);
    none = officer();
    none.soort = "beheerder";  // a lead without a lead key could sign nothing
    CHECK(refusal(read_key_file(write_key_file(none, passphrase(), cheap), passphrase())) ==
          crypto::errc::bad_key_file);
}
