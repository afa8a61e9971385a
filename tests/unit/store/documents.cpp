// Documents of trust and the trail that grows with them.
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

store::gids_row gids(std::int64_t version) {
    return {version, "hash-" + std::to_string(version), "token-" + std::to_string(version),
            "table-" + std::to_string(version)};
}
store::stand_row stand(std::int64_t version, std::string mark = "a") {
    auto name = mark + std::to_string(version);
    return {"rotterdam", version, "hash-" + name, "token-" + name};
}

}  // namespace

TEST_CASE("directories: each follows the one before; every version stays") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto empty = run_now(store->trust()).value();
    CHECK_FALSE(empty.gids);
    CHECK(empty.generation == 0);
    CHECK(refusal(run_now(store->add_gids(gids(2)))) == errc::wrong_version);
    CHECK(run_now(store->add_gids(gids(1))).value());
    CHECK(refusal(run_now(store->add_gids(gids(1)))) == errc::wrong_version);
    CHECK(refusal(run_now(store->add_gids(gids(3)))) == errc::wrong_version);
    CHECK(run_now(store->add_gids(gids(2))).value());
    auto now = run_now(store->trust()).value();
    REQUIRE(now.gids);
    CHECK(now.gids->version == 2);
    CHECK(now.gids->hash == "hash-2");
    CHECK(now.gids->token == "token-2");
    CHECK(now.gids->table == "table-2");
    CHECK(now.generation == 2);
    CHECK(run_now(store->gids(1)).value() == "token-1");
    CHECK(run_now(store->gids(2)).value() == "token-2");
    CHECK(refusal(run_now(store->gids(3))) == errc::not_found);
    // The same token under the next number is not a next version.
    auto twin = gids(3);
    twin.hash = "hash-2";
    CHECK(refusal(run_now(store->add_gids(twin))) == errc::id_taken);
}

TEST_CASE("memberships and keys: handed in once, again without harm, their wraps kept for the member") {
    scratch dir;
    auto store = open(dir / "baken.db");
    store::wrap_row wrap{"2026-W47", "key-1", "lid-1", sealed(80, 1)};
    auto first =
        run_now(store->add_membership({"rotterdam", "lid-1", "m1", "token", {wrap}}, line("rotterdam")))
            .value();
    CHECK(first.fresh);
    CHECK(first.head.line == 1);
    auto again =
        run_now(store->add_membership({"rotterdam", "lid-1", "m1", "token", {}}, line("rotterdam"))).value();
    CHECK_FALSE(again.fresh);
    CHECK(again.head.line == 1);  // nothing changed, so nothing is written

    store::wrap_row second{"2026-W48", "key-2", "lid-1", sealed(80, 2)},
        third{"2026-W48", "key-2", "lid-2", sealed(80, 3)};
    auto key = run_now(store->add_epoch_key({"rotterdam", "2026-W48", "key-2", "token-k", {second, third}},
                                            line("rotterdam")))
                   .value();
    CHECK(key.fresh);
    CHECK(key.head.line == 2);
    CHECK_FALSE(
        run_now(store->add_epoch_key({"rotterdam", "2026-W48", "key-2", "token-k", {}}, line("rotterdam")))
            .value()
            .fresh);

    auto wraps = run_now(store->wraps("rotterdam", "lid-1")).value();
    REQUIRE(wraps.size() == 2);
    CHECK(wraps[0].key_hash == "key-1");
    CHECK(wraps[1].epoch == "2026-W48");
    CHECK(wraps[1].lid == "lid-1");
    CHECK(wraps[1].sealed.view()[0] == 2);
    CHECK(run_now(store->wraps("rotterdam", "lid-2")).value().size() == 1);
    CHECK(run_now(store->wraps("amsterdam", "lid-1")).value().empty());

    // A wrap made anew takes the place of the old one.
    third.sealed = sealed(80, 4);
    REQUIRE(run_now(
        store->add_epoch_key({"rotterdam", "2026-W48", "key-2", "token-k", {third}}, line("rotterdam"))));
    auto renewed = run_now(store->wraps("rotterdam", "lid-2")).value();
    REQUIRE(renewed.size() == 1);
    CHECK(renewed[0].sealed.view()[0] == 4);

    auto trust = run_now(store->trust()).value();
    REQUIRE(trust.memberships.size() == 1);
    CHECK(trust.memberships[0].desk == "rotterdam");
    CHECK(trust.memberships[0].hash == "m1");
    CHECK(trust.memberships[0].token == "token");
    REQUIRE(trust.epoch_keys.size() == 1);
    CHECK(trust.epoch_keys[0].hash == "key-2");
    CHECK(trust.generation == 2);  // a repeat changes nothing
    CHECK(walked(*store, "rotterdam").line == 3);
}

