#include "server/guide/handbook.hpp"

#include "server/guide/totality.hpp"

namespace guide {
namespace {

// The pages themselves say whom one can call day and night.
void check_on_every_page(const std::vector<organisation>& organisations, protocol::day today,
                         const std::filesystem::path& path, std::vector<fault>& faults) {
    const auto* who = find(organisations, always_reachable);
    if (who && who->altijd && !who->telefoon.empty() && may_be_shown(who->bron, true, today)) return;
    faults.push_back(
        {path.string(), who ? who->line : 0,
         "'" + std::string(always_reachable) +
             "' is at the top of every page: it needs telefoon, altijd = true and geverifieerd"});
}

}  // namespace

std::expected<std::shared_ptr<const handbook>, std::vector<fault>> handbook::load(
    const data_files& schema, const guide::gemeenten& gemeenten, protocol::day today, bool demonstration) {
    auto out = std::make_shared<handbook>();
    out->demonstratie = demonstration;
    std::vector<fault> faults = schema.strangers();
    const auto file = [&](std::string_view name) { return schema / ("wegwijzer/" + std::string(name)); };
    std::vector<std::string> regions;
    for (const auto& regio : gemeenten.regios()) regions.push_back(regio.code);

    const auto before = faults.size();
    auto& organisations = out->organisaties = read_organisations(file("organisaties.toml"), today, faults);
    auto& law = out->recht = read_law(file("recht.toml"), today, faults);
    const auto table = file("wegwijzer.toml");
    out->wegwijzer = decision_table::read(table, organisations, law, today, faults);
    // Of a table that is not whole, or whose numbers are not, nobody can say what it leaves out.
    if (faults.size() == before) {
        check_on_every_page(organisations, today, file("organisaties.toml"), faults);
        check_totality(out->wegwijzer, gemeenten, table.string(), faults);
    }
    out->beroepen = read_professions(file("beroepen.toml"), organisations, law, today, faults);
    out->hulp = read_help(file("hulp.toml"), organisations, regions, today, faults);
    out->signalen = read_signals(file("signalen.toml"), today, faults);
    out->aangifte = read_complaint(file("aangifte.toml"), organisations, today, faults);
    out->taken = read_tasks(file("taken.toml"), organisations, law, today, faults);
    out->oefenen = read_practice(file("oefenen.toml"), out->signalen.plekken, faults);
    if (!faults.empty()) return std::unexpected(std::move(faults));
    return out;
}

}  // namespace guide
