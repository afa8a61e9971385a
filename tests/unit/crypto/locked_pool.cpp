// Blocks of locked memory: zero, their own, and watched at their ends.
#include "crypto/locked_pool.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <catch2/catch.hpp>

namespace pool = crypto::locked_pool;

namespace {

// Around the edges of classes, and what has guards of its own.
constexpr std::array<std::size_t, 11> sizes{
    1, 8, 32, 48, 49, 64, 1000, 4096, pool::largest, pool::largest + 1, 100'000};

bool all_are(const std::uint8_t* block, std::size_t size, std::uint8_t value) {
    return std::all_of(block, block + size, [&](auto byte) { return byte == value; });
}

// Whether a program that writes one byte behind a block of this size, and gives it back, is ended.
bool ends_on_overflow(std::size_t size) {
    const auto child = ::fork();
    if (child == 0) {
        // Without the words of a sanitizer, or of whoever waits for a core.
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        ::close(STDERR_FILENO);
        for (const int number : {SIGABRT, SIGSEGV}) std::signal(number, SIG_DFL);
        auto* block = pool::take(size);
        auto* volatile behind = block + size;
        *behind = static_cast<std::uint8_t>(*behind ^ 1);
        pool::give(block, size);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) != 0);
}

}  // namespace

TEST_CASE("a block is zero when it is taken, also where a secret lay before") {
    for (const auto size : sizes) {
        CAPTURE(size);
        for (int again = 0; again < 3; ++again) {
            auto* block = pool::take(size);
            REQUIRE(block != nullptr);
            CHECK(all_are(block, size, 0));
            std::memset(block, 0xaa, size);
            pool::give(block, size);
        }
    }
    pool::give(nullptr, 0);
}

TEST_CASE("blocks that are held at the same time do not overlap, on four threads") {
    std::array<std::vector<std::uint8_t*>, 4> held;
    constexpr std::size_t size = 40;
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < held.size(); ++t)
            threads.emplace_back([&mine = held[t], t] {
                for (int i = 0; i < 5000; ++i) {
                    auto* block = pool::take(size);
                    std::memset(block, static_cast<int>(t + 1), size);
                    if (i % 3 == 0)
                        pool::give(block, size);
                    else
                        mine.push_back(block);
                }
            });
    }
    std::set<std::uint8_t*> all;
    std::size_t whole = 0;
    for (std::size_t t = 0; t < held.size(); ++t)
        for (auto* block : held[t]) {
            whole += all_are(block, size, static_cast<std::uint8_t>(t + 1)) ? 1 : 0;
            all.insert(block);
        }
    CHECK(whole == all.size());
    CHECK(all.size() == 4 * 3333);
    for (auto* block : all) pool::give(block, size);
}

TEST_CASE("a byte written behind a block ends the program, at the latest when the block is given back") {
    for (const auto size : sizes) {
        CAPTURE(size);
        CHECK(ends_on_overflow(size));
    }
}
