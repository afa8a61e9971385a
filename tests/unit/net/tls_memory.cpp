// What OpenSSL gives back is overwritten first: every block is looked at on its way to the allocator, where
// it still is ours to read.
#include "server/net/tls_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include <catch2/catch.hpp>
#include <openssl/crypto.h>

namespace {

const volatile void* watched = nullptr;
std::size_t watched_size = 0;
int wiped = 0;
int left_behind = 0;

void watch(const void* block, std::size_t size) {
    wiped = left_behind = 0;
    watched_size = size;
    watched = block;
}

void inspect(const volatile void* block) {
    if (block == nullptr || block != watched) return;
    watched = nullptr;
    const auto* bytes = static_cast<const volatile unsigned char*>(block);
    const bool clean = std::all_of(bytes, bytes + watched_size, [](unsigned char c) { return c == 0; });
    ++(clean ? wiped : left_behind);
}

// As long as a TLS record's buffer.
constexpr std::size_t record = 16 * 1024;

// volatile: what is written just before a block goes is otherwise left out by the compiler.
void fill(volatile unsigned char* block) {
    std::fill(block, block + record, static_cast<unsigned char>(0xaa));
}

unsigned char* filled() {
    auto* block = static_cast<unsigned char*>(OPENSSL_malloc(record));
    REQUIRE(block != nullptr);
    fill(block);
    return block;
}

// Before main, and so before any other test of this program has called OpenSSL: all of them run on wiped
// memory.
const bool in_time = net::wipe_tls_memory();

}  // namespace

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
// These bring a free() of their own, and a hook before it.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, std::size_t),
                                                         void (*)(const volatile void*));
namespace {
const bool hooked =
    __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t) {}, inspect) > 0;
}
#else
extern "C" void __libc_free(void* block);  // glibc's own, behind the name
extern "C" void free(void* block) noexcept {
    inspect(block);
    __libc_free(block);
}
namespace {
const bool hooked = true;
}
#endif

TEST_CASE("a block of OpenSSL's is zero when it goes") {
    REQUIRE(in_time);
    REQUIRE(hooked);
    auto* block = filled();
    watch(block, record);
    OPENSSL_free(block);
    CHECK(wiped == 1);
    CHECK(left_behind == 0);
}

TEST_CASE("a block of OpenSSL's that grows or shrinks leaves nothing behind and keeps its bytes") {
    const std::size_t size = GENERATE(std::size_t{1}, record / 2, record, record * 4);
    CAPTURE(size);
    auto* block = filled();
    watch(block, record);
    auto* next = static_cast<unsigned char*>(OPENSSL_realloc(block, size));
    CHECK(wiped == 1);
    REQUIRE(next != nullptr);
    CHECK(std::all_of(next, next + std::min(size, record), [](unsigned char c) { return c == 0xaa; }));
    OPENSSL_free(next);
}

TEST_CASE("OpenSSL's way with nothing: no block of size zero, growing from nothing, freeing nothing") {
    CHECK(OPENSSL_malloc(0) == nullptr);
    auto* block = static_cast<unsigned char*>(OPENSSL_realloc(nullptr, record));
    REQUIRE(block != nullptr);
    fill(block);
    watch(block, record);
    CHECK(OPENSSL_realloc(block, 0) == nullptr);
    CHECK(wiped == 1);
    OPENSSL_free(nullptr);
}

TEST_CASE("a block that OpenSSL does not own is seen to leave its bytes behind") {
    auto* block = static_cast<unsigned char*>(std::malloc(record));
    REQUIRE(block != nullptr);
    fill(block);
    watch(block, record);
    std::free(block);
    CHECK(left_behind == 1);
}
