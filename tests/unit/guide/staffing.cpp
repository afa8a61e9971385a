// Presence at hours made up for the test, then the file: the one that ships, and one thing wrong with a right
// one at a time. Times are written as the Netherlands tells them.
#include "server/guide/staffing.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include <catch2/catch.hpp>

#include "crypto/protocol/json.hpp"
#include "tests/unit/guide/shipped.hpp"

namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// A schema directory that holds one file, gone with the test.
class directory {
  public:
    explicit directory(const std::string& text) {
        std::string pattern = (std::filesystem::temp_directory_path() / "guide-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
        std::ofstream(path_ / "bezetting.json", std::ios::binary) << text;
    }
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;
    ~directory() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

const std::string right = R"({
  "versie": 1,
  "standaard": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
                "feestdagen": false, "antwoordWerkdagen": 2},
  "loketten": {
    "altijd": {"tijden": [{"dagen": [1, 2, 3, 4, 5, 6, 7], "van": "00:00", "tot": "24:00"}],
               "feestdagen": true, "antwoordWerkdagen": 0},
    "bijna-altijd": {"tijden": [{"dagen": [7, 6, 5, 4, 3, 2, 1], "van": "00:00", "tot": "24:00"}],
                     "feestdagen": false, "antwoordWerkdagen": 1},
    "pauze": {"tijden": [{"dagen": [3], "van": "12:00", "tot": "17:00"}, {"dagen": [3], "van": "09:00", "tot": "12:00"},
                         {"dagen": [4], "van": "13:00", "tot": "17:00"}, {"dagen": [4], "van": "09:00", "tot": "12:00"}],
              "feestdagen": true, "antwoordWerkdagen": 0},
    "nacht": {"tijden": [{"dagen": [5], "van": "20:00", "tot": "24:00"}, {"dagen": [6], "van": "00:00", "tot": "04:00"},
                         {"dagen": [6], "van": "22:00", "tot": "24:00"}],
              "feestdagen": false, "antwoordWerkdagen": 30},
    "sprong": {"tijden": [{"dagen": [7], "van": "02:15", "tot": "02:45"}, {"dagen": [7], "van": "01:00", "tot": "02:00"}],
               "feestdagen": true, "antwoordWerkdagen": 0},
    "avond": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "18:00", "tot": "24:00"},
                         {"dagen": [2, 3, 4, 5, 6], "van": "00:00", "tot": "06:00"}],
              "feestdagen": false, "antwoordWerkdagen": 1,
              "uitzonderingen": {"tot": "2027-06-30", "dagen": [
                {"dag": "2027-02-10", "tijden": []},
                {"dag": "2027-02-16", "tijden": [{"van": "20:00", "tot": "22:00"}]},
                {"dag": "2027-03-29", "tijden": [{"van": "18:00", "tot": "24:00"}]}]}},
    "eigen": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
              "feestdagen": false, "antwoordWerkdagen": 1,
              "uitzonderingen": {"tot": "2027-12-31", "dagen": [
                {"dag": "2027-03-26", "tijden": []}, {"dag": "2027-05-05", "tijden": [{"van": "10:00", "tot": "12:00"}]},
                {"dag": "2027-05-08", "tijden": [{"van": "13:00", "tot": "14:00"}, {"van": "10:00", "tot": "11:00"}]}]}},
    "gat": {"tijden": [{"dagen": [7], "van": "02:00", "tot": "03:00"}], "feestdagen": true, "antwoordWerkdagen": 0},
    "overheen": {"tijden": [{"dagen": [7], "van": "00:30", "tot": "02:30"}, {"dagen": [7], "van": "02:30", "tot": "05:00"}],
                 "feestdagen": true, "antwoordWerkdagen": 0}
  }
})";

guide::staffing loaded(const std::string& text) {
    const directory here(text);
    auto read = guide::staffing::load(here.path());
    if (read) return std::move(*read);
    std::string all;
    for (const auto& fault : read.error()) all += guide::text(fault) + "\n";
    throw std::runtime_error(all);
}

