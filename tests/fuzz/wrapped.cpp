// Any text at any width: every piece stands behind our prefix, fits the terminal, steers nothing, and none of
// its letters is lost.
#include "client/here/wrapped.hpp"

#include <algorithm>

#include "tests/fuzz/shown.hpp"

namespace {

std::string letters_of(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::size_t columns = data[0];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    constexpr std::string_view prefix = "    # ";
    const auto out = client::wrapped(text, prefix, prefix, columns);
    must_be_shown_safely(out);
    must(out.ends_with('\n'));
    std::string letters;
    for (std::string_view rest = out; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        must(line.starts_with(prefix) && client::columns_of(line) <= std::max<std::size_t>(columns, 10));
        letters += letters_of(line.substr(prefix.size()));
        rest.remove_prefix(line.size() + 1);
    }
    must(letters == letters_of(desk::escaped(text)));
    return 0;
}
