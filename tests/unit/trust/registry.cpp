// Documents handed in: what is refused, with which code, and that what was taken is in force at once.
#include "server/trust/registry.hpp"

#include "tests/unit/trust/world.hpp"

using namespace world;

namespace {

using kind = trust::refused::kind;

// Refused: "409", "429", "503", or the code of the only fault.
std::string why(const std::expected<trust::taken, trust::refused>& answer) {
    if (answer) return "taken";
    if (answer.error().why == kind::conflict) return "409";
    if (answer.error().why == kind::store) return "503";
    if (answer.error().why == kind::too_many) return "429";
    REQUIRE(answer.error().faults.size() == 1);
    return answer.error().faults[0].code;
}

std::string take_member(country& nl, std::string desk, const protocol::membership& member,
                        std::vector<store::wrap_row> wraps = {}) {
    return why(
        run_now(nl.registry->take_membership(desk, member.token, std::move(wraps), line(desk, "lid"))));
}
std::string take_key(country& nl, std::string desk, const protocol::epoch_key& key,
                     std::vector<store::wrap_row> wraps = {}) {
    return why(
        run_now(nl.registry->take_epoch_key(desk, key.token, std::move(wraps), line(desk, "sleutel"))));
}
std::string take_stand(country& nl, std::string desk, const protocol::stand& stand) {
    return why(run_now(nl.registry->take_stand(desk, stand.token, line(desk, "stand"))));
}

protocol::membership officer(const country& nl, const desk& at, const crypto::sign_keys& signer,
                             crypto::uuid lid = crypto::uuid::random()) {
    auto sign = crypto::sign_keys::random();
    auto box = crypto::box_keys::random();
    return protocol::issue_membership(at.id, lid, sign.public_key, box.public_key, "medewerker",
                                      nl.clock.today(), signer);
}

}  // namespace

TEST_CASE("directory: refused unless it follows, its table fits and its desks are there") {
    country nl;
    auto hand_in = [&](protocol::gids next, const crypto::sign_keys& signer,
                       const std::string& table = world::table()) {
        protocol::sign_document(next, signer);
        return why(run_now(nl.registry->take_gids(next.token, table)));
    };
    auto changed = [&](auto change) {
        auto next = nl.next_gids();
        change(next);
        return next;
    };
    auto before = nl.registry->now();
    CHECK(hand_in(nl.next_gids(), crypto::sign_keys::random()) == "handtekening");
    CHECK(hand_in(nl.next_gids(), nl.rotterdam.lead) == "handtekening");
    CHECK(hand_in(changed([](auto& g) { g.versie = 3; }), nl.root) == "409");
    CHECK(hand_in(changed([&](auto& g) { g.versie = 1, g.vorige = {}; }), nl.root) == "409");
    CHECK(hand_in(changed([](auto& g) { g.vorige = crypto::hash_text({}); }), nl.root) == "409");
    CHECK(hand_in(*nl.gids, nl.root) == "409");
    CHECK(hand_in(changed([](auto& g) { g.routering = crypto::hash_text({}); }), nl.root) == "hash");
    CHECK(hand_in(nl.next_gids(), nl.root, table() + " ") == "hash");
    CHECK(hand_in(changed([](auto& g) { g.tot = g.datum + 93; }), nl.root) == "waarde");
    CHECK(hand_in(changed([](auto& g) {
                      g.loketten.erase(g.loketten.begin() + 2), g.loketten[0].achtervang = "zorg";
                  }),
                  nl.root) == "loket");
    CHECK(hand_in(changed([](auto& g) { g.loketten.erase(g.loketten.begin()); }), nl.root) ==
          "loket");  // the table names it
    std::string broken = "{}";
    CHECK(hand_in(changed([&](auto& g) { g.routering = crypto::hash_text(crypto::as_bytes(broken)); }),
                  nl.root, broken) == "json");
    CHECK(why(run_now(nl.registry->take_gids("no.jws.here", table()))) == "handtekening");
    CHECK(nl.registry->now() == before);
    CHECK(hand_in(nl.next_gids(), nl.root) == "taken");
    CHECK(nl.registry->now()->directory.newest().versie == 2);
}

