// A page that says one thing: what went wrong, and what to do now. Never a dead end: every one of them shows
// the numbers to call and the way to the start.
#pragma once

#include "server/http/message.hpp"
#include "server/pages/screen.hpp"

namespace pages {

enum class text_of {
    no_directory,  // 503: nothing can be sealed yet
    not_our_form,  // 400
    no_page,       // 404
    wrong_method,  // 405
    too_large,     // 413
    wrong_type,    // 415
    slow,          // 408
    refused,       // 400 and the like: what is no request of a browser
    our_fault,     // 500
    busy,          // 503
    sent_already,  // 200, or what the caller makes of it
};

[[nodiscard]] http::response message(const book& book, const frame& frame, text_of what);
// The same for everybody, and so not filled up to a length.
[[nodiscard]] http::response unpadded_message(const book& book, const frame& frame, text_of what);

// 413: the text at this question is too long; nothing of it is shown again.
[[nodiscard]] http::response too_long(const book& book, const frame& frame, lang::phrase question,
                                      std::size_t characters);

}  // namespace pages
