#include "crypto/locked_pool.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <sodium.h>

namespace crypto::locked_pool {
namespace {

// A sanitizer sees what happens at the edges of an allocation of its own, not of a block in a slab.
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
constexpr std::size_t pooled = 0;
#else
constexpr std::size_t pooled = largest;
#endif

constexpr std::size_t slab = 256 * 1024;
constexpr std::size_t canary_size = 16;
constexpr unsigned first_class = 6;  // 64 bytes, the canary among them
constexpr unsigned classes = 10;     // up to 32 KiB
constexpr std::size_t link = sizeof(std::uint8_t*);

unsigned class_of(std::size_t size) {
    const auto bits = static_cast<unsigned>(std::bit_width(size + canary_size - 1));
    return std::max(bits, first_class) - first_class;
}
std::size_t bytes_of(unsigned which) { return std::size_t{1} << (which + first_class); }

// A free block begins with the address of the next one.
class pool {
  public:
    pool() { randombytes_buf(canary_.data(), canary_.size()); }

    std::uint8_t* take(std::size_t size) {
        const auto which = class_of(size);
        std::uint8_t* block = nullptr;
        {
            std::lock_guard lock(mutex_);
            if (free_[which] == nullptr && !add_slab(which)) return nullptr;
            block = free_[which];
            std::memcpy(static_cast<void*>(&free_[which]), block, link);
        }
        std::memset(block, 0, link);
        std::memcpy(block + size, canary_.data(), canary_size);
        return block;
    }

    void give(std::uint8_t* block, std::size_t size) {
        if (sodium_memcmp(block + size, canary_.data(), canary_size) != 0) std::abort();
        sodium_memzero(block, size + canary_size);
        const auto which = class_of(size);
        std::lock_guard lock(mutex_);
        std::memcpy(block, static_cast<const void*>(&free_[which]), link);
        free_[which] = block;
    }

  private:
    bool add_slab(unsigned which) {
        auto* fresh = static_cast<std::uint8_t*>(sodium_malloc(slab));
        if (fresh == nullptr) return false;
        sodium_memzero(fresh, slab);
        for (std::size_t at = 0; at < slab; at += bytes_of(which)) {
            std::memcpy(fresh + at, static_cast<const void*>(&free_[which]), link);
            free_[which] = fresh + at;
        }
        return true;
    }

    std::mutex mutex_;
    std::array<std::uint8_t*, classes> free_{};
    std::array<std::uint8_t, canary_size> canary_{};
};

// Never destroyed: secrets with static lifetime give their blocks back after everything else.
pool& blocks() {
    static auto* one = new pool;
    return *one;
}

}  // namespace

std::uint8_t* take(std::size_t size) {
    if (size <= pooled) return blocks().take(size);
    auto* own = static_cast<std::uint8_t*>(sodium_malloc(size));
    // sodium_malloc fills what it gives with 0xdb.
    if (own != nullptr) sodium_memzero(own, size);
    return own;
}

void give(std::uint8_t* block, std::size_t size) {
    if (block == nullptr) return;
    if (size <= pooled) return blocks().give(block, size);
    sodium_free(block);
}

}  // namespace crypto::locked_pool
