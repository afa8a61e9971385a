#include "server/pages/numbers.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "server/pages/screen.hpp"

namespace pages {
namespace {

struct place_of_number {
    std::string_view id;  // of the organisation
    std::string_view there, number, call;
};
constexpr std::array<place_of_number, 4> numbers{{
    {"veilig-thuis", {}, "nummer-veilig-thuis", "bel-veilig-thuis"},
    {"csg", "met-csg", "nummer-csg", "bel-csg"},
    {"kindertelefoon", "met-kindertelefoon", "nummer-kindertelefoon", "bel-kindertelefoon"},
    {"politie", "met-politie", "nummer-politie", "bel-politie"},
}};

}  // namespace

std::string dialled(std::string_view number) {
    std::string out;
    std::ranges::copy_if(number, std::back_inserter(out),
                         [](char c) { return c == '+' || (c >= '0' && c <= '9'); });
    return out;
}

void put_numbers(screen& screen, const guide::handbook& handbook, protocol::day today) {
    const auto has = [&](std::string_view slot) {
        return std::ranges::find(screen.view.shape(), slot, &html::slot::name) != screen.view.shape().end();
    };
    for (const auto& place : numbers) {
        if (!has(place.number)) continue;
        const auto* who = guide::find(handbook.organisaties, place.id);
        const bool there = who && !who->telefoon.empty() && may_be_shown(who->bron, who->altijd, today);
        if (has(place.there)) screen.view.flag(place.there, there);
        screen.view.text(place.number, there ? std::string_view(who->telefoon) : "");
        screen.view.text(place.call, there ? screen.keep(dialled(who->telefoon)) : "");
    }
}

}  // namespace pages
