// Finds names by any part of them. Every suffix of every spelling stands sorted in one table, so that a query
// is two binary searches and a walk over its hits: microseconds, whatever is asked (performance.md: lookups).
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

    // At most 65,535 entries of at most 65,535 bytes; more is a std::length_error.
    explicit name_index(std::vector<entry> entries);

    // At most `limit` hits, one per owner (its best): whole names before beginnings, before beginnings
    // of a later word, before what stands inside a word (asked only from three bytes on); then by kind,
    // then by spelling.
    [[nodiscard]] std::vector<hit> find(std::string_view folded, std::size_t limit) const;

  private:
    struct suffix {
        std::uint16_t entry;
        std::uint16_t offset;
    };
    [[nodiscard]] std::string_view text(suffix s) const {
        return std::string_view(entries_[s.entry].spelling).substr(s.offset);
    }
    [[nodiscard]] unsigned rank(suffix s, std::size_t length) const;

    std::vector<entry> entries_;    // by spelling, so that an entry's index is its place in the alphabet
    std::vector<suffix> suffixes_;  // by text
    std::size_t owners_ = 0;
};

}  // namespace guide
