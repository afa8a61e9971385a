// The questions of the guide: at most five for who asks where to report, two for who looks for help. Their
// answers are codes and a place, never anybody's words.
#pragma once

#include "server/pages/questions.hpp"

namespace pages {

[[nodiscard]] const questionnaire& where_questions();
[[nodiscard]] const questionnaire& help_questions();

}  // namespace pages
