#include "server/pages/desks.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace pages {
namespace {

using lang::phrase;

constexpr phrase there_until{"desk", "Somebody is there now, until {moment}."};
constexpr phrase there_always{"desk", "Somebody is there day and night."};
constexpr phrase there_from{"desk", "Nobody is there now. Somebody is there again from {moment}."};
constexpr phrase nobody_knows{"desk", "We do not know when somebody is there."};
constexpr phrase answers_by{"desk", "You get an answer on {day} at the latest."};
constexpr phrase is_police{"desk", "This is the police."};
constexpr phrase is_border_police{"desk", "This is the border police."};
constexpr phrase investigates{"desk", "This is not the police, but it does investigate."};
constexpr phrase is_no_police{"desk", "This is not the police, and it does not investigate."};
constexpr phrase urgent_from{"desk", "Your report is urgent, but nobody reads it before {moment}."};

constexpr std::array<std::string_view, 3> roles = {"eerste", "mede", "achtervang"};
constexpr std::size_t most_readers = 4;

std::string moment(const lang::language& language, const guide::local_time& at) {
    return language.time({at.day, at.hour, at.minute});
}

phrase kind_text(const protocol::desk_entry* desk) {
    if (!desk || !desk->opsporing) return is_no_police;
    return desk->soort == "politie" ? is_police : desk->soort == "grens" ? is_border_police : investigates;
}

auto order(const guide::local_time& at) {
    return std::tuple(std::chrono::sys_days(at.day), at.hour, at.minute);
}

// Where somebody is there until midnight, that is 24:00 of the day.
std::string until(const lang::language& language, guide::local_time at) {
    if (at.hour == 0 && at.minute == 0) at = {std::chrono::sys_days(at.day) - std::chrono::days(1), 24, 0};
    return moment(language, at);
}

std::string_view presence_text(screen& screen, const guide::presence& presence) {
    const auto& language = screen.language();
    if (!presence.staffed) return screen.say(there_from, "moment", moment(language, *presence.from));
    if (!presence.until) return screen.say(there_always);
    return screen.say(there_until, "moment", until(language, *presence.until));
}

}  // namespace

std::string written(const readers& readers) {
    std::string out;
    for (const auto& [desk, rol] : readers) {
        if (!out.empty()) out += ' ';
        out.append(desk).append(":").append(rol);
    }
    return out;
}

std::optional<readers> read_readers(std::string_view text) {
    readers out;
    while (!text.empty()) {
        auto one = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(one.size() + 1, text.size()));
        auto colon = one.find(':');
        if (colon == one.npos || out.size() == most_readers) return std::nullopt;
        auto desk = one.substr(0, colon), rol = one.substr(colon + 1);
        if (!protocol::is_desk_id(desk) || std::ranges::find(roles, rol) == roles.end()) return std::nullopt;
        out.push_back({std::string(desk), std::string(rol)});
    }
    if (out.empty() || out.front().rol != "eerste") return std::nullopt;
    return out;
}

bool investigates(const protocol::gids& gids, std::string_view id) {
    const auto* desk = gids.desk(id);
    return desk && desk->opsporing;
}

std::string_view name_of(const protocol::gids& gids, std::string_view id) {
    const auto* desk = gids.desk(id);
    return desk ? std::string_view(desk->naam) : id;
}

void put_desks(screen& screen, const readers& readers, const desk_facts& facts, desk_wording wording) {
    screen.view.list("loketten");
    for (const auto& [id, rol] : readers) {
        const auto* desk = facts.gids.desk(id);
        const auto presence = facts.staffing.at(id, facts.now);
        auto& item = screen.view.item("loketten");
        item.text("naam", name_of(facts.gids, id)).text("aard", screen.say(kind_text(desk)));
        for (auto one : roles) item.flag(one, rol == one);
        const bool lapsed = facts.lapsed.contains(id);
        item.text("aanwezig", lapsed ? screen.say(nobody_knows) : presence_text(screen, presence));
        item.text("antwoord", screen.say(answers_by, "day", screen.language().day(presence.answer)));
        item.flag("antwoordt", wording.answers && !lapsed);
        if (wording.choosing) item.text("id", id).flag("staat-vast", id == facts.standaard);
    }
}

void put_night(screen& screen, const readers& readers, const desk_facts& facts, bool urgent) {
    std::optional<guide::local_time> soonest;
    bool night = urgent;
    for (const auto& [id, rol] : readers) {
        if (rol == "achtervang") continue;  // reads it only when the first is late
        const auto presence = facts.staffing.at(id, facts.now);
        night = night && !presence.staffed;
        if (presence.from && (!soonest || order(*presence.from) < order(*soonest))) soonest = presence.from;
    }
    night = night && soonest;
    screen.view.flag("nacht", night);
    screen.view.text("vanaf",
                     night ? screen.say(urgent_from, "moment", moment(screen.language(), *soonest)) : "");
}

}  // namespace pages