std::string text(year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}
std::string text(const guide::local_time& t) {
    return fmt::format("{} {:02}:{:02}", text(t.day), t.hour, t.minute);
}

// "there until 2026-11-09 17:00, answer 2026-11-11"
std::string told(const guide::presence& p) {
    CHECK(p.from.has_value() == !p.staffed);
    CHECK_FALSE((p.until && !p.staffed));
    const std::string when = p.staffed ? (p.until ? "there until " + text(*p.until) : "always there")
                                       : "there from " + text(p.from.value());
    return when + ", answer " + text(p.answer);
}

std::int64_t utc(year_month_day day, std::chrono::seconds time) {
    return (sys_days(day) + time).time_since_epoch().count();
}
// In the months without summer time.
std::string winter(const std::string& desk, year_month_day day, std::chrono::seconds time) {
    static const auto desks = loaded(right);
    return told(desks.at(desk, utc(day, time - 1h)));
}

// "/standaard/tijden: sentence" of every fault, in order.
std::vector<std::string> faults(const std::string& text) {
    const directory here(text);
    const auto read = guide::staffing::load(here.path());
    std::vector<std::string> out;
    if (read) return out;
    for (const auto& fault : read.error()) {
        CHECK(fault.file == (here.path() / "bezetting.json").string());
        CHECK((fault.line > 0 && fault.line <= 1 + static_cast<std::size_t>(std::ranges::count(text, '\n'))));
        CHECK_FALSE(fault.sentence.ends_with('.'));
        out.push_back(fault.sentence);
    }
    return out;
}

std::string with(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("not in the file: " + what);
    return text.replace(at, what.size(), by);
}

protocol::json::object shipped_json(const std::string& name) {
    std::ifstream in(shipped::schema() / name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return protocol::parse_object(text).value();
}

}  // namespace

TEST_CASE("a desk in office hours is there from its first minute to before its last") {
    const std::string any = "rotterdam";  // not in the file: standaard
    // Monday 9 November 2026.
    CHECK(winter(any, 2026y / 11 / 9, 0h) == "there from 2026-11-09 09:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 9h - 1s) == "there from 2026-11-09 09:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 9h) == "there until 2026-11-09 17:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 17h - 1s) == "there until 2026-11-09 17:00, answer 2026-11-11");
    CHECK(winter(any, 2026y / 11 / 9, 17h) == "there from 2026-11-10 09:00, answer 2026-11-12");
}

TEST_CASE("from Friday 17:00 on, a report waits for Monday") {
    CHECK(winter("x", 2026y / 11 / 13, 17h - 1s) == "there until 2026-11-13 17:00, answer 2026-11-17");
    CHECK(winter("x", 2026y / 11 / 13, 17h) == "there from 2026-11-16 09:00, answer 2026-11-18");
    CHECK(winter("x", 2026y / 11 / 15, 23h + 59min + 59s) ==
          "there from 2026-11-16 09:00, answer 2026-11-18");
    CHECK(winter("x", 2026y / 11 / 16, 0h) == "there from 2026-11-16 09:00, answer 2026-11-18");
}

TEST_CASE("holidays are neither staffed nor counted") {
    // Thursday 24 December 2026: Christmas is Friday and Saturday.
    CHECK(winter("x", 2026y / 12 / 24, 16h) == "there until 2026-12-24 17:00, answer 2026-12-29");
    CHECK(winter("x", 2026y / 12 / 24, 17h) == "there from 2026-12-28 09:00, answer 2026-12-30");
    CHECK(winter("x", 2026y / 12 / 25, 10h) == "there from 2026-12-28 09:00, answer 2026-12-30");
    // Thursday 31 December 2026: Friday is New Year.
    CHECK(winter("x", 2026y / 12 / 31, 17h) == "there from 2027-01-04 09:00, answer 2027-01-06");
    // Thursday before Easter 2026, in summer time: Friday works, Monday does not.
    const auto desks = loaded(right);
    CHECK(told(desks.at("x", utc(2026y / 4 / 2, 10h))) == "there until 2026-04-02 17:00, answer 2026-04-07");
    CHECK(told(desks.at("x", utc(2026y / 4 / 3, 15h))) == "there from 2026-04-07 09:00, answer 2026-04-09");
}

