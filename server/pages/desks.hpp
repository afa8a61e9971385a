// The organisations that can read a report, as its writer sees them: whether it is police, when somebody is
// there, by which day it answers. Also what travels with the check page, so that nobody is sent to who was
// not shown.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/routing.hpp"
#include "server/guide/staffing.hpp"
#include "server/pages/screen.hpp"

namespace pages {

using readers = std::vector<protocol::routed_desk>;

// "rotterdam:eerste landelijk:achtervang", and back; nothing where it is not ours.
[[nodiscard]] std::string written(const readers& readers);
[[nodiscard]] std::optional<readers> read_readers(std::string_view text);

struct desk_facts {
    const protocol::gids& gids;
    const guide::staffing& staffing;
    std::int64_t now = 0;        // Unix seconds
    std::string_view standaard;  // the desk that cannot be left out
    // Desks without a standing in force: nobody knows who is there, and no answer is announced.
    std::set<std::string, std::less<>> lapsed;
};

struct desk_wording {
    bool choosing = false;  // with what is needed to leave one out
    bool answers = true;    // the reporter can be reached, by the way back or otherwise
};

// Fills the list `loketten`.
void put_desks(screen& screen, const readers& readers, const desk_facts& facts, desk_wording wording);

// Fills `nacht` and `vanaf`: that an urgent report is read by nobody, first desk or `mede`, before a stated
// time.
void put_night(screen& screen, const readers& readers, const desk_facts& facts, bool urgent);

// Whether a desk is the police or another that investigates, as the directory says.
[[nodiscard]] bool investigates(const protocol::gids& gids, std::string_view id);

// A desk's name, or its id where no directory knows it any more.
[[nodiscard]] std::string_view name_of(const protocol::gids& gids, std::string_view id);

}  // namespace pages
