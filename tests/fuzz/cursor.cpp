// Any text as a cursor: either nothing, or a place that is written as exactly this text.
#include "server/inbox/cursor.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto place = inbox::read_cursor(text);
    if (place && (*place < 0 || inbox::write_cursor(*place) != text)) std::abort();
    return 0;
}
