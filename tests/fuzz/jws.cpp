// Any text as a token: it is refused, or it has exactly one spelling and verifies under no key but its
// signer's. And any bytes as a payload: what we sign, we read.
#include "crypto/jws.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "crypto/encoding.hpp"

namespace {
const crypto::sign_keys& keys() {
    static const auto out = crypto::sign_keys::from(crypto::seed());
    return out;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    const std::vector<crypto::sign_public> trusted{keys().public_key};
    if (const auto parts = crypto::read_jws(text)) {
        const std::string header =
            R"({"alg":"EdDSA","typ":")" + parts->typ + R"(","kid":")" + parts->kid + R"("})";
        const std::string again = crypto::b64u(crypto::as_bytes(header)) + '.' +
                                  crypto::b64u(crypto::as_bytes(parts->payload)) + '.' +
                                  crypto::b64u(parts->mark);
        if (again != text) std::abort();
        if (crypto::verify_jws(text, parts->typ + "x", trusted).error() != crypto::errc::wrong_type)
            std::abort();
    }
    const auto token = crypto::sign_jws("fuzz", text, keys());
    const auto payload = crypto::verify_jws(token, "fuzz", trusted);
    if (!payload || *payload != text) std::abort();
    if (crypto::verify_jws(token, "fuzz", {}).error() != crypto::errc::unknown_key) std::abort();
    return 0;
}
