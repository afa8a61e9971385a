#include "server/guide/decision_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/protocol/codes.hpp"
#include "server/guide/references.hpp"

namespace guide {
namespace {

namespace codes = protocol::codes;
constexpr std::array<std::string_view, 2> yes_no{"ja", "nee"};

class table_reader {
  public:
    table_reader(const std::vector<organisation>& organisations, const std::vector<law_sentence>& law,
                 protocol::day today)
        : organisations_(organisations), law_(law), today_(today) {}

    step read_step(entry_reader& from) {
        step out;
        out.line = from.line();
        out.id = from.id("id");
        out.wie = organisation_of(from, "organisatie", organisations_);
        // Of another kind than a flag is told already: it was meant to be one.
        out.loket = from.flag_or_nothing("loket").value_or(from.has("loket"));
        out.waarom = from.say("waarom");
        out.recht = law_of(from, "recht", law_);
        const bool own = !from.has("organisatie") && !out.loket;
        if (out.loket && from.has("organisatie"))
            from.fault("loket", "a step is the report (`loket`) or a call (`organisatie`), not both");
        if (own)
            out.bron = from.source(today_);
        else
            for (const std::string_view key : {"bron", "geverifieerd", "opmerking"})
                if (from.has(key))
                    from.fault(
                        key,
                        fmt::format("'{}' is for steps that are neither a call nor a report: leave it out",
                                    key));
        return out;
    }

    decision_table::rule read_rule(entry_reader& from, const decision_table& before) {
        decision_table::rule out;
        out.line = from.line();
        out.naam = from.text("naam");
        const auto least = before.rules().empty() ? 1 : before.rules().back().urgentie;
        out.urgentie = from.number("urgentie", 1, 5).value_or(least);
        if (out.urgentie < least)
            from.fault("urgentie",
                       "this rule is more urgent than the one before it: move it up, the order of "
                       "the rules is that of the answer");
        if (const auto* als = from.inner("als", "conditions: {rol = [\"zorg\"]}"))
            read_conditions(from, *als, out);
        const auto& steps = before.steps();
        for (const auto& id : from.ids("stappen", true)) {
            const auto at = std::ranges::find(steps, id, &step::id);
            if (at == steps.end() && !steps.empty())
                from.fault("stappen", fmt::format("there is no step '{}'", id));
            else if (at != steps.end())
                out.stappen.push_back(static_cast<std::size_t>(at - steps.begin()));
        }
        return out;
    }

  private:
    static void read_conditions(entry_reader& from, const entry& als, decision_table::rule& out) {
        entry_reader inside = from.below(als, "als.");
        out.als = als.line;
        out.rol = inside.some_of("rol", codes::rol);
        out.vorm = inside.some_of("vorm", codes::vorm);
        out.minderjarig = inside.some_of("minderjarig", codes::minderjarig);
        out.acuut = inside.some_of("acuut", yes_no);
        out.regio = inside.texts("regio");
        out.gemeente = inside.texts("gemeente");
        inside.finish();
    }

    const std::vector<organisation>& organisations_;
    const std::vector<law_sentence>& law_;
    protocol::day today_;
};

}  // namespace

bool step::stands(protocol::day today) const {
    if (loket) return true;
    return wie ? wie->reachable(today) : may_be_shown(bron, false, today);
}

bool decision_table::rule::holds(const situation& of) const {
    return takes(rol, of.rol) && takes(vorm, of.vorm) && takes(minderjarig, of.minderjarig) &&
           takes(acuut, of.acuut ? "ja" : "nee") &&
           (regio.empty() || (of.gemeente && takes(regio, of.gemeente->veiligheidsregio))) &&
           (gemeente.empty() || (of.gemeente && takes(gemeente, of.gemeente->code)));
}

decision_table decision_table::read(const std::filesystem::path& file,
                                    const std::vector<organisation>& organisations,
                                    const std::vector<law_sentence>& law, protocol::day today,
                                    std::vector<fault>& faults) {
    decision_table out;
    table_reader reader(organisations, law, today);
    read_lists(file, faults,
               {{"stap",
                 [&](entry_reader& from) {
                     auto one = reader.read_step(from);
                     once(from, "id", one.id, out.steps_, &step::id);
                     if (out.steps_.size() == most_steps)
                         from.fault("id", fmt::format("there are more than {} steps", most_steps));
                     out.steps_.push_back(std::move(one));
                 }},
                {"regel", [&](entry_reader& from) { out.rules_.push_back(reader.read_rule(from, out)); }}});
    return out;
}

decision_table::chosen decision_table::steps_for(const situation& of, protocol::day today) const {
    chosen out;
    std::bitset<most_steps> there;
    for (const auto& rule : rules_) {
        if (!rule.holds(of)) continue;
        for (const auto number : rule.stappen) {
            if (there.test(number)) continue;
            there.set(number);
            if (steps_[number].stands(today)) out.push_back(&steps_[number]);
        }
    }
    return out;
}

}  // namespace guide
