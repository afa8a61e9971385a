// Builds and searches the suffix table.
#include "server/guide/name_index.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace guide {
namespace {

constexpr std::size_t shortest_inside = 3;  // a letter or two inside a word would find half the country
constexpr unsigned kinds = 3;
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

std::vector<name_index::hit> name_index::find(std::string_view folded, std::size_t limit) const {
    if (folded.empty() || limit == 0) return {};
    const auto begin_of = [&](suffix s) { return text(s).substr(0, folded.size()); };
    const auto found = std::ranges::equal_range(suffixes_, folded, {}, begin_of);

    // One number says how good a hit is: rank and kind above, place in the alphabet below. The least
    // per owner stays.
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> best(owners_, none);
    for (const suffix s : found) {
        const unsigned how = rank(s, folded.size());
        if (how == inside && folded.size() < shortest_inside) continue;
        const entry& e = entries_[s.entry];
        const std::uint32_t score = ((how * kinds + static_cast<unsigned>(e.what)) << 16) | s.entry;
        best[e.owner] = std::min(best[e.owner], score);
    }
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

}  // namespace guide
