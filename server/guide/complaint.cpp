#include "server/guide/complaint.hpp"

#include <fmt/format.h>

namespace guide {

std::vector<complaint_part> read_complaint(const std::filesystem::path& file,
                                           const std::vector<organisation>& organisations,
                                           protocol::day today, std::vector<fault>& faults) {
    std::vector<complaint_part> out;
    const auto take = [&](entry_reader& from) {
        complaint_part one{
            once(from, "id", from.id("id"), out, &complaint_part::id), from.say("titel"), {}, from.line()};
        for (const auto& entry : from.entries("zin")) {
            auto inside = from.below(entry);
            sourced zin{inside.say("tekst"), inside.source(today),
                        organisation_of(inside, "organisatie", organisations), inside.line()};
            inside.finish();
            one.zinnen.push_back(std::move(zin));
        }
        if (one.zinnen.empty()) from.fault("zin", fmt::format("'{}' has no [[deel.zin]]", one.id));
        out.push_back(std::move(one));
    };
    read_lists(file, faults, {{"deel", take}});
    return out;
}

}  // namespace guide
