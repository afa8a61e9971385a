// Reads the hours, weekday by weekday, and holds each span against those before it.
#include "server/guide/staffing.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/faults.hpp"
#include "server/domain_files/json_file.hpp"

namespace guide {
namespace {

namespace json = protocol::json;
using protocol::faults;
using protocol::reading;
using protocol::unknown;

constexpr std::int64_t version = 1, longest_answer = 30, longest_urgent = 24;
constexpr std::size_t most_spans = 100;  // more than anybody writes by hand
constexpr std::size_t most_own_days = 60;

// HH:MM as minutes since midnight; how late it may be, the caller judges.
std::optional<int> minute_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t at : {0u, 1u, 3u, 4u})
        if (text[at] < '0' || text[at] > '9') return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0'), minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59) return std::nullopt;
    return hour * 60 + minute;
}

// A number that must lie between two bounds; nothing, with one fault, otherwise.
std::optional<int> number(reading& from, faults& found, std::string_view name, std::int64_t least,
                          std::int64_t most) {
    const auto before = found.size();
    const auto value = from.integer(name);
    if (found.size() != before) return std::nullopt;
    if (value >= least && value <= most) return static_cast<int>(value);
    from.add(name, "waarde",
             least == most ? fmt::format("This must be {}.", least)
                           : fmt::format("This must be {} to {}.", least, most));
    return std::nullopt;
}

// A time of the day; nothing, with one fault, otherwise.
std::optional<int> time(reading& from, faults& found, std::string_view name, int least, int most) {
    const auto before = found.size();
    const auto text = from.text(name);
    if (found.size() != before) return std::nullopt;
    const auto value = minute_of(text);
    if (value && *value >= least && *value <= most) return value;
    from.add(name, "formaat",
             fmt::format("This must be a time from {:02}:{:02} to {:02}:{:02}.", least / 60, least % 60,
                         most / 60, most % 60));
    return std::nullopt;
}

// The ISO weekdays of a span, each once; what is wrong is told and left out.
std::vector<std::size_t> weekdays(reading& from, faults& found) {
    std::vector<std::size_t> out;
    const auto before = found.size();
    from.each("dagen", 7, [&](const json::value& value, std::string at) {
        const auto* day = value.if_int64();
        if (!day || *day < 1 || *day > 7)
            return found.push_back({std::move(at), "waarde", "A weekday must be 1 (Monday) to 7 (Sunday)."});
        const auto weekday = static_cast<std::size_t>(*day);
        if (std::ranges::find(out, weekday) != out.end())
            return found.push_back(
                {std::move(at), "dubbel", fmt::format("Weekday {} is here twice.", weekday)});
        out.push_back(weekday);
    });
    if (out.empty() && found.size() == before)
        from.add("dagen", "leeg", "At least one weekday must be named.");
    return out;
}

void read_span(const json::value& value, std::string at, faults& found, rota& into) {
    if (!value.is_object()) return found.push_back({std::move(at), "type", "Hours must be an object."});
    reading one(value.as_object(), at, found, unknown::refuse);
    const auto on = weekdays(one, found);
    const auto from = time(one, found, "van", 0, 24 * 60 - 1), to = time(one, found, "tot", 1, 24 * 60);
    one.finish();
    if (!from || !to) return;
    if (*from >= *to)
        return one.add("tot", "waarde", "This must be later than van; hours over midnight are two spans.");
    std::vector<std::size_t> taken;
    for (const auto weekday : on) {
        auto& hours = into.week[weekday - 1];
        if (std::ranges::any_of(hours,
                                [&](const auto& other) { return *from < other.to && other.from < *to; }))
            taken.push_back(weekday);
        else
            hours.push_back({*from, *to});
    }
    if (!taken.empty())
        found.push_back({std::move(at), "dubbel",
                         fmt::format("These hours overlap with hours before them on weekday {}.",
                                     fmt::join(taken, ", "))});
}

// The hours of one day; what overlaps is told.
std::vector<rota::span> read_hours(reading& day, faults& found) {
    std::vector<rota::span> out;
    day.each("tijden", most_spans, [&](const json::value& value, std::string at) {
        if (!value.is_object()) return found.push_back({std::move(at), "type", "Hours must be an object."});
        reading one(value.as_object(), at, found, unknown::refuse);
        const auto from = time(one, found, "van", 0, 24 * 60 - 1), to = time(one, found, "tot", 1, 24 * 60);
        one.finish();
        if (!from || !to) return;
        if (*from >= *to) return one.add("tot", "waarde", "This must be later than van.");
        if (std::ranges::any_of(out, [&](const auto& other) { return *from < other.to && other.from < *to; }))
            return found.push_back({std::move(at), "dubbel", "These hours overlap with hours before them."});
        out.push_back({*from, *to});
    });
    std::ranges::sort(out, {}, &rota::span::from);
    return out;
}