TEST_CASE("the hours follow the clock on the wall through both changes") {
    const auto desks = loaded(right);
    CHECK(told(desks.at("x", utc(2026y / 3 / 27, 8h))) == "there until 2026-03-27 17:00, answer 2026-03-31");
    CHECK(told(desks.at("x", utc(2026y / 3 / 27, 8h - 1s))) ==
          "there from 2026-03-27 09:00, answer 2026-03-31");
    CHECK(told(desks.at("x", utc(2026y / 3 / 30, 7h))) == "there until 2026-03-30 17:00, answer 2026-04-01");
    CHECK(told(desks.at("x", utc(2026y / 3 / 30, 7h - 1s))) ==
          "there from 2026-03-30 09:00, answer 2026-04-01");
    CHECK(told(desks.at("x", utc(2026y / 10 / 23, 15h - 1s))) ==
          "there until 2026-10-23 17:00, answer 2026-10-27");
    CHECK(told(desks.at("x", utc(2026y / 10 / 26, 16h - 1s))) ==
          "there until 2026-10-26 17:00, answer 2026-10-28");
    CHECK(told(desks.at("x", utc(2026y / 10 / 26, 16h))) == "there from 2026-10-27 09:00, answer 2026-10-29");
}

TEST_CASE("no time is told that the clock skips") {
    const auto desks = loaded(right);
    // Sunday 22 March 2026 is a common one, 29 March is not.
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 22, 1h))) ==
          "there from 2026-03-22 02:15, answer 2026-03-22");
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 22, 1h + 45min))) ==
          "there from 2026-03-29 01:00, answer 2026-03-29");
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 29, 59min))) ==
          "there until 2026-03-29 03:00, answer 2026-03-29");
    CHECK(told(desks.at("sprong", utc(2026y / 3 / 29, 1h))) ==
          "there from 2026-04-05 01:00, answer 2026-04-05");
    CHECK(told(desks.at("gat", utc(2026y / 3 / 22, 2h))) == "there from 2026-04-05 02:00, answer 2026-04-05");
    CHECK(told(desks.at("overheen", utc(2026y / 3 / 29, 59min))) ==
          "there until 2026-03-29 05:00, answer 2026-03-29");
    CHECK(told(desks.at("overheen", utc(2026y / 3 / 29, 1h))) ==
          "there until 2026-03-29 05:00, answer 2026-03-29");
    CHECK(told(desks.at("overheen", utc(2026y / 3 / 29, 3h))) ==
          "there from 2026-04-05 00:30, answer 2026-04-05");
}

TEST_CASE("in the hour that comes twice, the hours hold both times") {
    const auto desks = loaded(right);
    const auto twenty_past_two = GENERATE(20min, 1h + 20min);
    CHECK(told(desks.at("sprong", utc(2026y / 10 / 25, twenty_past_two))) ==
          "there until 2026-10-25 02:45, answer 2026-10-25");
}

TEST_CASE("hours that touch are one stay, also at midnight") {
    // Wednesday 11 November 2026 without a break, Thursday with one.
    CHECK(winter("pauze", 2026y / 11 / 11, 10h) == "there until 2026-11-11 17:00, answer 2026-11-11");
    CHECK(winter("pauze", 2026y / 11 / 11, 12h) == "there until 2026-11-11 17:00, answer 2026-11-11");
    CHECK(winter("pauze", 2026y / 11 / 12, 10h) == "there until 2026-11-12 12:00, answer 2026-11-12");
    CHECK(winter("pauze", 2026y / 11 / 12, 12h) == "there from 2026-11-12 13:00, answer 2026-11-12");
    // Friday evening into Saturday; Saturday ends at midnight, which is told as Sunday 00:00.
    CHECK(winter("nacht", 2026y / 11 / 13, 21h) == "there until 2026-11-14 04:00, answer 2026-12-28");
    CHECK(winter("nacht", 2026y / 11 / 14, 3h) == "there until 2026-11-14 04:00, answer 2026-12-28");
    CHECK(winter("nacht", 2026y / 11 / 14, 23h) == "there until 2026-11-15 00:00, answer 2026-12-28");
    // Friday 25 and Saturday 26 December are Christmas; Friday 1 January is a holiday, and so is its night.
    CHECK(winter("nacht", 2026y / 12 / 20, 0h) == "there from 2027-01-02 22:00, answer 2027-02-12");
}

