// RFC 9421 in two layers: what any list of components means (the fields and the base), and the policy
// of protocol §7 on top. The base is built over the raw parameters, which structured_field.hpp admits
// in one spelling only.
#include "crypto/http_signature.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/structured_field.hpp"

namespace crypto {
namespace {

constexpr std::string_view our_label = "sig1";
constexpr std::string_view our_alg = "ed25519";
constexpr std::string_view our_tag = "baken";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

bool has_field(const signed_message& message, std::string_view name) {
    return std::ranges::any_of(message.fields,
                               [name](const auto& field) { return same_name(field.first, name); });
}

// A component's name: a field name in lower case, or a derived component. Every other character would be able
// to imitate a line of the base, or to name one field in two ways.
bool is_component_name(std::string_view name) {
    if (name.starts_with('@')) name.remove_prefix(1);
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$%&'*+-.^_`|~").contains(c);
    });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// RFC 9421 §2.1: the values of every field of this name, trimmed, in order, with ", " between.
std::optional<std::string> field_value(std::string_view name, const signed_message& message) {
    std::optional<std::string> out;
    for (const auto& [field, value] : message.fields) {
        if (!same_name(field, name)) continue;
        if (out)
            *out += ", ";
        else
            out.emplace();
        *out += trimmed(value);
    }
    return out;
}

std::optional<std::string> component_value(std::string_view name, const signed_message& message) {
    if (name == "@method") return message.method;
    if (name == "@authority") return message.authority;
    if (name == "@path") return message.path;
    if (name == "@query") return message.query;
    // Origin form (RFC 9421 §2.2.5). "?" alone stands for no query, so a target that ends in a bare "?" is
    // not told apart from one without; its signature then fails, which is safe.
    if (name == "@request-target") return message.query == "?" ? message.path : message.path + message.query;
    if (name.starts_with('@')) return std::nullopt;
    return field_value(name, message);
}

// RFC 9421 §2.5: ASCII, and no newline, which would begin another line of the base.
bool fits_a_line(std::string_view value) {
    return std::ranges::all_of(value, [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
}

bool read_components(field_reader& reader, signature_input& input) {
    if (!reader.take("(")) return false;
    if (reader.take(")")) return true;
    do {
        auto name = reader.string();
        if (!name || !is_component_name(*name)) return false;
        input.components.push_back(std::move(*name));
    } while (reader.take(" "));
    // A component's own parameters (";sf") end here as well.
    return reader.take(")");
}

bool set_parameter(signature_input& input, std::string_view key, field_item value) {
    if (key == "created") {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number != nullptr) input.created = *number;
        return number != nullptr;
    }
    std::optional<std::string>* const place = key == "nonce"   ? &input.nonce
                                              : key == "keyid" ? &input.keyid
                                              : key == "alg"   ? &input.alg
                                              : key == "tag"   ? &input.tag
                                                               : nullptr;
    if (place == nullptr) {
        input.unknown_parameters = true;
        return true;
    }
    auto* const text = std::get_if<std::string>(&value);
    if (text != nullptr) *place = std::move(*text);
    return text != nullptr;
}

bool read_parameters(field_reader& reader, signature_input& input) {
    std::set<std::string_view> seen;
    while (reader.take(";")) {
        const auto key = reader.key();
        // RFC 8941 lets the last of two win; readers differ in that, so two are refused.
        if (!key || !seen.insert(*key).second || !reader.take("=")) return false;
        auto value = reader.item();
        if (!value || !set_parameter(input, *key, std::move(*value))) return false;
    }
    return true;
}

// The components that §7 asks of this message, in their order.
std::vector<std::string> asked_components(bool with_digest, const signed_message& message) {
    std::vector<std::string> out{"@method", "@authority", "@path", "@query"};
    if (with_digest) out.emplace_back("content-digest");
    if (has_field(message, "if-match")) out.emplace_back("if-match");
    return out;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c < 0x20 || c > 0x7e)
            throw std::logic_error("sign_request: a parameter must be printable ASCII.");
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::expected<signature_input, errc> read_signature_input(std::string_view field) {
    field_reader reader(field);
    signature_input input;
    const auto label = reader.key();
    if (!label || !reader.take("=")) return std::unexpected(errc::bad_signature_field);
    input.label = *label;
    input.parameters = reader.rest();
    if (!read_components(reader, input) || !read_parameters(reader, input) || !reader.done())
        return std::unexpected(errc::bad_signature_field);
    return input;
}

std::expected<signature, errc> read_signature(std::string_view field, std::string_view label) {
    field_reader reader(field);
    if (reader.key() != label || !reader.take("=")) return std::unexpected(errc::bad_signature_field);
    const auto mark = reader.byte_sequence();
    if (!mark || !reader.done()) return std::unexpected(errc::bad_signature_field);
    const auto out = to_block<64>(*mark);
    if (!out) return std::unexpected(errc::bad_signature_field);
    return *out;
}

std::expected<std::string, errc> signature_base(const signature_input& input, const signed_message& message) {
    std::string base;
    std::set<std::string_view> seen;
    for (const auto& name : input.components) {
        const auto value = component_value(name, message);
        if (!value || !fits_a_line(*value) || !seen.insert(name).second)
            return std::unexpected(errc::bad_signature_field);
        base.append("\"").append(name).append("\": ").append(*value).append("\n");
    }
    return base.append("\"@signature-params\": ").append(input.parameters);
}

std::string content_digest(byte_view body) { return "sha-256=:" + b64(sha256(body)) + ":"; }

bool content_digest_holds(std::string_view field, byte_view body) { return field == content_digest(body); }

request_signature sign_request(const signed_message& message, const sign_keys& keys, std::string_view keyid,
                               std::int64_t created, const block<16>& nonce) {
    signature_input input;
    input.components = asked_components(has_field(message, "content-digest"), message);
    for (const auto& name : input.components) {
        input.parameters += input.parameters.empty() ? "(" : " ";
        input.parameters += quoted(name);
    }
    input.parameters += ");created=" + std::to_string(created) + ";nonce=" + quoted(b64u(nonce)) +
                        ";keyid=" + quoted(keyid) + ";alg=" + quoted(our_alg) + ";tag=" + quoted(our_tag);
    auto base = signature_base(input, message);
    if (!base)
        throw std::logic_error("sign_request: the message cannot be signed: its values do not fit a line.");

    const auto mark = sign(as_bytes(*base), keys);
    const std::string member = std::string(our_label) + '=';
    return {.signature_input = member + input.parameters,
            .signature = member + ':' + b64(mark) + ':',
            .base = std::move(*base)};
}

std::expected<signature_claims, errc> read_claims(std::string_view signature_input_field,
                                                  std::string_view signature_field,
                                                  const signed_message& message, bool has_body) {
    const auto input = read_signature_input(signature_input_field);
    if (!input) return std::unexpected(input.error());
    const bool all_there = input->created && input->nonce && input->keyid && !input->unknown_parameters;
    if (!all_there || input->label != our_label || input->alg != our_alg || input->tag != our_tag ||
        input->components != asked_components(has_body, message))
        return std::unexpected(errc::signature_policy);
    const auto nonce = block_from_b64u<16>(*input->nonce);
    if (!nonce) return std::unexpected(errc::signature_policy);

    const auto mark = read_signature(signature_field, input->label);
    if (!mark) return std::unexpected(mark.error());
    auto base = signature_base(*input, message);
    if (!base) return std::unexpected(base.error());
    return signature_claims{.keyid = *input->keyid,
                            .created = *input->created,
                            .nonce = *nonce,
                            .base = std::move(*base),
                            .mark = *mark};
}

}  // namespace crypto
