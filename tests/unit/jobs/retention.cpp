// What becomes of reports whose work is done, and that the night carries it out.
#include "server/jobs/retention.hpp"

#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include "server/jobs/nightly.hpp"
#include "tests/unit/store/samples.hpp"

using namespace samples;
using jobs::fate;
using protocol::day;

namespace {

constexpr day today{21000};

jobs::profile half_year(std::vector<std::string> desks = {}) {
    return {std::move(desks), "12.3", "de directeur", day{20000}, 180, 30, 7};
}

// One that was read and closed so many days ago, and announced in time.
store::ending_report closed(int days_ago) {
    store::ending_report out;
    out.id = crypto::uuid::random();
    out.desk = "rotterdam";
    out.status = "afgesloten";
    out.since = (today - days_ago).number;
    out.opened = true;
    out.announced = (today - 3).number;
    return out;
}

std::optional<fate> fate_of(store::ending_report one, int within = 1000) {
    const std::vector profiles{half_year()};
    const auto out = jobs::plan(profiles, {std::move(one)}, today, within);
    return out.empty() ? std::nullopt : std::optional(out[0].next);
}

struct fixed_clock final : protocol::clock {
    std::int64_t at = std::int64_t{86400} * 21000;
    [[nodiscard]] std::int64_t now() const override { return at; }
};

}  // namespace

TEST_CASE("a term is announced 14 and 3 days ahead, and past it a report is destroyed") {
    CHECK(fate_of(closed(165)) == fate::waits);
    CHECK(fate_of(closed(166)) == fate::near_14);
    CHECK(fate_of(closed(176)) == fate::near_14);
    CHECK(fate_of(closed(177)) == fate::near_3);
    CHECK(fate_of(closed(179)) == fate::near_3);
    CHECK(fate_of(closed(180)) == fate::destroyed);
    CHECK(fate_of(closed(400)) == fate::destroyed);
    auto handed = closed(30);
    handed.status = "overgedragen";
    CHECK(fate_of(handed) == fate::destroyed);
    handed.status = "ingetrokken";
    handed.since = (today - 6).number;
    CHECK(fate_of(handed) == fate::near_3);
}

TEST_CASE("nothing is destroyed that was not announced at least three days before") {
    auto one = closed(400);
    one.announced.reset();
    CHECK(fate_of(one) == fate::near_3);
    one.announced = (today - 2).number;
    CHECK(fate_of(one) == fate::near_3);
    one.announced = (today - 3).number;
    CHECK(fate_of(one) == fate::destroyed);
}

TEST_CASE("what is on hold, unread or unanswered is not destroyed, and says so") {
    auto held = closed(400), unread = closed(400), unanswered = closed(400);
    held.hold_until = today.number;
    unread.opened = false;
    unanswered.unanswered = true;
    CHECK(fate_of(held) == fate::held);
    CHECK(fate_of(unread) == fate::unread);
    CHECK(fate_of(unanswered) == fate::unanswered);
    held.hold_until = (today - 1).number;
    CHECK(fate_of(held) == fate::destroyed);
    // Before the term there is nothing to escalate.
    unread.since = (today - 100).number;
    CHECK(fate_of(unread) == fate::waits);
    std::set<std::string_view> words;
    for (auto one : {fate::near_14, fate::near_3, fate::held, fate::unread, fate::unanswered})
        words.insert(jobs::warning(one));
    CHECK(words.size() == 5);
}

TEST_CASE("without a profile for its desk a report has no term; the plan says the nearest first") {
    const std::vector others{half_year({"amsterdam"})};
    CHECK(jobs::plan(others, {closed(400)}, today, 1000).empty());
    const std::vector all{half_year()};
    auto open = closed(400);
    open.status = "in-behandeling";
    const auto out = jobs::plan(all, {closed(170), open, closed(400), closed(100)}, today, 14);
    REQUIRE(out.size() == 2);
    CHECK(out[0].due == today - 220);
    CHECK(out[1].due == today + 10);
    CHECK(out[0].by == &all[0]);
}

TEST_CASE(
    "the night announces, and three nights later it destroys, with a line that says by whose decision") {
    scratch dir;
    auto store = open(dir / "baken.db");
    auto sent = report("rotterdam");
    const auto id = sent.id;
    REQUIRE(run_now(store->add_report(std::move(sent))));
    say(*store, sighting(id, "rotterdam"));
    change(dir / "baken.db", "UPDATE meldingen SET status = 'afgesloten', status_dag = 20000");
    fixed_clock clock;
    jobs::nightly night(*store, clock, {half_year()});
    for (int i = 0; i < 3; ++i) {
        REQUIRE(run_now(night.once(today + i)));
        REQUIRE(run_now(night.once(today + i)));  // the same night again does nothing
        CHECK(run_now(store->report("rotterdam", id)).has_value());
    }
    REQUIRE(run_now(night.once(today + 3)));
    CHECK(refusal(run_now(store->report("rotterdam", id))) == store::errc::not_found);
    const auto lines = run_now(store->trail("rotterdam", 1, 10)).value();
    REQUIRE(lines.size() == 1);
    for (const std::string word : {"melding-vernietigd", "bewaartermijn", "12.3", "de directeur"}) {
        CAPTURE(word, lines[0]);
        CHECK(lines[0].find(word) != std::string::npos);
    }
    CHECK(lines[0].find(id.text()) != std::string::npos);
    CHECK(lines[0].find(day{20000}.text()) != std::string::npos);
}