std::chrono::year_month_day civil(protocol::day day) {
    return std::chrono::sys_days(std::chrono::days(day.number));
}

// "uitzonderingen": the days that are not as the week has them, and until when somebody keeps the list.
void read_own_days(reading& desk, faults& found, rota& into) {
    const auto* object = desk.object_or_null("uitzonderingen");
    if (!object) return;
    reading list(*object, desk.where("uitzonderingen"), found, unknown::refuse);
    const auto before = found.size();
    const auto until = list.date("tot");
    if (found.size() == before) into.own_days_until = civil(until);
    list.each("dagen", most_own_days, [&](const json::value& value, std::string at) {
        if (!value.is_object()) return found.push_back({std::move(at), "type", "A day must be an object."});
        reading one(value.as_object(), at, found, unknown::refuse);
        const auto faults_before = found.size();
        const auto day = one.date("dag");
        auto hours = read_hours(one, found);
        one.finish();
        if (found.size() != faults_before) return;
        if (into.own_days_until && day > until)
            return one.add("dag", "waarde", "This day is later than tot, until when the list is kept.");
        if (!into.own_days.emplace(civil(day), std::move(hours)).second)
            one.add("dag", "dubbel", fmt::format("The day {} is here twice.", day.text()));
    });
    list.finish();
}

rota read_desk(const json::object& object, std::string at, faults& found) {
    rota out;
    reading one(object, std::move(at), found, unknown::refuse);
    const auto before = found.size();
    bool any = false;
    one.each("tijden", most_spans, [&](const json::value& value, std::string where) {
        any = true;
        read_span(value, std::move(where), found, out);
    });
    if (!any && found.size() == before)
        one.add("tijden", "leeg", "A desk must have hours: nobody could say when a report is read.");
    for (auto& hours : out.week) std::ranges::sort(hours, {}, &rota::span::from);
    out.on_holidays = one.boolean("feestdagen");
    read_own_days(one, found, out);
    out.answer_days = number(one, found, "antwoordWerkdagen", 0, longest_answer).value_or(0);
    if (one.has("spoedUren"))
        out.urgent_hours = number(one, found, "spoedUren", 1, longest_urgent).value_or(out.urgent_hours);
    one.finish();
    return out;
}

std::map<std::string, rota, std::less<>> read_desks(const json::object& object, const std::string& at,
                                                    faults& found) {
    std::map<std::string, rota, std::less<>> out;
    for (const auto& member : object) {
        const std::string id(member.key());
        const std::string where = at + "/" + protocol::pointer_part(id);
        if (!protocol::is_desk_id(id))
            found.push_back(
                {where, "loket", "This is not a desk's id (1 to 40 of a-z, 0-9 and -, a letter first)."});
        if (member.value().is_object())
            out.emplace(id, read_desk(member.value().as_object(), where, found));
        else
            found.push_back({where, "type", "A desk must be an object."});
    }
    return out;
}

}  // namespace

std::expected<staffing, std::vector<fault>> staffing::load(const data_files& schema) {
    const auto file = schema / "bezetting.json";
    const auto read = read_json_file(file);
    if (!read) return std::unexpected(std::vector{read.error()});

    faults found;
    staffing out;
    reading top(read->object, "", found, unknown::refuse);
    static_cast<void>(number(top, found, "versie", version, version));
    if (const auto* standard = top.object("standaard"))
        out.standard_ = read_desk(*standard, top.where("standaard"), found);
    if (const auto* desks = top.object("loketten"))
        out.desks_ = read_desks(*desks, top.where("loketten"), found);
    top.finish();
    if (!found.empty()) return std::unexpected(told(*read, found));
    return out;
}

std::vector<std::string> staffing::named() const {
    std::vector<std::string> out;
    for (const auto& [desk, hours] : desks_) out.push_back(desk);
    return out;
}

std::vector<staffing::ending> staffing::lists_ending(std::chrono::year_month_day today) const {
    std::vector<ending> out;
    const auto look = [&](std::string_view desk, const rota& hours) {
        const auto until = hours.own_days_until;
        if (!until ||
            std::chrono::sys_days(*until) - std::chrono::sys_days(today) > std::chrono::days(warned_before))
            return;
        out.push_back({std::string(desk), *until});
    };
    look("standaard", standard_);
    for (const auto& [desk, hours] : desks_) look(desk, hours);
    return out;
}

const rota& staffing::of(std::string_view desk) const {
    const auto place = desks_.find(desk);
    return place == desks_.end() ? standard_ : place->second;
}

presence staffing::at(std::string_view desk, std::int64_t unix_seconds) const {
    return of(desk).at(in_the_netherlands(unix_seconds));
}

int staffing::urgent_hours(std::string_view desk) const { return of(desk).urgent_hours; }

}  // namespace guide
