// A self-signed P-256 certificate for "localhost", made for this run, in a directory that goes with it.
#pragma once

#include <filesystem>

#include "server/net/tls_context.hpp"

namespace net::tests {

class certificate {
  public:
    certificate();
    certificate(const certificate&) = delete;
    certificate& operator=(const certificate&) = delete;
    ~certificate();

    [[nodiscard]] tls_files files() const;
    // Another key and certificate in the same files.
    void renew() const;
    void spoil_key() const;  // the file no longer holds a key
    void swap_key() const;   // the file holds the key of another certificate

  private:
    std::filesystem::path directory_;
};

}  // namespace net::tests
