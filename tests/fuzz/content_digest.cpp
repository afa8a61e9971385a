// Up to the first newline a Content-Digest, behind it a body: the digest holds only in its one spelling, and
// the one we write always does. The same text is also tried as a Signature.
#include <cstdlib>
#include <string>

#include "crypto/encoding.hpp"
#include "crypto/http_signature.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto whole = crypto::as_text({data, size});
    const auto end = whole.find('\n');
    const auto field = whole.substr(0, end);
    const auto body =
        crypto::as_bytes(end == std::string_view::npos ? std::string_view() : whole.substr(end + 1));
    const auto ours = crypto::content_digest(body);
    if (!crypto::content_digest_holds(ours, body)) std::abort();
    if (crypto::content_digest_holds(field, body) != (field == ours)) std::abort();
    std::string other(ours);
    other[9 + size % 43] ^= 1;
    if (crypto::content_digest_holds(other, body)) std::abort();

    if (const auto mark = crypto::read_signature(field, "sig1"))
        if (field != "sig1=:" + crypto::b64(*mark) + ":") std::abort();
    return 0;
}
