// The closed lists of codes.md that sealing and routing judge by. Forms of exploitation have a
// valid-from date in schema/codes.json; the list here is what this version of the programs writes.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace protocol::codes {

inline constexpr std::array<std::string_view, 10> rol{"burger",   "slachtoffer", "zorg",    "onderwijs",
                                                      "gemeente", "inspectie",   "politie", "horeca",
                                                      "jeugd",    "anders"};
inline constexpr std::array<std::string_view, 9> vorm{"seksueel",         "arbeid",  "crimineel",
                                                      "dienstverlening",  "orgaan",  "huwelijk",
                                                      "draagmoederschap", "adoptie", "onbekend"};
inline constexpr std::array<std::string_view, 3> minderjarig{"ja", "nee", "onbekend"};
inline constexpr std::array<std::string_view, 3> politie{"ja", "liever-niet", "weet-niet"};
inline constexpr std::array<std::string_view, 4> wens{"hulp", "gesprek", "aangifte", "alleen-melden"};
inline constexpr std::array<std::string_view, 4> plek{"luchthaven", "haven", "grens", "anders"};
inline constexpr std::array<std::string_view, 3> toestemming{"ja", "nee", "niet-gevraagd"};

template <std::size_t N>
[[nodiscard]] constexpr bool among(const std::array<std::string_view, N>& list, std::string_view code) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

// A report knows three roles (§4): everybody but a citizen and a victim is a professional.
[[nodiscard]] constexpr std::string_view report_role(std::string_view given) {
    return given == "burger" || given == "slachtoffer" ? given : std::string_view("professional");
}

}  // namespace protocol::codes
