#include "server/guide/practice.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/codes.hpp"

namespace guide {

std::vector<practice_case> read_practice(const std::filesystem::path& file,
                                         const std::vector<workplace>& places, std::vector<fault>& faults) {
    std::vector<practice_case> out;
    const auto take = [&](entry_reader& from) {
        practice_case one{once(from, "id", from.id("id"), out, &practice_case::id),
                          from.id("plek"),
                          from.one_of("vorm", protocol::codes::vorm),
                          from.say("verhaal"),
                          from.one_of("antwoord", practice_answers),
                          from.say("uitleg"),
                          from.line()};
        if (!one.plek.empty() && !places.empty() &&
            std::ranges::find(places, one.plek, &workplace::code) == places.end())
            from.fault("plek", fmt::format("there is no [[plek]] '{}' in signalen.toml", one.plek));
        out.push_back(std::move(one));
    };
    read_lists(file, faults, {{"geval", take}});
    return out;
}

}  // namespace guide
