// What happens by the clock besides retention: daily heads, releases to fallback desks, alarms.
#include "crypto/protocol/audit.hpp"
#include "crypto/protocol/daily_head.hpp"
#include "server/jobs/alarms.hpp"
#include "server/jobs/heads.hpp"
#include "server/jobs/nightly.hpp"
#include "server/jobs/release.hpp"
#include "tests/unit/trust/world.hpp"

using namespace samples;
using protocol::day;
using kind = jobs::alarm::kind;

namespace {

constexpr day monday{21000};

// A line of that day.
void add(store::store& store, const std::string& desk, day on) {
    protocol::trail_entry entry;
    entry.dag = on;
    entry.lid = "leestermijn";
    entry.handeling = "achtervang-vrijgegeven";
    REQUIRE(run_now(store.append({desk, [entry](const store::head& previous) {
                                      return protocol::write_line(entry, {previous.line, previous.hash});
                                  }})));
}

struct trails {
    scratch dir;
    std::unique_ptr<store::store> store = open(dir / "baken.db");
    crypto::sign_keys key = crypto::sign_keys::random();

    void add(const std::string& desk, day on) { ::add(*store, desk, on); }
    int publish(day of) { return run_now(jobs::publish_heads(key, of, *store)).value(); }
    std::vector<protocol::daily_head> heads(const std::string& desk) {
        std::vector<protocol::daily_head> out;
        for (const auto& token : run_now(store->daily_heads(desk, 0)).value())
            out.push_back(protocol::read_daily_head(token, key.public_key).value());
        return out;
    }
};

std::vector<jobs::alarm> alarms(const world::country& nl, day today, bool own_key = true) {
    const auto now = nl.registry->now();
    auto out = jobs::alarms(now.get(), own_key ? &nl.root.public_key : nullptr, today);
    return out;
}
bool has(const std::vector<jobs::alarm>& all, kind what, const std::string& desk = {}) {
    return std::ranges::any_of(all, [&](const auto& one) { return one.what == what && one.desk == desk; });
}

}  // namespace

TEST_CASE("a day's head is that of its last line, once, also where nothing was done since") {
    trails at;
    CHECK(at.publish(monday) == 0);
    for (int i = 0; i < 3; ++i) at.add("rotterdam", monday);
    at.add("rotterdam", monday + 1);
    at.add("zorg", monday + 1);
    CHECK(at.publish(monday) == 1);
    CHECK(at.publish(monday) == 0);
    REQUIRE(at.heads("rotterdam").size() == 1);
    CHECK(at.heads("rotterdam")[0].head.regel == 3);
    CHECK(at.heads("rotterdam")[0].datum == monday);
    CHECK(at.heads("rotterdam")[0].loket == "rotterdam");
    CHECK(at.publish(monday + 1) == 2);
    CHECK(at.publish(monday + 2) == 2);
    const auto heads = at.heads("rotterdam");
    REQUIRE(heads.size() == 3);
    CHECK(heads[1].head.regel == 4);
    CHECK(heads[2].head == heads[1].head);
    CHECK(heads[2].datum == monday + 2);
    // They are the lines' own, so that an audit that expects them has no fault.
    const protocol::trail_signers nobody;
    protocol::audit audit("rotterdam", nobody);
    for (const auto& one : heads) audit.expect(one.head, "a daily head");
    for (const auto& bytes : run_now(at.store->trail("rotterdam", 0, 100)).value()) audit.take(bytes);
    CHECK(audit.finish().empty());
}

TEST_CASE("a long day's head is found behind more than a page of lines") {
    trails at;
    for (int i = 0; i < 2100; ++i) at.add("rotterdam", monday);
    at.add("rotterdam", monday + 1);
    CHECK(at.publish(monday) == 1);
    CHECK(at.heads("rotterdam")[0].head.regel == 2100);
}

