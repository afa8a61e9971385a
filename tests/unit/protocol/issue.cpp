#include "crypto/protocol/issue.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "crypto/protocol/sealing.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using world::this_week;
using world::today;

namespace {

struct officer {
    crypto::sign_keys sign = crypto::sign_keys::random();
    crypto::box_keys box = crypto::box_keys::random();
    crypto::uuid lid = crypto::uuid::random();
    [[nodiscard]] membership join(const crypto::sign_keys& lead) const {
        return issue_membership("zorg", lid, sign.public_key, box.public_key, "medewerker", today, lead);
    }
};

}  // namespace

TEST_CASE("an epoch key is wrapped for every member, and only they can unwrap it") {
    const auto lead = crypto::sign_keys::random();
    const officer a, b, outsider;
    const membership members[] = {a.join(lead), b.join(lead)};
    const auto issued = issue_epoch_key("zorg", this_week, members, lead).value();
    CHECK(read_epoch_key(issued.key.token, world::only(lead))->public_key == issued.key.public_key);
    CHECK(issued.key.epoch == this_week);
    REQUIRE(issued.wraps.size() == 2);
    CHECK(issued.wraps[0].first == a.lid);
    CHECK(issued.wraps[1].first == b.lid);
    CHECK(open_wrap(issued.wraps[0].second.view(), a.box, issued.key).value().public_key ==
          issued.key.public_key);
    CHECK(open_wrap(issued.wraps[1].second.view(), b.box, issued.key).has_value());
    CHECK(refusal(open_wrap(issued.wraps[0].second.view(), b.box, issued.key)) == errc::wrong_secret);
    CHECK(refusal(open_wrap(issued.wraps[0].second.view(), outsider.box, issued.key)) == errc::wrong_secret);
    const auto again = issue_epoch_key("zorg", this_week, members, lead).value();
    CHECK(again.key.public_key != issued.key.public_key);  // every key is fresh
    CHECK(issue_epoch_key("zorg", this_week, {}, lead).value().wraps.empty());
}

TEST_CASE("a member with a key that cannot be sealed to stops the issue") {
    const auto lead = crypto::sign_keys::random();
    auto broken = officer().join(lead);
    broken.box_key = {};
    const std::vector members{officer().join(lead), broken};
    CHECK(refusal(issue_epoch_key("zorg", this_week, members, lead)) == crypto::errc::low_order_key);
}

TEST_CASE("what a lead issues puts a member and a key in force") {
    const world::country land;
    const auto& lead = land.lead("zorg");
    const officer o;
    const auto member = o.join(lead);
    const auto issued = issue_epoch_key("zorg", this_week, {&member, 1}, lead).value();
    const auto first = issue_stand(std::nullopt, "zorg", {}, {}, today, lead);
    const auto second = issue_stand(first, "zorg", {member.hash}, {issued.key.hash}, today, lead);
    CHECK(follows(nullptr, first).has_value());
    CHECK(follows(&first, second).has_value());
    CHECK(second.tot - second.datum == stand_days);
    CHECK(member.tot - member.van == membership_days);
    directory d(land.gids());
    REQUIRE(d.take(second.token, std::vector{issued.key.token}, std::vector{member.token}).has_value());
    CHECK(d.usable_key("zorg", today, "landelijk")->public_key == issued.key.public_key);
    CHECK(d.member("zorg", o.lid, today)->sign_key == o.sign.public_key);
    // What the next stand leaves out exists no longer.
    const auto third = issue_stand(second, "zorg", {}, {}, today, lead);
    REQUIRE(d.take(third.token, std::vector{issued.key.token}, std::vector{member.token}).has_value());
    CHECK(d.usable_key("zorg", today, "landelijk") == nullptr);
    CHECK(d.member("zorg", o.lid, today) == nullptr);
}

TEST_CASE("every refusal of this room has its own plain sentence") {
    std::set<std::string_view> sentences;
    for (int i = 0; i <= static_cast<int>(errc::trail_rolled_back); ++i) {
        const auto sentence = text(static_cast<errc>(i));
        CHECK(sentence != "Unknown fault.");
        CHECK(sentence.ends_with('.'));
        CHECK(sentences.insert(sentence).second);
    }
}