TEST_CASE("a shift belongs to the evening it began") {
    // Thursday 24 December 2026: Friday is Christmas, Saturday too, Sunday is free.
    CHECK(winter("avond", 2026y / 12 / 24, 23h) == "there until 2026-12-25 06:00, answer 2026-12-28");
    CHECK(winter("avond", 2026y / 12 / 25, 5h) == "there until 2026-12-25 06:00, answer 2026-12-28");
    CHECK(winter("avond", 2026y / 12 / 25, 6h) == "there from 2026-12-28 18:00, answer 2026-12-29");
    CHECK(winter("avond", 2026y / 12 / 26, 3h) == "there from 2026-12-28 18:00, answer 2026-12-29");
    // Friday 1 January 2027: its night does not begin, that of Thursday goes on.
    CHECK(winter("avond", 2027y / 1 / 1, 2h) == "there until 2027-01-01 06:00, answer 2027-01-04");
    CHECK(winter("avond", 2027y / 1 / 2, 2h) == "there from 2027-01-04 18:00, answer 2027-01-05");
    // An ordinary Friday night, and the Monday before whose evening nothing began.
    CHECK(winter("avond", 2027y / 1 / 8, 22h) == "there until 2027-01-09 06:00, answer 2027-01-11");
    CHECK(winter("avond", 2027y / 1 / 11, 2h) == "there from 2027-01-11 18:00, answer 2027-01-12");
}

TEST_CASE("a desk has days of its own: closed, or with other hours") {
    const auto desks = loaded(right);
    // Good Friday 2027 is closed, and Easter Monday a holiday; the answer counts neither.
    CHECK(told(desks.at("eigen", utc(2027y / 3 / 25, 15h + 59min))) ==
          "there until 2027-03-25 17:00, answer 2027-03-30");
    CHECK(told(desks.at("eigen", utc(2027y / 3 / 26, 10h))) ==
          "there from 2027-03-30 09:00, answer 2027-03-31");
    // 5 May 2027 has two hours; a Saturday has two as well, and is no working day.
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 5, 7h))) ==
          "there from 2027-05-05 10:00, answer 2027-05-07");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 5, 9h))) ==
          "there until 2027-05-05 12:00, answer 2027-05-07");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 5, 10h))) ==
          "there from 2027-05-07 09:00, answer 2027-05-10");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 8, 8h))) ==
          "there until 2027-05-08 11:00, answer 2027-05-10");
    CHECK(told(desks.at("eigen", utc(2027y / 5 / 8, 9h))) ==
          "there from 2027-05-08 13:00, answer 2027-05-10");
}

TEST_CASE("a day of its own decides of the night that begins then, not of that before") {
    // Wednesday 10 February 2027 is closed, Tuesday the 16th has other hours; Easter Monday is worked.
    CHECK(winter("avond", 2027y / 2 / 10, 3h) == "there until 2027-02-10 06:00, answer 2027-02-11");
    CHECK(winter("avond", 2027y / 2 / 10, 18h) == "there from 2027-02-11 18:00, answer 2027-02-12");
    CHECK(winter("avond", 2027y / 2 / 11, 3h) == "there from 2027-02-11 18:00, answer 2027-02-12");
    CHECK(winter("avond", 2027y / 2 / 16, 3h) == "there until 2027-02-16 06:00, answer 2027-02-17");
    CHECK(winter("avond", 2027y / 2 / 16, 21h) == "there until 2027-02-16 22:00, answer 2027-02-17");
    CHECK(winter("avond", 2027y / 2 / 17, 3h) == "there from 2027-02-17 18:00, answer 2027-02-18");
    const auto desks = loaded(right);
    CHECK(told(desks.at("avond", utc(2027y / 3 / 29, 20h))) ==
          "there until 2027-03-30 06:00, answer 2027-03-30");
}

