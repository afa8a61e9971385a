#include "server/admin/directory/directory_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "crypto/encoding.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/json.hpp"

namespace admin {
namespace {

namespace json = protocol::json;

std::string fallback(const protocol::desk_entry& desk) { return desk.achtervang.value_or("none"); }
std::string investigates(const protocol::desk_entry& desk) { return desk.opsporing ? "yes" : "no"; }

std::vector<std::string> whole(const protocol::desk_entry& desk) {
    std::vector<std::string> out{fmt::format("name {}, kind {}, investigates {}, fallback {}", desk.naam,
                                             desk.soort, investigates(desk), fallback(desk))};
    for (const auto& lead : desk.beheerders) out.push_back("lead " + crypto::b64u(lead));
    return out;
}

std::vector<std::string> fields(const protocol::desk_entry& old, const protocol::desk_entry& now) {
    std::vector<std::string> out;
    auto differ = [&](std::string_view name, const std::string& a, const std::string& b) {
        if (a != b) out.push_back(fmt::format("{} was {}, is {}", name, a, b));
    };
    differ("name", old.naam, now.naam);
    differ("kind", old.soort, now.soort);
    differ("investigates", investigates(old), investigates(now));
    differ("fallback", fallback(old), fallback(now));
    return out;
}

std::vector<std::string> leads(const protocol::desk_entry& old, const protocol::desk_entry& now) {
    std::vector<std::string> out;
    auto without = [](const auto& list, const auto& key) {
        return std::find(list.begin(), list.end(), key) == list.end();
    };
    for (const auto& lead : now.beheerders)
        if (without(old.beheerders, lead)) out.push_back("lead added " + crypto::b64u(lead));
    for (const auto& lead : old.beheerders)
        if (without(now.beheerders, lead)) out.push_back("lead removed " + crypto::b64u(lead));
    if (out.empty()) out.emplace_back("their order");
    return out;
}

void of_desk(const protocol::gids* before, const protocol::desk_entry& desk, std::vector<change>& out) {
    const auto* old = before ? before->desk(desk.id) : nullptr;
    if (!old) return out.push_back({"desk " + desk.id + " added", whole(desk)});
    if (old->beheerders != desk.beheerders)
        out.push_back({"leads of " + desk.id + " changed", leads(*old, desk)});
    if (auto changed = fields(*old, desk); !changed.empty())
        out.push_back({"desk " + desk.id + " changed", std::move(changed)});
}

std::string text_of(const json::value* value) { return value ? protocol::to_text(*value) : "absent"; }

// Members of one object that the other has not, or has otherwise.
void compare(std::string_view what, const json::object& before, const json::object& now,
             std::vector<std::string>& out) {
    std::set<std::string> names;
    for (const auto& one : before) names.emplace(one.key());
    for (const auto& one : now) names.emplace(one.key());
    for (const auto& name : names) {
        const auto *was = before.if_contains(name), *is = now.if_contains(name);
        if (was && is && *was == *is) continue;
        out.push_back(fmt::format("{}{}: was {}, is {}", what, name, text_of(was), text_of(is)));
    }
}

json::object taken(json::object& from, std::string_view name) {
    auto* value = from.if_contains(name);
    auto out = value && value->is_object() ? value->as_object() : json::object();
    from.erase(name);
    return out;
}

// Numbered, because the first that fits decides.
json::object numbered(json::object& table) {
    json::object out;
    if (const auto* rules = table.if_contains("regels"); rules && rules->is_array())
        for (const auto& rule : rules->as_array()) out[fmt::format("{:02}", out.size() + 1)] = rule;
    table.erase("regels");
    return out;
}

}  // namespace

std::vector<change> changes(const protocol::gids* before, const protocol::gids& now) {
    std::vector<change> out;
    for (const auto& desk : now.loketten) of_desk(before, desk, out);
    if (!before) {
        out.push_back({"log key", {crypto::b64u(now.logboek)}});
        out.push_back({"routing table", {}});
        return out;
    }
    for (const auto& desk : before->loketten)
        if (!now.desk(desk.id)) out.push_back({"desk " + desk.id + " removed", {}});
    if (before->routering != now.routering) out.push_back({"routing table changed", {}});
    if (before->logboek != now.logboek)
        out.push_back(
            {"log key changed",
             {fmt::format("was {}, is {}", crypto::b64u(before->logboek), crypto::b64u(now.logboek))}});
    if (before->signer != now.signer)
        out.push_back({"signed by another root",
                       {fmt::format("was {}, is {}", crypto::kid(before->signer), crypto::kid(now.signer))}});
    return out;
}

std::vector<std::string> table_whole(std::string_view table) {
    auto read = protocol::parse_object(table);
    if (!read) return {"cannot be read"};
    std::vector<std::string> out;
    const auto places = taken(*read, "gemeenten");
    const auto rules = numbered(*read);
    for (const auto& one : *read)
        out.push_back(fmt::format("{}: {}", std::string_view(one.key()), protocol::to_text(one.value())));
    for (const auto& one : rules)
        out.push_back(
            fmt::format("rule {}: {}", std::string_view(one.key()), protocol::to_text(one.value())));
    std::map<std::string, int> alike;
    for (const auto& one : places) ++alike[protocol::to_text(one.value())];
    for (const auto& [where, count] : alike)
        out.push_back(fmt::format("{} municipalities: {}", count, where));
    return out;
}

std::vector<std::string> table_changes(std::string_view before, std::string_view now) {
    auto old_table = protocol::parse_object(before), new_table = protocol::parse_object(now);
    if (!old_table || !new_table) return {"cannot be compared"};
    std::vector<std::string> out;
    auto old_places = taken(*old_table, "gemeenten"), new_places = taken(*new_table, "gemeenten");
    auto old_rules = numbered(*old_table), new_rules = numbered(*new_table);
    compare("", *old_table, *new_table, out);
    compare("rule ", old_rules, new_rules, out);
    compare("", old_places, new_places, out);
    return out;
}

}  // namespace admin