TEST_CASE("membership: refused from another signer, for another desk, ended, or with a wrap for no key") {
    country nl;
    auto& at = nl.rotterdam;
    CHECK(take_member(nl, "rotterdam", officer(nl, at, nl.zorg.lead)) == "handtekening");
    CHECK(take_member(nl, "rotterdam", officer(nl, at, nl.root)) == "handtekening");
    CHECK(take_member(nl, "rotterdam", officer(nl, nl.zorg, at.lead)) == "loket");
    CHECK(take_member(nl, "nowhere", officer(nl, at, at.lead)) == "handtekening");
    auto good = officer(nl, at, at.second_lead);
    CHECK(take_member(nl, "rotterdam", good, {{"2026-W30", {}, {}, samples::sealed(80, 1)}}) == "wrap");
    CHECK(take_member(nl, "rotterdam", good, {{"nonsense", {}, {}, samples::sealed(80, 1)}}) == "wrap");
    protocol::membership long_lived = officer(nl, at, at.lead);
    long_lived.tot = long_lived.van + protocol::membership_days + 1;
    protocol::sign_document(long_lived, at.lead);
    CHECK(take_member(nl, "rotterdam", long_lived) == "waarde");
    auto ended = officer(nl, at, at.lead);
    ended.van = nl.clock.today() - 10;
    ended.tot = nl.clock.today() - 1;
    protocol::sign_document(ended, at.lead);
    CHECK(take_member(nl, "rotterdam", ended) == "waarde");
    ended.tot = nl.clock.today();
    protocol::sign_document(ended, at.lead);
    CHECK(take_member(nl, "rotterdam", ended) == "taken");
    auto trail = samples::walked(*nl.store, "rotterdam").line;
    CHECK(trail == 6);  // a member, three keys, a stand, and the one just taken

    CHECK(take_member(nl, "rotterdam", good, {{"2026-W47", {}, {}, samples::sealed(80, 1)}}) == "taken");
    auto wraps = run_now(nl.store->wraps("rotterdam", good.lid.text())).value();
    REQUIRE(wraps.size() == 1);
    CHECK(wraps[0].key_hash == at.key("2026-W47").hash);
    auto again = run_now(nl.registry->take_membership("rotterdam", good.token, {}, line("rotterdam", "lid")));
    CHECK_FALSE(again.value().fresh);
    CHECK(again.value().hash == good.hash);
    CHECK(again.value().head.line == trail + 1);  // the same again leaves no second line
}

TEST_CASE(
    "epoch key: refused from another signer, for another desk, or with a wrap for nobody; a waiting member "
    "will do") {
    country nl;
    auto& at = nl.rotterdam;
    auto week = protocol::epoch::parse("2026-W50").value();
    auto key = [&](const desk& whose, const crypto::sign_keys& signer) {
        return protocol::issue_epoch_key(whose.id, week, {}, signer).value().key;
    };
    CHECK(take_key(nl, "rotterdam", key(at, nl.zorg.lead)) == "handtekening");
    CHECK(take_key(nl, "rotterdam", key(nl.zorg, at.lead)) == "loket");
    CHECK(take_key(nl, "nowhere", key(at, at.lead)) == "handtekening");
    auto good = key(at, at.lead);
    auto stranger = crypto::uuid::random();
    CHECK(take_key(nl, "rotterdam", good, {{{}, {}, stranger.text(), samples::sealed(80, 1)}}) == "wrap");
    CHECK(take_key(nl, "rotterdam", good, {{{}, {}, nl.zorg.lid.text(), samples::sealed(80, 1)}}) == "wrap");
    CHECK(take_key(nl, "rotterdam", good, {{{}, {}, "no uuid", samples::sealed(80, 1)}}) == "wrap");
    CHECK(take_member(nl, "rotterdam", officer(nl, at, at.lead, stranger)) == "taken");  // no stand lists it
    CHECK(take_key(nl, "rotterdam", good,
                   {{{}, {}, stranger.text(), samples::sealed(80, 1)},
                    {{}, {}, at.lid.text(), samples::sealed(80, 2)}}) == "taken");
    CHECK(run_now(nl.store->wraps("rotterdam", stranger.text())).value().at(0).epoch == "2026-W50");
    CHECK_FALSE(nl.registry->now()->directory.desk("rotterdam")->key(week));  // waits for its stand
}

