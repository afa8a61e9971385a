#include "client/line/patience.hpp"

#include <catch2/catch.hpp>

#include "client/line/refusal.hpp"

using std::chrono::milliseconds;

TEST_CASE("a pause doubles from half a second to ten") {
    CHECK(client::pause_after(1, "") == milliseconds(500));
    CHECK(client::pause_after(2, "") == milliseconds(1000));
    CHECK(client::pause_after(4, "") == milliseconds(4000));
    CHECK(client::pause_after(6, "") == milliseconds(10000));
    CHECK(client::pause_after(4000000000u, "") == milliseconds(10000));
}

TEST_CASE("Retry-After in seconds is honoured up to ten") {
    CHECK(client::pause_after(3, "0") == milliseconds(0));
    CHECK(client::pause_after(1, "7") == milliseconds(7000));
    CHECK(client::pause_after(1, "10") == milliseconds(10000));
    CHECK(client::pause_after(1, "2000000000") == milliseconds(10000));
    for (auto other : {"-1", "x", "7x", " 7", "99999999999999", "Wed, 21 Oct 2026 07:28:00 GMT"}) {
        INFO(other);
        CHECK(client::pause_after(1, other) == milliseconds(500));
    }
}

TEST_CASE("a server that nobody runs is unreachable, and nothing counts as sent") {
    // Port 1 of the loopback: nothing listens there, and refusing takes no time.
    client::http line(*client::address::parse("https://127.0.0.1:1"), {});
    int made = 0;
    client::patience patience;
    patience.retries = 0;
    auto got = client::send_patiently(
        line,
        [&] {
            ++made;
            return client::request{.method = "GET", .target = "/", .body = {}, .fields = {}};
        },
        patience);
    REQUIRE_FALSE(got);
    CHECK(got.error() == client::errc::unreachable);
    CHECK(made == 1);
}

TEST_CASE("only what waiting can mend is tried again") {
    CHECK(client::may_pass(client::errc::unreachable));
    CHECK_FALSE(client::may_pass(client::errc::untrusted));
    CHECK_FALSE(client::may_pass(client::errc::too_large));
    CHECK(client::refusal(client::errc::timed_out).passing);
    CHECK_FALSE(client::refusal(client::errc::untrusted).passing);
}
