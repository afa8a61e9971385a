#include "client/here/state.hpp"

#include <catch2/catch.hpp>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "tests/unit/client/scratch.hpp"

namespace {

std::string hash_of(std::string_view text) { return crypto::hash_text(crypto::as_bytes(text)); }

std::vector<crypto::sign_public> roots(std::size_t count) {
    std::vector<crypto::sign_public> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i].fill(static_cast<std::uint8_t>(i + 1));
    return out;
}

client::result<void> note_gids(protocol::seen& seen, std::int64_t versie, std::string_view text) {
    seen.gids[versie] = hash_of(text);
    return {};
}

}  // namespace

TEST_CASE("what was seen is there the next time, in a file of the root's own") {
    scratch dir;
    auto pinned = roots(1);
    client::state state(dir / "state", pinned);
    CHECK(state.read()->gids.empty());
    REQUIRE(state.change([](protocol::seen& seen) { return note_gids(seen, 3, "three"); }));
    CHECK(client::state(dir / "state", pinned).read()->gids.at(3) == hash_of("three"));
    auto file = dir / ("state/" + crypto::hex(crypto::key_mark(pinned[0])) + ".json");
    struct ::stat info{};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 07777u) == 0600u);
}

TEST_CASE("a refused change leaves everything as it was") {
    scratch dir;
    client::state state(dir / "state", roots(1));
    auto refused = state.change([](protocol::seen& seen) -> client::result<void> {
        (void)note_gids(seen, 1, "one");
        return std::unexpected(protocol::errc::gids_forked);
    });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().sentence == protocol::text(protocol::errc::gids_forked));
    CHECK(state.read()->gids.empty());
}

TEST_CASE("dropping the old root after a roll-over forgets nothing") {
    scratch dir;
    auto both = roots(2);
    client::state before(dir / "state", std::span(both).first(1));
    REQUIRE(before.change([](protocol::seen& seen) { return note_gids(seen, 1, "one"); }));
    client::state during(dir / "state", both);
    REQUIRE(during.change([](protocol::seen& seen) { return note_gids(seen, 2, "two"); }));
    client::state after(dir / "state", std::span(both).last(1));
    CHECK(after.read()->gids.size() == 2);
}

TEST_CASE("a memory that cannot be read is not taken for an empty one") {
    scratch dir;
    auto pinned = roots(1);
    client::state state(dir / "state", pinned);
    REQUIRE(state.read());
    dir.write("state/" + crypto::hex(crypto::key_mark(pinned[0])) + ".json", "{");
    CHECK_FALSE(state.read());
    dir.write("state/" + crypto::hex(crypto::key_mark(pinned[0])) + ".json", "");
    CHECK_FALSE(state.read());
    CHECK_FALSE(state.change([](protocol::seen&) -> client::result<void> { return {}; }));
}

TEST_CASE("a trail head may grow, not shrink or change") {
    scratch dir;
    client::state state(dir / "state", roots(1));
    auto take = [&](std::int64_t regel, std::string_view text) {
        return state.take_head(*state.read(), "a", {regel, hash_of(text)});
    };
    REQUIRE(take(5, "five"));
    REQUIRE(take(5, "five"));
    REQUIRE(take(6, "six"));
    CHECK(take(5, "five").error().sentence == protocol::text(protocol::errc::trail_rolled_back));
    CHECK_FALSE(take(6, "another"));
    CHECK(state.read()->trails.at("a").back().regel == 6);
}

TEST_CASE("an answer that another program overtook is not a rolled-back trail") {
    scratch dir;
    client::state state(dir / "state", roots(1));
    REQUIRE(state.take_head({}, "a", {4, hash_of("four")}));
    auto before = *state.read();
    REQUIRE(state.take_head(before, "a", {6, hash_of("six")}));  // the other program
    CHECK(state.take_head(before, "a", {5, hash_of("five")}));
    CHECK_FALSE(state.take_head(before, "a", {3, hash_of("three")}));
    CHECK_FALSE(state.take_head(before, "a", {6, hash_of("other")}));
    CHECK(state.read()->trails.at("a").back().regel == 6);
}

TEST_CASE("what was handed in is kept in its order, the newest where it is too much") {
    scratch dir;
    client::state state(dir / "state", roots(1));
    CHECK(state.handed_in("a")->empty());
    REQUIRE(state.keep_handed_in("a", "leden {}"));
    REQUIRE(state.keep_handed_in("b", "standen {}"));
    REQUIRE(state.keep_handed_in("a", "sleutels {}"));
    CHECK(*state.handed_in("a") == std::vector<std::string>{"leden {}", "sleutels {}"});
    for (char digit = '0'; digit <= '9'; ++digit)
        REQUIRE(state.keep_handed_in("a", std::string(1u << 17, digit)));
    const auto kept = *state.handed_in("a");
    CHECK(kept.size() == 7);
    CHECK(kept.front() == std::string(1u << 17, '3'));
    CHECK(kept.back() == std::string(1u << 17, '9'));
}

TEST_CASE("a fingerprint is confirmed for its desk alone") {
    scratch dir;
    client::state state(dir / "state", roots(1));
    CHECK_FALSE(*state.confirmed("a", "1234567890123456"));
    REQUIRE(state.confirm("a", "1234567890123456"));
    REQUIRE(state.confirm("a", "1234567890123457"));
    CHECK(*state.confirmed("a", "1234567890123456"));
    CHECK(*state.confirmed("a", "1234567890123457"));
    CHECK_FALSE(*state.confirmed("aa", "1234567890123456"));
    CHECK_FALSE(*state.confirmed("a", "123456789012345"));
}
