#include "client/line/refusal.hpp"

namespace client {

std::string_view code_of(const refusal& refusal) {
    // Exits of `report submit`, which say more than the fault that led to them.
    constexpr int later = 3, distrusted = 4, perhaps = 5;
    switch (refusal.exit) {
        case wrong_use:
            return "wrong-use";
        case later:
            return "try-later";
        case distrusted:
            return "not-trusted";
        case perhaps:
            return "perhaps-stored";
        default:
            break;
    }
    if (!refusal.code.empty()) return refusal.code;
    return refusal.passing ? "try-later" : "failed";
}

}  // namespace client
