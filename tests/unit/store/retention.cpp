// The end of a report: what is due, what holds it up, and what is left of it.
#include "tests/unit/store/samples.hpp"

using namespace samples;
using store::errc;

namespace {

constexpr std::int32_t came = 20778, closed_on = 20800, today = 21000;

struct kept {
    scratch dir;
    std::string file = dir / "baken.db";
    std::unique_ptr<store::store> store = open(file);

    // A report that was read and closed; its words go into the statement as they are.
    crypto::uuid closed(const std::string& status = "afgesloten") {
        auto sent = report("rotterdam");
        const auto id = sent.id;
        sent.recipients.push_back(recipient("nla", "mede"));
        REQUIRE(run_now(store->add_report(std::move(sent))));
        say(*store, sighting(id, "rotterdam"));
        set(id, "status = '" + status + "', status_dag = 20800");
        return id;
    }
    void set(const crypto::uuid& id, const std::string& what) const {
        change(file, "UPDATE meldingen SET " + what + " WHERE id = " + literal(id));
    }
    void write(const crypto::uuid& report, int kind, bool read) const {
        change(file, "INSERT INTO berichten (id, melding, soort, dag, gelezen, ontvangers, body) VALUES (" +
                         literal(crypto::uuid::random()) + ", " + literal(report) + ", " +
                         std::to_string(kind) + ", 20790, " + (read ? "TRUE" : "FALSE") + ", '[]', " +
                         literal(report) + ")");
    }
    [[nodiscard]] std::string literal(const crypto::uuid& id) const {
        const auto hex = crypto::hex(id.bytes);
        return store::names_postgres(place(file)) ? "'\\x" + hex + "'" : "x'" + hex + "'";
    }
    bool destroy(const crypto::uuid& id) const {
        store::destruction how{id, "afgesloten", closed_on, today,
                               [](const store::head& previous) { return line_bytes(previous, "gone"); }};
        return run_now(store->destroy(std::move(how))).value();
    }
    std::int64_t count(const std::string& what) const { return number(file, "SELECT count(*) FROM " + what); }
};

std::string went(const store::head& previous, const std::string& epochs) {
    return line_bytes(previous, "without " + epochs);
}

}  // namespace

TEST_CASE("a report is told of until somebody of its first desk opened it") {
    kept at;
    auto plain = report("rotterdam"), shared = report("rotterdam"), urgent = report("amsterdam");
    for (auto* one : {&plain, &shared, &urgent}) {
        auto copy = report(one->recipients[0].desk, one->id);
        copy.urgent = one == &urgent;
        if (one == &shared) copy.recipients.push_back(recipient("nla", "mede"));
        REQUIRE(run_now(at.store->add_report(std::move(copy))));
    }
    CHECK(run_now(at.store->unread(came - 1, came - 1)).value().empty());
    CHECK(run_now(at.store->unread(came, came)).value().size() == 3);
    // Neither a line about it nor what another desk, or a program that only exports, says opens it.
    REQUIRE(run_now(at.store->append(line("rotterdam"))));
    say(*at.store, sighting(shared.id, "nla"));
    say(*at.store, sighting(shared.id, "rotterdam", "geexporteerd"));
    CHECK(run_now(at.store->unread(came, came)).value().size() == 3);
    for (const auto* one : {&plain, &shared}) say(*at.store, sighting(one->id, "rotterdam"));
    const auto left = run_now(at.store->unread(came, came)).value();
    REQUIRE(left.size() == 1);
    CHECK(left[0].id == urgent.id);
    CHECK(left[0].desk == "amsterdam");
    CHECK(left[0].day == came);
    CHECK(left[0].urgent);
    // An urgent one is told sooner, and each once.
    CHECK(run_now(at.store->unread(came - 1, came)).value().size() == 1);
    CHECK(run_now(at.store->warn({urgent.id}, "ongelezen", came)).value() == 1);
    CHECK(run_now(at.store->unread(came, came)).value().empty());
}

TEST_CASE("what is ending is told with everything that its end depends on") {
    kept at;
    const auto id = at.closed();
    REQUIRE(run_now(at.store->add_report(report("rotterdam"))));
    CHECK(run_now(at.store->ending("afgesloten", closed_on - 1)).value().empty());
    auto plain = run_now(at.store->ending("afgesloten", closed_on)).value();
    REQUIRE(plain.size() == 1);
    CHECK(plain[0].id == id);
    CHECK(plain[0].desk == "rotterdam");
    CHECK(plain[0].status == "afgesloten");
    CHECK(plain[0].since == closed_on);
    CHECK(plain[0].opened);
    CHECK_FALSE(plain[0].unanswered);
    CHECK_FALSE(plain[0].hold_until);
    CHECK_FALSE(plain[0].announced);

    at.set(id, "bewaren_tot = 21500, bewaren_reden = 'rechtszaak', geopend = FALSE");
    at.write(id, 2, false);
    CHECK(run_now(at.store->warn({id}, "3", 20990)).value() == 1);
    CHECK_FALSE(run_now(at.store->warn({id}, "3", 20991)).value());
    CHECK(run_now(at.store->warn({id}, "3", 20989)).value());  // a clock was set back
    CHECK_FALSE(run_now(at.store->warn({crypto::uuid::random()}, "3", 20990)).value());
    auto full = run_now(at.store->ending("afgesloten", closed_on)).value();
    REQUIRE(full.size() == 1);
    CHECK_FALSE(full[0].opened);
    CHECK(full[0].unanswered);
    CHECK(full[0].hold_until == 21500);
    CHECK(full[0].hold_reason == "rechtszaak");
    CHECK(full[0].announced == 20989);
}

