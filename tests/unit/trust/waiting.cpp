// What a lead hands in and no stand lists yet: how much of it, for how long, and on whose time.
#include <atomic>
#include <thread>

#include "server/trust/registry.hpp"
#include "tests/unit/trust/world.hpp"

using namespace world;

namespace {

protocol::membership officer(const country& nl, const desk& at) {
    return protocol::issue_membership(at.id, crypto::uuid::random(), crypto::sign_keys::random().public_key,
                                      crypto::box_keys::random().public_key, "medewerker", nl.clock.today(),
                                      at.lead);
}

std::expected<trust::taken, trust::refused> take(country& nl, const desk& at,
                                                 const protocol::membership& member,
                                                 std::vector<store::wrap_row> wraps = {}) {
    return run_now(nl.registry->take_membership(at.id, member.token, std::move(wraps), line(at.id, "lid")));
}

std::expected<trust::taken, trust::refused> take_key(country& nl, const desk& at, std::string_view week) {
    auto issued = protocol::issue_epoch_key(at.id, protocol::epoch::parse(week).value(), {}, at.lead).value();
    return run_now(nl.registry->take_epoch_key(at.id, issued.key.token, {}, line(at.id, "sleutel")));
}

bool too_many(const std::expected<trust::taken, trust::refused>& answer) {
    return !answer && answer.error().why == trust::refused::kind::too_many;
}

store::expiry_line no_line() {
    return [](const store::head&, const std::string&) { return std::string("line"); };
}

void night(country& nl) {
    REQUIRE(run_now(nl.store->expire(nl.clock.today().number, "2026-W01", no_line())));
    REQUIRE(run_now(nl.registry->reload()));
}

}  // namespace

TEST_CASE("four hundred documents handed in: each is verified once, and by no thread that serves") {
    country nl;
    const auto ours = trust::verified_by_this_thread();
    const auto before = nl.registry->verified_documents();
    std::int64_t fresh = 0, refused = 0;
    for (int i = 0; i < 200; ++i) {
        for (const auto* at : {&nl.rotterdam, &nl.zorg}) {
            const auto member = officer(nl, *at);
            (take(nl, *at, member) ? fresh : refused) += 1;
        }
    }
    CHECK(fresh == 400);
    CHECK(refused == 0);
    CHECK(nl.registry->verified_documents() - before == 400);
    CHECK(trust::verified_by_this_thread() == ours);
    CHECK(nl.registry->now()->files.at("rotterdam").memberships.size() == 201);
}

TEST_CASE("a directory that is handed in is verified by no thread that serves, whoever signed it") {
    country nl;
    const auto ours = trust::verified_by_this_thread();
    const auto before = nl.registry->verified_documents();
    auto next = nl.next_gids();
    protocol::sign_document(next, nl.zorg.lead);
    CHECK_FALSE(run_now(nl.registry->take_gids(next.token, table())));
    protocol::sign_document(next, nl.root);
    CHECK(run_now(nl.registry->take_gids(next.token, table())));
    CHECK(nl.registry->verified_documents() - before == 2);
    CHECK(trust::verified_by_this_thread() == ours);
}

TEST_CASE("of many who send directories at once some are asked to come again, and the right one is taken") {
    country nl;
    auto forged = nl.next_gids();
    protocol::sign_document(forged, nl.zorg.lead);
    std::atomic<int> turned_away = 0, refused = 0;
    std::vector<std::thread> crowd;
    for (int i = 0; i < 16; ++i)
        crowd.emplace_back([&] {
            for (int k = 0; k < 50; ++k) {
                const auto answer = run_now(nl.registry->take_gids(forged.token, table()));
                const bool full = answer.error().why == trust::refused::kind::store;
                (full ? turned_away : refused) += 1;
            }
        });
    for (auto& one : crowd) one.join();
    CHECK(turned_away + refused == 800);
    CHECK(refused > 0);
    CHECK(turned_away > 0);
    auto next = nl.next_gids();
    protocol::sign_document(next, nl.root);
    CHECK(run_now(nl.registry->take_gids(next.token, table())));
}

TEST_CASE("two hundred documents of a desk wait for a stand, and no more; what is listed waits no longer") {
    country nl;
    auto& at = nl.rotterdam;
    std::vector<protocol::membership> waiting;
    for (int i = 0; i < 198; ++i) {
        waiting.push_back(officer(nl, at));
        REQUIRE(take(nl, at, waiting.back()));
    }
    REQUIRE(take_key(nl, at, "2026-W49"));  // they count together
    REQUIRE(take_key(nl, at, "2026-W50"));
    const auto one_more = officer(nl, at);
    const auto lines = samples::walked(*nl.store, at.id).line;
    CHECK(too_many(take(nl, at, one_more)));
    CHECK(too_many(take_key(nl, at, "2026-W51")));
    CHECK(nl.registry->now()->files.at(at.id).memberships.size() == 199);
    CHECK(samples::walked(*nl.store, at.id).line == lines);
    // The same again is no more, and another desk's are its own.
    CHECK_FALSE(take(nl, at, waiting.front()).value().fresh);
    CHECK(take(nl, nl.zorg, officer(nl, nl.zorg)));
    at.leden.push_back(waiting.front().hash);
    nl.publish_stand(at);
    CHECK(take(nl, at, one_more));
    CHECK(too_many(take(nl, at, officer(nl, at))));
    // What a stand listed once waits no more, whatever the next one lists.
    at.leden.pop_back();
    nl.publish_stand(at);
    CHECK(too_many(take(nl, at, officer(nl, at))));
}

TEST_CASE("what no stand lists is dropped after ninety days, with the wraps that came with it") {
    country nl;
    auto& at = nl.rotterdam;
    const auto waits = officer(nl, at), listed = officer(nl, at);
    REQUIRE(take(nl, at, waits, {{"2026-W47", {}, {}, samples::sealed(80, 1)}}));
    REQUIRE(take(nl, at, listed, {{"2026-W47", {}, {}, samples::sealed(80, 2)}}));
    REQUIRE(take_key(nl, at, "2026-W49"));
    at.leden.push_back(listed.hash);
    nl.publish_stand(at);
    const auto wraps = [&](const protocol::membership& of) {
        return run_now(nl.store->wraps(at.id, of.lid.text())).value().size();
    };
    nl.clock.at += 90 * 86400;
    night(nl);
    CHECK(nl.registry->now()->knows_member(at.id, waits.lid));
    nl.clock.at += 86400;
    night(nl);
    CHECK_FALSE(nl.registry->now()->knows_member(at.id, waits.lid));
    CHECK(wraps(waits) == 0);
    CHECK(nl.registry->now()->knows_member(at.id, listed.lid));
    CHECK(wraps(listed) == 1);
    CHECK(nl.registry->now()->files.at(at.id).keys.size() == 3);
}

TEST_CASE("a stand that lists what was dropped meanwhile is refused, also where the snapshot still has it") {
    country nl;
    auto& at = nl.rotterdam;
    const auto waits = officer(nl, at);
    REQUIRE(take(nl, at, waits));
    nl.clock.at += 91 * 86400;
    REQUIRE(run_now(nl.store->expire(nl.clock.today().number, "2026-W01", no_line())));
    REQUIRE(nl.registry->now()->knows_member(at.id, waits.lid));
    at.leden.push_back(waits.hash);
    const auto next = nl.next_stand(at);
    const auto answer = run_now(nl.registry->take_stand(at.id, next.token, line(at.id, "stand")));
    REQUIRE_FALSE(answer);
    REQUIRE(answer.error().faults.size() == 1);
    CHECK(answer.error().faults[0].code == "hash");
}
