// Made with OpenSSL, so that no key lies in the repository.
#include "tests/unit/net/certificate.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

namespace net::tests {
namespace {

using key_ptr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using file_ptr = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

void must(bool holds) {
    if (!holds) throw std::runtime_error("the test's certificate cannot be made");
}

file_ptr create(const std::string& path) {
    file_ptr file(std::fopen(path.c_str(), "w"), std::fclose);
    must(file != nullptr);
    return file;
}

key_ptr fresh_key() {
    key_ptr key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    must(key != nullptr);
    return key;
}

void write_key(const key_ptr& key, const std::string& path) {
    must(PEM_write_PrivateKey(create(path).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

void write_certificate(const key_ptr& key, const std::string& path) {
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
    long serial = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), 4) == 1);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    auto* name = X509_get_subject_name(made.get());
    const auto* common = reinterpret_cast<const unsigned char*>("localhost");
    must(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0) == 1);
    must(X509_set_issuer_name(made.get(), name) == 1 && X509_set_pubkey(made.get(), key.get()) == 1);
    must(X509_sign(made.get(), key.get(), EVP_sha256()) != 0);
    must(PEM_write_X509(create(path).get(), made.get()) == 1);
}

}  // namespace

certificate::certificate() {
    auto name = (std::filesystem::temp_directory_path() / "net-test-XXXXXX").string();
    must(::mkdtemp(name.data()) != nullptr);
    directory_ = name;
    renew();
}

certificate::~certificate() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

tls_files certificate::files() const { return {directory_ / "cert.pem", directory_ / "key.pem"}; }

void certificate::renew() const {
    const auto key = fresh_key();
    write_key(key, files().key);
    write_certificate(key, files().chain);
}

void certificate::spoil_key() const { std::ofstream(files().key) << "no key\n"; }

void certificate::swap_key() const { write_key(fresh_key(), files().key); }

}  // namespace net::tests
