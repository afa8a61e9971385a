// Any bytes as a query: reading never fails to end, values keep to their bounds, and faults name known
// codes only.
#include "server/api/parameters.hpp"

#include <algorithm>
#include <cstdlib>

#include "tests/fuzz/target.hpp"

namespace {

constexpr std::string_view codes[] = {"formaat", "dubbel", "lengte", "waarde", "onbekend-lid"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    api::parameters query(text);
    const auto cursor = query.text("na", 20);
    const auto number = query.number("aantal", 50, 1, 200);
    const bool yes = query.boolean("metBody", false);
    const auto found = query.finish();
    must(number >= 1 && number <= 200);
    for (const auto& one : found) {
        must(std::find(std::begin(codes), std::end(codes), one.code) != std::end(codes));
        must(one.detail.ends_with('.'));
        must(one.location.empty() || one.location == "na" || one.location == "aantal" ||
             one.location == "metBody");
    }
    if (found.empty()) {
        must(!cursor || cursor->size() <= 20);
        must(!yes || text.find("metBody") != std::string_view::npos ||
             text.find('%') != std::string_view::npos);
    }
    return 0;
}
