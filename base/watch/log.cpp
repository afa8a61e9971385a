#include "base/watch/log.hpp"

#include <errno.h>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

namespace watch {
namespace {

// Two programs open a store: each line says which.
std::string_view program() { return program_invocation_short_name; }

void line(std::string_view start, word text, std::initializer_list<named> values) {
    std::string out(program());
    out += start;
    out += text.view();
    for (const auto& [name, what] : values) {
        if (what.is_text())
            out += fmt::format(" {}={}", name.view(), what.text());
        else
            out += fmt::format(" {}={}", name.view(), what.number());
    }
    out += '\n';
    // One write, so that lines of several threads do not mix; a log that cannot be written must stop nobody.
    [[maybe_unused]] auto written = ::write(STDERR_FILENO, out.data(), out.size());
}

}  // namespace

void note(word text, std::initializer_list<named> values) { line(": ", text, values); }
void fault(word text, std::initializer_list<named> values) { line(": fault: ", text, values); }

}  // namespace watch
