#include "server/admin/install/certificate.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace admin {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using key_pointer = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using x509_pointer = std::unique_ptr<X509, freed_by<X509_free>>;
using bio_pointer = std::unique_ptr<BIO, freed_by<BIO_free_all>>;

void need(bool done) {
    if (!done) throw std::runtime_error("OpenSSL did not make the certificate");
}

bool is_address(const std::string& name) {
    return name.find(':') != std::string::npos || name.find_first_not_of("0123456789.") == std::string::npos;
}

void add_extension(X509* x509, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, x509, x509, nullptr, nullptr, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    need(extension != nullptr);
    bool added = X509_add_ext(x509, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    need(added);
}

template <class Write>
std::string pem(Write write) {
    bio_pointer bio(BIO_new(BIO_s_mem()));
    need(bio && write(bio.get()) == 1);
    char* at = nullptr;
    long size = BIO_get_mem_data(bio.get(), &at);
    return {at, static_cast<std::size_t>(size)};
}

}  // namespace

certificate make_certificate(const std::vector<std::string>& names) {
    key_pointer key(EVP_EC_gen("P-256"));
    x509_pointer x509(X509_new());
    need(key && x509);
    std::uint64_t serial = 0;
    need(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    need(X509_set_version(x509.get(), 2) == 1);
    need(ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509.get()), serial >> 1) == 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -86400);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), 396L * 86400);
    auto* subject = X509_get_subject_name(x509.get());
    need(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(names.at(0).c_str()), -1, -1,
                                    0) == 1);
    need(X509_set_issuer_name(x509.get(), subject) == 1 && X509_set_pubkey(x509.get(), key.get()) == 1);
    std::string alternatives;
    for (const auto& name : names)
        alternatives +=
            (alternatives.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
    add_extension(x509.get(), NID_subject_alt_name, alternatives);
    add_extension(x509.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(x509.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(x509.get(), NID_ext_key_usage, "serverAuth");
    add_extension(x509.get(), NID_subject_key_identifier, "hash");
    need(X509_sign(x509.get(), key.get(), EVP_sha256()) > 0);
    certificate out;
    out.chain = pem([&](BIO* bio) { return PEM_write_bio_X509(bio, x509.get()); });
    out.key = pem([&](BIO* bio) {
        return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    return out;
}

}  // namespace admin
