#include "server/guide/law.hpp"

#include <algorithm>

#include "server/guide/kinds.hpp"

namespace guide {

std::vector<law_sentence> read_law(const std::filesystem::path& file, protocol::day today,
                                   std::vector<fault>& faults) {
    std::vector<law_sentence> out;
    read_lists(file, faults, {{"zin", [&](entry_reader& from) {
                                   out.push_back({once(from, "id", from.id("id"), out, &law_sentence::id),
                                                  from.say("tekst"), from.source(today), from.line(),
                                                  from.some_of("papieren-bij", kinds_of_desk)});
                               }}});
    return out;
}

const law_sentence* without_papers(const std::vector<law_sentence>& among, std::string_view soort,
                                   protocol::day today) {
    const auto at = std::ranges::find_if(among, [&](const law_sentence& one) {
        return std::ranges::find(one.papieren_bij, soort) != one.papieren_bij.end() &&
               may_be_shown(one.bron, false, today);
    });
    return at == among.end() ? nullptr : &*at;
}

const law_sentence* find(const std::vector<law_sentence>& among, std::string_view id) {
    const auto at = std::ranges::find(among, id, &law_sentence::id);
    return at == among.end() ? nullptr : &*at;
}

}  // namespace guide
