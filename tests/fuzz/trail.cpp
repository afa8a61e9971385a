// Any text as a line or a head of an audit trail; and any text in an entry: what is written is read, follows
// only the line before it, and says the same.
#include "crypto/protocol/trail.hpp"

#include <algorithm>
#include <cstdlib>

#include "crypto/hash.hpp"
#include "crypto/protocol/audit.hpp"
#include "crypto/protocol/json.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;

// As a whole trail: one that nobody wrote is never without a fault, and reading it ends where it ends.
void judge(std::string_view text) {
    static const trail_signers nobody;
    audit out("rotterdam", nobody);
    std::int64_t lines = 0;
    bool unsigned_only = true;
    for (std::size_t at = 0; at < text.size() && lines < 50;) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto bytes = text.substr(at, end - at);
        out.take(bytes);
        const auto line = parse_line(bytes);
        const auto zeros = line && line->signature == crypto::signature{};
        unsigned_only = unsigned_only && zeros;
        ++lines;
        at = end + 1;
    }
    must(out.head().regel == lines);
    const auto faults = out.finish();
    must(!faults.empty() || unsigned_only);
    for (const auto& one : faults) must(!one.sentence.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    if (const auto head = read_head(text)) {
        must(write_head(*head) == text);
        must(head->regel >= 0 && head->regel < integer_limit && head->hash.empty() == (head->regel == 0));
    }
    judge(text);
    const trail_head before{41, crypto::hash_text(crypto::as_bytes("before"))};
    if (const auto line = read_line(text, before)) {
        must(line->regel == 42 && line->vorige == before.hash);
        must(!read_line(text, {40, before.hash}) && !read_line(text, {41, crypto::hash_text({})}));
        const auto again = read_line(write_line(*line, before), before);
        must(again && again->signature_base == line->signature_base && again->object == line->object);
    }
    // Text that JSON can hold goes through a line unchanged.
    if (!parse_json(to_text(json::string(text)))) return 0;
    trail_entry entry;
    entry.dag = day::parse("2026-11-18").value();
    entry.lid = "l";
    entry.handeling = "h";
    entry.object = text;
    entry.signature_base = text;
    const auto bytes = write_line(entry, before);
    must(bytes.find('\n') == std::string::npos);
    const auto line = read_line(bytes, before);
    if (size > 65536) return 0;  // longer than a line may hold
    must(line && line->object == text && line->signature_base == text && line->dag == entry.dag);
    must(read_head(write_head(head_of(line->regel, bytes)))->regel == 42);
    must(!read_line(bytes, head_of(42, bytes)));
    return 0;
}
