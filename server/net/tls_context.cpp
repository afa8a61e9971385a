// The settings, each with the setting that would undo it where it is not obvious.
#include "server/net/tls_context.hpp"

#include <array>
#include <ctime>
#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace net {
namespace {

constexpr unsigned char http_1_1[] = "\x08http/1.1";

// Whoever offers protocols must offer ours: silence would leave an HTTP/2 client talking to an HTTP/1.1
// server.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, http_1_1, sizeof http_1_1 - 1, offered, offered_size) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

// The hybrid of X25519 and ML-KEM-768 first, so that who records today cannot read it once there are quantum
// computers. OpenSSL knows it from 3.5 on and refuses a whole list with a name it does not know.
bool set_groups(SSL_CTX* context) {
    if (SSL_CTX_set1_groups_list(context, "X25519MLKEM768:X25519:P-256:P-384") == 1) return true;
    ERR_clear_error();
    return SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1;
}

bool set_rules(SSL_CTX* context) {
    // Without SSL_OP_NO_TICKET and the zero below TLS 1.3 would send tickets of another kind.
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_CLEANSE_PLAINTEXT | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(context, 1);  // one read for a record instead of two
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    return SSL_CTX_set_num_tickets(context, 0) == 1 && SSL_CTX_set_max_early_data(context, 0) == 1 &&
           SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 && set_groups(context);
}

// No terminal may ask for a passphrase while a server starts or reloads.
int no_passphrase(char*, int, int, void*) { return 0; }

}  // namespace

void tls_context::release::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

std::int64_t tls_context::ends() const {
    std::tm at{};
    ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(native())), &at);
    return ::timegm(&at);
}

std::expected<tls_context, failure> tls_context::load(const tls_files& files) {
    ERR_clear_error();
    tls_context made;
    made.context_.reset(SSL_CTX_new(TLS_server_method()));
    auto* context = made.native();
    if (context == nullptr || !set_rules(context)) return std::unexpected(failure{errc::tls_refused, {}});
    SSL_CTX_set_default_passwd_cb(context, no_passphrase);
    if (SSL_CTX_use_certificate_chain_file(context, files.chain.c_str()) != 1)
        return std::unexpected(failure{errc::no_certificate, files.chain});
    if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        const auto reason = ERR_GET_REASON(ERR_peek_last_error());
        const bool mismatch = reason == X509_R_KEY_VALUES_MISMATCH || reason == X509_R_KEY_TYPE_MISMATCH;
        return std::unexpected(failure{mismatch ? errc::key_of_another : errc::no_key, files.key});
    }
    if (SSL_CTX_check_private_key(context) != 1)
        return std::unexpected(failure{errc::key_of_another, files.key});
    ERR_clear_error();
    return made;
}

}  // namespace net
