// The organisations that can read a report, as its writer sees them: whether it is police, when somebody is
// there, by which day it answers, from which hour on a fallback reads it. Also what travels with the check
// page, so that nobody is sent to who was not shown.
#pragma once

#include <optional>
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

// The hour that a check page named; nothing where it is none.
[[nodiscard]] std::optional<std::int64_t> read_hour(std::string_view text);

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
    bool urgent = false;
    // Of a report that is stored: the hour until which its fallback waits, if it still does.
    struct {
        bool stored = false;
        std::optional<std::int64_t> hour = {};
    } waits = {};
};

// The hour (since 1970-01-01) from which the fallback desk may read what the first one did not open (protocol
// §3); nothing where there is none, or it does not wait for one.
[[nodiscard]] std::optional<std::int64_t> hour_of(const readers& readers, const desk_facts& facts,
                                                  const desk_wording& wording);

// Fills the list `loketten`.
void put_desks(screen& screen, const readers& readers, const desk_facts& facts, desk_wording wording);

// What the button says that leaves this desk out.
[[nodiscard]] std::string_view leaving_out(screen& screen, const desk_facts& facts, std::string_view id);

// Fills `nacht` and `vanaf`: that an urgent report is read by nobody before a stated time.
void put_night(screen& screen, const readers& readers, const desk_facts& facts, const desk_wording& wording);

// Whether a desk is the police or another that investigates, as the directory says.
[[nodiscard]] bool investigates(const protocol::gids& gids, std::string_view id);

// What kind of organisation it is, in one sentence.
[[nodiscard]] lang::phrase kind_of_desk(const protocol::gids& gids, std::string_view id);

// A desk's name, or its id where no directory knows it any more.
[[nodiscard]] std::string_view name_of(const protocol::gids& gids, std::string_view id);

}  // namespace pages
