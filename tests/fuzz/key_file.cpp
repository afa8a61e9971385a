// Any text as a key file: it is refused without much spent on it. A good file with a few bytes changed opens
// to the same keys or not at all. And any members inside, under the right passphrase: keys that a person of
// that kind has, written again and read as the same, or nothing.
#include "crypto/protocol/key_file.hpp"

#include <cstdlib>
#include <iterator>

#include "crypto/protocol/json.hpp"
#include "tests/fuzz/overlaid.hpp"
#include "tests/fuzz/target.hpp"

namespace {

struct made_file {
    crypto::plain passphrase = crypto::plain::copy_of("x");
    protocol::key_file keys;
    std::string text;
    made_file() {
        keys.soort = "medewerker";
        keys.loket = "zorg";
        keys.lid = crypto::uuid::random();
        keys.sign_keys = crypto::sign_keys::random();
        keys.box_keys = crypto::box_keys::random();
        text = protocol::write_key_file(keys, passphrase, {1, 8192});
    }
};

const made_file& made() {
    static const made_file out;
    return out;
}

// Costs that are allowed are dear: here a file that asks for more than a little is not opened at all.
bool dear(std::string_view text) {
    while (text.ends_with('\n')) text.remove_suffix(1);
    const auto object = protocol::parse_object(text);
    const auto* kdf = object ? object->if_contains("kdf") : nullptr;
    if (!kdf || !kdf->is_object()) return false;
    const auto* ops = kdf->as_object().if_contains("ops");
    const auto* mem = kdf->as_object().if_contains("mem");
    return ops && mem && ops->is_int64() && mem->is_int64() && ops->as_int64() > 0 && ops->as_int64() <= 10 &&
           mem->as_int64() > 65536 && mem->as_int64() <= 1073741824;
}

void take(std::string_view text) {
    if (dear(text)) return;
    const auto read = protocol::read_key_file(text, made().passphrase);
    if (!read) {
        must(read.error() == crypto::errc::bad_key_file || read.error() == crypto::errc::wrong_passphrase);
        return;
    }
    must(read->soort == made().keys.soort && read->loket == made().keys.loket &&
         read->lid == made().keys.lid);
    must(read->sign_keys->public_key == made().keys.sign_keys->public_key);
    must(read->box_keys->public_key == made().keys.box_keys->public_key);
}

std::optional<crypto::sign_public> public_of(const std::optional<crypto::sign_keys>& keys) {
    return keys ? std::optional(keys->public_key) : std::nullopt;
}

// A file as the page describes it, around this secret.
std::string file_around(std::string_view soort, std::string_view secret) {
    const auto bound = "baken-sleutelbestand/1/" + std::string(soort) + "/zorg";
    const auto box = crypto::seal_with_passphrase(crypto::plain::copy_of(secret), made().passphrase,
                                                  {1, 8192}, crypto::as_bytes(bound));
    return R"({"type":"baken-sleutelbestand","versie":1,"soort":")" + std::string(soort) +
           R"(","loket":"zorg","kdf":{"alg":"argon2id13","ops":1,"mem":8192,"salt":")" +
           crypto::b64u(box.salt) + R"("},"nonce":")" + crypto::b64u(box.nonce) + R"(","geheim":")" +
           crypto::b64u(box.ciphertext) + "\"}";
}

void take_secret(std::string_view soort, std::string_view text) {
    static const protocol::json::object base{{"lid", "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4"},
                                             {"topSeed", std::string(43, 'A')},
                                             {"signSeed", std::string(42, 'A') + 'E'},
                                             {"boxSecret", std::string(42, 'A') + 'I'}};
    const auto read = protocol::read_key_file(file_around(soort, overlaid(base, text)), made().passphrase);
    if (!read) return must(read.error() == crypto::errc::bad_key_file);
    must(read->soort == soort && read->loket == "zorg");
    const bool backup = soort.starts_with("reservekopie");
    must(soort == "root" || (backup ? read->box_keys.has_value() : read->sign_keys && read->box_keys));
    must((soort != "root" && soort != "beheerder") || read->top_key);
    const auto again = protocol::read_key_file(protocol::write_key_file(*read, made().passphrase, {1, 8192}),
                                               made().passphrase);
    must(again && again->lid == read->lid && public_of(again->top_key) == public_of(read->top_key));
    must(public_of(again->sign_keys) == public_of(read->sign_keys));
    must(again->box_keys.has_value() == read->box_keys.has_value());
    if (read->box_keys) must(again->box_keys->public_key == read->box_keys->public_key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    take(crypto::as_text({data, size}));
    auto changed = made().text;
    for (std::size_t i = 0; i + 2 < size && i < 12; i += 3)
        changed[(data[i] * 256U + data[i + 1]) % changed.size()] = static_cast<char>(data[i + 2]);
    take(changed);
    constexpr std::string_view kinds[] = {"root",      "beheerder",    "medewerker",
                                          "regisseur", "reservekopie", "reservekopie-wraps"};
    take_secret(kinds[size % std::size(kinds)], crypto::as_text({data, size}));
    return 0;
}
