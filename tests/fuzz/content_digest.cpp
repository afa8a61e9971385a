// Up to the first newline a Content-Digest, behind it a body: the digest holds only in its one spelling,
// which is that of OpenSSL's SHA-256 under RFC 9530; whatever holds is also a dictionary of RFC 8941. The
// same text is also tried as a Signature.
#include <algorithm>

#include <openssl/sha.h>

#include "crypto/encoding.hpp"
#include "crypto/http_signature.hpp"
#include "crypto/structured_field.hpp"
#include "tests/fuzz/target.hpp"

namespace {

// The bytes of a dictionary of one member with this name.
std::optional<crypto::bytes> member(std::string_view field, std::string_view name) {
    crypto::field_reader reader(field);
    if (reader.key() != name || !reader.take("=")) return std::nullopt;
    auto out = reader.byte_sequence();
    if (!reader.done()) return std::nullopt;
    return out;
}

void take_digest(std::string_view field, crypto::byte_view body) {
    crypto::block<32> digest;
    SHA256(body.data(), body.size(), digest.data());
    const auto ours = crypto::content_digest(body);
    const auto inside = member(ours, "sha-256");
    must(inside && std::ranges::equal(*inside, digest) && crypto::content_digest_holds(ours, body));
    const auto stated = member(field, "sha-256");
    must(crypto::content_digest_holds(field, body) == (stated && std::ranges::equal(*stated, digest)));
}

// Of ours, every change of one character or of its length.
void change(const std::string& ours, crypto::byte_view body, std::uint8_t draw) {
    auto other = ours;
    other[draw % other.size()] ^= static_cast<char>(1 + draw % 127);
    must(!crypto::content_digest_holds(other, body) && !crypto::content_digest_holds(ours + " ", body));
    must(!crypto::content_digest_holds(std::string_view(ours).substr(0, draw % ours.size()), body));
    must(!crypto::content_digest_holds(ours + ", " + ours, body));
    crypto::bytes longer(body.begin(), body.end());
    longer.push_back(draw);
    must(!crypto::content_digest_holds(ours, longer));
}

void take_signature(std::string_view field) {
    for (const std::string_view label : {"sig1", "x", ""}) {
        const auto mark = crypto::read_signature(field, label);
        const auto bytes = member(field, label);
        must(mark.has_value() == (bytes && bytes->size() == 64));
        if (mark) must(field == std::string(label) + "=:" + crypto::b64(*mark) + ":");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto whole = crypto::as_text({data, size});
    const auto end = std::min(whole.find('\n'), whole.size());
    const auto field = whole.substr(0, end);
    const auto body = crypto::as_bytes(whole.substr(std::min(end + 1, whole.size())));
    take_digest(field, body);
    change(crypto::content_digest(body), body, size > 0 ? data[size - 1] : 0);
    take_signature(field);
    crypto::signature mark{};
    std::copy_n(data, std::min(size, mark.size()), mark.begin());
    must(crypto::read_signature("sig1=:" + crypto::b64(mark) + ":", "sig1") == mark);
    return 0;
}
