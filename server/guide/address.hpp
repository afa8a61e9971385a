// What tells where somebody lives or hides. The texts about who helps may not have it: an address that must
// stay secret is then not published by mistake.
#pragma once

#include <initializer_list>
#include <string_view>

#include "server/guide/entry_reader.hpp"

namespace guide {

// A fault of this key for a text with a postcode, or with a street and a number: one that is called so in
// Dutch (Stationsstraat 1), not Spui 1.
void refuse_address(entry_reader& from, std::string_view key, std::initializer_list<std::string_view> texts);
void refuse_address(entry_reader& from, std::string_view key, const words& text);

}  // namespace guide
