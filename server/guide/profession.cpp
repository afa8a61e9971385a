#include "server/guide/profession.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/codes.hpp"

namespace guide {

std::vector<profession> read_professions(const std::filesystem::path& file,
                                         const std::vector<organisation>& organisations,
                                         const std::vector<law_sentence>& law, protocol::day today,
                                         std::vector<fault>& faults) {
    std::vector<profession> out;
    const auto take = [&](entry_reader& from) {
        profession one;
        one.line = from.line();
        one.rol = once(from, "rol", from.one_of("rol", protocol::codes::rol), out, &profession::rol);
        one.recht = law_of(from, "recht", law);
        one.overleg = organisations_of(from, "overleg", organisations);
        for (const auto& entry : from.entries("weeg")) {
            auto inside = from.below(entry);
            one.weeg.push_back({inside.say("tekst"), inside.source(today), nullptr, inside.line()});
            inside.finish();
        }
        out.push_back(std::move(one));
    };
    const auto before = faults.size();
    read_lists(file, faults, {{"beroep", take}});
    if (faults.size() > before) return out;
    for (const auto rol : protocol::codes::rol)
        if (!find(out, rol))
            faults.push_back({file.string(), 0, fmt::format("there is no [[beroep]] '{}'", rol)});
    return out;
}

const profession* find(const std::vector<profession>& among, std::string_view rol) {
    const auto at = std::ranges::find(among, rol, &profession::rol);
    return at == among.end() ? nullptr : &*at;
}

}  // namespace guide