TEST_CASE("a list of days that ends within sixty days is told") {
    const auto desks = loaded(right);
    const auto ending = [&](year_month_day today) {
        std::vector<std::string> out;
        for (const auto& [desk, until] : desks.lists_ending(today)) out.push_back(desk + " " + text(until));
        return out;
    };
    using list = std::vector<std::string>;
    CHECK(ending(2027y / 4 / 30) == list{});
    CHECK(ending(2027y / 5 / 1) == list{"avond 2027-06-30"});
    CHECK(ending(2027y / 7 / 1) == list{"avond 2027-06-30"});
    CHECK(ending(2027y / 12 / 1) == list{"avond 2027-06-30", "eigen 2027-12-31"});
}

TEST_CASE("a desk that is there day and night closes never, or on holidays alone") {
    CHECK(winter("altijd", 2026y / 12 / 25, 3h) == "always there, answer 2026-12-25");
    CHECK(winter("altijd", 2026y / 11 / 15, 3h) == "always there, answer 2026-11-15");
    CHECK(winter("bijna-altijd", 2026y / 11 / 14, 3h) == "there until 2026-12-25 00:00, answer 2026-11-16");
    CHECK(winter("bijna-altijd", 2026y / 12 / 25, 3h) == "there from 2026-12-27 00:00, answer 2026-12-28");
    const auto desks = loaded(right);
    CHECK(told(desks.at("altijd", utc(2026y / 3 / 29, 59min))) == "always there, answer 2026-03-29");
}

TEST_CASE("at every hour of four years a desk knows when it opens and when it answers") {
    const auto desks = loaded(right);
    for (const std::string desk :
         {"x", "bijna-altijd", "avond", "eigen", "pauze", "nacht", "sprong", "gat", "overheen"}) {
        std::size_t wrong = 0;
        for (auto now = utc(2026y / 1 / 1, 0s); now < utc(2030y / 1 / 1, 0s); now += 3600) {
            const auto p = desks.at(desk, now);
            const auto here = guide::in_the_netherlands(now);
            const auto& other = p.staffed ? p.until : p.from;
            if (!other || text(*other) <= text(here) || sys_days(p.answer) < sys_days(here.day)) ++wrong;
        }
        INFO(desk);
        CHECK(wrong == 0);
    }
}

TEST_CASE("the hours that ship load, and every desk named in them ships") {
    const auto desks = guide::staffing::load(shipped::schema());
    REQUIRE(desks);
    CHECK(told(desks->at("rotterdam", utc(2026y / 11 / 9, 9h))) ==
          "there until 2026-11-09 17:00, answer 2026-11-11");
    CHECK(told(desks->at("landelijk", utc(2026y / 11 / 8, 9h))) ==
          "there until 2026-11-08 20:00, answer 2026-11-10");
    CHECK(told(desks->at("landelijk", utc(2026y / 11 / 8, 19h))) ==
          "there from 2026-11-09 08:00, answer 2026-11-11");

    std::set<std::string> known;
    for (const auto& desk : shipped_json("loketten.json").at("loketten").as_array())
        known.emplace(desk.at("id").as_string());
    REQUIRE(known.size() == 14);
    for (const auto& member : shipped_json("bezetting.json").at("loketten").as_object())
        CHECK(known.contains(std::string(member.key())));
}

