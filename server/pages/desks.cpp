#include "server/pages/desks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "server/guide/urgent.hpp"
#include "server/pages/desk_kinds.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase there_until{"desk", "Somebody is there now. Until: {moment}."};
constexpr phrase there_always{"desk", "Somebody is there day and night."};
constexpr phrase there_from{"desk", "Nobody is there now. Next time somebody is there: {moment}."};
constexpr phrase nobody_knows{"desk", "We do not know when somebody is there."};
constexpr phrase answers_by{"desk", "You get an answer. At the latest: {day}."};
constexpr phrase gone{"desk", "We do not know this organisation any more."};
constexpr phrase urgent_from{"desk",
                             "This is urgent, but nobody reads it yet. Somebody reads it from: {moment}."};
constexpr phrase leave_out{"button", "Leave out: {name}"};

constexpr phrase fallback_waits{"desk", "This team gets it only if the first team does not read it in time."};
constexpr phrase fallback_until{"desk",
                                "This team gets it only if the first team cannot open it, or has not read it "
                                "in time. From: {moment}."};
constexpr phrase fallback_now{"desk", "Nobody is at the first team now. So this team can read it at once."};

constexpr std::array<std::string_view, 3> roles = {"eerste", "mede", "achtervang"};
constexpr std::size_t most_readers = 4;

std::string moment(const lang::language& language, const guide::local_time& at) {
    return language.time({at.day, at.hour, at.minute});
}

// Of one that no directory knows any more nothing is known.
phrase kind_of(const protocol::desk_entry* desk) {
    return desk ? kind_of_organisation(desk->soort, desk->opsporing) : gone;
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

// When the fallback desk gets its key.
std::string_view fallback_text(screen& screen, const readers& readers, const desk_facts& facts,
                               const desk_wording& wording) {
    const auto hour = hour_of(readers, facts, wording);
    if (!hour) return screen.say(fallback_waits);
    const guide::urgent_hour at{*hour, *hour * 3600 <= facts.now};
    if (at.at_once) return screen.say(fallback_now);
    return screen.say(fallback_until, "moment", moment(screen.language(), guide::on_the_wall(at)));
}

}  // namespace

std::optional<std::int64_t> hour_of(const readers& readers, const desk_facts& facts,
                                    const desk_wording& wording) {
    const auto fallback = std::ranges::find(readers, "achtervang", &protocol::routed_desk::rol);
    if (!wording.urgent || readers.empty() || fallback == readers.end()) return std::nullopt;
    if (wording.waits.stored) return wording.waits.hour;
    return guide::fallback_hour(facts.staffing, readers.front().desk, fallback->desk, facts.now).hour;
}

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

std::optional<std::int64_t> read_hour(std::string_view text) {
    constexpr std::int64_t most = 10'000'000;  // the year 3110
    std::int64_t out = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (bad != std::errc() || end != text.data() + text.size() || out < 0 || out > most) return std::nullopt;
    return out;
}

bool investigates(const protocol::gids& gids, std::string_view id) {
    const auto* desk = gids.desk(id);
    return desk && desk->opsporing;
}

phrase kind_of_desk(const protocol::gids& gids, std::string_view id) { return kind_of(gids.desk(id)); }

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
        item.text("naam", name_of(facts.gids, id)).text("aard", screen.say(kind_of(desk)));
        for (auto one : roles) item.flag(one, rol == one);
        const bool lapsed = facts.lapsed.contains(id);
        item.text("aanwezig", lapsed ? screen.say(nobody_knows) : presence_text(screen, presence));
        const auto answer = guide::answer_day(facts.staffing, id, wording.urgent, facts.now);
        item.text("antwoord", screen.say(answers_by, "day", screen.language().day(answer)));
        item.text("wanneer", rol == "achtervang" ? fallback_text(screen, readers, facts, wording) : "");
        item.flag("antwoordt", wording.answers && !lapsed);
        if (wording.choosing) item.text("id", id).flag("staat-vast", id == facts.standaard);
    }
}

std::string_view leaving_out(screen& screen, const desk_facts& facts, std::string_view id) {
    return screen.say(leave_out, "name", name_of(facts.gids, id));
}

void put_night(screen& screen, const readers& readers, const desk_facts& facts, const desk_wording& wording) {
    std::optional<guide::local_time> soonest;
    const auto also = [&](const guide::local_time& at) {
        if (!soonest || order(at) < order(*soonest)) soonest = at;
    };
    bool night = wording.urgent;
    for (const auto& [id, rol] : readers) {
        if (rol == "achtervang") continue;  // reads it from its hour on
        const auto presence = facts.staffing.at(id, facts.now);
        night = night && !presence.staffed;
        if (presence.from) also(*presence.from);
    }
    if (const auto hour = hour_of(readers, facts, wording)) {
        const guide::urgent_hour at{*hour, *hour * 3600 <= facts.now};
        night = night && !at.at_once;
        also(guide::on_the_wall(at));
    }
    night = night && soonest;
    screen.view.flag("nacht", night);
    screen.view.text("vanaf",
                     night ? screen.say(urgent_from, "moment", moment(screen.language(), *soonest)) : "");
}

}  // namespace pages
