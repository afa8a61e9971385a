#include "server/guide/help.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "server/guide/address.hpp"

namespace guide {
namespace {

// What read_contact reads.
constexpr std::array<std::string_view, 11> contact_keys{
    "naam",       "telefoon", "telefoon-buitenland", "url",      "opsporing", "altijd", "anoniem",
    "bereikbaar", "bron",     "geverifieerd",        "opmerking"};

void check_regions(entry_reader& from, const help& one, const std::vector<std::string>& regions) {
    const auto known = [&](std::string_view code) {
        return std::ranges::find(regions, code) != regions.end();
    };
    if (!one.regio.empty() && !known(one.regio))
        from.fault("regio", fmt::format("there is no safety region '{}' in regios.tsv", one.regio));
    if (!one.gebied.empty() && one.regio.empty())
        from.fault("gebied", "'gebied' is a part of a region: it needs 'regio'");
    if (!one.eigenaar.empty() && one.eigenaar != "landelijk" && !known(one.eigenaar))
        from.fault("eigenaar", fmt::format("'{}' is neither a safety region nor 'landelijk'", one.eigenaar));
}

}  // namespace

std::vector<const help*> in_order(const std::vector<help>& all) {
    std::vector<const help*> out;
    for (const auto& one : all) out.push_back(&one);
    std::ranges::sort(out, {}, [](const help* one) {
        return std::pair(one->wie.altijd ? 0 : one->regio.empty() ? 2 : 1, one);
    });
    return out;
}

bool help::is_for(std::string_view doelgroep) const {
    return doelgroep.empty() || takes(doelgroepen, doelgroep);
}

std::vector<help> read_help(const std::filesystem::path& file, const std::vector<organisation>& organisations,
                            const std::vector<std::string>& regions, protocol::day today,
                            std::vector<fault>& faults) {
    std::vector<help> out;
    const auto take = [&](entry_reader& from) {
        help one;
        one.line = from.line();
        one.id = once(from, "id", from.id("id"), out, &help::id);
        one.regio = from.text_or_empty("regio");
        one.gebied = from.text_or_empty("gebied");
        if (from.has("organisatie")) {
            if (const auto* known = organisation_of(from, "organisatie", organisations)) one.wie = *known;
            for (const auto key : contact_keys)
                if (from.has(key))
                    from.fault(key, fmt::format("'{}' is that of the organisation: leave it out", key));
        } else {
            one.wie = read_contact(from, today);
        }
        one.wat = from.say("wat");
        one.veilig = from.say_or_nothing("veilig");
        one.doelgroepen = from.some_of("doelgroepen", help_for);
        one.talen = from.languages("talen");
        one.zonder_politie = from.flag_or_nothing("zonder-politie");
        one.eigenaar = from.text("eigenaar");
        one.demonstratie = from.flag("demonstratie");
        if (one.demonstratie) one.wie.telefoon = one.wie.telefoon_buitenland = {};
        check_regions(from, one, regions);
        refuse_address(from, "gebied", {one.gebied});
        refuse_address(from, "wat", one.wat);
        if (one.veilig) refuse_address(from, "veilig", *one.veilig);
        out.push_back(std::move(one));
    };
    read_lists(file, faults, {{"hulp", take}});
    return out;
}

}  // namespace guide
