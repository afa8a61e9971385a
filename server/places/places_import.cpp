#include "server/places/places_import.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace guide {
namespace {

constexpr unsigned least_share = 2;  // percent; what is below it is a house over the border

using counted_share = counted_addresses::share;

std::optional<std::uint16_t> index_of(const atlas& in, std::uint16_t number) {
    const auto code = municipality_code(number);
    const auto at = std::ranges::lower_bound(in.gemeenten, code, {}, &gemeente::code);
    if (at == in.gemeenten.end() || at->code != code) return std::nullopt;
    return static_cast<std::uint16_t>(at - in.gemeenten.begin());
}

std::vector<unknown_municipality> unknown_in(const atlas& old, const counted_addresses& count) {
    std::map<std::uint16_t, unknown_municipality> out;
    for (const auto& [number, line] : count.first_line)
        if (!index_of(old, number)) out.emplace(number, unknown_municipality{number, line, 0, 0, 0});
    if (out.empty()) return {};
    for (const auto& [postcode, shares] : count.postcodes) {
        for (const auto& share : shares) {
            const auto at = out.find(share.gemeente);
            if (at == out.end()) continue;
            auto& one = at->second;
            if (one.postcodes++ == 0) one.first_postcode = postcode;
            one.addresses += share.addresses;
        }
    }
    std::vector<unknown_municipality> list;
    for (const auto& [number, one] : out) list.push_back(one);
    return list;
}

// before: the same postcode in the old table, or null.
std::vector<atlas::share> shares_of(const atlas& old, const atlas::postcode* before,
                                    const std::vector<counted_share>& counted) {
    struct owner {
        std::uint16_t gemeente;
        std::size_t addresses;
        bool was_main;
    };
    std::vector<owner> owners;
    std::size_t all = 0;
    for (const auto& share : counted) {
        const auto index = index_of(old, share.gemeente).value();
        owners.push_back({index, share.addresses, before && before->shares.front().gemeente == index});
        all += share.addresses;
    }
    // By index is by code: the municipalities stand so.
    std::ranges::sort(owners, {}, [](const owner& o) {
        return std::tuple(-static_cast<std::ptrdiff_t>(o.addresses), !o.was_main, o.gemeente);
    });
    std::vector<atlas::share> out;
    for (const auto& one : owners) {
        if (!out.empty() && one.addresses * 100 < all * least_share) continue;
        const auto percent = (one.addresses * 100 + all / 2) / all;
        out.push_back({one.gemeente, static_cast<std::uint8_t>(percent)});
    }
    return out;
}

// Every place of a postcode lies in its main municipality; the one with most of its postcodes goes first.
std::vector<atlas::plaats> places_of(const std::vector<atlas::postcode>& postcodes) {
    std::map<std::string, std::map<std::uint16_t, std::ptrdiff_t>> counted;
    for (const auto& one : postcodes)
        if (!one.plaats.empty()) ++counted[one.plaats][one.shares.front().gemeente];
    std::vector<atlas::plaats> out;
    for (const auto& [name, owners] : counted) {
        std::vector<std::pair<std::ptrdiff_t, std::uint16_t>> order;
        for (const auto& [owner, number] : owners) order.emplace_back(-number, owner);
        std::ranges::sort(order);
        atlas::plaats place{name, {}};
        for (const auto& [number, owner] : order) place.gemeenten.push_back(owner);
        out.push_back(std::move(place));
    }
    return out;
}

std::string_view or_dash(std::string_view text) { return text.empty() ? "-" : text; }

}  // namespace

std::expected<atlas, std::vector<unknown_municipality>> imported(const atlas& old,
                                                                 const counted_addresses& count) {
    if (auto unknown = unknown_in(old, count); !unknown.empty()) return std::unexpected(std::move(unknown));
    atlas out{old.regios, old.gemeenten, {}, {}};
    for (const auto& [number, counted] : count.postcodes) {
        const auto at = std::ranges::lower_bound(old.postcodes, number, {}, &atlas::postcode::number);
        const bool known = at != old.postcodes.end() && at->number == number;
        out.postcodes.push_back(
            {number, known ? at->plaats : std::string(), shares_of(old, known ? &*at : nullptr, counted)});
    }
    out.plaatsen = places_of(out.postcodes);
    return out;
}

std::string postcodes_table(const atlas& from, std::string_view source) {
    std::string out = fmt::format(
        "# Postcodes (four digits): place, main municipality, share of their addresses in it (whole "
        "percent), and\n"
        "# every other municipality with its share. Each share is rounded and those under 2 are left out, so "
        "a sum\n"
        "# need not be 100.\n"
        "# Facts: Statistics Netherlands (CBS), CC BY 4.0. Addresses and municipalities of {}, counted by\n"
        "# `baken admin places-import`; places as in the table before it.\n"
        "pc4\tplaats\tgemeente\taandeel\toverige\n",
        source);
    for (const auto& one : from.postcodes) {
        std::string others;
        for (std::size_t i = 1; i < one.shares.size(); ++i)
            fmt::format_to(std::back_inserter(others), "{}{}:{}", i == 1 ? "" : "|",
                           from.gemeenten[one.shares[i].gemeente].code, one.shares[i].percent);
        fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\n", one.number, or_dash(one.plaats),
                       from.gemeenten[one.shares.front().gemeente].code, one.shares.front().percent,
                       or_dash(others));
    }
    return out;
}

std::string places_table(const atlas& from, std::string_view source) {
    std::string out = fmt::format(
        "# Places and the municipality they lie in; several (split by |, the one with most postcodes first) "
        "where\n"
        "# places share a name or one place lies in two. Follows from postcodes.tsv.\n"
        "# Facts: Statistics Netherlands (CBS), CC BY 4.0. Addresses and municipalities of {}.\n"
        "plaats\tgemeenten\n",
        source);
    for (const auto& place : from.plaatsen) {
        out += place.naam;
        for (std::size_t i = 0; i < place.gemeenten.size(); ++i)
            fmt::format_to(std::back_inserter(out), "{}{}", i == 0 ? "\t" : "|",
                           from.gemeenten[place.gemeenten[i]].code);
        out += '\n';
    }
    return out;
}

}  // namespace guide
