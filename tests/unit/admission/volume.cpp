// How much is taken: by the disk, by shares of an hour, and by who sends.
#include "server/admission/volume.hpp"

#include <array>
#include <set>

#include <catch2/catch.hpp>

using admission::sender;
using admission::volume;
using namespace std::chrono_literals;

namespace {

const auto start = volume::clock::time_point(1000s);
constexpr std::uint64_t mib = volume::mebibyte;

// Which classes of reports are taken now, urgent ones in capitals: "smlxSMLX" is all.
std::string taken(volume& volume, sender who = 7, volume::clock::time_point now = start) {
    std::string out;
    for (const bool urgent : {false, true})
        for (std::size_t size = 0; size < admission::size_classes; ++size)
            if (volume.take(who, size, urgent, now)) out += (urgent ? "SMLX" : "smlx")[size];
    return out;
}

// Reports of one sender until one is refused, all of them stored.
std::size_t fill(volume& volume, sender who, std::size_t size, bool urgent,
                 volume::clock::time_point now = start) {
    for (std::size_t count = 0;; ++count) {
        auto permit = volume.take(who, size, urgent, now);
        if (!permit) return count;
        permit->keep();
    }
}

std::array<std::uint8_t, 4> front(std::uint8_t a, std::uint8_t b, std::uint8_t c) { return {4, a, b, c}; }

}  // namespace

TEST_CASE("a class is that of the longest body which the request or the envelope can hold") {
    using admission::class_of_body, admission::class_of_request;
    for (const auto& [length, size] : {std::pair{0UL, 0UL},
                                       {8192, 0},
                                       {21845, 0},
                                       {24576, 1},
                                       {87381, 1},
                                       {90112, 2},
                                       {349525, 2},
                                       {352256, 3},
                                       {524288, 3}})
        CHECK(class_of_request(length) == size);
    for (const auto& [bytes, size] :
         {std::pair{4096UL, 0UL}, {16384, 1}, {65536, 2}, {262144, 3}, {300000, 3}, {1, 0}})
        CHECK(class_of_body(bytes) == size);
}

