// JWS in one exact form. The header is compared, not parsed as JSON: what is not byte for byte ours is
// refused.
#include "crypto/jws.hpp"

#include <algorithm>
#include <stdexcept>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"

namespace crypto {
namespace {

constexpr std::string_view before_typ = R"({"alg":"EdDSA","typ":")";
constexpr std::string_view before_kid = R"(","kid":")";
constexpr std::string_view after_kid = R"("})";
constexpr std::size_t kid_size = 16;

// A typ that needs no escape in JSON, so that it has one spelling only.
bool is_typ(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

bool is_kid(std::string_view text) {
    return text.size() == kid_size && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool take(std::string_view& text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

bool read_header(std::string_view header, jws_parts& parts) {
    if (!take(header, before_typ)) return false;
    const auto end = header.find('"');
    if (end == std::string_view::npos) return false;
    parts.typ = header.substr(0, end);
    header.remove_prefix(end);
    if (!take(header, before_kid)) return false;
    parts.kid = header.substr(0, kid_size);
    header.remove_prefix(parts.kid.size());
    return header == after_kid && is_typ(parts.typ) && is_kid(parts.kid);
}

}  // namespace

std::string kid(const sign_public& key) { return hex(key_mark(key)); }

std::string sign_jws(std::string_view typ, std::string_view payload, const sign_keys& keys) {
    if (!is_typ(typ)) throw std::logic_error("sign_jws: a typ that would need escapes.");
    std::string header(before_typ);
    header.append(typ).append(before_kid).append(kid(keys.public_key)).append(after_kid);
    std::string token = b64u(as_bytes(header)) + '.' + b64u(as_bytes(payload));
    const auto mark = sign(as_bytes(token), keys);
    return token + '.' + b64u(mark);
}

std::expected<jws_parts, errc> read_jws(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return std::unexpected(errc::bad_jws);

    jws_parts parts;
    const auto header = from_b64u(token.substr(0, first));
    if (!header || !read_header(as_text(*header), parts)) return std::unexpected(errc::bad_jws);
    const auto payload = from_b64u(token.substr(first + 1, second - first - 1));
    if (!payload) return std::unexpected(errc::bad_jws);
    // A third dot is outside the alphabet, so it is refused here.
    const auto mark = block_from_b64u<64>(token.substr(second + 1));
    if (!mark) return std::unexpected(errc::bad_jws);
    parts.payload = as_text(*payload);
    parts.signing_input = token.substr(0, second);
    parts.mark = *mark;
    return parts;
}

std::expected<std::string, errc> verify_jws(std::string_view token, std::string_view typ,
                                            std::span<const sign_public> trusted, sign_public* signer) {
    auto parts = read_jws(token);
    if (!parts) return std::unexpected(parts.error());
    if (parts->typ != typ) return std::unexpected(errc::wrong_type);
    // Two keys may share a kid, if someone worked for it: then each is tried.
    errc refusal = errc::unknown_key;
    for (const auto& key : trusted) {
        if (kid(key) != parts->kid) continue;
        refusal = errc::bad_signature;
        if (!verify(as_bytes(parts->signing_input), parts->mark, key)) continue;
        if (signer != nullptr) *signer = key;
        return std::move(parts->payload);
    }
    return std::unexpected(refusal);
}

}  // namespace crypto
