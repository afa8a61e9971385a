#include "server/guide/tasks.hpp"

#include "crypto/protocol/codes.hpp"

namespace guide {

bool task::fits(std::string_view vorm, std::string_view age) const {
    return takes(vormen, vorm) && takes(minderjarig, age);
}

tasks read_tasks(const std::filesystem::path& file, const std::vector<organisation>& organisations,
                 const std::vector<law_sentence>& law, protocol::day today, std::vector<fault>& faults) {
    tasks out;
    const auto take = [&](entry_reader& from) {
        out.all.push_back({once(from, "id", from.id("id"), out.all, &task::id),
                           from.some_of("vormen", protocol::codes::vorm),
                           from.some_of("minderjarig", protocol::codes::minderjarig), from.say("tekst"),
                           organisation_of(from, "organisatie", organisations), law_of(from, "recht", law),
                           from.source(today), from.line()});
    };
    const auto take_overlap = [&](entry_reader& from) {
        out.overlaps.push_back(
            {once(from, "id", from.id("id"), out.overlaps, &overlap::id), from.say("naam"), from.line()});
    };
    read_lists(file, faults, {{"taak", take}, {"overlap", take_overlap}});
    return out;
}

}  // namespace guide