TEST_CASE("as the disk fills the large go first, then all but the smallest, last what is not urgent") {
    struct row {
        std::uint64_t free;
        const char* taken;
    };
    volume volume;
    CHECK(taken(volume) == "smlxSMLX");  // nobody looked yet
    for (const auto& [free, expected] :
         {row{2048, "smlxSMLX"}, row{2047, "smSM"}, row{1024, "smSM"}, row{1023, "sS"}, row{256, "sS"},
          row{255, "S"}, row{0, "S"}, row{1500, "smSM"}, row{5000, "smlxSMLX"}}) {
        CAPTURE(free);
        volume.see({free * mib, 100'000 * mib});
        CHECK(taken(volume) == expected);
    }
}

TEST_CASE("on a small disk the limits are parts of it") {
    volume volume;
    for (const auto& [free, expected] :
         {std::pair{32, "smlxSMLX"}, {31, "smSM"}, {16, "smSM"}, {15, "sS"}, {7, "sS"}, {6, "S"}}) {
        CAPTURE(free);
        volume.see({static_cast<std::uint64_t>(free) * mib, 64 * mib});
        CHECK(taken(volume) == expected);
    }
}

TEST_CASE("what was taken and may not be on the disk yet counts, twice, until it was looked at twice more") {
    volume volume;
    volume.see({2050 * mib, 100'000 * mib});
    CHECK(fill(volume, 1, 3, false) == 5);  // 2 MiB of 262,144 bytes written twice are four, and one below
    CHECK(taken(volume) == "smSM");
    volume.see({2050 * mib, 100'000 * mib});
    CHECK(taken(volume) == "smSM");
    volume.see({2050 * mib, 100'000 * mib});
    CHECK(taken(volume) == "smlxSMLX");
}

TEST_CASE("what comes to nothing is given back") {
    volume volume({.hour = 64 * mib});  // four large ones an hour, one of them urgent by name
    for (int i = 0; i < 100; ++i) REQUIRE(volume.take(1, 3, false, start));
    CHECK(fill(volume, 1, 3, false) == 1);
}

TEST_CASE("junk of one class, urgent or not, leaves every other class as it was") {
    volume volume;
    CHECK(fill(volume, 1, 3, true) < 500);  // some of its own, then of the others
    CHECK_FALSE(volume.take(1, 3, true, start));
    CHECK_FALSE(volume.could_take(1, 3, start));
    CHECK(taken(volume, 1) == "smlSML");
    // Who comes new finds room in the very class that was flooded.
    CHECK(taken(volume, 2) == "smlxSMLX");
    auto urgent = volume.take(2, 3, true, start);
    REQUIRE(urgent);
    CHECK(urgent->urgent());
}

TEST_CASE("who called too much urgent goes on among the others, and is no more urgent than they") {
    volume volume({.hour = 4096 * mib});
    std::size_t urgent = 0, ordinary = 0;
    for (;;) {
        auto permit = volume.take(1, 0, true, start);
        if (!permit || !permit->urgent()) break;
        permit->keep();
        ++urgent;
    }
    CHECK(urgent > 1000);
    auto late = volume.take(1, 0, true, start);
    REQUIRE(late);
    CHECK_FALSE(late->urgent());
    ordinary = fill(volume, 1, 0, true);
    CHECK(ordinary > 1000);
    // On a disk that is nearly full the others are not taken at all.
    volume.see({1 * mib, 100'000 * mib});
    CHECK_FALSE(volume.take(1, 0, true, start));
    CHECK(volume.take(2, 0, true, start));
}

TEST_CASE("a thousand senders who take what they can leave something for the next") {
    volume volume;
    for (sender who = 0; who < 1000; ++who) fill(volume, who, 0, true);
    CHECK(volume.take(1001, 0, true, start));
    for (sender who = 0; who < 100; ++who) fill(volume, who, 3, false);
    CHECK(volume.take(101, 3, false, start));
}

TEST_CASE("thirty people behind one router notice nothing") {
    volume volume;
    for (int person = 0; person < 30; ++person)
        for (std::size_t size = 0; size < admission::size_classes; ++size) {
            auto permit = volume.take(9, size, person % 3 == 0, start);
            REQUIRE(permit);
            CHECK(permit->urgent() == (person % 3 == 0));
            permit->keep();
        }
}

TEST_CASE("a share fills again within the hour") {
    volume volume({.hour = 64 * mib});
    CHECK(fill(volume, 1, 3, false) >= 1);
    for (sender who = 2; fill(volume, who, 3, false) > 0;) ++who;
    CHECK_FALSE(volume.take(999, 3, false, start + 60s));
    CHECK(volume.take(999, 3, false, start + 3600s));
}

TEST_CASE("an address is a place among 65,536, the same for ten minutes and another one afterwards") {
    volume volume;
    std::set<sender> places;
    int moved = 0;
    for (int i = 0; i < 200; ++i) {
        const auto one = front(static_cast<std::uint8_t>(i), 1, 2);
        places.insert(volume.sender_of(one, start));
        CHECK(volume.sender_of(one, start) == volume.sender_of(one, start + 599s));
    }
    CHECK(places.size() > 190);
    std::array<sender, 200> before{};
    for (std::size_t i = 0; i < before.size(); ++i)
        before[i] = volume.sender_of(front(static_cast<std::uint8_t>(i), 1, 2), start + 599s);
    for (std::size_t i = 0; i < before.size(); ++i)
        moved += volume.sender_of(front(static_cast<std::uint8_t>(i), 1, 2), start + 600s) != before[i];
    CHECK(moved > 190);
}

TEST_CASE("with the key goes what was counted by it") {
    volume volume;
    const auto mine = volume.sender_of(front(1, 2, 3), start);
    fill(volume, mine, 3, true);
    // By then the share has room again, and what is left grew; one sender's part of it is no other.
    fill(volume, mine, 3, true, start + 599s);
    CHECK_FALSE(volume.take(mine, 3, true, start + 599s));
    CHECK(volume.take(mine, 3, true, start + 600s));
}