TEST_CASE("without profiles nothing goes, and what nobody reads is told all the same") {
    scratch dir;
    auto store = open(dir / "baken.db");
    for (bool urgent : {false, true}) {
        auto sent = report("rotterdam");
        sent.day = (today - 1).number;
        sent.urgent = urgent;
        REQUIRE(run_now(store->add_report(std::move(sent))));
    }
    change(dir / "baken.db", "UPDATE meldingen SET status = 'afgesloten', status_dag = 100 WHERE NOT spoed");
    CHECK(run_now(jobs::tell_unread(today, *store)).value() == 1);  // the urgent one
    CHECK(run_now(jobs::retain({}, today, *store)).value().destroyed == 0);
    CHECK(run_now(jobs::tell_unread(today + 2, *store)).value() == 1);
    CHECK(run_now(jobs::retain({}, today + 2, *store)).value().destroyed == 0);
    CHECK(number(dir / "baken.db", "SELECT count(*) FROM waarschuwingen WHERE soort = 'ongelezen'") == 2);
    CHECK(number(dir / "baken.db", "SELECT count(*) FROM meldingen") == 2);
}

TEST_CASE("what no desk can open is destroyed thirty days later, by nobody's decision") {
    scratch dir;
    auto store = open(dir / "baken.db");
    const auto id = [&] {
        auto sent = report("rotterdam");
        const auto out = sent.id;
        REQUIRE(run_now(store->add_report(std::move(sent))));
        return out;
    }();
    for (const char* role : {"medewerker", "beheerder"})
        say(*store, sighting(id, "rotterdam", "niet-te-openen", role, role));
    const day since{20790};
    CHECK(run_now(jobs::retain({}, since + 29, *store)).value().destroyed == 0);
    CHECK(run_now(jobs::retain({}, since + 30, *store)).value().destroyed == 1);
    CHECK(refusal(run_now(store->report("rotterdam", id))) == store::errc::not_found);
    const auto lines = run_now(store->trail("rotterdam", 2, 10)).value();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find("geen loket kan dit openen") != std::string::npos);
    CHECK(lines[0].find(since.text()) != std::string::npos);
}

TEST_CASE(
    "a row says on which day time ends it: its term, a hold, an announcement, or that nobody can open it") {
    const std::vector profiles{half_year()};
    const auto end = [&](auto&& set) {
        store::listed_report row;
        row.first = "rotterdam";
        row.status = "afgesloten";
        row.opened = true;
        row.since = (today - 100).number;
        set(row);
        return jobs::end_of(profiles, row, today);
    };
    CHECK(end([](auto&) {}) == today + 80);
    CHECK_FALSE(end([](auto& row) { row.status = "in-behandeling"; }));
    CHECK_FALSE(end([](auto& row) { row.since.reset(); }));
    CHECK_FALSE(end([](auto& row) { row.opened = false; }));
    CHECK_FALSE(end([](auto& row) { row.unread = 1; }));
    CHECK_FALSE(jobs::end_of({}, {}, today));
    CHECK(end([](auto& row) { row.hold = store::hold{(today + 200).number, "rechtszaak"}; }) == today + 201);
    CHECK(end([](auto& row) { row.hold = store::hold{(today + 2).number, "rechtszaak"}; }) == today + 80);
    // Past its term: three days after it was announced.
    CHECK(end([](auto& row) { row.since = (today - 400).number; }) == today + 3);
    CHECK(end([](auto& row) {
              row.since = (today - 400).number;
              row.announced = (today - 1).number;
          }) == today + 2);
    CHECK(end([](auto& row) { row.unopenable = (today - 5).number; }) == today + 25);
    CHECK(end([](auto& row) {
              row.unopenable = (today - 5).number;
              row.status = "nieuw";
          }) == today + 25);
    CHECK(end([](auto& row) {
              row.unopenable = (today - 5).number;
              row.hold = store::hold{(today + 40).number, "rechtszaak"};
          }) == today + 41);
}

TEST_CASE("whoever is stopped in the night's work says nothing of it; what fails otherwise is said") {
    for (const bool stopping : {true, false}) {
        scratch dir;
        auto store = open(dir / "baken.db");
        fixed_clock clock;
        jobs::nightly night(*store, clock, {});
        if (stopping) store->arrivals().close();
        store->close();
        const int kept = ::fcntl(2, F_DUPFD_CLOEXEC, 0);
        const int to = ::open((dir / "log").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        ::dup2(to, 2);
        CHECK_FALSE(run_now(night.once(today)));
        ::dup2(kept, 2);
        ::close(kept);
        ::close(to);
        CHECK((std::filesystem::file_size(dir / "log") == 0) == stopping);
    }
}