TEST_CASE(
    "stand: refused from another signer, for another desk, unknown hashes, ended, or out of its chain") {
    country nl;
    auto& at = nl.rotterdam;
    auto changed = [&](auto change, const crypto::sign_keys* signer = nullptr) {
        auto next = nl.next_stand(at);
        change(next);
        protocol::sign_document(next, signer ? *signer : at.lead);
        return next;
    };
    CHECK(take_stand(nl, "rotterdam", changed([](auto&) {}, &nl.zorg.lead)) == "handtekening");
    CHECK(take_stand(nl, "zorg", changed([](auto&) {})) == "handtekening");
    CHECK(take_stand(nl, "rotterdam", changed([](auto& s) { s.loket = "zorg"; })) == "loket");
    CHECK(take_stand(nl, "rotterdam", changed([](auto& s) { s.leden.push_back(crypto::hash_text({})); })) ==
          "hash");
    CHECK(take_stand(nl, "rotterdam",
                     changed([](auto& s) { s.sleutels.push_back(crypto::hash_text({})); })) == "hash");
    CHECK(take_stand(nl, "rotterdam", changed([&](auto& s) { s.sleutels = nl.zorg.sleutels; })) == "hash");
    CHECK(take_stand(nl, "rotterdam", changed([&](auto& s) { s.sleutels = s.leden; })) == "hash");
    CHECK(take_stand(nl, "rotterdam",
                     changed([](auto& s) { s.versie = 1, s.vorige = {}, s.leden.clear(); })) == "409");
    CHECK(take_stand(nl, "rotterdam", changed([](auto& s) { s.versie = 3; })) == "409");
    CHECK(take_stand(nl, "rotterdam", changed([](auto& s) { s.vorige = crypto::hash_text({}); })) == "409");
    CHECK(take_stand(nl, "rotterdam", changed([](auto& s) { s.tot = s.datum + 36; })) == "waarde");
    CHECK(take_stand(nl, "rotterdam",
                     changed([](auto& s) { s.datum = s.datum - 20, s.tot = s.datum + 19; })) == "stand");
    CHECK(take_stand(nl, "rotterdam",
                     changed([](auto& s) { s.datum = s.datum - 20, s.tot = s.datum + 20; },
                             &at.second_lead)) == "taken");
    CHECK(nl.registry->now()->directory.desk("rotterdam")->stand->versie == 2);
    auto same = run_now(nl.registry->take_stand("rotterdam",
                                                nl.registry->now()->directory.desk("rotterdam")->stand->token,
                                                line("rotterdam", "stand")));
    CHECK_FALSE(same.value().fresh);
    CHECK(take_stand(nl, "rotterdam", *at.stand) == "409");  // version 1 is past
}

TEST_CASE("what was taken is in force when the answer is there, and after a restart") {
    country nl;
    auto& at = nl.rotterdam;
    auto today = nl.clock.today();
    auto is_member = [&](const crypto::uuid& lid) {
        return nl.registry->now()->directory.member("rotterdam", lid, today) != nullptr;
    };
    auto fresh = officer(nl, at, at.lead);
    REQUIRE(take_member(nl, "rotterdam", fresh) == "taken");
    CHECK_FALSE(is_member(fresh.lid));
    at.leden = {fresh.hash};  // and the first officer left
    nl.publish_stand(at);
    CHECK(is_member(fresh.lid));
    CHECK_FALSE(is_member(at.lid));
    nl.open();
    CHECK(is_member(fresh.lid));
    CHECK_FALSE(is_member(at.lid));
}

TEST_CASE("a replaced lead: what they signed counts no more, and the next stand follows theirs") {
    country nl;
    auto& at = nl.rotterdam;
    auto old_key = at.key("2026-W47").hash;
    at.lead = crypto::sign_keys::random();
    nl.publish_gids();
    CHECK_FALSE(nl.registry->now()->directory.desk("rotterdam"));
    CHECK(nl.registry->now()->directory.desk("zorg"));
    CHECK(nl.registry->now()->files.at("rotterdam").keys.empty());
    // A new lead who holds nothing of the old ones must see what to follow.
    CHECK(nl.registry->published().bytes->find(at.stand->token) != std::string::npos);

    at.leden.clear();
    at.sleutels.clear();
    auto restart = protocol::issue_stand(std::nullopt, "rotterdam", {}, {}, nl.clock.today(), at.lead);
    CHECK(take_stand(nl, "rotterdam", restart) == "409");
    auto listing = protocol::issue_stand(at.stand, "rotterdam", {}, {old_key}, nl.clock.today(), at.lead);
    CHECK(take_stand(nl, "rotterdam", listing) == "hash");
    nl.furnish(at);
    CHECK(at.stand->versie == 2);
    CHECK(nl.registry->now()->directory.member("rotterdam", at.lid, nl.clock.today()));
}

