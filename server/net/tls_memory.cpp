#include "server/net/tls_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

namespace net {
namespace {

// As CRYPTO_malloc and its kin (OpenSSL 3.0): nothing for a size of zero, and freeing nothing is allowed. The
// file and line are those of the caller, for debugging.
void* allocate(std::size_t size, const char*, int) { return size == 0 ? nullptr : ::malloc(size); }

void release(void* block, const char*, int) {
    if (block == nullptr) return;
    ::explicit_bzero(block, ::malloc_usable_size(block));
    ::free(block);
}

// Always a new block: realloc() would leave the old one behind as it is.
void* resize(void* block, std::size_t size, const char* file, int line) {
    void* next = allocate(size, file, line);
    if (next == nullptr && size != 0) return nullptr;  // the old block stays, as with realloc()
    if (next != nullptr && block != nullptr)
        ::memcpy(next, block, std::min(size, ::malloc_usable_size(block)));
    release(block, file, line);
    return next;
}

}  // namespace

bool wipe_tls_memory() { return ::CRYPTO_set_mem_functions(allocate, resize, release) == 1; }

}  // namespace net