TEST_CASE("one thing wrong with the hours is one fault, by its place") {
    struct wrong {
        std::string what, by, says;
    };
    const std::string no_time = "/standaard/tijden/0/van: This must be a time from 00:00 to 23:59";
    const std::string no_end = "/standaard/tijden/0/tot: This must be a time from 00:01 to 24:00";
    const auto one = GENERATE_COPY(values<wrong>({
        {R"("versie": 1)", R"("versie": 2)", "/versie: This must be 1"},
        {R"("versie": 1)", R"("versie": "1")", "/versie: This member must be a whole number"},
        {R"("versie": 1,)", "", "/versie: This member is required"},
        {R"("versie": 1)", R"("versie": 1, "bron": "x")", "/bron: This member is not known"},
        {R"("standaard": {)", R"("standaart": {)", "/standaard: This member is required"},
        {R"("loketten": {)", R"("loketten": [], "x": {)", "/loketten: This member must be an object"},
        {"09:00", "9:00", no_time},
        {"09:00", "09.00", no_time},
        {"09:00", "24:00", no_time},
        {"09:00", "08:60", no_time},
        {"09:00", "0a:00", no_time},
        {"09:00", " 9:00", no_time},
        {"09:00", "", no_time},
        {"17:00", "24:01", no_end},
        {"17:00", "00:00", no_end},
        {"17:00", "99:00", no_end},
        {"17:00", "17:00:00", no_end},
        {"17:00", "09:00",
         "/standaard/tijden/0/tot: This must be later than van; hours over midnight are two spans"},
        {R"("09:00")", "9", "/standaard/tijden/0/van: This member must be a text"},
        {R"("van": "09:00",)", "", "/standaard/tijden/0/van: This member is required"},
        {R"("van": "09:00")", R"("van": "09:00", "op": 1)",
         "/standaard/tijden/0/op: This member is not known"},
        {"[1, 2, 3, 4, 5]", "[]", "/standaard/tijden/0/dagen: At least one weekday must be named"},
        {"[1, 2, 3, 4, 5]", "5", "/standaard/tijden/0/dagen: This member must be an array"},
        {"[1, 2, 3, 4, 5]", "[1, 2, 2]", "/standaard/tijden/0/dagen/2: Weekday 2 is here twice"},
        {"[1, 2, 3, 4, 5]", "[1, 0]",
         "/standaard/tijden/0/dagen/1: A weekday must be 1 (Monday) to 7 (Sunday)"},
        {"[1, 2, 3, 4, 5]", "[8]", "/standaard/tijden/0/dagen/0: A weekday must be 1 (Monday) to 7 (Sunday)"},
        {"[1, 2, 3, 4, 5]", R"(["ma"])",
         "/standaard/tijden/0/dagen/0: A weekday must be 1 (Monday) to 7 (Sunday)"},
        {R"([{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}])", "[]",
         "/standaard/tijden: A desk must have hours: nobody could say when a report is read"},
        {R"([{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}])", R"(["09:00"])",
         "/standaard/tijden/0: Hours must be an object"},
        {R"("17:00"}])", R"("17:00"}, {"dagen": [5, 6, 1], "van": "16:59", "tot": "18:00"}])",
         "/standaard/tijden/1: These hours overlap with hours before them on weekday 5, 1"},
        {R"("17:00"}])", R"("17:00"}, {"dagen": [2], "van": "10:00", "tot": "11:00"}])",
         "/standaard/tijden/1: These hours overlap with hours before them on weekday 2"},
        {R"("17:00"}])", R"("17:00"}, {"dagen": [2], "van": "00:00", "tot": "24:00"}])",
         "/standaard/tijden/1: These hours overlap with hours before them on weekday 2"},
        {R"("feestdagen": false, )", "", "/standaard/feestdagen: This member is required"},
        {R"("feestdagen": false)", R"("feestdagen": 0)",
         "/standaard/feestdagen: This member must be true or false"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": 31)",
         "/standaard/antwoordWerkdagen: This must be 0 to 30"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": -1)",
         "/standaard/antwoordWerkdagen: This must be 0 to 30"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": null)",
         "/standaard/antwoordWerkdagen: This member must be a whole number"},
        {R"("tot": "2027-06-30", )", "", "/loketten/avond/uitzonderingen/tot: This member is required"},
        {R"("tot": "2027-06-30")", R"("tot": "2027-06-31")",
         "/loketten/avond/uitzonderingen/tot: This must be a day as YYYY-MM-DD"},
        {R"("tot": "2027-06-30")", R"("tot": "2027-03-28")",
         "/loketten/avond/uitzonderingen/dagen/2/dag: This day is later than tot, until when the list is "
         "kept"},
        {R"("2027-02-16")", R"("2027-02-10")",
         "/loketten/avond/uitzonderingen/dagen/1/dag: The day 2027-02-10 is here twice"},
        {R"({"dag": "2027-02-10", "tijden": []})", R"({"dag": "2027-02-10"})",
         "/loketten/avond/uitzonderingen/dagen/0/tijden: This member is required"},
        {R"({"dag": "2027-02-10", "tijden": []})", R"("2027-02-10")",
         "/loketten/avond/uitzonderingen/dagen/0: A day must be an object"},
        {R"({"van": "20:00", "tot": "22:00"})", R"({"van": "22:00", "tot": "20:00"})",
         "/loketten/avond/uitzonderingen/dagen/1/tijden/0/tot: This must be later than van"},
        {R"({"van": "20:00", "tot": "22:00"})",
         R"({"van": "20:00", "tot": "22:00"}, {"van": "21:00", "tot": "23:00"})",
         "/loketten/avond/uitzonderingen/dagen/1/tijden/1: These hours overlap with hours before them"},
        {R"({"van": "20:00", "tot": "22:00"})", R"({"dagen": [2], "van": "20:00", "tot": "22:00"})",
         "/loketten/avond/uitzonderingen/dagen/1/tijden/0/dagen: This member is not known"},
        {R"("altijd")", R"("Altijd")",
         "/loketten/Altijd: This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)"},
        {R"("altijd")", R"("a/b~\n")",
         "/loketten/a~1b~0?: This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)"},
        {R"("loketten": {)", R"("loketten": {"zorg": null,)", "/loketten/zorg: A desk must be an object"},
        {"{\n", "[{\n", "column 2: it ends too early: a quote, bracket or brace is not closed"},
        {R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": 2.0)",
         "column 62: this number is not a whole one below 9007199254740992; write it so, or as a text in "
         "quotes"},
        {R"("versie": 1)", R"("versie": 1, "versie": 1)",
         "column 23: a name is used twice in one object; keep one of them"},
    }));
    INFO(one.what << " → " << one.by);
    auto expected = std::vector<std::string>{one.says};
    if (one.by.starts_with(R"("standaart")")) expected.emplace_back("/standaart: This member is not known");
    if (one.by.starts_with(R"("loketten": [])")) expected.emplace_back("/x: This member is not known");
    CHECK(faults(with(right, one.what, one.by)) == expected);
}

