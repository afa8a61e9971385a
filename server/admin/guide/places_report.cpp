#include "server/admin/guide/places_report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace admin {
namespace {

constexpr std::size_t in_a_line = 16;

std::string named(const guide::atlas& in, std::uint16_t gemeente) {
    return in.gemeenten[gemeente].code + " " + in.gemeenten[gemeente].weergave;
}

void write_numbers(std::string_view what, const std::vector<std::uint16_t>& numbers, std::ostream& out) {
    out << fmt::format("{}: {}\n", what, numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        out << (i % in_a_line == 0 ? "  " : " ") << numbers[i]
            << (i % in_a_line == in_a_line - 1 || i + 1 == numbers.size() ? "\n" : "");
}

std::size_t without_place(const guide::atlas& now) {
    return static_cast<std::size_t>(
        std::ranges::count_if(now.postcodes, [](const auto& one) { return one.plaats.empty(); }));
}

}  // namespace

void write(const guide::places_changes& changes, const guide::atlas& now, std::ostream& out) {
    write_numbers("postcodes new", changes.fresh, out);
    write_numbers("postcodes gone", changes.gone, out);
    out << fmt::format("postcodes moved to another municipality: {}\n", changes.moves.size());
    for (const auto& one : changes.moves)
        out << fmt::format("  {}: {} → {}\n", one.postcode, named(now, one.from), named(now, one.to));
    out << fmt::format("shares changed by more than {} points: {}\n", guide::places_changes::worth_telling,
                       changes.shifts.size());
    for (const auto& one : changes.shifts)
        out << fmt::format("  {}: {} {} → {}\n", one.postcode, named(now, one.gemeente), one.from, one.to);
    out << fmt::format("municipalities without any postcode: {}\n", changes.deserted.size());
    for (const auto one : changes.deserted) out << "  " << named(now, one) << "\n";
    out << fmt::format("places that no postcode has any more: {}\n", changes.lost_places.size());
    for (const auto& one : changes.lost_places) out << "  " << one << "\n";
    out << fmt::format("postcodes without a place: {}\n", without_place(now));
    out << fmt::format("desks affected: {} (postcodes that came and left)\n", changes.desks.size());
    for (const auto& [id, desk] : changes.desks)
        out << fmt::format("  {}: {} came, {} left\n", id, desk.came, desk.left);
    out << fmt::format("postcodes over a border of desks, about which the form asks: {} → {}\n",
                       changes.asked_before, changes.asked_now);
}

std::optional<unsigned> year_of(std::string_view file_name) {
    constexpr std::string_view begin = "pc6hnr";
    const auto at = file_name.find(begin);
    if (at == file_name.npos || file_name.size() < at + begin.size() + 4) return std::nullopt;
    unsigned out = 0;
    for (const char c : file_name.substr(at + begin.size(), 4)) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + static_cast<unsigned>(c - '0');
    }
    return out;
}

}  // namespace admin
