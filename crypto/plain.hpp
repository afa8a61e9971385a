// Plaintext and secret keys. A plain is move-only, lies in locked memory that no core dump has
// (locked_pool.hpp), is zeroed when it goes, and has no way to be printed, compared or copied by accident.
// What takes bytes to the store, the log or the wire takes other types, so plaintext cannot reach them
// by compilation.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto {

// Must be called once before anything else of this room; throws std::runtime_error where libsodium
// cannot start.
void start();

class plain {
  public:
    plain() = default;
    // size zero bytes; throws std::bad_alloc where memory is short.
    explicit plain(std::size_t size);
    plain(plain&& other) noexcept;
    plain& operator=(plain&& other) noexcept;
    plain(const plain&) = delete;
    plain& operator=(const plain&) = delete;
    ~plain();

    [[nodiscard]] static plain copy_of(byte_view view);
    [[nodiscard]] static plain copy_of(std::string_view text) { return copy_of(as_bytes(text)); }
    // size random bytes.
    [[nodiscard]] static plain random(std::size_t size);

    [[nodiscard]] std::span<std::uint8_t> span() { return {data_, size_}; }
    [[nodiscard]] byte_view view() const { return {data_, size_}; }
    [[nodiscard]] std::string_view text() const { return as_text(view()); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] plain copy() const { return copy_of(view()); }
    // Forgets the bytes behind size (zeroing them); size must not grow.
    void shrink(std::size_t size);

  private:
    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t taken_ = 0;  // of the block
};

// Overwrites what calls that have returned left behind on this thread's stack, 128 KiB deep: short strings
// and a library's buffers live there, where no destructor wipes them. Called when the work with plaintext is
// done.
void wipe_stack();

// A secret of N bytes that is one thing: a content key is not a box secret key.
template <class Tag, std::size_t N>
class secret {
  public:
    static constexpr std::size_t size = N;
    secret() : value_(N) {}
    [[nodiscard]] static secret random() {
        secret out;
        out.value_ = plain::random(N);
        return out;
    }
    // Nothing unless view is exactly N bytes.
    [[nodiscard]] static std::optional<secret> from(byte_view view) {
        if (view.size() != N) return std::nullopt;
        secret out;
        out.value_ = plain::copy_of(view);
        return out;
    }
    [[nodiscard]] std::span<std::uint8_t> span() { return value_.span(); }
    [[nodiscard]] byte_view view() const { return value_.view(); }
    [[nodiscard]] secret copy() const { return *from(view()); }

  private:
    plain value_;
};

// Ciphertext: what the store takes and a server may hold. Made by sealing, or received from the wire as such.
class sealed {
  public:
    sealed() = default;
    [[nodiscard]] static sealed received(bytes ciphertext) {
        sealed out;
        out.bytes_ = std::move(ciphertext);
        return out;
    }
    [[nodiscard]] byte_view view() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  private:
    bytes bytes_;
};

}  // namespace crypto
