// The listener when there is no memory for a visitor: an exception there ends nothing but that visit.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <new>
#include <thread>

#include <catch2/catch.hpp>

#include "server/net/connection.hpp"
#include "tests/unit/net/serving.hpp"

using namespace net::tests;
using namespace std::chrono_literals;

namespace {

// While set, a block of about the size of a connection cannot be had.
std::atomic<bool> short_of_memory = false;
std::atomic<int> refused = 0;

bool holds_a_connection(std::size_t size) {
    return size >= sizeof(net::connection) && size <= sizeof(net::connection) + 64;
}

}  // namespace

// NOLINTBEGIN(misc-definitions-in-headers, cppcoreguidelines-no-malloc)
void* operator new(std::size_t size) {
    if (short_of_memory && holds_a_connection(size)) {
        ++refused;
        throw std::bad_alloc();
    }
    if (void* at = std::malloc(size == 0 ? 1 : size)) return at;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, std::size_t) noexcept { std::free(at); }
// NOLINTEND(misc-definitions-in-headers, cppcoreguidelines-no-malloc)

TEST_CASE("a listener that finds no memory for a visitor lets the next one in") {
    net::limits limits;
    limits.pause = 1ms;
    serving serving(limits);
    for (int round = 0; round < 3; ++round) {
        const int before = refused;
        short_of_memory = true;
        {
            client turned_away(serving.port(), wishes{.tls = false});
            const auto until = std::chrono::steady_clock::now() + 30s;
            while (refused == before && std::chrono::steady_clock::now() < until) std::this_thread::yield();
        }
        short_of_memory = false;
        CHECK(refused > before);
        auto next = serving.visit();
        REQUIRE(next.send(get("/hello")));
        CHECK(status(next.answer()) == 200);
    }
    CHECK(serving.server().connections() <= 3);
}
