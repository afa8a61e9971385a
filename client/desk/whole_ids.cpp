#include "client/desk/whole_ids.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/desk/listing.hpp"
#include "client/print.hpp"
#include "crypto/encoding.hpp"

namespace desk {
namespace {

constexpr std::string_view shape = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
constexpr std::size_t most_named = 10;

std::string told_several(std::string_view typed, const std::vector<const listed_report*>& fitting) {
    auto out =
        fmt::format("{} reports begin with '{}'; type more of the one that you mean:", fitting.size(), typed);
    for (std::size_t i = 0; i < fitting.size() && i < most_named; ++i)
        out += fmt::format("\n  {}  {}  {}", fitting[i]->id, fitting[i]->ontvangen,
                           escaped_line(fitting[i]->status));
    if (fitting.size() > most_named) out += fmt::format("\n  and {} more", fitting.size() - most_named);
    return out;
}

}  // namespace

bool is_beginning(std::string_view text) {
    if (text.size() < shortest_beginning || text.size() > shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
        if (shape[i] == '-' ? text[i] != '-' : !hex) return false;
    }
    return text.size() < shape.size() || crypto::uuid::parse(text).has_value();
}

client::result<std::vector<std::string>> whole_ids_among(const std::vector<listed_report>& reports,
                                                         const std::vector<std::string>& typed,
                                                         std::string_view desk) {
    std::vector<std::string> out;
    std::string faults;
    bool several = false;
    const auto fault = [&](const std::string& sentence) {
        faults += (faults.empty() ? "" : "\n") + sentence;
    };
    for (const auto& one : typed) {
        std::string whole = one;
        if (one.size() < shape.size()) {
            std::vector<const listed_report*> fitting;
            for (const auto& report : reports)
                if (report.id.starts_with(one)) fitting.push_back(&report);
            if (fitting.empty())
                fault(fmt::format(
                    "No report of desk {} begins with '{}': it may belong to another desk, it was "
                    "destroyed, or the id is mistyped. See baken desk pull.",
                    desk, one));
            several = several || fitting.size() > 1;
            if (fitting.size() > 1) fault(told_several(one, fitting));
            if (fitting.size() != 1) continue;
            whole = fitting.front()->id;
        }
        if (std::ranges::find(out, whole) == out.end()) out.push_back(std::move(whole));
    }
    if (!faults.empty())
        return client::refuse(std::move(faults), client::failed, several ? "failed" : "not-there");
    return out;
}

client::result<std::vector<std::string>> whole_ids(client::session& session,
                                                   const std::vector<std::string>& typed) {
    if (std::ranges::all_of(typed, [](const auto& one) { return one.size() == shape.size(); }))
        return whole_ids_among({}, typed, session.desk());
    auto rows = every_row(session, "");
    if (!rows) return std::unexpected(rows.error());
    std::vector<listed_report> reports;
    for (auto& row : *rows)
        reports.push_back({std::move(row.id), std::move(row.ontvangen), std::move(row.status)});
    return whole_ids_among(reports, typed, session.desk());
}

client::result<std::string> whole_id(client::session& session, const std::string& typed) {
    auto all = whole_ids(session, {typed});
    if (!all) return std::unexpected(all.error());
    return std::move(all->front());
}

}  // namespace desk
