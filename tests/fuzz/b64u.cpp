// Any text as base64url, base64, hex and UUID: what is accepted is written back the same, and the two
// decoders of base64url, for secrets and for the rest, agree. Any bytes survive encoding.
#include <algorithm>
#include <cstdlib>

#include "crypto/encoding.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const crypto::byte_view raw(data, size);
    const auto text = crypto::as_text(raw);

    const auto url = crypto::from_b64u(text);
    const auto secret = crypto::plain_from_b64u(text);
    if (url.has_value() != secret.has_value()) std::abort();
    if (url && (crypto::b64u(*url) != text || !std::ranges::equal(*url, secret->view()))) std::abort();
    const auto padded = crypto::from_b64(text);
    if (padded && crypto::b64(*padded) != text) std::abort();
    const auto hex = crypto::from_hex(text);
    if (hex && crypto::hex(*hex) != text) std::abort();
    const auto id = crypto::uuid::parse(text);
    if (id && id->text() != text) std::abort();

    if (!std::ranges::equal(crypto::from_b64u(crypto::b64u(raw)).value(), raw)) std::abort();
    if (crypto::b64u_plain(raw).text() != crypto::b64u(raw)) std::abort();
    if (!std::ranges::equal(crypto::from_b64(crypto::b64(raw)).value(), raw)) std::abort();
    if (!std::ranges::equal(crypto::from_hex(crypto::hex(raw)).value(), raw)) std::abort();
    return 0;
}
