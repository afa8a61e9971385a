// Any text as Signature-Input: it is refused, or its base has one line for each component, each once, and
// ends in the raw parameters. What passes the policy passes it for this message alone, and is what we would
// have signed. Any message that a request can be is signed without a throw, and read back as its claims.
#include <algorithm>
#include <cstring>
#include <set>
#include <string>

#include "crypto/encoding.hpp"
#include "crypto/http_signature.hpp"
#include "server/http/grammar.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using crypto::signed_message;

const crypto::sign_keys& keys() {
    static const auto out = crypto::sign_keys::from(crypto::seed());
    return out;
}

const std::string no_mark = "sig1=:" + crypto::b64(crypto::signature{}) + ":";

signed_message some_message() {
    return {.method = "POST",
            .authority = "a.example",
            .path = "/p",
            .query = "?q",
            .fields = {{"Content-Digest", "x"}, {"Date", "y"}, {"date", "z"}}};
}

void judge(const crypto::signature_input& input, const signed_message& message) {
    const auto base = crypto::signature_base(input, message);
    if (!base) return;
    const auto lines = static_cast<std::size_t>(std::ranges::count(*base, '\n'));
    const std::set<std::string> names(input.components.begin(), input.components.end());
    must(lines == input.components.size() && names.size() == lines);
    must(base->ends_with("\"@signature-params\": " + input.parameters));
    std::size_t at = 0;
    for (const auto& name : input.components) {
        must(std::string_view(*base).substr(at).starts_with('"' + name + "\": "));
        at = base->find('\n', at) + 1;
    }
}

void judge(const crypto::signature_claims& claims, std::string_view field, const signed_message& message) {
    // One text for one meaning: the parameters stand in any order, but of ours only in this way.
    const auto ours = crypto::sign_request(message, keys(), claims.keyid, claims.created, claims.nonce);
    must(field.size() == ours.signature_input.size() && claims.base.size() == ours.base.size());
    must(std::ranges::is_permutation(field, ours.signature_input));
    auto with_match = message;
    with_match.fields.emplace_back("if-match", "x");
    must(!crypto::read_claims(field, no_mark, with_match, true));
    must(!crypto::read_claims(field, no_mark, message, false));
    for (auto part : {&signed_message::method, &signed_message::authority, &signed_message::path,
                      &signed_message::query}) {
        auto other = message;
        other.*part += 'x';
        const auto read = crypto::read_claims(field, no_mark, other, true);
        must(read && read->base != claims.base);
    }
}

void take(std::string_view field) {
    const auto message = some_message();
    const auto input = crypto::read_signature_input(field);
    const auto claims = crypto::read_claims(field, no_mark, message, true);
    if (!input) return must(!claims && claims.error() == crypto::errc::bad_signature_field);
    must(field == input->label + "=" + input->parameters);
    judge(*input, message);
    if (claims) judge(*claims, field, message);
}

// The lines of the text as method, authority, target, keyid and the values of fields.
void sign(std::string_view text) {
    const auto line = [&text] {
        const auto out = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(out.size() + 1, text.size()));
        return std::string(out);
    };
    signed_message message;
    message.method = line();
    message.authority = line();
    const auto target = line(), keyid = line();
    const auto mark = target.find('?');
    message.path = target.substr(0, mark);
    if (mark != target.npos) message.query = target.substr(mark);
    if (!http::is_token(message.method) || !http::authority(message.authority) ||
        !http::is_origin_form(target))
        return;
    for (const auto* name : {"Content-Digest", "X", "If-Match", "if-match"})
        if (!text.empty()) message.fields.emplace_back(name, line());
    for (const auto& [name, value] : message.fields)
        if (!http::is_field_value(value)) return;
    if (keyid.find_first_of("\t") != keyid.npos || !http::is_field_value(keyid)) return;

    std::int64_t created = 0;
    std::memcpy(&created, target.data(), std::min(target.size(), sizeof created));
    created %= 1'000'000'000'000'000;
    const bool body = !message.fields.empty();
    const auto made = crypto::sign_request(message, keys(), keyid, created, {7});
    must(http::is_field_value(made.signature_input) && http::is_field_value(made.signature));
    const auto claims = crypto::read_claims(made.signature_input, made.signature, message, body);
    must(claims && claims->keyid == keyid && claims->created == created &&
         claims->nonce == crypto::block<16>{7});
    must(claims->base == made.base &&
         crypto::verify(crypto::as_bytes(claims->base), claims->mark, keys().public_key));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    take(text);
    take(R"(sig1=("@method" "@authority" "@path" "@query" "content-digest"))" + std::string(text));
    sign(text);
    sign("GET\na\n/\n" + std::string(text));
    return 0;
}
