#include "server/admin/guide/routing_review.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/json.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/routing_files.hpp"
#include "server/admin/guide/guide_check.hpp"

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

void review_desks(const desks_read& read, std::vector<fault>& faults) {
    const auto& desks = read.desks;
    const auto add = [&](const protocol::desk_entry& of, std::string_view member, std::string sentence) {
        const auto line = read.file.lines.of(fmt::format("/loketten/{}/{}", &of - desks.data(), member));
        faults.push_back({read.file.name, line, std::move(sentence)});
    };
    std::set<std::string> ids;
    for (const auto& one : desks) {
        if (!protocol::is_desk_id(one.id)) add(one, "id", fmt::format("'{}' is not a desk's id", one.id));
        if (!ids.insert(one.id).second) add(one, "id", fmt::format("the desk {} is here twice", one.id));
    }
    for (const auto& one : desks) {
        // What keeps a report from the police looks at this alone.
        if (investigates(one.soort) && !one.opsporing)
            add(one, "opsporing",
                fmt::format("{} is of the kind {}, which investigates: its opsporing must be true", one.id,
                            one.soort));
        if (one.achtervang && !ids.contains(*one.achtervang))
            add(one, "achtervang",
                fmt::format("the fallback of {} is {}, which is not a desk here", one.id, *one.achtervang));
        // Said once for each circle, by the first of its desks in the alphabet.
        if (circle_from(desks, one.id) == one.id) {
            auto least = one.id;
            for (auto at = *std::ranges::find(desks, one.id, &protocol::desk_entry::id)->achtervang;
                 at != one.id; at = *std::ranges::find(desks, at, &protocol::desk_entry::id)->achtervang)
                least = std::min(least, at);
            if (least == one.id)
                add(one, "achtervang",
                    fmt::format("the fallbacks go in a circle, from {} back to {}", one.id, one.id));
        }
    }
}

// Where the rules send reports to this desk first; empty where only a municipality does.
std::string pointer_to(std::string_view desk, const json::object& table) {
    const auto is = [&](const json::value& one) { return one.is_string() && one.as_string() == desk; };
    const auto& rules = table.at("regels").as_array();
    for (std::size_t i = 0; i < rules.size(); ++i)
        for (const auto* key : {"eerste", "mede"}) {
            const auto* target = rules[i].as_object().if_contains(key);
            if (!target) continue;
            const auto* list = target->if_array();
            if (list ? std::ranges::any_of(*list, is) : is(*target))
                return fmt::format("/regels/{}/{}", i, key);
        }
    return is(table.at("standaard")) ? "/standaard" : "";
}

// None, those that rules name, and one of each region: the others there are like it.
std::vector<std::string> telling_places(const guide::gemeenten& gemeenten, const json::object& table) {
    const auto rules = protocol::to_text(table.at("regels").as_array());
    std::vector<std::string> out{""};
    std::set<std::string> regions;
    for (const auto& one : gemeenten.all())
        if (rules.contains(fmt::format("\"{}\"", one.code)) || regions.insert(one.veiligheidsregio).second)
            out.push_back(one.code);
    return out;
}

std::string said(const protocol::routed_facts& facts) {
    return fmt::format("{}, form {}, under age {}, place {}{}",
                       facts.gemeente.empty() ? "no municipality" : facts.gemeente,
                       fmt::join(facts.vormen, "+"), facts.minderjarig,
                       facts.plek.empty() ? "none" : facts.plek, facts.spoed ? ", urgent" : "");
}

// The first desk that investigates and may get it, also where one desk cannot be sealed to and its fallback
// stands in, and where none can and the desk of last resort does; empty where there is none.
std::string investigator(const routing& whole, const protocol::routed_facts& facts) {
    const auto among = [&](const protocol::decision& decision) {
        for (const auto& reader : decision.ontvangers)
            if (const auto* desk = whole.desks.desk(reader.desk); desk && desk->opsporing) return desk->id;
        return std::string();
    };
    const auto usual = whole.decide(facts);
    if (auto id = among(usual); !id.empty()) return id;
    const auto where = [&](const std::function<bool(std::string_view)>& usable) {
        return among(whole.table.decide(facts, whole.desks, {}, usable));
    };
    for (const auto& reader : usual.ontvangers)
        if (auto id = where([&](std::string_view desk) { return desk != reader.desk; }); !id.empty())
            return id;
    return where([](std::string_view) { return false; });
}

