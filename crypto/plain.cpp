// The memory behind plaintext and keys: libsodium's guarded allocations, zeroed when they go.
#include "crypto/plain.hpp"

#include <new>
#include <stdexcept>
#include <utility>

#include <sodium.h>

namespace crypto {

void start() {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot start: the system gives no randomness.");
}

plain::plain(std::size_t size) : size_(size) {
    if (size == 0) return;
    data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (data_ == nullptr) throw std::bad_alloc();
    // sodium_malloc fills what it gives with 0xdb; the contract says zeros.
    sodium_memzero(data_, size);
}

plain::plain(plain&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

plain& plain::operator=(plain&& other) noexcept {
    if (this == &other) return *this;
    sodium_free(data_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

// sodium_free knows the size it once gave, so what shrink() left behind is wiped and freed as well.
plain::~plain() { sodium_free(data_); }

plain plain::copy_of(byte_view view) {
    plain out(view.size());
    std::copy(view.begin(), view.end(), out.data_);
    return out;
}

plain plain::random(std::size_t size) {
    plain out(size);
    if (size != 0) randombytes_buf(out.data_, size);
    return out;
}

void plain::shrink(std::size_t size) {
    if (size > size_) throw std::logic_error("plain::shrink: the size must not grow.");
    // The pointer stays even at size zero: sodium_free needs it.
    if (size < size_) sodium_memzero(data_ + size, size_ - size);
    size_ = size;
}

void wipe_stack() { sodium_stackzero(128 * 1024); }

}  // namespace crypto
