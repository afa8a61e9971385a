// Until when an urgent report waits for its first desk (protocol §3), case by case. Written as the
// Netherlands tells time; the hours are those of a first desk on working days, and of two fallbacks.
#include "server/guide/urgent.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year_month_day;

guide::staffing loaded(const std::string& text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "urgent-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
    const std::filesystem::path dir(pattern);
    std::ofstream(dir / "bezetting.json", std::ios::binary) << text;
    auto read = guide::staffing::load(dir);
    std::filesystem::remove_all(dir);
    std::string all;
    if (!read)
        for (const auto& fault : read.error()) all += guide::text(fault) + "\n";
    if (!read) throw std::runtime_error(all);
    return std::move(*read);
}

// eerste: working days 9 to 17. dag: every day 8 to 20. altijd: never closed. traag: as eerste, five hours to
// open.
const guide::staffing& hours() {
    static const guide::staffing read = loaded(R"({
      "versie": 1,
      "standaard": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
                    "feestdagen": false, "antwoordWerkdagen": 2},
      "loketten": {
        "dag": {"tijden": [{"dagen": [1, 2, 3, 4, 5, 6, 7], "van": "08:00", "tot": "20:00"}],
                "feestdagen": false, "antwoordWerkdagen": 2},
        "altijd": {"tijden": [{"dagen": [1, 2, 3, 4, 5, 6, 7], "van": "00:00", "tot": "24:00"}],
                   "feestdagen": true, "antwoordWerkdagen": 0, "spoedUren": 1},
        "traag": {"tijden": [{"dagen": [1, 2, 3, 4, 5], "van": "09:00", "tot": "17:00"}],
                  "feestdagen": false, "antwoordWerkdagen": 2, "spoedUren": 5}
      }})");
    return read;
}

// In winter time, one hour ahead of UTC; in summer two.
std::int64_t at(year_month_day day, int hour, int minute, int ahead = 1) {
    return std::chrono::seconds(sys_days(day).time_since_epoch()).count() + (hour - ahead) * 3600 +
           minute * 60;
}

std::string text(const guide::local_time& t) {
    return fmt::format("{:02}-{:02} {:02}:{:02}", static_cast<unsigned>(t.day.month()),
                       static_cast<unsigned>(t.day.day()), t.hour, t.minute);
}

std::string told(const guide::urgent_hour& until) {
    return until.at_once ? "at once" : text(guide::on_the_wall(until));
}

constexpr year_month_day tuesday = 2026y / 12 / 1, friday = 2026y / 12 / 4, christmas_eve = 2026y / 12 / 24;

}  // namespace

TEST_CASE("the hour of an urgent report follows who is there: the first desk, its fallback, nobody") {
    struct row {
        const char *name, *first, *fallback;
        std::int64_t now;
        const char* until;
    };
    const row rows[] = {
        {"the first desk is there", "eerste", "altijd", at(tuesday, 10, 0), "12-01 12:00"},
        {"rounded up to the full hour", "eerste", "altijd", at(tuesday, 10, 1), "12-01 13:00"},
        {"a second before the hour", "eerste", "altijd", at(tuesday, 10, 0) - 1, "12-01 12:00"},
        {"the last minute that it is there", "eerste", "altijd", at(tuesday, 16, 59), "12-01 19:00"},
        {"a desk that takes longer", "traag", "altijd", at(tuesday, 10, 0), "12-01 15:00"},
        {"one that takes less", "altijd", "dag", at(tuesday, 10, 0), "12-01 11:00"},
        {"it has just gone, the fallback is there", "eerste", "altijd", at(tuesday, 17, 0), "at once"},
        {"in the evening, the fallback is there until 20", "eerste", "dag", at(tuesday, 19, 59), "at once"},
        {"neither is there: the fallback opens first", "eerste", "dag", at(tuesday, 20, 0), "12-02 08:00"},
        {"before dawn", "eerste", "dag", at(tuesday, 3, 30), "12-01 08:00"},
        {"a minute before midnight", "eerste", "dag", at(tuesday, 23, 59), "12-02 08:00"},
        {"midnight", "eerste", "dag", at(tuesday, 24, 0), "12-02 08:00"},
        {"neither is there: the first desk's hours from its opening", "eerste", "traag", at(tuesday, 22, 0),
         "12-02 09:00"},
        {"the first opens at eight, the fallback later", "dag", "eerste", at(tuesday, 22, 0), "12-02 09:00"},
        {"the first's own hours end before the fallback opens", "dag", "eerste", at(friday, 22, 0),
         "12-05 10:00"},
        {"the weekend, with a fallback", "eerste", "dag", at(friday, 18, 0), "at once"},
        {"Saturday night", "eerste", "dag", at(2026y / 12 / 5, 21, 0), "12-06 08:00"},
        {"the weekend without one", "eerste", "traag", at(friday, 18, 0), "12-07 09:00"},
        {"Christmas: both closed for two days", "eerste", "dag", at(christmas_eve, 21, 0), "12-27 08:00"},
        {"Christmas, and nobody before Monday", "eerste", "traag", at(christmas_eve, 21, 0), "12-28 09:00"},
        {"Christmas morning, a fallback that never closes", "eerste", "altijd", at(2026y / 12 / 25, 9, 0),
         "at once"},
        {"summer time", "eerste", "altijd", at(2027y / 6 / 1, 10, 0, 2), "06-01 12:00"},
        {"over the night in which the clock goes forward", "eerste", "dag", at(2027y / 3 / 27, 21, 0),
         "03-30 08:00"},
        {"and back", "eerste", "dag", at(2027y / 10 / 30, 21, 0, 2), "10-31 08:00"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.name);
        CHECK(told(guide::fallback_hour(hours(), row.first, row.fallback, row.now)) == row.until);
    }
    // At once is the hour that runs: whoever goes by the clock finds it due.
    CHECK(guide::fallback_hour(hours(), "eerste", "altijd", at(tuesday, 17, 30)).hour ==
          at(tuesday, 17, 0) / 3600);
}

TEST_CASE("an answer is promised in working days, and to who is urgent within the hours of the desk") {
    const auto day = [](const char* desk, bool urgent, std::int64_t now) {
        return text({guide::answer_day(hours(), desk, urgent, now), 0, 0}).substr(0, 5);
    };
    CHECK(day("eerste", false, at(tuesday, 10, 0)) == "12-03");
    CHECK(day("eerste", true, at(tuesday, 10, 0)) == "12-01");
    CHECK(day("eerste", true, at(tuesday, 18, 0)) == "12-02");
    CHECK(day("eerste", true, at(friday, 18, 0)) == "12-07");
    CHECK(day("eerste", true, at(christmas_eve, 21, 0)) == "12-28");
    CHECK(day("altijd", true, at(tuesday, 23, 30)) == "12-02");
}

TEST_CASE("the hours for what is urgent are one to twenty-four, and a fault names where") {
    for (const char* wrong : {"0", "25", "\"2\"", "null"}) {
        CAPTURE(wrong);
        CHECK_THROWS_WITH(
            loaded(fmt::format(R"({{"versie": 1, "standaard": {{"tijden": [{{"dagen": [1], "van":
            "09:00", "tot": "17:00"}}], "feestdagen": false, "antwoordWerkdagen": 2, "spoedUren": {}}},
            "loketten": {{}}}})",
                               wrong)),
            Catch::Contains("/standaard/spoedUren"));
    }
}
