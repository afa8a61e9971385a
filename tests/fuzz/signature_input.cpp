// Any text as Signature-Input: it is refused, or its base has one line for each component, each once, and
// ends in the raw parameters. What passes the policy passes it for this message alone.
#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include "crypto/encoding.hpp"
#include "crypto/http_signature.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto field = crypto::as_text({data, size});
    const crypto::signed_message message{.method = "POST",
                                         .authority = "a.example",
                                         .path = "/p",
                                         .query = "?q",
                                         .fields = {{"Content-Digest", "x"}, {"Date", "y"}, {"date", "z"}}};
    const auto input = crypto::read_signature_input(field);
    const auto claims =
        crypto::read_claims(field, "sig1=:" + crypto::b64(crypto::signature{}) + ":", message, true);
    if (!input) {
        if (claims || claims.error() != crypto::errc::bad_signature_field) std::abort();
        return 0;
    }
    if (field != input->label + "=" + input->parameters) std::abort();
    const auto base = crypto::signature_base(*input, message);
    if (base) {
        const auto lines = static_cast<std::size_t>(std::ranges::count(*base, '\n'));
        const std::set<std::string> names(input->components.begin(), input->components.end());
        if (lines != input->components.size() || names.size() != lines) std::abort();
        if (!base->ends_with("\"@signature-params\": " + input->parameters)) std::abort();
    }
    if (claims) {
        if (!base || claims->base != *base || input->components.size() != 5) std::abort();
        auto with_match = message;
        with_match.fields.emplace_back("if-match", "x");
        if (crypto::read_claims(field, "sig1=:" + crypto::b64(crypto::signature{}) + ":", with_match, true))
            std::abort();
        if (crypto::read_claims(field, "sig1=:" + crypto::b64(crypto::signature{}) + ":", message, false))
            std::abort();
    }
    return 0;
}
