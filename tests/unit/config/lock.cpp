// One program at a time works on a data directory.
#include "server/config/lock.hpp"

#include <optional>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/unit/client/scratch.hpp"

using config::errc;
using config::lock;

namespace {

// What another process gets.
std::optional<errc> elsewhere(const std::string& dir) {
    auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto taken = lock::take(dir);
        ::_exit(taken ? 0 : 1 + static_cast<int>(taken.error()));
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 0) return std::nullopt;
    return static_cast<errc>(WEXITSTATUS(status) - 1);
}

}  // namespace

TEST_CASE("a second take is refused, here and in another process, until the first is gone") {
    scratch dir;
    {
        auto first = lock::take(dir.path);
        REQUIRE(first);
        auto second = lock::take(dir.path);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error() == errc::locked);
        CHECK(elsewhere(dir.path) == errc::locked);
        lock moved = std::move(*first);
        CHECK(elsewhere(dir.path) == errc::locked);
    }
    CHECK_FALSE(elsewhere(dir.path));
    CHECK(lock::take(dir.path).has_value());
    struct stat found{};
    REQUIRE(::stat((dir / "bakend.lock").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("a directory that is not there cannot be locked; directories do not share a lock") {
    scratch dir, other;
    auto missing = lock::take(dir / "missing");
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error() == errc::cannot_lock);
    auto one = lock::take(dir.path), two = lock::take(other.path);
    CHECK(one.has_value());
    CHECK(two.has_value());
    CHECK(config::text(errc::locked) != config::text(errc::cannot_lock));
}
