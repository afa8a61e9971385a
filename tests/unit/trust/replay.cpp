#include "server/trust/replay.hpp"

#include <catch2/catch.hpp>

namespace {

constexpr std::int64_t noon = 1795348800, day = 86400;

// A server's two clocks, and requests that may be signed five minutes beside the one that is set.
struct server {
    trust::replay seen;
    std::int64_t set = noon;
    trust::replay::moment ran{};

    void pass(std::int64_t seconds) {
        set += seconds;
        ran += std::chrono::seconds(seconds);
    }
    bool takes(std::uint8_t number, std::int64_t created) {
        return seen.fresh({number}, created + 300, set, ran);
    }
};

}  // namespace

TEST_CASE("a nonce is taken once for as long as its signature would be believed") {
    server s;
    CHECK(s.takes(1, noon));
    CHECK_FALSE(s.takes(1, noon));
    s.pass(300);
    CHECK_FALSE(s.takes(1, noon));
    s.pass(1);
    CHECK(s.takes(1, noon));  // forgotten: its signature is too old by now
}

TEST_CASE("a clock that goes a day forward and back makes no nonce forgotten") {
    server s;
    CHECK(s.takes(1, noon));
    s.set += day;
    s.pass(60);
    CHECK(s.takes(2, noon + day));
    s.set -= day;
    CHECK_FALSE(s.takes(1, noon));
    s.set += day;
    CHECK_FALSE(s.takes(2, noon + day));
}

TEST_CASE("a clock that goes a day back and forward makes no nonce forgotten") {
    server s;
    CHECK(s.takes(1, noon));
    s.set -= day;
    s.pass(3600);
    CHECK(s.takes(2, s.set));
    CHECK_FALSE(s.takes(1, noon));
    s.set = noon + 200;
    CHECK_FALSE(s.takes(1, noon));
}

TEST_CASE("a request signed ahead of the clock is remembered until the clock has passed it") {
    server s;
    CHECK(s.takes(1, noon + 300));
    s.pass(600);
    CHECK_FALSE(s.takes(1, noon + 300));
    s.pass(1);
    CHECK(s.takes(1, noon + 300));
}
