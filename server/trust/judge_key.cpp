#include "server/trust/judge_key.hpp"

#include "crypto/hash.hpp"

namespace trust {

void judge_key(const protocol::recipient& to, std::string_view desk, const std::string& at,
               const snapshot& now, protocol::day today, protocol::faults& found) {
    if (!to.epoch) return;  // said already by whoever read the body
    auto key = now.directory.accepted_key(desk, *to.epoch, today, now.table.standaard());
    if (!key) {
        bool in_window = to.epoch->monday - 1 <= today && today <= to.epoch->monday + 7;
        if (in_window)
            found.push_back({at + "/sleutel", "sleutel",
                             "This desk has no such key in force; fetch the directory again."});
        else
            found.push_back({at + "/epoch", "tijdvak",
                             "This epoch is not open today; seal the key again for this week."});
        return;
    }
    if (crypto::key_mark((*key)->public_key) != to.sleutel)
        found.push_back({at + "/sleutel", "sleutel",
                         "This is not the desk's key for this epoch; fetch the directory again."});
}

}  // namespace trust
