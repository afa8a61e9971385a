// Any text under the cursor over structured fields: what a read takes off the front is, written by RFC 8941
// §4.1, the very text that stood there. And whatever can be written so is read back as the same.
#include "crypto/structured_field.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/encoding.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using crypto::field_reader;

std::string written(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}
std::string written(std::int64_t number) { return std::to_string(number); }
std::string written(crypto::field_token token) { return std::string(token.text); }
std::string written(const crypto::bytes& bytes) { return ':' + crypto::b64(bytes) + ':'; }
std::string written(const crypto::field_item& item) {
    return std::visit([](const auto& one) { return written(one); }, item);
}

bool is_printable(char c) { return c >= 0x20 && c <= 0x7e; }

// One read at the front of the text; the same read of what it took takes all of that.
template <class Read>
void judge(std::string_view text, Read read) {
    field_reader reader(text);
    const auto value = read(reader);
    if (!value) return;
    must(text.ends_with(reader.rest()));
    const auto taken = text.substr(0, text.size() - reader.rest().size());
    must(!taken.empty() && written(*value) == taken && std::ranges::all_of(taken, is_printable));
    field_reader alone(taken);
    const auto again = read(alone);
    must(again && alone.done() && written(*again) == taken);
}

// `key=item;key=item…`, as in the parameters of a member.
void walk(std::string_view text) {
    field_reader reader(text);
    std::string out;
    do {
        const auto key = reader.key();
        if (!key || !reader.take("=")) return;
        const auto item = reader.item();
        if (!item) return;
        out += (out.empty() ? "" : ";") + std::string(*key) + '=' + written(*item);
    } while (reader.take(";"));
    must(out + std::string(reader.rest()) == text);
}

void write_and_read(crypto::byte_view raw) {
    std::string text(crypto::as_text(raw));
    for (char& c : text)
        if (!is_printable(c)) c = static_cast<char>(0x20 + (static_cast<unsigned char>(c) & 0x3f));
    const auto quoted = written(text);
    field_reader of_text(quoted);
    must(of_text.string() == text && of_text.done());

    const auto sequence = written(crypto::bytes(raw.begin(), raw.end()));
    field_reader of_bytes(sequence);
    must(std::ranges::equal(of_bytes.byte_sequence().value(), raw) && of_bytes.done());

    std::int64_t number = 0;
    std::memcpy(&number, raw.data(), std::min(raw.size(), sizeof number));
    number %= 1'000'000'000'000'000;
    const auto digits = written(number);
    field_reader of_number(digits);
    must(of_number.integer() == number && of_number.done());
    // A second spelling of it is none.
    const auto longer = (number < 0 ? "-0" : "0") + digits.substr(number < 0 ? 1 : 0);
    field_reader of_longer(longer);
    must(!of_longer.integer());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::byte_view raw(data, size);
    const auto text = crypto::as_text(raw);
    judge(text, [](field_reader& r) { return r.string(); });
    judge(text, [](field_reader& r) { return r.integer(); });
    judge(text, [](field_reader& r) { return r.byte_sequence(); });
    judge(text, [](field_reader& r) { return r.item(); });
    judge(text, [](field_reader& r) -> std::optional<crypto::field_token> {
        const auto key = r.key();
        if (!key) return std::nullopt;
        return crypto::field_token{*key};
    });
    walk(text);
    if (size > 0) write_and_read(raw);
    return 0;
}
