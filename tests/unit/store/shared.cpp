// Two servers on one database: what one takes the other has, in order, and hears of at once.
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/unit/store/samples.hpp"

using namespace samples;
using namespace std::chrono_literals;
using store::errc;

namespace {

// Only a database can be shared.
struct two {
    scratch dir;
    bool there = std::getenv("BAKEN_TEST_POSTGRES") != nullptr;
    std::unique_ptr<store::store> a = there ? open(dir / "baken.db") : nullptr;
    std::unique_ptr<store::store> b = there ? open(dir / "baken.db") : nullptr;
};

// What is heard under a name within so long.
bool rings(store::store& at, std::string name, std::chrono::milliseconds most,
           const std::function<void()>& then) {
    boost::asio::io_context context(1);
    auto listening = at.arrivals().listen(std::move(name), context.get_executor());
    then();
    auto rung = boost::asio::co_spawn(context, listening->wait(most), boost::asio::use_future);
    context.run();
    return rung.get();
}

}  // namespace

TEST_CASE("a report taken by one server is there for the other, which hears of it") {
    two servers;
    if (!servers.there) return;
    CHECK(servers.a->shared());
    auto sent = report("rotterdam");
    const auto id = sent.id;
    CHECK(rings(*servers.b, "rotterdam", 10s,
                [&] { REQUIRE(run_now(servers.a->add_report(std::move(sent)))); }));
    CHECK(run_now(servers.b->report("rotterdam", id)).has_value());
    CHECK_FALSE(run_now(servers.b->add_report(report("rotterdam", id))).value().fresh);
    CHECK_FALSE(rings(*servers.b, "amsterdam", 300ms,
                      [&] { REQUIRE(run_now(servers.a->add_report(report("rotterdam")))); }));
}

TEST_CASE("a document of trust taken by one server is told to the other, and counts at once") {
    two servers;
    if (!servers.there) return;
    const auto before = run_now(servers.b->generation()).value();
    CHECK(rings(*servers.b, std::string(store::trust_bell), 10s,
                [&] { REQUIRE(run_now(servers.a->add_gids({1, "h", "t", "r"}))); }));
    CHECK(run_now(servers.b->generation()).value() == before + 1);
    CHECK(run_now(servers.b->trust()).value().generation == before + 1);

    auto stale = report("rotterdam"), fresh = report("rotterdam");
    stale.generation = before;
    fresh.generation = before + 1;
    CHECK(refusal(run_now(servers.b->add_report(std::move(stale)))) == errc::trust_changed);
    CHECK(run_now(servers.b->add_report(std::move(fresh))).value().fresh);
}

TEST_CASE("one batch after the other goes through the same connection") {
    if (!std::getenv("BAKEN_TEST_POSTGRES")) return;
    const scratch dir;
    const auto store = open(dir / "baken.db");
    // The connection that writes holds what keeps a restore away.
    const auto writer = [&] {
        return number(dir / "baken.db",
                      "SELECT min(l.pid)::bigint FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                      "WHERE d.datname = current_database() AND l.locktype = 'advisory' "
                      "AND l.mode = 'ShareLock'");
    };
    const auto before = writer();
    for (int i = 0; i < 5; ++i) REQUIRE(run_now(store->add_report(report("rotterdam"))).has_value());
    CHECK(writer() == before);
    std::vector<std::jthread> senders;
    for (int t = 0; t < 8; ++t)
        senders.emplace_back([&] {
            for (int i = 0; i < 10; ++i) (void)run_now(store->add_report(report("rotterdam")));
        });
    senders.clear();
    CHECK(writer() == before);
    CHECK(number(dir / "baken.db", "SELECT count(*) FROM meldingen") == 85);
}

TEST_CASE("a nonce that one server kept is known to the other") {
    two servers;
    if (!servers.there) return;
    const crypto::block<16> mark{7};
    CHECK(run_now(servers.a->keep_nonce(mark, 2000, 1000)).value());
    CHECK_FALSE(run_now(servers.b->keep_nonce(mark, 2000, 1000)).value());
}

TEST_CASE("a server whose clock runs ahead does not make another believe a nonce again") {
    two servers;
    if (!servers.there) return;
    const crypto::block<16> mark{8};
    constexpr std::int64_t created = 10'000, until = created + 300;
    CHECK(run_now(servers.a->keep_nonce(mark, until, created)).value());
    for (const std::int64_t ahead : {301, 600, 1800}) {
        CHECK(run_now(servers.a->keep_nonce({static_cast<std::uint8_t>(ahead % 251)}, until + 2 * ahead,
                                            until + ahead))
                  .value());
        CHECK_FALSE(run_now(servers.b->keep_nonce(mark, until, until)).value());
    }
}

TEST_CASE("under writes of both, who follows the list misses nothing and each trail stays one chain") {
    two servers;
    if (!servers.there) return;
    constexpr int each = 300;
    std::vector<std::jthread> writers;
    for (auto* store : {servers.a.get(), servers.b.get()})
        for (int t = 0; t < 4; ++t)
            writers.emplace_back([store] {
                for (int i = 0; i < each / 4; ++i) {
                    if (!run_now(store->add_report(report("rotterdam")))) std::abort();
                    if (!run_now(store->append(line("rotterdam")))) std::abort();
                }
            });
    // A cursor only ever moves on: a row that appeared behind it would be missed.
    std::set<std::string> seen;
    store::list_query query{.desk = "rotterdam", .status = {}, .limit = 20};
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (seen.size() < 2 * each && std::chrono::steady_clock::now() < deadline) {
        auto page = run_now(servers.a->list(query)).value();
        for (const auto& row : page.rows) seen.insert(row.id.text());
        query.after = page.last_place;
    }
    CHECK(seen.size() == 2 * each);
    writers.clear();
    CHECK(walked(*servers.b, "rotterdam").line == 2 * each);
}
