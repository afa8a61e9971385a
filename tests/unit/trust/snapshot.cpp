// What is built from the stored rows, and what of it is published.
#include "server/trust/snapshot.hpp"

#include "crypto/protocol/json.hpp"
#include "tests/unit/trust/world.hpp"

using world::country;
using world::run_now;

namespace {

struct published {
    std::string gids;
    std::vector<std::string> standen, sleutels;
};

published read(const std::string& text) {
    auto object = protocol::parse_object(text).value();
    published out;
    out.gids = object.at("gids").as_string().c_str();
    for (const auto& one : object.at("standen").as_array()) out.standen.emplace_back(one.as_string().c_str());
    for (const auto& one : object.at("sleutels").as_array())
        out.sleutels.emplace_back(one.as_string().c_str());
    return out;
}

// By somebody who verified nothing before.
std::shared_ptr<const trust::snapshot> build(const store::trust_rows& rows,
                                             std::span<const crypto::sign_public> roots) {
    trust::verified known;
    return trust::build(rows, roots, known);
}

bool has(const published& answer, const protocol::epoch_key& key) {
    return std::find(answer.sleutels.begin(), answer.sleutels.end(), key.token) != answer.sleutels.end();
}

}  // namespace

TEST_CASE("published: a key from 7 days before its Monday up to its last day; of standaard every one") {
    country nl;
    struct row {
        const char* day;
        bool w46, w47, w48;
    };
    // W46 is 9 to 16 November, W47 16 to 23, W48 23 to 30, last days included.
    auto by = GENERATE(row{"2026-11-08", true, false, false}, row{"2026-11-09", true, true, false},
                       row{"2026-11-15", true, true, false}, row{"2026-11-16", true, true, true},
                       row{"2026-11-17", false, true, true}, row{"2026-11-23", false, true, true},
                       row{"2026-11-24", false, false, true}, row{"2026-11-30", false, false, true},
                       row{"2026-12-01", false, false, false});
    CAPTURE(by.day);
    auto answer = read(trust::publish(*nl.registry->now(), protocol::day::parse(by.day).value()));
    CHECK(answer.gids == nl.gids->token);
    CHECK(answer.standen.size() == 3);
    CHECK(has(answer, nl.rotterdam.key("2026-W46")) == by.w46);
    CHECK(has(answer, nl.rotterdam.key("2026-W47")) == by.w47);
    CHECK(has(answer, nl.rotterdam.key("2026-W48")) == by.w48);
    for (const auto& key : nl.landelijk.keys) CHECK(has(answer, key));
}

TEST_CASE("published: rendered anew when the day or a document changes, and shared in between") {
    country nl;
    auto first = nl.registry->published().bytes;
    CHECK(nl.registry->published().bytes == first);
    nl.clock.put("2026-11-24");
    auto next_day = nl.registry->published().bytes;
    CHECK(*next_day != *first);
    nl.publish_stand(nl.zorg);
    auto answer = read(*nl.registry->published().bytes);
    CHECK(std::find(answer.standen.begin(), answer.standen.end(), nl.zorg.stand->token) !=
          answer.standen.end());
}

TEST_CASE("build: nothing without a directory under a pinned root, or with a table that cannot be read") {
    country nl;
    auto rows = run_now(nl.store->trust()).value();
    std::vector roots{nl.root.public_key}, strangers{crypto::sign_keys::random().public_key};
    CHECK(build(rows, roots));
    CHECK_FALSE(build(rows, strangers));
    CHECK_FALSE(build({}, roots));
    // During a roll-over either root will do.
    CHECK(build(rows, std::vector{strangers[0], roots[0]}));
    auto torn = rows;
    torn.gids->table.resize(20);
    CHECK_FALSE(build(torn, roots));
}

TEST_CASE("build: rows that do not verify, or lie under another desk, are left out") {
    country nl;
    std::vector roots{nl.root.public_key};
    auto rows = run_now(nl.store->trust()).value();
    for (auto& row : rows.memberships)
        if (row.desk == "zorg") row.desk = "rotterdam";
    for (auto& row : rows.epoch_keys)
        if (row.desk == "zorg")
            row.token[row.token.size() / 2] = row.token[row.token.size() / 2] == 'A' ? 'B' : 'A';
    rows.memberships.push_back({"nowhere", "h", rows.memberships[0].token});
    auto now = build(rows, roots);
    REQUIRE(now);
    CHECK(now->files.at("rotterdam").memberships.size() == 1);
    CHECK(now->files.at("rotterdam").keys.size() == 3);
    CHECK_FALSE(now->knows_member("rotterdam", nl.zorg.lid));
    CHECK_FALSE(now->knows_member("zorg", nl.zorg.lid));
    CHECK_FALSE(now->files.contains("nowhere"));
    CHECK(now->directory.desk("zorg")->keys.empty());
    CHECK(now->last_stands.at("zorg").version == 1);
}

TEST_CASE("build: a document is verified once, however often; again where its row says something else") {
    country nl;
    std::vector roots{nl.root.public_key};
    auto rows = run_now(nl.store->trust()).value();
    trust::verified known;
    const auto verifies = [&] {
        const auto before = trust::verified_by_this_thread();
        REQUIRE(trust::build(rows, roots, known));
        return trust::verified_by_this_thread() - before;
    };
    CHECK(verifies() == 3 * (1 + 3 + 1));  // of each desk a member, three keys and a stand
    CHECK(verifies() == 0);
    // A row under a known hash that holds another document.
    std::swap(rows.epoch_keys[0].token, rows.epoch_keys[1].token);
    CHECK(verifies() == 2);
    std::swap(rows.epoch_keys[0].token, rows.epoch_keys[1].token);
    // What is gone is forgotten.
    const auto last = rows.memberships.back();
    rows.memberships.pop_back();
    CHECK(verifies() == 0);
    rows.memberships.push_back(last);
    CHECK(verifies() == 1);
    // Whoever may sign no more does so by nothing that was kept.
    nl.rotterdam.lead = crypto::sign_keys::random();
    nl.publish_gids();
    rows = run_now(nl.store->trust()).value();
    const auto now = trust::build(rows, roots, known);
    CHECK(now->files.at("rotterdam").keys.empty());
    CHECK_FALSE(now->directory.desk("rotterdam"));
    CHECK(now->directory.desk("zorg")->keys.size() == 3);
}

TEST_CASE("key_for: the stand's key, else the only one handed in, else none") {
    country nl;
    auto week = [](const char* text) { return protocol::epoch::parse(text).value(); };
    auto key_for = [&](const char* text) { return nl.registry->now()->key_for("rotterdam", week(text)); };
    CHECK(key_for("2026-W47") == nl.rotterdam.key("2026-W47").hash);
    CHECK(key_for("2026-W49").empty());
    nl.hand_in_key(nl.rotterdam, "2026-W49");
    CHECK(key_for("2026-W49") == nl.rotterdam.key("2026-W49").hash);
    nl.hand_in_key(nl.rotterdam, "2026-W49");  // a second one: it is not clear which is meant
    CHECK(key_for("2026-W49").empty());
    nl.rotterdam.sleutels.pop_back();
    nl.publish_stand(nl.rotterdam);
    CHECK(key_for("2026-W49") == nl.rotterdam.key("2026-W49").hash);
    CHECK(nl.registry->now()->key_for("nowhere", week("2026-W47")).empty());
}
