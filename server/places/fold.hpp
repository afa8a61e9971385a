// How names are compared: what people type (no accents, a space for a hyphen, "sint" for "St.", no "'s-")
// must find what the register writes. Values in, values out; nothing shown to anybody ever comes from here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guide {

// Lower case; Latin letters up to U+017F, and letters followed by combining marks, lose their diacritics;
// apostrophes vanish; every other sign becomes a space; runs of spaces become one, none stands at either end.
// Of other scripts capitals become small, and letters that are written in two ways (Cyrillic ё й ї, Arabic
// alef with hamza) one of them. "Súdwest-Fryslân" → "sudwest fryslan", "Hengelo (O.)" → "hengelo o". Nothing
// where the text is not UTF-8.
[[nodiscard]] std::optional<std::string> fold(std::string_view text);

// A folded name and its other spellings, itself first: "s gravenhage" also as "gravenhage" and "sgravenhage"
// (and 't likewise), "st annaparochie" also as "sint annaparochie" and the other way round.
[[nodiscard]] std::vector<std::string> spellings(const std::string& folded);

}  // namespace guide
