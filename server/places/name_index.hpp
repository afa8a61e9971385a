// Finds names by any part of them. Every suffix of every spelling stands sorted in one table, so that a query
// is two binary searches and a walk over its hits: microseconds, whatever is asked (performance.md: lookups).
// Only a name that is in none of them is compared with all, which takes longer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guide {

class name_index {
  public:
    // What a name is to its owner; of two equally good hits the first kind wins.
    enum class kind : std::uint8_t { name, alias, place };

    struct entry {
        std::string spelling;  // folded, not empty
        kind what;
        std::uint16_t owner;   // 0 to 9999
        std::uint16_t source;  // the caller's number for the name as written
    };
    struct hit {
        std::uint16_t owner;
        std::uint16_t source;
        kind what;
        bool exact;  // the whole spelling was asked for
    };

    // A slip of the finger is forgiven in a spelling of this many bytes, and two in one of so many more. In
    // anything shorter one letter makes another name of it.
    static constexpr std::size_t shortest_with_slip = 4, shortest_with_two = 8;

    // At most 65,535 entries of at most 65,535 bytes; more is a std::length_error.
    explicit name_index(std::vector<entry> entries);

    // At most `limit` hits, one per owner (its best): whole names before beginnings, before beginnings
    // of a later word, before what stands inside a word (asked only from three bytes on); then by kind,
    // then by spelling.
    [[nodiscard]] std::vector<hit> find(std::string_view folded, std::size_t limit) const;

    // Only names that are whole what was asked for, or that the register tells apart behind it: `folded`, a
    // space, and a tail that `is_tail` takes ("elst ut" for "elst"). One hit per owner, all of them exact;
    // those without a tail first, then by kind, then by spelling.
    [[nodiscard]] std::vector<hit> called(std::string_view folded, bool (*is_tail)(std::string_view)) const;

    // The names that a slip of the finger or two (base/text/distance.hpp) made this of: at most `limit` hits,
    // one per owner; the nearest first, then by kind, then by spelling. None of them is exact.
    [[nodiscard]] std::vector<hit> near(std::string_view folded, std::size_t limit) const;

  private:
    struct suffix {
        std::uint16_t entry;
        std::uint16_t offset;
    };
    [[nodiscard]] std::string_view text(suffix s) const {
        return std::string_view(entries_[s.entry].spelling).substr(s.offset);
    }
    [[nodiscard]] unsigned rank(suffix s, std::size_t length) const;

    // By owner the best score so far. A score says in one number how good a hit is: stage and kind above,
    // place in the alphabet below; the least is the best.
    using scores = std::vector<std::uint32_t>;
    [[nodiscard]] scores no_scores() const;
    void score(scores& best, std::size_t stage, std::size_t entry) const;
    [[nodiscard]] std::vector<hit> best_of(scores best, std::size_t limit) const;

    std::vector<entry> entries_;    // by spelling, so that an entry's index is its place in the alphabet
    std::vector<suffix> suffixes_;  // by text
    std::size_t owners_ = 0;
};

}  // namespace guide
