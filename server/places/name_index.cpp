// Builds and searches the suffix table.
#include "server/places/name_index.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "base/text/distance.hpp"

namespace guide {
namespace {

constexpr std::size_t shortest_inside = 3;  // a letter or two inside a word would find half the country
constexpr std::size_t kinds = 3;
constexpr auto none = std::numeric_limits<std::uint32_t>::max();  // the score of who was not found
enum : unsigned { whole, beginning, later_word, inside };

}  // namespace

name_index::name_index(std::vector<entry> entries) : entries_(std::move(entries)) {
    constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
    if (entries_.size() > most) throw std::length_error("name_index: more names than its numbers can count");
    std::ranges::sort(entries_, {}, [](const entry& e) {
        return std::tuple(std::string_view(e.spelling), e.what, e.owner, e.source);
    });
    for (std::size_t e = 0; e < entries_.size(); ++e) {
        owners_ = std::max(owners_, std::size_t{entries_[e].owner} + 1);
        const std::string& spelling = entries_[e].spelling;
        if (spelling.size() > most)
            throw std::length_error("name_index: a name longer than its numbers can count");
        for (std::size_t at = 0; at < spelling.size(); ++at) {
            if (spelling[at] == ' ') continue;  // no folded query begins with one
            suffixes_.push_back({static_cast<std::uint16_t>(e), static_cast<std::uint16_t>(at)});
        }
    }
    std::ranges::sort(suffixes_, {}, [this](suffix s) { return text(s); });
}

unsigned name_index::rank(suffix s, std::size_t length) const {
    const std::string& spelling = entries_[s.entry].spelling;
    if (s.offset == 0) return spelling.size() == length ? whole : beginning;
    return spelling[s.offset - 1u] == ' ' ? later_word : inside;
}

name_index::scores name_index::no_scores() const { return scores(owners_, none); }

void name_index::score(scores& best, std::size_t stage, std::size_t at) const {
    const entry& e = entries_[at];
    const auto how = static_cast<std::uint32_t>(stage * kinds + static_cast<std::size_t>(e.what));
    best[e.owner] = std::min(best[e.owner], (how << 16) | static_cast<std::uint32_t>(at));
}

std::vector<name_index::hit> name_index::best_of(scores best, std::size_t limit) const {
    std::erase(best, none);
    const std::size_t count = std::min(limit, best.size());
    std::ranges::partial_sort(best, best.begin() + static_cast<std::ptrdiff_t>(count));

    std::vector<hit> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const entry& e = entries_[best[i] & 0xFFFFu];
        out.push_back({e.owner, e.source, e.what, (best[i] >> 16) / kinds == whole});
    }
    return out;
}

std::vector<name_index::hit> name_index::find(std::string_view folded, std::size_t limit) const {
    if (folded.empty() || limit == 0) return {};
    const auto begin_of = [&](suffix s) { return text(s).substr(0, folded.size()); };
    auto best = no_scores();
    for (const suffix s : std::ranges::equal_range(suffixes_, folded, {}, begin_of)) {
        const unsigned how = rank(s, folded.size());
        if (how == inside && folded.size() < shortest_inside) continue;
        score(best, how, s.entry);
    }
    return best_of(std::move(best), limit);
}

std::vector<name_index::hit> name_index::called(std::string_view folded,
                                                bool (*is_tail)(std::string_view)) const {
    if (folded.empty()) return {};
    auto best = no_scores();
    const auto spelling_of = [](const entry& e) { return std::string_view(e.spelling); };
    const auto longer = std::string(folded) + ' ';
    auto at = std::ranges::lower_bound(entries_, folded, {}, spelling_of);
    for (; at != entries_.end() && at->spelling == folded; ++at)
        score(best, whole, static_cast<std::size_t>(at - entries_.begin()));
    at = std::ranges::lower_bound(entries_, std::string_view(longer), {}, spelling_of);
    for (; at != entries_.end() && at->spelling.starts_with(longer); ++at)
        if (is_tail(std::string_view(at->spelling).substr(longer.size())))
            score(best, beginning, static_cast<std::size_t>(at - entries_.begin()));
    auto out = best_of(std::move(best), owners_);
    for (auto& one : out) one.exact = true;
    return out;
}

std::vector<name_index::hit> name_index::near(std::string_view folded, std::size_t limit) const {
    if (limit == 0) return {};
    auto best = no_scores();
    for (std::size_t e = 0; e < entries_.size(); ++e) {
        const std::string& spelling = entries_[e].spelling;
        if (spelling.size() < shortest_with_slip) continue;
        const std::size_t slips = spelling.size() < shortest_with_two ? 1 : 2;
        const auto distance = base::distance(spelling, folded, slips);
        // At no distance it would be the whole name, which find() has.
        if (distance && *distance > 0) score(best, *distance, e);
    }
    return best_of(std::move(best), limit);
}

}  // namespace guide
