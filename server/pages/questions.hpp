// The questions of a form: one table, from which the pages are rendered, what is posted is judged, and the
// check page reads back what was typed. A question's name is the name of its input. These are those of a
// report; those of the guide stand in guide_questions.hpp.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "server/lang/languages.hpp"

namespace pages {

enum class input { line, telephone, mail, area, one_of, some_of };
enum class page { begin, form };
enum class audience { everyone, professional };
// How the answers to choose from stand: each in a row of its own; or short ones two beside each other, where
// the screen and the size of the text allow it.
enum class row { alone, beside };

struct choice {
    std::string_view code;
    lang::phrase label;
    lang::phrase hint = {};
};

struct wording {
    lang::phrase label;
    lang::phrase hint = {};
};

struct question {
    std::string_view name;
    input how = input::line;
    wording asked;            // of who saw or suspects something
    wording asked_self = {};  // of who it happens to; empty: as asked
    std::span<const choice> choices = {};
    bool required = false;
    row stand = row::alone;
    std::size_t most_bytes = 2'000;  // of a text, UTF-8
};

// Questions that belong together, in the order of the page.
struct group {
    lang::phrase title;  // empty: its one question says it
    lang::phrase hint = {};
    page where = page::form;
    audience who = audience::everyone;
    bool folded = false;  // shut until somebody opens it, or something in it is answered
    std::span<const question> questions;
    lang::phrase without_mailbox = {};  // the hint where no code is offered; empty: the same
};

struct questionnaire {
    std::span<const pages::group> groups;
    // Null where there is no such question.
    [[nodiscard]] const question* find(std::string_view name) const;
};
[[nodiscard]] const questionnaire& report_questions();
[[nodiscard]] const choice* find_choice(const question& question, std::string_view code);

// The question that the form asks only where a place has more than one answer, or none (places.hpp). Its
// choices are found each time.
inline constexpr std::string_view which_place = "gemeente";
inline constexpr std::string_view place_chosen_for = "gemeente-bij";  // hidden: the text it was asked about

}  // namespace pages
