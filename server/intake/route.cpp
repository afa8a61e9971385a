#include "server/intake/route.hpp"

#include "crypto/protocol/codes.hpp"
#include "server/guide/decision_table.hpp"

namespace intake {
namespace {

protocol::decision decide(const protocol::routed_facts& facts,
                          const std::set<std::string, std::less<>>& excluded, const trust::snapshot& now,
                          protocol::day today) {
    return now.table.decide(facts, now.directory.newest(), excluded, [&](std::string_view desk) {
        return now.directory.usable_key(desk, today, now.table.standaard()) != nullptr;
    });
}

}  // namespace

protocol::decision route(const protocol::report& report, const std::set<std::string, std::less<>>& excluded,
                         const trust::snapshot& now, protocol::day today) {
    return decide(report.facts(), excluded, now, today);
}

protocol::decision route(const guide::situation& of, const trust::snapshot& now, protocol::day today) {
    protocol::routed_facts facts;
    facts.vormen = {std::string(of.vorm)};
    facts.rol = std::string(protocol::codes::report_role(of.rol));
    facts.minderjarig = std::string(of.minderjarig);
    facts.politie = "weet-niet";
    facts.spoed = of.acuut;
    facts.plek = std::string(of.plek);
    if (of.gemeente) facts.gemeente = of.gemeente->code;
    return decide(facts, {}, now, today);
}

}  // namespace intake
