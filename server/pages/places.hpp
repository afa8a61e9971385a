// From what somebody typed as a place to one municipality, or to the question which one is meant. Never a
// dead end: a place that is not found can stay as it was typed, and the report goes to the desk that takes
// what has no region.
#pragma once

#include <string_view>
#include <vector>

#include "crypto/protocol/routing.hpp"
#include "server/guide/gemeenten.hpp"
#include "server/pages/answers.hpp"

namespace pages {

inline constexpr std::string_view no_such_place = "onbekend";  // the choice "none of these"

struct offer {
    const guide::gemeente* gemeente;
    std::string_view via;  // the place in it that is called so; empty where the municipality itself is
};

struct place {
    const guide::gemeente* found = nullptr;
    // The text has more than one answer, or none: these are offered, with "none of these" (alone where there
    // are none).
    bool open = false;
    std::vector<offer> offered;
    bool ask = false;        // and it was not answered yet
    bool namesakes = false;  // all that is offered is called what was typed
};

// text: postcode, place or municipality as typed, also "1012 AB Amsterdam" and "Dorpsstraat 5, Ede"; answer:
// what was chosen where it had been asked (a code, no_such_place, or empty). A postcode whose municipalities
// share a desk is not asked about: its main one is taken. Where the parts of the text name different places
// ("Amsterdam, Rotterdam", "1012 AB Rotterdam") it is asked which.
[[nodiscard]] place find_place(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                               std::string_view text, std::string_view answer);

// The place that the answers name, with what was chosen where it had been asked about the same text.
[[nodiscard]] place place_in(const answers& given, const guide::gemeenten& gemeenten,
                             const protocol::routing_table& table);

// "municipality: {name}", beside a place that lies in it.
inline constexpr lang::phrase in_municipality{"check", "municipality: {name}"};

// Why the form asks which place is meant.
[[nodiscard]] lang::phrase why_asked(const place& place);

}  // namespace pages
