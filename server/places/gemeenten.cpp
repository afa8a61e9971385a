// Puts every name of the atlas into the index, and answers from both.
#include "server/places/gemeenten.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/text/signs.hpp"
#include "server/places/fold.hpp"

namespace guide {
namespace {

// The number in front of a postcode's letters; nothing where the text is none.
std::optional<std::uint16_t> postcode_number(std::string_view typed) {
    const auto plain = base::plainly(typed);
    std::string_view text = plain;
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    if (base::lower(text.substr(0, 2)) == "nl") text.remove_prefix(text.substr(2).starts_with('-') ? 3 : 2);
    while (text.starts_with(' ')) text.remove_prefix(1);
    if (text.size() < 4 || text.front() == '0') return std::nullopt;
    unsigned number = 0;
    for (const char c : text.substr(0, 4)) {
        if (!base::is_digit(c)) return std::nullopt;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    text.remove_prefix(4);
    while (text.starts_with(' ')) text.remove_prefix(1);
    const bool letters = text.size() == 2 && base::is_letter(text[0]) && base::is_letter(text[1]);
    if (!text.empty() && !letters) return std::nullopt;
    return static_cast<std::uint16_t>(number);
}

// "Rijswijk (NB)", "Elst Ut", "Bavel AC", "Alteveer gem Hoogeveen": what the register puts behind a name to
// tell it from its namesakes. Who lives there leaves it out.
bool tells_namesakes(std::string_view tail) {
    constexpr std::array<std::string_view, 14> added = {"l",   "lb", "nb", "nh", "zh", "ze", "gd",
                                                        "gld", "gn", "fr", "ut", "dr", "ov", "ac"};
    return tail.starts_with("gem ") || std::ranges::find(added, tail) != added.end();
}

class index_builder {
  public:
    name_index build(const atlas& a) {
        for (std::size_t i = 0; i < a.gemeenten.size(); ++i) {
            const gemeente& g = a.gemeenten[i];
            add(g.naam, name_index::kind::name, i, 0);
            if (g.weergave != g.naam) add(g.weergave, name_index::kind::name, i, 0);
            for (std::size_t n = 0; n < g.aliassen.size(); ++n)
                add(g.aliassen[n], name_index::kind::alias, i, n);
        }
        for (std::size_t p = 0; p < a.plaatsen.size(); ++p) {
            for (const auto owner : a.plaatsen[p].gemeenten)
                add(a.plaatsen[p].naam, name_index::kind::place, owner, p);
        }
        return name_index(std::move(entries_));
    }

  private:
    void add(std::string_view name, name_index::kind what, std::size_t owner, std::size_t source) {
        const auto folded = fold(name);
        if (!folded || folded->empty())
            return;  // the tables were checked to be UTF-8; a name of signs alone is none
        for (auto& spelling : spellings(*folded)) {
            entries_.push_back({std::move(spelling), what, static_cast<std::uint16_t>(owner),
                                static_cast<std::uint16_t>(source)});
        }
    }

    std::vector<name_index::entry> entries_;
};

}  // namespace

gemeenten::gemeenten(atlas a) : atlas_(std::move(a)), names_(index_builder().build(atlas_)) {}

std::expected<gemeenten, std::vector<fault>> gemeenten::load(const data_files& schema) {
    auto read = read_atlas(schema);
    if (!read) return std::unexpected(std::move(read.error()));
    return gemeenten(std::move(*read));
}

std::vector<gemeenten::match> gemeenten::search(std::string_view text, std::size_t limit) const {
    const auto folded = fold(text);
    if (!folded) return {};
    auto hits = names_.find(*folded, limit);
    const bool guess = hits.empty();
    if (guess) hits = names_.near(*folded, limit);
    return matches(hits, guess);
}

std::vector<gemeenten::match> gemeenten::called(std::string_view folded) const {
    return matches(names_.called(folded, tells_namesakes), false);
}

std::vector<gemeenten::match> gemeenten::matches(const std::vector<name_index::hit>& hits, bool guess) const {
    std::vector<match> out;
    for (const auto& hit : hits) {
        const gemeente& g = atlas_.gemeenten[hit.owner];
        std::string_view via;
        if (hit.what == name_index::kind::alias) via = g.aliassen[hit.source];
        if (hit.what == name_index::kind::place) via = atlas_.plaatsen[hit.source].naam;
        out.push_back({&g, via, hit.exact, guess});
    }
    return out;
}

std::vector<std::string_view> gemeenten::names() const {
    std::vector<std::string_view> shown, other, places;
    for (const gemeente& g : atlas_.gemeenten) {
        shown.push_back(g.weergave);
        other.push_back(g.naam);
        other.insert(other.end(), g.aliassen.begin(), g.aliassen.end());
    }
    for (const auto& place : atlas_.plaatsen) places.push_back(place.naam);
    std::vector<std::string_view> out;
    std::set<std::string_view> seen;
    for (auto* part : {&shown, &other, &places}) {
        std::ranges::sort(*part, {}, [](std::string_view name) { return std::pair(fold(name), name); });
        std::ranges::copy_if(*part, std::back_inserter(out),
                             [&](std::string_view name) { return seen.insert(name).second; });
    }
    return out;
}

std::expected<std::vector<gemeenten::candidate>, errc> gemeenten::by_postcode(std::string_view text) const {
    const auto number = postcode_number(text);
    if (!number) return std::unexpected(errc::bad_postcode);
    std::vector<candidate> out;
    const auto place = std::ranges::lower_bound(atlas_.postcodes, *number, {}, &atlas::postcode::number);
    if (place == atlas_.postcodes.end() || place->number != *number) return out;
    for (const auto& share : place->shares) {
        const std::string_view via = out.empty() ? std::string_view(place->plaats) : std::string_view();
        out.push_back({&atlas_.gemeenten[share.gemeente], via, share.percent});
    }
    return out;
}

const gemeente* gemeenten::find(std::string_view code) const {
    const auto place = std::ranges::lower_bound(atlas_.gemeenten, code, {}, &gemeente::code);
    if (place == atlas_.gemeenten.end() || place->code != code) return nullptr;
    return &*place;
}

}  // namespace guide
