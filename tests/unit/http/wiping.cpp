// Watches blocks on their way back to the allocator: this program's operator delete looks at them first.
#include "server/http/wiping.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string>

#include <catch2/catch.hpp>

namespace {

const void* watched = nullptr;
std::size_t watched_size = 0;
int wiped = 0;
int left_behind = 0;

template <class Container>
void watch(const Container& container) {
    watched = container.data();
    watched_size = container.capacity();
    wiped = left_behind = 0;
}

void inspect(const void* block) {
    if (block == nullptr || block != watched) return;
    const auto* bytes = static_cast<const unsigned char*>(block);
    const bool clean = std::all_of(bytes, bytes + watched_size, [](unsigned char c) { return c == 0; });
    ++(clean ? wiped : left_behind);
    watched = nullptr;
}

}  // namespace

void* operator new(std::size_t size) {
    if (void* block = std::malloc(size)) return block;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size); }
void operator delete(void* block) noexcept {
    inspect(block);
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
    inspect(block);
    std::free(block);
}

TEST_CASE("a body is zero when it goes") {
    {
        const http::wiping_bytes body(1000, 0xaa);
        watch(body);
    }
    CHECK(wiped == 1);
    {
        const http::wiping_string text(1000, 'a');
        watch(text);
    }
    CHECK(wiped == 1);
}

TEST_CASE("a body that grows leaves nothing behind") {
    http::wiping_bytes body(1000, 0xaa);
    watch(body);
    body.resize(5000, 0xaa);
    CHECK(wiped == 1);
    CHECK(body[999] == 0xaa);
}

TEST_CASE("an ordinary container is seen to leave its bytes behind") {
    {
        const std::string text(1000, 'a');
        watch(text);
    }
    CHECK(left_behind == 1);
}
