// Any text as a token: it is refused, or it has exactly one spelling and verifies under no key but its
// signer's. Any bytes as a payload: what we sign, we read. And any header under a signature that holds: no
// header but ours is believed.
#include "crypto/jws.hpp"

#include <string>
#include <vector>

#include "crypto/encoding.hpp"
#include "tests/fuzz/target.hpp"

namespace {

const crypto::sign_keys& keys() {
    static const auto out = crypto::sign_keys::from(crypto::seed());
    return out;
}
const std::vector<crypto::sign_public>& trusted() {
    static const std::vector<crypto::sign_public> out{keys().public_key};
    return out;
}

std::string header(std::string_view typ, std::string_view kid) {
    return R"({"alg":"EdDSA","typ":")" + std::string(typ) + R"(","kid":")" + std::string(kid) + R"("})";
}

std::string signed_under(std::string_view header, std::string_view payload) {
    const auto input = crypto::b64u(crypto::as_bytes(header)) + '.' + crypto::b64u(crypto::as_bytes(payload));
    return input + '.' + crypto::b64u(crypto::sign(crypto::as_bytes(input), keys()));
}

void take_token(std::string_view text) {
    const auto parts = crypto::read_jws(text);
    if (!parts) return must(!crypto::verify_jws(text, "fuzz", trusted()));
    const auto again = crypto::b64u(crypto::as_bytes(header(parts->typ, parts->kid))) + '.' +
                       crypto::b64u(crypto::as_bytes(parts->payload)) + '.' + crypto::b64u(parts->mark);
    must(again == text && text.starts_with(parts->signing_input));
    must(crypto::verify_jws(text, parts->typ + "x", trusted()).error() == crypto::errc::wrong_type);
}

void take_header(std::string_view text) {
    const auto token = signed_under(text, "{}");
    const bool ours = text == header("fuzz", crypto::kid(keys().public_key));
    must(crypto::verify_jws(token, "fuzz", trusted()).has_value() == ours);
    take_token(token);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    take_token(text);
    take_header(text);
    auto changed = header("fuzz", crypto::kid(keys().public_key));
    if (size >= 2) changed[data[0] % changed.size()] = static_cast<char>(data[1]);
    take_header(changed);

    const auto token = crypto::sign_jws("fuzz", text, keys());
    must(token == signed_under(header("fuzz", crypto::kid(keys().public_key)), text));
    crypto::sign_public signer{};
    must(crypto::verify_jws(token, "fuzz", trusted(), &signer) == std::string(text) &&
         signer == keys().public_key);
    must(crypto::verify_jws(token, "fuzz", {}).error() == crypto::errc::unknown_key);
    auto other = token;
    if (size >= 3)
        other[(data[0] * 65537UL + data[1] * 257UL + size) % other.size()] ^=
            static_cast<char>(1 + data[2] % 127);
    must(other == token || !crypto::verify_jws(other, "fuzz", trusted()));
    return 0;
}