// A victim who would rather not have the police read it gets no desk that investigates, in any role.
void review_police(const std::string& file, const routing& whole, const std::vector<std::string>& places,
                   std::vector<fault>& faults) {
    std::size_t broken = 0;
    std::string example;
    for (const auto& place : places)
        for_every_report(place, [&](const protocol::routed_facts& facts) {
            if (facts.rol != "slachtoffer" || facts.politie != "liever-niet") return;
            const auto desk = investigator(whole, facts);
            if (!desk.empty() && broken++ == 0)
                example = fmt::format("{} may read it, which investigates ({})", desk, said(facts));
        });
    if (broken > 0)
        faults.push_back({file, 0,
                          fmt::format("a victim who answers that the police should rather not read it: {}; "
                                      "{} combination{} of answers in all",
                                      example, broken, broken == 1 ? "" : "s")});
}

// Rules without which everything would be decided as it is.
void review_rules(const guide::json_file& file, const routing& whole, const std::vector<std::string>& places,
                  std::vector<fault>& faults) {
    const auto& rules = whole.document.at("regels").as_array();
    for (std::size_t i = 0; i < rules.size(); ++i) {
        json::object less(whole.document, json::storage_ptr());
        auto& left = less["regels"].as_array();
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
        auto read = protocol::routing_table::read(protocol::to_text(less));
        if (!read) continue;
        const routing without{std::move(*read), whole.desks, {}};
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
            faults.push_back(file.at(fmt::format("/regels/{}", i),
                                     "the rule never changes who gets a report: no report fits it, or a rule "
                                     "before it decides"));
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
    return routing{std::move(*table), gids_of(std::move(*desks)), *protocol::parse_object(*bytes)};
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
    const auto desks = read_default_desks(schema);
    if (!desks) append(out.faults, desks.error());
    const auto rules = read_rules(schema, gemeenten);
    if (!rules) append(out.faults, rules.error());
    if (!desks) return;
    review_desks(*desks, out.faults);
    const auto known = [&](const std::string& id) {
        return std::ranges::find(desks->desks, id, &protocol::desk_entry::id) != desks->desks.end();
    };
    if (const auto hours = guide::read_json_file(schema / "bezetting.json"))
        for (const auto& id : staffed)
            if (!known(id))
                out.notes.push_back(
                    hours->at("/loketten/" + id, "these are hours of no desk of loketten.json"));
    const auto routing = routing_of(schema, gemeenten, today);
    if (!routing) {
        if (rules) out.faults.push_back({rules->name, 0, routing.error().sentence});
        return;
    }
    for (const auto& id : routing->table.desks()) {
        if (known(id)) continue;
        if (const auto at = pointer_to(id, rules->object); !at.empty())
            out.faults.push_back(rules->at(at, fmt::format("{} is not a desk of loketten.json", id)));
        else if (std::ranges::find(gemeenten.all(), id, &guide::gemeente::loket) == gemeenten.all().end())
            out.faults.push_back(desks->file.at(
                "/loketten", fmt::format("there is no {}, the desk of every municipality's @{}", id, id)));
    }
    for (const auto& one : gemeenten.all())
        if (!routing->table.knows(one.code) || !known(routing->table.regio(one.code)))
            out.faults.push_back({(schema / "places/gemeenten.tsv").string(), 0,
                                  fmt::format("{} ({}) has no desk: loketten.json has no '{}'", one.code,
                                              one.weergave, one.loket)});
    const auto places = telling_places(gemeenten, routing->document);
    review_rules(*rules, *routing, places, out.faults);
    review_police(rules->name, *routing, places, out.faults);
}

}  // namespace admin
