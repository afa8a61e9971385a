// For how long a confirmation is shown again, and that nobody takes that from somebody else for nothing.
#include "server/pages/sent.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/trust/world.hpp"

namespace {

struct shelf {
    world::set_clock clock;
    shelf() { clock.put("2026-11-19", 43'200); }
    [[nodiscard]] std::int32_t today() const { return clock.today().number; }
};

}  // namespace

TEST_CASE("sent: ten minutes from when it was stored, to the second, and not before it happened") {
    shelf at;
    pages::sent sent(at.clock, std::chrono::seconds(600));
    at.clock.at += 1000;
    const auto one = crypto::uuid::random(), other = crypto::uuid::random();
    CHECK_FALSE(sent.shows(one, at.today()));
    sent.note(one);
    CHECK(sent.shows(one, at.today()));
    CHECK_FALSE(sent.shows(other, at.today()));
    at.clock.at += 599;
    sent.note(one);  // again, which prolongs nothing
    CHECK(sent.shows(one, at.today()));
    at.clock.at += 1;
    CHECK_FALSE(sent.shows(one, at.today()));
    sent.stored(one);
    CHECK(sent.shows(one, at.today()));
    at.clock.at += 600;
    sent.note(other);  // clears what is over
    CHECK_FALSE(sent.shows(one, at.today()));
    at.clock.at -= 5000;  // a clock that was put back
    CHECK_FALSE(sent.shows(other, at.today()));
}

TEST_CASE("sent: what came before the start counts as sent at the start, of that day alone") {
    shelf at;
    const pages::sent sent(at.clock, std::chrono::seconds(600));
    const auto one = crypto::uuid::random();
    CHECK(sent.shows(one, at.today()));
    CHECK_FALSE(sent.shows(one, at.today() - 1));
    at.clock.at += 600;
    CHECK_FALSE(sent.shows(one, at.today()));
}

TEST_CASE(
    "sent: beyond its bound the oldest goes, and a number stored twice stays as long as its second time") {
    shelf at;
    pages::sent sent(at.clock, std::chrono::seconds(600), 3);
    at.clock.at += 1000;
    const auto first = crypto::uuid::random();
    sent.note(first);
    at.clock.at += 1;
    sent.stored(first);
    for (int i = 0; i < 2; ++i) sent.stored(crypto::uuid::random());
    CHECK(sent.shows(first, at.today()));
    sent.stored(crypto::uuid::random());
    CHECK_FALSE(sent.shows(first, at.today()));
}
