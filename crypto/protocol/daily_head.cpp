#include "crypto/protocol/daily_head.hpp"

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace protocol {

std::expected<daily_head, errc> read_daily_head(std::string_view token, const crypto::sign_public& log_key) {
    auto payload = crypto::verify_jws(token, typ_head, {&log_key, 1});
    if (!payload) return std::unexpected(errc::bad_signature);
    auto object = parse_object(*payload);
    if (!object) return std::unexpected(object.error());
    faults found;
    reading r(*object, "", found, unknown::ignore);
    daily_head out;
    out.token = token;
    out.hash = crypto::hash_text(crypto::as_bytes(token));
    out.signer = log_key;
    out.loket = r.text("loket", 40);
    out.datum = r.date("datum");
    out.head.regel = r.integer("regel");
    out.head.hash = r.text("hash", 64);
    if (!found.empty() || !is_desk_id(out.loket) || out.head.regel < 1 ||
        !crypto::block_from_b64u<32>(out.head.hash))
        return std::unexpected(errc::bad_document);
    return out;
}

void sign_document(daily_head& document, const crypto::sign_keys& log_key) {
    json::object payload;
    payload["loket"] = document.loket;
    payload["datum"] = document.datum.text();
    payload["regel"] = document.head.regel;
    payload["hash"] = document.head.hash;
    document.token = crypto::sign_jws(typ_head, to_text(payload), log_key);
    document.hash = crypto::hash_text(crypto::as_bytes(document.token));
    document.signer = log_key.public_key;
}

}  // namespace protocol
