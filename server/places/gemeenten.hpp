// The municipalities of the country: loaded once, then answered from memory. Immutable, so every thread
// may ask.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/domain_files/data_files.hpp"
#include "server/domain_files/fault.hpp"
#include "server/places/atlas.hpp"
#include "server/places/errc.hpp"
#include "server/places/gemeente.hpp"
#include "server/places/name_index.hpp"

namespace guide {

class gemeenten {
  public:
    // Pointers and views in answers hold as long as the object they came from, also when it is moved.
    struct match {
        const guide::gemeente* gemeente;
        std::string_view
            via;     // the place or alias that was found; empty where its own name (official or shown) was
        bool exact;  // the whole name was asked for, not a part of it
        bool guess;  // what was asked for is no part of any name: this is the one it was probably meant to be
    };
    struct candidate {
        const guide::gemeente* gemeente;
        std::string_view via;  // with the main municipality the postcode's place, where known; else empty
        unsigned percent;      // of the postcode's area, 0 to 100, rounded. The main one may have the lesser
                               // share: it is where the addresses are
    };

    // Reads `schema`/places/; a failed load names every fault (see read_atlas).
    [[nodiscard]] static std::expected<gemeenten, std::vector<fault>> load(const data_files& schema);

    gemeenten(gemeenten&&) noexcept = default;
    gemeenten& operator=(gemeenten&&) noexcept = default;
    gemeenten(const gemeenten&) = delete;
    gemeenten& operator=(const gemeenten&) = delete;
    ~gemeenten() = default;

    // Each municipality at most once, best first (see name_index), compared as fold() says. Text that is not
    // UTF-8, or holds nothing that could stand in a name, finds nothing. Where nothing else is found, whole
    // names a typing error or two away (name_index::near) are given as guesses: all of an answer, or none of
    // it. A guess may be shown, never acted on.
    [[nodiscard]] std::vector<match> search(std::string_view text, std::size_t limit = 20) const;

    // Those called exactly `folded` (as fold() gives it), and those that the register tells from a namesake
    // by their province or municipality: "elst" finds "Elst" and "Elst Ut". Never a part of a name, never a
    // guess; cheap enough to be asked of every word of a text.
    [[nodiscard]] std::vector<match> called(std::string_view folded) const;

    // "1223", "1223 AB", "1223ab", with spaces around: every municipality the postcode touches, the main one
    // first. A postcode nobody knows has none; what is no postcode is errc::bad_postcode.
    [[nodiscard]] std::expected<std::vector<candidate>, errc> by_postcode(std::string_view text) const;

    // By CBS code, "GM0363"; null where there is none.
    [[nodiscard]] const gemeente* find(std::string_view code) const;

    // The safety regions, in the order of their file.
    [[nodiscard]] std::span<const atlas::regio> regios() const { return atlas_.regios; }

    // Every name that search() knows, as it is written, each once: the shown names of the municipalities,
    // then their other ones, then the places; each of these by spelling.
    [[nodiscard]] std::vector<std::string_view> names() const;

    // By code, ascending.
    [[nodiscard]] std::span<const gemeente> all() const { return atlas_.gemeenten; }

  private:
    explicit gemeenten(atlas a);
    [[nodiscard]] std::vector<match> matches(const std::vector<name_index::hit>& hits, bool guess) const;

    atlas atlas_;
    name_index names_;
};

}  // namespace guide
