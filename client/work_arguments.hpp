// The verbs of the work with reports, as they stand on the command line.
#pragma once

#include <string_view>

#include "client/form.hpp"

namespace desk {

// Nothing for a verb of another kind.
[[nodiscard]] reader work_reader_of(std::string_view verb);

}  // namespace desk
