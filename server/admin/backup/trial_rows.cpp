#include "server/admin/backup/trial_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "server/store/sql/damage.hpp"

namespace admin {
namespace {

constexpr std::int64_t most_told = 200;  // the others are counted

}  // namespace

void trial_rows::fault(std::string sentence) {
    if (out_.faults++ < most_told) out_.found.push_back(std::move(sentence));
}

const store::sql::value* trial_rows::at(row from, std::string_view column) const {
    const auto found = std::ranges::find(columns_, column, &store::sql::column::name);
    const auto place = static_cast<std::size_t>(found - columns_.begin());
    return place < from.size() ? &from[place] : nullptr;
}

std::string trial_rows::text(row from, std::string_view column) const {
    const auto* found = std::get_if<std::string_view>(at(from, column));
    return found ? std::string(*found) : std::string();
}

std::int64_t trial_rows::integer(row from, std::string_view column) const {
    const auto* found = std::get_if<std::int64_t>(at(from, column));
    return found ? *found : 0;
}

crypto::uuid trial_rows::id(row from, std::string_view column) const {
    const auto* found = std::get_if<crypto::byte_view>(at(from, column));
    const auto bytes = found ? crypto::to_block<16>(*found) : std::nullopt;
    return bytes ? crypto::uuid{*bytes} : crypto::uuid{};
}

void trial_rows::take(const store::sql::table& table, row from) {
    if (table_ != &table) {
        table_ = &table;
        columns_ = table.carried_columns();
    }
    ++out_.rows[std::string(table.name)];
    if (const auto damaged = store::sql::damage_in(table, from)) fault("damaged: " + *damaged);
    if (table.name == "gids") out_.directory = std::max(out_.directory, integer(from, "versie"));
    if (table.name == "sleutels") keys_.emplace(text(from, "loket"), text(from, "hash"));
    if (table.name == "meldingen") take_report(from);
    if (table.name == "ontvangers") take_recipient(from);
    if (table.name == "berichten") must_have_report(from, "a message");
    if (table.name == "waarschuwingen") must_have_report(from, "a warning");
    if (table.name == "logboek") take_line(from);
    if (table.name == "wraps") take_wrap(from);
}

void trial_rows::take_report(row from) {
    const auto report = id(from, "id");
    if (!crypto::uuid::parse(report.text()))
        fault(fmt::format("report {}: this is not a report's id", report.text()));
    if (!reports_.try_emplace(report, 0).second)
        fault(fmt::format("report {}: it is there twice", report.text()));
}

void trial_rows::take_recipient(row from) {
    const auto desk = text(from, "loket");
    const auto found = reports_.find(id(from, "melding"));
    if (found == reports_.end())
        return fault(
            fmt::format("desk {}: a report of its list is missing, only the key to it is there", desk));
    ++weeks_[{desk, text(from, "epoch")}];
    if (text(from, "rol") != "eerste") return;
    ++found->second;
    ++out_.desks[desk];
}

void trial_rows::must_have_report(row from, std::string_view what) {
    const auto report = id(from, "melding");
    if (!reports_.contains(report))
        fault(fmt::format("report {}: it is missing, {} of it is there", report.text(), what));
}

void trial_rows::take_line(row from) {
    const auto desk = text(from, "loket");
    auto& last = trails_[desk];
    const auto number = integer(from, "regel");
    const auto bytes = text(from, "bytes");
    if (!protocol::read_line(bytes, last))
        fault(fmt::format("desk {}, line {} of its trail: it does not follow the line before", desk, number));
    last = {number, text(from, "hash")};
}

void trial_rows::take_wrap(row from) {
    const auto desk = text(from, "loket");
    wrapped_.emplace(desk, text(from, "epoch"));
    if (!keys_.contains({desk, text(from, "sleutel")}))
        fault(fmt::format("desk {}: a secret of {} is sealed to a member whose epoch key is missing", desk,
                          text(from, "epoch")));
}

void trial_rows::finish(bool wraps) {
    for (const auto& [report, first] : reports_)
        if (first != 1)
            fault(fmt::format("report {}: it has {} first desks", report.text(),
                              first == 0 ? "no" : "several"));
    if (!wraps) return;
    for (const auto& [week, count] : weeks_)
        if (!wrapped_.contains(week))
            fault(fmt::format(
                "desk {}: no wrapped secret of {} is there, so it cannot open {} {} sealed to that",
                week.first, week.second, count, count == 1 ? "report" : "reports"));
}

}  // namespace admin