TEST_CASE("a file that is not there, or holds something else, is one fault") {
    const auto nowhere = guide::staffing::load("/nowhere/at/all");
    REQUIRE_FALSE(nowhere);
    REQUIRE(nowhere.error().size() == 1);
    CHECK(guide::text(nowhere.error()[0]) ==
          "/nowhere/at/all/bezetting.json: the file is missing or cannot be read");
    CHECK(faults("[]") == std::vector<std::string>{"the file must hold one object"});
    CHECK(faults("").size() == 1);
    CHECK(faults("{}").size() == 3);
}

TEST_CASE("all faults of the hours are named at once, in the order of the file") {
    auto text = with(right, R"("versie": 1)", R"("versie": 3)");
    text = with(text, "09:00", "9");
    text = with(text, "17:00", "25:00");
    text = with(text, R"("antwoordWerkdagen": 2)", R"("antwoordWerkdagen": 99)");
    text = with(text, R"("altijd")", R"("ALTIJD")");
    text = with(text, R"("feestdagen": true, "antwoordWerkdagen": 0)", R"("antwoordWerkdagen": 0)");
    CHECK(faults(text) ==
          std::vector<std::string>{
              "/versie: This must be 1",
              "/standaard/tijden/0/van: This must be a time from 00:00 to 23:59",
              "/standaard/tijden/0/tot: This must be a time from 00:01 to 24:00",
              "/standaard/antwoordWerkdagen: This must be 0 to 30",
              "/loketten/ALTIJD: This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)",
              "/loketten/ALTIJD/feestdagen: This member is required",
          });
}
