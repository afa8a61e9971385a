#include "server/guide/references.hpp"

#include <fmt/format.h>

namespace guide {
namespace {

const organisation* look_up(entry_reader& from, std::string_view key, std::string_view id,
                            const std::vector<organisation>& organisations) {
    const auto* out = find(organisations, id);
    if (!out && !organisations.empty())
        from.fault(key, fmt::format("there is no organisation '{}' in organisaties.toml", id));
    return out;
}

}  // namespace

const organisation* organisation_of(entry_reader& from, std::string_view key,
                                    const std::vector<organisation>& organisations) {
    const auto id = from.id_or_empty(key);
    return id.empty() ? nullptr : look_up(from, key, id, organisations);
}

std::vector<const organisation*> organisations_of(entry_reader& from, std::string_view key,
                                                  const std::vector<organisation>& organisations) {
    std::vector<const organisation*> out;
    for (const auto& id : from.ids(key))
        if (const auto* one = look_up(from, key, id, organisations)) out.push_back(one);
    return out;
}

std::vector<const law_sentence*> law_of(entry_reader& from, std::string_view key,
                                        const std::vector<law_sentence>& law) {
    std::vector<const law_sentence*> out;
    for (const auto& id : from.ids(key)) {
        if (const auto* one = find(law, id))
            out.push_back(one);
        else if (!law.empty())
            from.fault(key, fmt::format("there is no sentence '{}' in recht.toml", id));
    }
    return out;
}

}  // namespace guide