TEST_CASE("stands: the next, the same again, and nothing else") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto add = [&](store::stand_row row) {
        return run_now(store->add_stand(std::move(row), line("rotterdam")));
    };
    CHECK(refusal(add(stand(2))) == errc::wrong_version);
    CHECK(add(stand(1)).value().fresh);
    CHECK_FALSE(add(stand(1)).value().fresh);
    CHECK(refusal(add(stand(1, "other"))) == errc::wrong_version);
    CHECK(refusal(add(stand(3))) == errc::wrong_version);
    CHECK(add(stand(2)).value().fresh);
    CHECK(refusal(add(stand(1))) == errc::wrong_version);
    CHECK(run_now(store->stand("rotterdam", 1)).value() == "token-a1");
    CHECK(run_now(store->stand("rotterdam", 2)).value() == "token-a2");
    CHECK(refusal(run_now(store->stand("rotterdam", 3))) == errc::not_found);
    CHECK(refusal(run_now(store->stand("amsterdam", 1))) == errc::not_found);

    auto other = stand(1);
    other.desk = "amsterdam";
    CHECK(run_now(store->add_stand(other, line("amsterdam"))).value().head.line == 1);
    auto trust = run_now(store->trust()).value();
    REQUIRE(trust.stands.size() == 2);
    for (const auto& row : trust.stands) CHECK(row.version == (row.desk == "rotterdam" ? 2 : 1));
    CHECK(trust.stands[1].token == "token-a2");
    // Two were taken, one was the same again, and five refused: only those taken left a line.
    CHECK(walked(*store, "rotterdam").line == 2);
}

TEST_CASE("trail: each line follows the bytes of the one before; each desk has its own") {
    scratch dir;
    store::head last;
    {
        auto store = open(dir / "baken.db");
        CHECK(run_now(store->head("rotterdam")).value().line == 0);
        CHECK(run_now(store->head("rotterdam")).value().hash.empty());
        for (int i = 1; i <= 5; ++i) {
            auto grown = run_now(store->append(line("rotterdam", "line " + std::to_string(i)))).value();
            CHECK(grown.line == i);
            CHECK(grown.hash ==
                  crypto::hash_text(crypto::as_bytes(line_bytes(last, "line " + std::to_string(i)))));
            last = grown;
        }
        CHECK(run_now(store->append(line("amsterdam"))).value().line == 1);
        auto some = run_now(store->trail("rotterdam", 1, 2)).value();
        REQUIRE(some.size() == 2);
        CHECK(some[0].ends_with("line 2"));
        CHECK(some[1].ends_with("line 3"));
        CHECK(run_now(store->trail("rotterdam", 5, 10)).value().empty());
    }
    auto store = open(dir / "baken.db");
    CHECK(walked(*store, "rotterdam").hash == last.hash);
    CHECK(run_now(store->append(line("rotterdam"))).value().line == 6);
    walked(*store, "rotterdam");
}

TEST_CASE("trail: a line with any bytes stays those bytes", "[sqlite]") {
    scratch dir;
    auto store = open(dir / "baken.db");
    std::string odd("{\"a\":\"\0\x01é'--\"}", 14);
    REQUIRE(run_now(store->append({"rotterdam", [&](const store::head&) { return odd; }})));
    CHECK(run_now(store->trail("rotterdam", 0, 1)).value().at(0) == odd);
}

TEST_CASE("nonces: kept over a reopening, known when they come again, forgotten when past") {
    scratch dir;
    crypto::block<16> first{1}, second{2}, third{3};
    {
        auto store = open(dir / "baken.db");
        CHECK(run_now(store->keep_nonce(first, 1000, 500)).value());
        CHECK_FALSE(run_now(store->keep_nonce(first, 1000, 500)).value());
        CHECK(run_now(store->keep_nonce(second, 2000, 500)).value());
    }
    auto store = open(dir / "baken.db");
    CHECK_FALSE(run_now(store->keep_nonce(first, 1000, 1000)).value());
    CHECK(run_now(store->kept_nonces()).value().size() == 2);
    // A server whose clock runs ahead forgets nothing that another still believes.
    CHECK(run_now(store->keep_nonce(third, 8000, 4600)).value());
    CHECK_FALSE(run_now(store->keep_nonce(first, 1000, 1000)).value());
    CHECK(run_now(store->keep_nonce({4}, 8000, 4601)).value());
    auto kept = run_now(store->kept_nonces()).value();
    std::sort(kept.begin(), kept.end());
    CHECK(kept == std::vector<std::pair<crypto::block<16>, std::int64_t>>{
                      {second, 2000}, {third, 8000}, {{4}, 8000}});
}
