#include "server/guide/totality.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "crypto/protocol/codes.hpp"

namespace guide {
namespace {

namespace codes = protocol::codes;

// Of many combinations with the same fault the first says it; the others only count.
class first_of_many {
  public:
    void add(const situation& of) {
        if (count_++ == 0)
            first_ =
                fmt::format("rol={} vorm={} minderjarig={} acuut={}{}", of.rol, of.vorm, of.minderjarig,
                            of.acuut ? "ja" : "nee", of.gemeente ? " gemeente=" + of.gemeente->code : "");
    }
    void tell(const std::string& file, std::string_view what, std::vector<fault>& faults) const {
        if (count_ == 0) return;
        auto sentence = fmt::format("people who answer {} get {}", first_, what);
        if (count_ > 1) sentence += fmt::format(" (and so for {} other combinations)", count_ - 1);
        faults.push_back({file, 0, std::move(sentence)});
    }

  private:
    std::size_t count_ = 0;
    std::string first_;
};

std::vector<const gemeente*> told_apart(const decision_table& table, const gemeenten& gemeenten) {
    std::vector<const gemeente*> out{nullptr};
    std::set<std::string, std::less<>> regions;
    for (const auto& rule : table.rules()) {
        regions.insert(rule.regio.begin(), rule.regio.end());
        for (const auto& code : rule.gemeente)
            if (const auto* one = gemeenten.find(code)) out.push_back(one);
    }
    // One of each region that no rule names by itself, and one of a region that none names at all.
    std::set<std::string, std::less<>> met;
    bool other = false;
    for (const auto& one : gemeenten.all()) {
        if (std::ranges::find(out, &one) != out.end()) continue;
        const bool named = regions.contains(one.veiligheidsregio);
        if (named ? met.insert(one.veiligheidsregio).second : !other) out.push_back(&one);
        other = other || !named;
    }
    return out;
}

// All steps that the rules give, whether they stand today or not.
std::vector<const step*> given(const decision_table& table, const situation& of,
                               std::set<std::size_t>& useful) {
    std::vector<const step*> out;
    for (std::size_t r = 0; r < table.rules().size(); ++r) {
        const auto& rule = table.rules()[r];
        if (!rule.holds(of)) continue;
        for (const auto number : rule.stappen) {
            const auto* one = &table.steps()[number];
            if (std::ranges::find(out, one) != out.end()) continue;
            out.push_back(one);
            useful.insert(r);
        }
    }
    return out;
}

bool answers_always(const step* one) {
    return one->wie && one->wie->altijd && !one->wie->telefoon.empty() && one->wie->bron.geverifieerd;
}
// Somebody can be called who is not 112, at some hour.
bool is_another(const step* one) {
    return one->wie && !one->wie->telefoon.empty() && one->wie->telefoon != "112" &&
           one->wie->bron.geverifieerd;
}
// Help at night that is not the police.
bool is_help_at_night(const step* one) { return is_another(one) && one->wie->altijd && !one->wie->opsporing; }
bool investigates(const step* one) { return one->wie && one->wie->opsporing; }
// One that drops out when its check is late would leave the second step as the first.
bool is_emergency(const step* one) { return answers_always(one) && one->wie->telefoon == "112"; }

}  // namespace

void for_every_situation(const decision_table& table, const gemeenten& gemeenten,
                         const std::function<void(const situation&)>& look) {
    for (const auto* where : told_apart(table, gemeenten))
        for (const auto rol : codes::rol)
            for (const auto vorm : codes::vorm)
                for (const auto age : codes::minderjarig)
                    for (const bool acuut : {true, false}) look({rol, vorm, age, acuut, where});
}

void check_totality(const decision_table& table, const gemeenten& gemeenten, const std::string& file,
                    std::vector<fault>& faults) {
    for (const auto& rule : table.rules()) {
        for (const auto& code : rule.gemeente)
            if (!gemeenten.find(code))
                faults.push_back(
                    {file, rule.als, fmt::format("there is no municipality '{}' in gemeenten.tsv", code)});
        for (const auto& code : rule.regio)
            if (std::ranges::find(gemeenten.regios(), code, &atlas::regio::code) == gemeenten.regios().end())
                faults.push_back(
                    {file, rule.als, fmt::format("there is no safety region '{}' in regios.tsv", code)});
    }
    first_of_many unanswered, unreported, not_first, alone, alone_at_night, pushed;
    std::set<std::size_t> useful;
    for_every_situation(table, gemeenten, [&](const situation& of) {
        const auto steps = given(table, of, useful);
        if (std::ranges::none_of(steps, answers_always)) unanswered.add(of);
        if (std::ranges::none_of(steps, &step::loket)) unreported.add(of);
        if (!of.acuut && std::ranges::none_of(steps, is_another)) alone.add(of);
        if (of.rol == "slachtoffer") {
            const auto help = std::ranges::find_if(steps, is_help_at_night);
            if (!of.acuut && help == steps.end()) alone_at_night.add(of);
            if (std::ranges::find_if(steps, investigates) < help) pushed.add(of);
        }
        if (of.acuut && (steps.empty() || !is_emergency(steps.front()))) not_first.add(of);
    });
    unanswered.tell(file, "no number that is verified and answered day and night (`altijd`)", faults);
    unreported.tell(file, "no step that is the report (`loket`)", faults);
    alone.tell(file, "no verified number but 112, without being in danger", faults);
    alone_at_night.tell(file, "no help but 112 that is verified and answered day and night (`altijd`)",
                        faults);
    pushed.tell(file, "a service that investigates before help that is answered day and night", faults);
    not_first.tell(file, "something else before 112, or a 112 that is not verified and `altijd`", faults);
    for (std::size_t r = 0; r < table.rules().size(); ++r)
        if (!useful.contains(r))
            faults.push_back(
                {file, table.rules()[r].line,
                 fmt::format("the rule '{}' never adds anything: no answer fits it, or other rules "
                             "gave its steps before",
                             table.rules()[r].naam)});
}

}  // namespace guide
