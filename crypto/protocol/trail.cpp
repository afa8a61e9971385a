#include "crypto/protocol/trail.hpp"

#include <charconv>

#include "crypto/hash.hpp"
#include "crypto/protocol/faults.hpp"

namespace protocol {

std::string write_line(const trail_entry& entry, const trail_head& previous) {
    json::object out;
    out["regel"] = previous.regel + 1;
    out["vorige"] = previous.hash;
    out["dag"] = entry.dag.text();
    out["lid"] = entry.lid;
    out["handeling"] = entry.handeling;
    out["object"] = entry.object;
    out["signatureBase"] = entry.signature_base;
    out["signature"] = crypto::b64u(entry.signature);
    return to_text(out);
}

trail_head head_of(std::int64_t regel, std::string_view bytes) {
    return {regel, crypto::hash_text(crypto::as_bytes(bytes))};
}

std::expected<trail_line, errc> parse_line(std::string_view bytes) {
    auto object = parse_object(bytes);
    if (!object) return std::unexpected(errc::trail_broken);
    faults found;
    reading r(*object, "", found, unknown::ignore);
    trail_line out;
    out.regel = r.integer("regel");
    out.vorige = r.text("vorige", 64);
    out.dag = r.date("dag");
    out.lid = r.text("lid", 64);
    out.handeling = r.text("handeling", 64);
    out.object = r.text("object");
    out.signature_base = r.text("signatureBase");
    out.signature = r.block<64>("signature");
    if (!found.empty()) return std::unexpected(errc::trail_broken);
    return out;
}

std::expected<trail_line, errc> read_line(std::string_view bytes, const trail_head& previous) {
    auto out = parse_line(bytes);
    if (out && (out->regel != previous.regel + 1 || out->vorige != previous.hash))
        return std::unexpected(errc::trail_broken);
    return out;
}

std::string write_head(const trail_head& head) {
    return "regel=" + std::to_string(head.regel) + ", hash=" + head.hash;
}

std::expected<trail_head, errc> read_head(std::string_view text) {
    constexpr std::string_view start = "regel=", middle = ", hash=";
    const std::string_view whole = text;
    if (!text.starts_with(start)) return std::unexpected(errc::bad_document);
    text.remove_prefix(start.size());
    trail_head out;
    auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), out.regel);
    // A number that JSON cannot hold (§0) could not be remembered either.
    if (bad != std::errc() || out.regel < 0 || out.regel >= integer_limit)
        return std::unexpected(errc::bad_document);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(middle)) return std::unexpected(errc::bad_document);
    out.hash = text.substr(middle.size());
    bool empty = out.hash.empty();
    if (empty != (out.regel == 0) || (!empty && !crypto::block_from_b64u<32>(out.hash)))
        return std::unexpected(errc::bad_document);
    // One spelling only: no leading zeros, no minus zero.
    if (write_head(out) != whole) return std::unexpected(errc::bad_document);
    return out;
}

}  // namespace protocol