TEST_CASE("a destroyed report leaves its id, a shell, a counter and a line at each desk, and nothing else") {
    kept at;
    const auto id = at.closed();
    at.write(id, 2, true);
    at.write(id, 3, false);  // what the reporter did not fetch holds nothing up
    CHECK(run_now(at.store->warn({id}, "14", 20986)).value());
    REQUIRE(at.destroy(id));
    CHECK_FALSE(at.destroy(id));

    CHECK(refusal(run_now(at.store->report("rotterdam", id))) == errc::not_found);
    for (const char* table : {"meldingen", "ontvangers", "berichten", "waarschuwingen"}) {
        CAPTURE(table);
        CHECK(at.count(table) == 0);
    }
    CHECK(at.count("vernietigd WHERE id = " + at.literal(id) + " AND dag = 21000") == 1);
    CHECK(at.count("schillen WHERE loket = 'rotterdam' AND kwartaal = '2026-Q4' AND status = 'afgesloten' "
                   "AND uitkomst IS NULL AND tot = 21730") == 1);
    CHECK(at.count("tellingen WHERE loket = 'rotterdam' AND kwartaal = '2026-Q4' AND kenmerk = 'vernietigd' "
                   "AND waarde = 'afgesloten' AND aantal = 1") == 1);
    CHECK(walked(*at.store, "rotterdam").line == 2);
    CHECK(walked(*at.store, "nla").line == 1);

    REQUIRE(at.destroy(at.closed()));
    CHECK(at.count("tellingen WHERE aantal = 2") == 1);
}

TEST_CASE("what may not be destroyed is not, whatever was decided before") {
    struct row {
        const char* why;
        std::function<void(kept&, const crypto::uuid&)> then;
    };
    const auto by = GENERATE_COPY(values<row>({
        {"never opened", [](kept& at, const crypto::uuid& id) { at.set(id, "geopend = FALSE"); }},
        {"on hold", [](kept& at, const crypto::uuid& id) { at.set(id, "bewaren_tot = 21000"); }},
        {"a message nobody fetched", [](kept& at, const crypto::uuid& id) { at.write(id, 2, false); }},
        {"another status", [](kept& at, const crypto::uuid& id) { at.set(id, "status = 'in-behandeling'"); }},
        {"closed again", [](kept& at, const crypto::uuid& id) { at.set(id, "status_dag = 20900"); }},
    }));
    CAPTURE(by.why);
    kept at;
    const auto id = at.closed();
    by.then(at, id);
    CHECK_FALSE(at.destroy(id));
    CHECK(run_now(at.store->report("rotterdam", id)).has_value());
    CHECK(at.count("vernietigd") == 0);
    CHECK(at.count("schillen") == 0);
    CHECK(at.count("tellingen") == 0);
    CHECK(walked(*at.store, "rotterdam").line == 1);
}

TEST_CASE("a destroyed id is taken for thirty days, and not afterwards") {
    kept at;
    const auto id = at.closed();
    REQUIRE(at.destroy(id));
    auto again = [&](std::int32_t day) {
        auto sent = report("rotterdam", id);
        sent.day = day;
        return run_now(at.store->add_report(std::move(sent)));
    };
    CHECK(refusal(again(today)) == errc::id_taken);
    CHECK(refusal(again(today + 29)) == errc::id_taken);
    CHECK(again(today + 30).value().fresh);
}

TEST_CASE("shells, old ids and the wraps of epochs without a report go; those of a desk's newest stay") {
    kept at;
    const auto id = at.closed();
    REQUIRE(at.destroy(id));
    REQUIRE(run_now(at.store->add_report(report("rotterdam"))));  // sealed in 2026-W47
    REQUIRE(run_now(at.store->add_membership({"rotterdam", "l", "m", "t", {}, today}, line("rotterdam"))));
    for (const std::string epoch : {"2026-W40", "2026-W47", "2026-W48", "2026-W50"})
        REQUIRE(run_now(at.store->add_epoch_key(
            {"rotterdam", epoch, "k" + epoch, "t", {{epoch, "k" + epoch, "l", sealed(80, 1)}}, today},
            line("rotterdam"))));
    REQUIRE(run_now(at.store->expire(today, "2026-W40", went)));
    CHECK(at.count("wraps") == 4);
    REQUIRE(run_now(at.store->expire(today, "2036-W10", went)));  // a clock that runs ahead
    CHECK(at.count("wraps WHERE epoch = '2026-W48'") == 1);
    CHECK(at.count("wraps WHERE epoch = '2026-W40'") == 0);
    CHECK(at.count("wraps WHERE epoch = '2026-W47'") == 1);
    CHECK(at.count("wraps WHERE epoch = '2026-W50'") == 1);
    CHECK(at.count("schillen") == 1);
    CHECK(at.count("vernietigd") == 1);
    REQUIRE(run_now(at.store->expire(today + 731, "2027-W10", went)));
    CHECK(at.count("schillen") == 0);
    CHECK(at.count("vernietigd") == 0);
}
