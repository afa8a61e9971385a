#include "crypto/protocol/routing.hpp"

#include <algorithm>

#include "crypto/protocol/faults.hpp"

namespace protocol {
namespace {

constexpr std::size_t most_desks = 4;
constexpr std::size_t most_mede = 2;

bool has(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_condition(std::string_view name) {
    constexpr std::string_view known[] = {"vorm",    "alleenVorm", "rol",      "minderjarig",
                                          "politie", "spoed",      "gemeente", "plek"};
    return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

bool is_target(std::string_view target) {
    return target == "@regio" || target == "@zorg" || is_desk_id(target);
}

}  // namespace

// Reads the table's JSON; apart, so that the table itself stays small to read.
struct routing_reader {
    faults found;
    routing_table table;

    // A condition lists accepted values; a single value stands for a list of one. Booleans compare as
    // booleans: the text "true" is not the value true, so what is of the other type is accepted of nothing.
    static std::optional<std::vector<std::string>> accepted(std::string_view name, const json::value& value) {
        const bool boolean = name == "spoed";
        std::vector<std::string> out;
        auto take = [&](const json::value& one) {
            if (!one.is_string() && !one.is_bool()) return false;
            if (one.is_bool() != boolean) return true;
            if (const auto* text = one.if_string())
                out.emplace_back(text->data(), text->size());
            else
                out.emplace_back(one.as_bool() ? "true" : "false");
            return true;
        };
        if (const auto* array = value.if_array()) {
            for (const auto& one : *array)
                if (!take(one)) return std::nullopt;
            return out;
        }
        if (!take(value)) return std::nullopt;
        return out;
    }

    void rule(const json::value& value, std::string at) {
        const auto* object = value.if_object();
        if (!object) return found.push_back({std::move(at), "type", "A rule must be an object."});
        reading r(*object, at, found, unknown::ignore);
        routing_table::rule out;
        if (const auto* als = r.object("als"))
            for (const auto& entry : *als) {
                // A condition of a later version may have any form: it makes the rule false, not the
                // table unreadable.
                if (!is_condition(entry.key())) {
                    out.als.push_back({std::string(entry.key()), {}});
                    continue;
                }
                auto values = accepted(entry.key(), entry.value());
                if (!values)
                    r.add("als", "type", "A condition lists texts or booleans.");
                else
                    out.als.push_back({std::string(entry.key()), std::move(*values)});
            }
        out.eerste = r.text_or_null("eerste", 40);
        if (r.has("mede")) out.mede = r.texts("mede", most_mede, 40);
        if (r.has("zonder")) out.zonder = r.texts("zonder", 16, 40);
        out.spoed = r.boolean_or("spoed", false);
        if (out.eerste && !is_target(*out.eerste)) r.add("eerste", "loket", "This is not the id of a desk.");
        for (const auto& desk : out.mede)
            if (!is_target(desk)) r.add("mede", "loket", "This is not the id of a desk.");
        table.regels_.push_back(std::move(out));
    }

    void place(std::string_view code, const json::value& value) {
        std::string at = "/gemeenten/" + std::string(code);
        const auto* object = value.if_object();
        if (!object) return found.push_back({std::move(at), "type", "A municipality must be an object."});
        reading r(*object, at, found, unknown::ignore);
        routing_table::place out{r.text("regio", 40), r.text_or_empty("zorg", 40)};
        if (!is_desk_id(out.regio) || (!out.zorg.empty() && !is_desk_id(out.zorg)))
            r.add("regio", "loket", "This is not the id of a desk.");
        table.gemeenten_.insert_or_assign(std::string(code), std::move(out));
    }
};

std::expected<routing_table, errc> routing_table::read(std::string_view bytes) {
    auto object = parse_object(bytes);
    if (!object) return std::unexpected(object.error());
    routing_reader reader;
    reading r(*object, "", reader.found, unknown::ignore);
    reader.table.versie_ = r.integer("versie");
    (void)r.date("datum");
    reader.table.standaard_ = r.text("standaard", 40);
    if (const auto* places = r.object("gemeenten"))
        for (const auto& entry : *places) reader.place(entry.key(), entry.value());
    r.each("regels", 1000,
           [&](const json::value& value, std::string at) { reader.rule(value, std::move(at)); });
    if (!reader.found.empty() || !is_desk_id(reader.table.standaard_))
        return std::unexpected(errc::bad_routing);
    return std::move(reader.table);
}

std::set<std::string> routing_table::desks() const {
    std::set<std::string> out{standaard_};
    bool asks_care = false;
    auto add = [&](const std::string& target) {
        if (target == "@zorg")
            asks_care = true;
        else if (target != "@regio")
            out.insert(target);
    };
    for (const auto& rule : regels_) {
        if (rule.eerste) add(*rule.eerste);
        for (const auto& desk : rule.mede) add(desk);
    }
    for (const auto& [code, place] : gemeenten_) {
        out.insert(place.regio);
        if (!place.zorg.empty())
            out.insert(place.zorg);
        else if (asks_care)
            out.insert("zorg");
    }
    return out;
}

const std::string& routing_table::regio(std::string_view gemeente) const {
    auto at = gemeenten_.find(gemeente);
    return at == gemeenten_.end() ? standaard_ : at->second.regio;
}

bool routing_table::holds(const rule& rule, const routed_facts& facts) {
    for (const auto& [name, accepted] : rule.als) {
        bool one = false;
        if (name == "vorm")
            one = std::any_of(facts.vormen.begin(), facts.vormen.end(),
                              [&](const auto& v) { return has(accepted, v); });
        else if (name == "alleenVorm")
            one = facts.vormen.size() == 1 && has(accepted, facts.vormen[0]);
        else if (name == "rol")
            one = has(accepted, facts.rol);
        else if (name == "minderjarig")
            one = has(accepted, facts.minderjarig);
        else if (name == "politie")
            one = has(accepted, facts.politie);
        else if (name == "spoed")
            one = has(accepted, facts.spoed ? "true" : "false");
        else if (name == "gemeente")
            one = !facts.gemeente.empty() && has(accepted, facts.gemeente);
        else if (name == "plek")
            one = !facts.plek.empty() && has(accepted, facts.plek);
        if (!one) return false;  // an unknown name too makes the rule false
    }
    return true;
}

std::string routing_table::resolve(const std::string& target, const std::string& gemeente) const {
    if (target != "@regio" && target != "@zorg") return target;
    auto at = gemeenten_.find(gemeente);
    if (at == gemeenten_.end()) return standaard_;
    if (target == "@regio") return at->second.regio;
    return at->second.zorg.empty() ? std::string("zorg") : at->second.zorg;
}

decision routing_table::decide(const routed_facts& given, const gids& directory,
                               const std::set<std::string, std::less<>>& excluded,
                               const std::function<bool(std::string_view)>& usable) const {
    routed_facts facts = given;
    std::vector<std::string> without;
    const rule* chosen = nullptr;
    for (const auto& rule : regels_) {
        if (!holds(rule, facts)) continue;
        facts.spoed = facts.spoed || rule.spoed;
        without.insert(without.end(), rule.zonder.begin(), rule.zonder.end());
        if (!chosen && rule.eerste) chosen = &rule;
    }
    bool no_police = has(without, "opsporing");
    auto allowed = [&](const std::string& id) {
        if (id == standaard_) return true;
        const auto* desk = directory.desk(id);
        return desk && !(no_police && desk->opsporing) && !excluded.contains(id) && usable(id);
    };
    auto fallback = [&](const std::string& id) -> std::optional<std::string> {
        const auto* desk = directory.desk(id);
        return desk ? desk->achtervang : std::nullopt;
    };

    decision out;
    out.spoed = facts.spoed;
    auto present = [&](const std::string& id) {
        return std::any_of(out.ontvangers.begin(), out.ontvangers.end(),
                           [&](const auto& r) { return r.desk == id; });
    };
    auto add = [&](const std::string& target, std::string_view rol) {
        std::string id = resolve(target, facts.gemeente);
        if (!allowed(id)) {
            auto next = fallback(id);
            id = next && allowed(*next) ? *next : standaard_;
        }
        // The first is owed an answer in any case; another without a key is no reason to lose the report.
        if (id == standaard_ && !out.ontvangers.empty() && !usable(id)) return;
        if (!present(id)) out.ontvangers.push_back({id, std::string(rol)});
    };
    add(chosen ? *chosen->eerste : std::string("@regio"), "eerste");
    if (chosen)
        for (const auto& desk : chosen->mede) add(desk, "mede");
    // K of an urgent report is also sealed to the fallback desk of the first one (§3); another would be
    // refused.
    if (out.spoed && out.ontvangers.size() < most_desks)
        if (auto next = fallback(out.ontvangers[0].desk);
            next && allowed(*next) && usable(*next) && !present(*next))
            out.ontvangers.push_back({*next, "achtervang"});
    return out;
}

}  // namespace protocol
