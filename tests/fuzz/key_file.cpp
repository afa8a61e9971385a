// Any text as a key file: it is refused without much spent on it. And a good file with one byte changed opens
// to the same keys or not at all.
#include "crypto/protocol/key_file.hpp"

#include <cstdlib>

#include "crypto/protocol/json.hpp"
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    take(crypto::as_text({data, size}));
    auto changed = made().text;
    for (std::size_t i = 0; i + 2 < size && i < 12; i += 3)
        changed[(data[i] * 256U + data[i + 1]) % changed.size()] = static_cast<char>(data[i + 2]);
    take(changed);
    return 0;
}
