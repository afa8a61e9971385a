// What a page may load and run (Content-Security-Policy), by what it is.
#pragma once

#include <string_view>

#include "server/pages/book.hpp"

namespace pages {

// Nothing but our own style sheet and icon, and forms that post to ourselves.
inline constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
// That, and what is ours: who measures a page that may be found fetches robots.txt as that page would
// (Lighthouse). No script runs there that could fetch anything.
inline constexpr std::string_view found_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; connect-src 'self'";
// The first, our own script, and the list that it fetches.
inline constexpr std::string_view suggesting_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; script-src 'self'; connect-src 'self'";

// Whether the place is asked with suggestions. Not in the form of a report: no script runs where somebody
// writes one (docs/decisions/0009).
constexpr bool suggests(sheet sheet) { return sheet == sheet::where || sheet == sheet::help; }

constexpr std::string_view policy_of(sheet sheet) {
    if (suggests(sheet)) return suggesting_policy;
    return sheet == sheet::start || sheet == sheet::signals ? found_policy : page_policy;
}

}  // namespace pages
