// From what somebody typed as a place to one municipality, or to the question which one is meant. Never a
// dead end: a place that is not found can stay as it was typed, and the report goes to the desk that takes
// what has no region. Never a guess: whatever was not understood is asked about.
#pragma once

#include <string_view>
#include <vector>

#include "crypto/protocol/routing.hpp"
#include "server/pages/answers.hpp"
#include "server/pages/place_words.hpp"
#include "server/places/gemeenten.hpp"

namespace pages {

// Choices beside the municipalities offered, at_airport and in_port.
inline constexpr std::string_view no_such_place = "onbekend";  // none of these, or not known
inline constexpr std::string_view outside_the_country = "buitenland";
inline constexpr std::string_view whole_province = "provincie";

struct offer {
    const guide::gemeente* gemeente;
    std::string_view via;  // the place in it that is called so; empty where the municipality itself is
};

struct place {
    const guide::gemeente* found = nullptr;
    // The text has more than one answer, or none: these are offered, with no_such_place (alone where there
    // are none), and with what stands below.
    bool open = false;
    std::vector<offer> offered;
    bool ask = false;        // and it was not answered yet
    bool namesakes = false;  // all that is offered is called what was typed
    bool abroad = false;     // a name from abroad stands in it
    bool outside = false;    // outside_the_country is offered
    const guide::province* province =
        nullptr;              // whole_province is offered: its desks are not those of `offered`
    std::string_view spot;    // at_airport or in_port, where that is offered
    std::string_view chosen;  // the answer, where it is none of `offered`; empty where there is none
};

// text: postcode, place or municipality as typed, also "1012 AB Amsterdam" and "Dorpsstraat 5, Ede"; answer:
// what was chosen where it had been asked (a code, one of the choices above, or empty); spots: whether an
// airport or a port in the text leads to the question if it happens there. A postcode whose municipalities
// share a desk is not asked about: its main one is taken. Where the parts of the text name different places
// ("Amsterdam, Rotterdam", "1012 AB Rotterdam"), one abroad, or a word is neither a place nor part of an
// address
// ("2321 Hoogstraten"), it is asked which is meant.
[[nodiscard]] place find_place(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                               std::string_view text, std::string_view answer, bool spots = true);

// The place that the answers name, with what was chosen where it had been asked about the same text.
[[nodiscard]] place place_in(const answers& given, const guide::gemeenten& gemeenten,
                             const protocol::routing_table& table, bool spots = true);

// Where it happens as the report has it: what was answered, or what the place says of it.
[[nodiscard]] std::string_view spot_in(const answers& given, const place& place);

// "municipality: {name}", beside a place that lies in it.
inline constexpr lang::phrase in_municipality{"check", "municipality: {name}"};

inline constexpr lang::phrase place_not_known{
    "fault",
    "We do not know this place. Correct it, or choose that you do not know: the next page then "
    "shows which desk gets the report."};
// What is chosen beside them, and what the check page says of it.
inline constexpr lang::phrase at_an_airport{"choice, where", "At an airport"};
inline constexpr lang::phrase in_a_port{"choice, where", "In a port"};
inline constexpr lang::phrase in_province{"choice, place", "The province of {name}, I do not know where"};
inline constexpr lang::phrase outside{"choice, place", "Outside the Netherlands"};

// Why the form asks which place is meant.
[[nodiscard]] lang::phrase why_asked(const place& place, lang::phrase if_unknown = place_not_known);

}  // namespace pages