TEST_CASE(
    "an urgent report left unread goes to its fallback at the hour, with the same line in both trails") {
    trails at;
    const std::int64_t came = std::int64_t{monday.number} * 86400 + 36000;
    std::vector<crypto::uuid> ids;
    for (int i = 0; i < 3; ++i) {
        auto sent = report("rotterdam");
        sent.urgent = true;
        sent.recipients.push_back(recipient("zorg", "achtervang"));
        sent.recipients.back().release_hour = came / 3600 + 4;
        ids.push_back(sent.id);
        REQUIRE(run_now(at.store->add_report(std::move(sent))));
    }
    say(*at.store, sighting(ids[0], "rotterdam"));
    CHECK(run_now(jobs::release_overdue(came + 4 * 3600 - 1, *at.store)).value() == 0);
    CHECK(run_now(jobs::release_overdue(came + 4 * 3600, *at.store)).value() == 2);
    CHECK(run_now(jobs::release_overdue(came + 5 * 3600, *at.store)).value() == 0);
    CHECK(run_now(at.store->list({.desk = "zorg", .status = {}})).value().rows.size() == 2);
    const protocol::trail_signers nobody;
    for (const std::string desk : {"rotterdam", "zorg"}) {
        protocol::audit audit(desk, nobody);
        const auto lines = run_now(at.store->trail(desk, desk == "zorg" ? 0 : 1, 100)).value();
        CHECK(lines.size() == 2);
        if (desk == "zorg") {
            for (const auto& bytes : lines) audit.take(bytes);
            CHECK(audit.finish().empty());
        }
        const auto line = protocol::parse_line(lines[0]);
        CHECK(line->handeling == "achtervang-vrijgegeven");
        // Both name the hour that was kept to.
        CHECK(line->signature_base ==
              fmt::format("eerste: rotterdam\nachtervang: zorg\nuur: {}T14:00Z", day{monday}.text()));
    }
}

TEST_CASE("the night signs the heads of the day before, with the directory's log key and no other") {
    world::country nl;
    const auto own = [&] { return crypto::sign_keys::from(crypto::seed::random()); };
    add(*nl.store, "amsterdam", nl.clock.today());
    jobs::nightly other(*nl.store, nl.clock, {}, nl.registry.get(), own());
    REQUIRE(run_now(other.once(nl.clock.today() + 1)));
    CHECK(run_now(nl.store->daily_heads("amsterdam", 0)).value().empty());
}

TEST_CASE("the night's heads are of the day before, and once") {
    world::country nl;
    const auto seed = crypto::seed::from(nl.root.secret_key.view().first(32)).value();
    add(*nl.store, "amsterdam", nl.clock.today());  // the country's own lines are no lines of a trail
    jobs::nightly real(*nl.store, nl.clock, {}, nl.registry.get(), crypto::sign_keys::from(seed));
    REQUIRE(run_now(real.once(nl.clock.today() + 1)));
    REQUIRE(run_now(real.once(nl.clock.today() + 1)));
    const auto tokens = run_now(nl.store->daily_heads("amsterdam", 0)).value();
    REQUIRE(tokens.size() == 1);
    const auto head = protocol::read_daily_head(tokens[0], nl.root.public_key).value();
    CHECK(head.datum == nl.clock.today());
    CHECK(head.head.regel == 1);
}

TEST_CASE("alarms: what ended, what ends soon, and what is missing") {
    world::country nl;
    const auto today = nl.clock.today();
    CHECK(has(jobs::alarms(nullptr, nullptr, today), kind::no_directory));
    // Keys of W46 to W48 only, and it is W47.
    auto now = alarms(nl, today);
    CHECK(has(now, kind::keys_end, "rotterdam"));
    CHECK(has(now, kind::keys_end, "landelijk"));
    CHECK_FALSE(has(now, kind::no_key, "rotterdam"));
    CHECK_FALSE(has(now, kind::one_lead, "rotterdam"));
    CHECK_FALSE(has(now, kind::other_log_key));
    CHECK(has(alarms(nl, today, false), kind::other_log_key));
    // In W49 nobody has a key, but standaard, whose newest serves on.
    now = alarms(nl, day::parse("2026-12-01").value());
    CHECK(has(now, kind::no_key, "rotterdam"));
    CHECK_FALSE(has(now, kind::no_key, "landelijk"));
    now = alarms(nl, today + 30);
    CHECK(has(now, kind::stand_ends, "landelijk"));
    now = alarms(nl, today + protocol::stand_days + 1);
    CHECK(has(now, kind::no_stand, "rotterdam"));
    CHECK_FALSE(has(now, kind::directory_ends));
    CHECK(has(alarms(nl, today + 80), kind::directory_ends));
    CHECK(has(alarms(nl, today + protocol::gids_days + 1), kind::directory_ended));
    jobs::tell(now);
}
