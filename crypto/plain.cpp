// The memory behind plaintext and keys, zeroed when it goes.
#include "crypto/plain.hpp"

#include <new>
#include <stdexcept>
#include <utility>

#include <sodium.h>

#include "crypto/locked_pool.hpp"

namespace crypto {

void start() {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot start: the system gives no randomness.");
}

plain::plain(std::size_t size) : size_(size), taken_(size) {
    if (size == 0) return;
    data_ = locked_pool::take(size);
    if (data_ == nullptr) throw std::bad_alloc();
}

plain::plain(plain&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      taken_(std::exchange(other.taken_, 0)) {}

plain& plain::operator=(plain&& other) noexcept {
    if (this == &other) return *this;
    locked_pool::give(data_, taken_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    taken_ = std::exchange(other.taken_, 0);
    return *this;
}

plain::~plain() { locked_pool::give(data_, taken_); }

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
    // The block stays as it was taken, even at size zero.
    if (size < size_) sodium_memzero(data_ + size, size_ - size);
    size_ = size;
}

void wipe_stack() { sodium_stackzero(128 * 1024); }

}  // namespace crypto
