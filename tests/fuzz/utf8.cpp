// Any bytes as text: the decoder, and the readers of JSON behind it, draw the same line between what is text
// and what is not, the line of table 3-7 of the Unicode standard.
#include "base/text/utf8.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "base/settings/toml.hpp"
#include "client/print.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/receipt.hpp"
#include "server/http/json_string.hpp"
#include "tests/fuzz/target.hpp"

namespace {

// The well-formed sequences: of the first byte, the bounds of the second, how many follow in all.
constexpr struct {
    unsigned char first, last, low, high;
    std::size_t size;
} table[] = {{0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
             {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
             {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};

std::size_t sequence(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (const auto& [first, last, low, high, size] : table) {
        if (byte(0) < first || byte(0) > last || text.size() < size) continue;
        bool fits = size == 1 || (byte(1) >= low && byte(1) <= high);
        for (std::size_t at = 2; at < size; ++at) fits = fits && (byte(at) & 0xc0) == 0x80;
        return fits ? size : 0;
    }
    return 0;
}

bool is_text(std::string_view text) {
    while (!text.empty()) {
        const auto size = sequence(text);
        must(base::utf8_sequence(text) == size);
        auto rest = text;
        must(base::take_point(rest).has_value() == (size > 0));
        must(text.size() - rest.size() == size);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const bool text = is_text(bytes);
    must(base::is_utf8(bytes) == text);
    if (bytes.find('\'') == bytes.npos) must(settings::escaped_toml(bytes).has_value() == text);
    if (crypto::receipt::parse(bytes)) must(text);

    // Shown to an officer, it is text in any case, and the same text where nothing had to be shown as a code.
    const auto shown = desk::escaped_line(bytes);
    must(is_text(shown) && desk::escaped_line(shown) == shown);
    for (const char c : shown) must(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    if (bytes.find("\\x") == bytes.npos) must((shown.find("\\x") == shown.npos) == text);

    // As a string of JSON: the strict reader takes the raw bytes only where they are text, and the writer
    // that replaces what is none is read by it always.
    bool raw = bytes.find_first_of("\"\\") == bytes.npos;
    for (const char c : bytes) raw = raw && static_cast<unsigned char>(c) >= 0x20;
    const auto quoted = '"' + std::string(bytes) + '"';
    if (raw) must(protocol::parse_json(quoted).has_value() == text);
    std::string written;
    http::append_json_string(written, bytes);
    const auto read = protocol::parse_json(written);
    must(read.has_value() == (bytes.find('\0') == bytes.npos));
    if (read && text) must(read->as_string() == bytes);
    return 0;
}
