#include "server/guide/signals.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/codes.hpp"

namespace guide {

bool signal::fits(std::string_view vorm, std::string_view plek) const {
    return (vorm.empty() || takes(vormen, vorm)) && (plek.empty() || takes(plekken, plek));
}

signals read_signals(const std::filesystem::path& file, protocol::day today, std::vector<fault>& faults) {
    signals out;
    const auto known = [&](std::string_view code) {
        return std::ranges::find(out.plekken, code, &workplace::code) != out.plekken.end();
    };
    const auto take_place = [&](entry_reader& from) {
        out.plekken.push_back({once(from, "code", from.id("code"), out.plekken, &workplace::code),
                               from.say("naam"), from.line()});
    };
    const auto take = [&](entry_reader& from) {
        signal one{once(from, "id", from.id("id"), out.all, &signal::id),
                   from.some_of("vormen", protocol::codes::vorm),
                   from.ids("plekken"),
                   from.say("tekst"),
                   from.source(today),
                   from.line()};
        for (const auto& code : one.plekken)
            if (!known(code) && !out.plekken.empty())
                from.fault("plekken", fmt::format("there is no [[plek]] '{}'", code));
        out.all.push_back(std::move(one));
    };
    read_lists(file, faults, {{"plek", take_place}, {"signaal", take}});
    return out;
}

}  // namespace guide
