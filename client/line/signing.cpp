#include "client/line/signing.hpp"

#include "crypto/plain.hpp"

namespace client {

crypto::signed_message message_of(const address& server, const request& request) {
    crypto::signed_message out;
    out.method = request.method;
    out.authority = server.authority();
    auto mark = request.target.find('?');
    out.path = request.target.substr(0, mark);
    out.query = mark == std::string::npos ? "?" : request.target.substr(mark);
    for (const auto& [name, value] : request.fields)
        if (name == "if-match") out.fields.emplace_back(name, value);
    if (!request.body.empty())
        out.fields.emplace_back("content-digest", crypto::content_digest(crypto::as_bytes(request.body)));
    return out;
}

request signed_request(const address& server, request request, const signer& who, std::int64_t created,
                       const crypto::block<16>& nonce) {
    auto message = message_of(server, request);
    auto made = crypto::sign_request(message, *who.keys, who.keyid, created, nonce);
    for (auto& [name, value] : message.fields)
        if (name != "if-match") request.fields.emplace_back(std::move(name), std::move(value));
    request.fields.emplace_back("signature-input", std::move(made.signature_input));
    request.fields.emplace_back("signature", std::move(made.signature));
    return request;
}

request signed_request(const address& server, request request, const signer& who, std::int64_t created) {
    auto nonce = crypto::to_block<16>(crypto::plain::random(16).view());
    return signed_request(server, std::move(request), who, created, *nonce);
}

}  // namespace client
