// What an officer's terminal may be given: text in which nothing steers it.
#pragma once

#include <string_view>

#include "client/print.hpp"
#include "tests/fuzz/target.hpp"

// Lines of text, in which everything that has no shape of its own is shown as a code already.
inline void must_be_shown_safely(std::string_view text) { must(desk::escaped(text) == text); }
