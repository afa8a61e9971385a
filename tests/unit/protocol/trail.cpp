#include "crypto/protocol/trail.hpp"

#include <vector>

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/protocol/json.hpp"
#include "refusal.hpp"

using namespace protocol;
using namespace std::string_literals;

namespace {

trail_entry entry(std::string what, std::string base = "\"@method\": GET\n\"@path\": /v1") {
    trail_entry out;
    out.dag = day::parse("2026-11-18").value();
    out.lid = "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4";
    out.handeling = std::move(what);
    out.object = "é \"quoted\"";
    out.signature_base = std::move(base);
    for (std::size_t i = 0; i < out.signature.size(); ++i)
        out.signature[i] = static_cast<std::uint8_t>(i * 3);
    return out;
}

struct trail {
    std::vector<std::string> lines;
    trail_head head;
    void add(const trail_entry& e) {
        lines.push_back(write_line(e, head));
        head = head_of(head.regel + 1, lines.back());
    }
};

// Reads line after line from an empty head; the end must be the head that is known.
bool whole(const std::vector<std::string>& lines, const trail_head& known) {
    trail_head head;
    for (const auto& line : lines) {
        const auto read = read_line(line, head);
        if (!read) return false;
        head = head_of(read->regel, line);
    }
    return head == known;
}

trail three() {
    trail out;
    for (const char* what : {"openen", "notitie", "sluiten"}) out.add(entry(what));
    return out;
}

}  // namespace

TEST_CASE("a line is read as it was written, and follows the one before") {
    const auto made = three();
    CHECK(whole(made.lines, made.head));
    CHECK(made.head.regel == 3);
    const auto first = read_line(made.lines[0], {}).value();
    CHECK(first.regel == 1);
    CHECK(first.vorige.empty());
    CHECK(first.dag.text() == "2026-11-18");
    CHECK(first.lid == entry("").lid);
    CHECK(first.handeling == "openen");
    CHECK(first.object == entry("").object);
    CHECK(first.signature_base == entry("").signature_base);
    CHECK(first.signature == entry("").signature);
    const auto second = read_line(made.lines[1], head_of(1, made.lines[0])).value();
    CHECK(second.regel == 2);
    CHECK(second.vorige == crypto::hash_text(crypto::as_bytes(made.lines[0])));
    CHECK(made.lines[0].starts_with(R"({"regel":1,"vorige":"","dag":"2026-11-18","lid":)"));
    CHECK(made.lines[0].find('\n') == std::string::npos);  // a line is one line
}

TEST_CASE("every change of a single byte in a trail is found") {
    trail made;
    made.add(entry("openen", "x"));
    made.add(entry("sluiten", "y"));
    auto lines = made.lines;
    std::size_t tried = 0;
    for (auto& line : lines)
        for (auto& byte : line) {
            const char right = byte;
            for (int other = 0; other < 256; ++other) {
                byte = static_cast<char>(other);
                if (byte == right) continue;
                ++tried;
                if (whole(lines, made.head)) FAIL(line);
            }
            byte = right;
        }
    CHECK(tried == 255 * (lines[0].size() + lines[1].size()));
    CHECK(whole(lines, made.head));
}

TEST_CASE("a line left out, doubled, swapped, added or cut off is found") {
    const auto made = three();
    const auto& l = made.lines;
    for (const std::vector<std::string>& other : {std::vector<std::string>{},
                                                  {l[0], l[1]},
                                                  {l[1], l[2]},
                                                  {l[0], l[2]},
                                                  {l[0], l[0], l[1], l[2]},
                                                  {l[1], l[0], l[2]},
                                                  {l[0], l[2], l[1]},
                                                  {l[0], l[1], l[2], write_line(entry("openen"), made.head)},
                                                  {l[0], l[1], l[2] + " "}})
        CHECK_FALSE(whole(other, made.head));
    CHECK_FALSE(whole(made.lines, {}));
}

TEST_CASE("a line that does not follow is broken") {
    const auto made = three();
    const auto head = head_of(1, made.lines[0]);
    CHECK(read_line(made.lines[1], head).has_value());
    CHECK(refusal(read_line(made.lines[1], {})) == errc::trail_broken);
    CHECK(refusal(read_line(made.lines[1], {1, ""})) == errc::trail_broken);
    CHECK(refusal(read_line(made.lines[1], {2, head.hash})) == errc::trail_broken);
    CHECK(refusal(read_line(made.lines[1], {0, head.hash})) == errc::trail_broken);
    for (const std::string& text : {""s, "{}"s, "[]"s, made.lines[1] + "\n{}", made.lines[1].substr(0, 50)})
        CHECK(refusal(read_line(text, head)) == errc::trail_broken);
    auto object = parse_object(made.lines[1]).value();
    for (const char* name :
         {"regel", "vorige", "dag", "lid", "handeling", "object", "signatureBase", "signature"}) {
        auto less = object;
        less.erase(name);
        CHECK(refusal(read_line(to_text(less), head)) == errc::trail_broken);
    }
}

TEST_CASE("a head is written for a header and read back") {
    const auto hash = crypto::hash_text(crypto::as_bytes("x"));
    CHECK(write_head({}) == "regel=0, hash=");
    CHECK(write_head({17, hash}) == "regel=17, hash=" + hash);
    for (const trail_head& head : {trail_head{}, trail_head{1, hash}, trail_head{integer_limit - 1, hash}})
        CHECK(read_head(write_head(head)).value() == head);
}

TEST_CASE("a head in any other spelling is refused") {
    const auto hash = crypto::hash_text(crypto::as_bytes("x"));
    for (const std::string& text : {""s,
                                    "regel=17"s,
                                    "regel=17, hash="s,
                                    "regel=0, hash=" + hash,
                                    "regel=17,hash=" + hash,
                                    "regel=17, hash=" + hash + " ",
                                    " regel=17, hash=" + hash,
                                    "regel=-1, hash=" + hash,
                                    "regel=-0, hash="s,
                                    "regel=00, hash="s,
                                    "regel=017, hash=" + hash,
                                    "regel=+1, hash=" + hash,
                                    "regel=, hash=" + hash,
                                    "regel=x, hash=" + hash,
                                    "regel=1.0, hash=" + hash,
                                    "regel=17, hash=" + hash.substr(1),
                                    "regel=17, hash=" + hash + "=",
                                    "regel=17, hash=" + hash + ", x=1",
                                    "hash=" + hash + ", regel=17",
                                    "regel=9007199254740992, hash=" + hash,
                                    "regel=9223372036854775807, hash=" + hash,
                                    "regel=9223372036854775808, hash=" + hash,
                                    "Regel=17, hash=" + hash}) {
        CAPTURE(text);
        CHECK(refusal(read_head(text)) == errc::bad_document);
    }
}
