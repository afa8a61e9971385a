#include "server/admin/routing_review.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "client/files.hpp"
#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/json.hpp"
#include "server/admin/compose.hpp"
#include "server/admin/guide_check.hpp"

namespace admin {
namespace {

namespace json = protocol::json;
namespace codes = protocol::codes;
using guide::fault;

protocol::gids gids_of(std::vector<protocol::desk_entry> desks) {
    protocol::gids out;
    out.loketten = std::move(desks);
    return out;
}

// The desk where a chain of fallbacks comes back to; empty where it ends.
std::string circle_from(const std::vector<protocol::desk_entry>& desks, const std::string& first) {
    std::set<std::string> met;
    auto at = first;
    while (met.insert(at).second) {
        const auto one = std::ranges::find(desks, at, &protocol::desk_entry::id);
        if (one == desks.end() || !one->achtervang) return {};
        at = *one->achtervang;
    }
    return at;
}

void review_desks(const std::string& file, const std::vector<protocol::desk_entry>& desks,
                  std::vector<fault>& faults) {
    std::set<std::string> ids;
    for (const auto& one : desks) {
        if (!protocol::is_desk_id(one.id))
            faults.push_back({file, 0, fmt::format("'{}' is no desk's id", one.id)});
        if (!ids.insert(one.id).second)
            faults.push_back({file, 0, fmt::format("the desk {} stands here twice", one.id)});
    }
    for (const auto& one : desks) {
        if (one.achtervang && !ids.contains(*one.achtervang))
            faults.push_back(
                {file, 0,
                 fmt::format("the fallback of {} is {}, which is no desk here", one.id, *one.achtervang)});
        // Said once for each circle, by the first of its desks in the alphabet.
        if (circle_from(desks, one.id) == one.id) {
            auto least = one.id;
            for (auto at = *std::ranges::find(desks, one.id, &protocol::desk_entry::id)->achtervang;
                 at != one.id; at = *std::ranges::find(desks, at, &protocol::desk_entry::id)->achtervang)
                least = std::min(least, at);
            if (least == one.id)
                faults.push_back(
                    {file, 0,
                     fmt::format("the fallbacks go in a circle, from {} back to {}", one.id, one.id)});
        }
    }
}

// Rules without which everything would be decided as it is.
void review_rules(const guide::data_files& schema, const guide::gemeenten& gemeenten, const routing& whole,
                  protocol::day today, std::vector<fault>& faults) {
    const auto file = (schema / "routering.json").string();
    const auto table = first_table(schema, gemeenten, today);
    if (!table) return;
    const auto parsed = protocol::parse_object(*table);
    if (!parsed) return;
    const auto& rules = parsed->at("regels").as_array();
    // Rules may name municipalities; all others of one region are alike.
    std::vector<std::string> places{""};
    std::set<std::string> regions;
    for (const auto& one : gemeenten.all())
        if (regions.insert(one.veiligheidsregio).second || table->contains(fmt::format("[\"{}\"]", one.code)))
            places.push_back(one.code);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        json::object less(*parsed, json::storage_ptr());
        auto& left = less["regels"].as_array();
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        auto read = protocol::routing_table::read(protocol::to_text(less));
        if (!read) continue;
        const routing without{std::move(*read), whole.desks};
        bool matters = false;
        for (const auto& place : places) {
            if (matters) break;
            for_every_report(place, [&](const protocol::routed_facts& facts) {
                if (matters) return;
                const auto a = whole.decide(facts), b = without.decide(facts);
                matters = a.ontvangers != b.ontvangers || a.spoed != b.spoed;
            });
        }
        if (!matters)
            faults.push_back(
                {file, 0,
                 fmt::format("/regels/{}: the rule never changes who gets a report: no report fits "
                             "it, or a rule before it decides",
                             i)});
    }
}

}  // namespace

protocol::decision routing::decide(const protocol::routed_facts& facts) const {
    return table.decide(facts, desks, {}, [](std::string_view) { return true; });
}

client::result<routing> routing_of(const guide::data_files& schema, const guide::gemeenten& gemeenten,
                                   protocol::day today) {
    auto desks = default_desks(schema);
    if (!desks) return std::unexpected(desks.error());
    auto bytes = first_table(schema, gemeenten, today);
    if (!bytes) return std::unexpected(bytes.error());
    auto table = protocol::routing_table::read(*bytes);
    if (!table) return client::refuse(std::string(protocol::text(table.error())));
    return routing{std::move(*table), gids_of(std::move(*desks))};
}

void for_every_report(const std::string& gemeente,
                      const std::function<void(const protocol::routed_facts&)>& look) {
    constexpr std::string_view roles[] = {"burger", "slachtoffer", "professional"};
    std::vector<std::vector<std::string>> forms;
    for (const auto vorm : codes::vorm) forms.push_back({std::string(vorm)});
    forms.push_back({"seksueel", "arbeid"});
    std::vector<std::string> spots{""};
    for (const auto plek : codes::plek) spots.emplace_back(plek);
    protocol::routed_facts facts;
    facts.gemeente = gemeente;
    for (const auto& vormen : forms)
        for (const auto rol : roles)
            for (const auto age : codes::minderjarig)
                for (const auto police : codes::politie)
                    for (const auto& plek : spots)
                        for (const bool spoed : {false, true}) {
                            facts.vormen = vormen;
                            facts.rol = rol;
                            facts.minderjarig = age;
                            facts.politie = police;
                            facts.plek = plek;
                            facts.spoed = spoed;
                            look(facts);
                        }
}

void review_routing(const guide::data_files& schema, const guide::gemeenten& gemeenten,
                    const std::vector<std::string>& staffed, protocol::day today, guide_findings& out) {
    const auto desks_file = (schema / "loketten.json").string(),
               rules_file = (schema / "routering.json").string();
    const auto desks = default_desks(schema);
    if (!desks) {
        out.faults.push_back({desks_file, 0, desks.error().sentence});
        return;
    }
    review_desks(desks_file, *desks, out.faults);
    const auto known = [&](const std::string& id) {
        return std::ranges::find(*desks, id, &protocol::desk_entry::id) != desks->end();
    };
    for (const auto& id : staffed)
        if (!known(id))
            out.notes.push_back({(schema / "bezetting.json").string(), 0,
                                 fmt::format("it has hours of {}, which is no desk of loketten.json", id)});
    const auto routing = routing_of(schema, gemeenten, today);
    if (!routing) {
        out.faults.push_back({rules_file, 0, routing.error().sentence});
        return;
    }
    for (const auto& id : routing->table.desks())
        if (!known(id))
            out.faults.push_back({rules_file, 0, fmt::format("{} is no desk of loketten.json", id)});
    for (const auto& one : gemeenten.all())
        if (!routing->table.knows(one.code) || !known(routing->table.regio(one.code)))
            out.faults.push_back({(schema / "places/gemeenten.tsv").string(), 0,
                                  fmt::format("{} ({}) has no desk", one.code, one.weergave)});
    review_rules(schema, gemeenten, *routing, today, out.faults);
}

}  // namespace admin
