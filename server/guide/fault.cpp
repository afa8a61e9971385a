// A fault as the line an operator reads.
#include "server/guide/fault.hpp"

#include <fmt/format.h>

namespace guide {

std::string text(const fault& fault) {
    if (fault.line == 0) return fmt::format("{}: {}", fault.file, fault.sentence);
    return fmt::format("{}:{}: {}", fault.file, fault.line, fault.sentence);
}

}  // namespace guide