TEST_CASE("a stand that lists what a replaced lead signed is renewed as it was, and not made longer") {
    country nl;
    auto& at = nl.rotterdam;
    const auto by_second = [&](std::vector<std::string> leden) {
        return protocol::issue_stand(at.stand, "rotterdam", std::move(leden), at.sleutels, nl.clock.today(),
                                     at.second_lead);
    };
    at.stand = by_second(at.leden);
    REQUIRE(take_stand(nl, "rotterdam", *at.stand) == "taken");
    at.lead = crypto::sign_keys::random();
    nl.publish_gids();
    REQUIRE(nl.registry->now()->directory.desk("rotterdam"));
    CHECK(nl.registry->now()->directory.desk("rotterdam")->members.empty());
    auto longer = at.leden;
    longer.push_back(crypto::hash_text({}));
    CHECK(take_stand(nl, "rotterdam", by_second(longer)) == "hash");
    CHECK(take_stand(nl, "rotterdam", by_second({})) == "hash");  // whose keys are not to be found either
    CHECK(take_stand(nl, "rotterdam", by_second(at.leden)) == "taken");
    CHECK(nl.registry->now()->directory.desk("rotterdam")->members.empty());
}

TEST_CASE("two registries on one store: the one that is behind catches up at a conflict") {
    country nl;
    trust::registry other(*nl.store, {nl.root.public_key}, nl.clock);
    REQUIRE(run_now(other.reload()));
    nl.publish_gids();
    nl.publish_stand(nl.zorg);
    auto twin = protocol::issue_stand(protocol::stand(*nl.zorg.stand), "zorg", {}, {}, nl.clock.today(),
                                      nl.zorg.lead);
    twin.versie = 2;
    // This one still knows version 1 as the newest; the store refuses.
    twin.vorige = other.now()->last_stands.at("zorg").hash;
    protocol::sign_document(twin, nl.zorg.lead);
    CHECK(why(run_now(other.take_stand("zorg", twin.token, line("zorg", "stand")))) == "409");
    CHECK(other.now()->last_stands.at("zorg").hash == nl.zorg.stand->hash);
    CHECK(other.now()->directory.newest().versie == 2);
}

TEST_CASE("the roots change while the server runs, but never to ones that leave no directory in force") {
    world::country c;
    auto sign_next = [&](const crypto::sign_keys& root) {
        auto next = c.next_gids();
        protocol::sign_document(next, root);
        auto taken = run_now(c.registry->take_gids(next.token, world::table()));
        if (taken) c.gids = next;
        return taken.has_value();
    };
    const auto old_root = crypto::sign_keys::from(*crypto::seed::from(c.root.secret_key.view().first(32)));
    const auto new_root = crypto::sign_keys::random();
    auto pin = [&](std::vector<crypto::sign_public> roots) {
        return run_now(c.registry->pin(std::move(roots))).value();
    };
    CHECK_FALSE(sign_next(new_root));
    CHECK_FALSE(pin({new_root.public_key}));
    CHECK_FALSE(pin({}));
    CHECK(c.registry->now()->directory.newest().versie == 1);
    CHECK(sign_next(old_root));  // the one before stays pinned
    REQUIRE(pin({old_root.public_key, new_root.public_key}));
    CHECK(sign_next(new_root));
    REQUIRE(pin({new_root.public_key}));
    CHECK(c.registry->now()->directory.newest().versie == 3);
    CHECK_FALSE(sign_next(old_root));
    CHECK(sign_next(new_root));
}

TEST_CASE("before the first directory nothing of a desk is taken, and nothing is published") {
    scratch dir;
    set_clock clock;
    clock.put("2026-11-19");
    auto store = samples::open(dir / "baken.db");
    auto root = crypto::sign_keys::random(), lead = crypto::sign_keys::random();
    trust::registry registry(*store, {root.public_key}, clock);
    REQUIRE(run_now(registry.reload()));
    CHECK_FALSE(registry.now());
    CHECK_FALSE(registry.published().bytes);
    auto stand = protocol::issue_stand(std::nullopt, "rotterdam", {}, {}, clock.today(), lead);
    CHECK(why(run_now(registry.take_stand("rotterdam", stand.token, line("rotterdam", "stand")))) ==
          "handtekening");
    auto member =
        protocol::issue_membership("rotterdam", crypto::uuid::random(), lead.public_key,
                                   crypto::box_keys::random().public_key, "medewerker", clock.today(), lead);
    CHECK(why(run_now(registry.take_membership("rotterdam", member.token, {}, line("rotterdam", "lid")))) ==
          "handtekening");
    auto key =
        protocol::issue_epoch_key("rotterdam", protocol::epoch::of(clock.today()), {}, lead).value().key;
    CHECK(why(run_now(registry.take_epoch_key("rotterdam", key.token, {}, line("rotterdam", "sleutel")))) ==
          "handtekening");
    CHECK(samples::walked(*store, "rotterdam").line == 0);
}
