#include "server/admin/directory/desks_file.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"
#include "client/here/escaped.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/faults.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/draft.hpp"

namespace admin {
namespace {

namespace json = protocol::json;
using sentences = std::vector<std::string>;

std::string json_text(std::string_view text) { return protocol::to_text(json::string(text)); }

// How a sentence names a desk: by its id where that can be read, else by its place, counted from 1.
std::string named(const json::value& value, std::size_t place) {
    const auto* object = value.if_object();
    const auto* id = object ? object->if_contains("id") : nullptr;
    if (!id || !id->is_string()) return fmt::format("desk number {}", place);
    return "desk " + client::escaped_line({id->as_string().data(), id->as_string().size()});
}

void tell(const std::string& who, const protocol::faults& found, sentences& out) {
    for (const auto& one : found) {
        auto member = std::string_view(one.location).substr(one.location.starts_with('/') ? 1 : 0);
        out.push_back(
            fmt::format("loketten.json, {}, '{}': {}", who, client::escaped_line(member), one.detail));
    }
}

std::vector<crypto::sign_public> read_leads(protocol::reading& r) {
    std::vector<crypto::sign_public> out;
    std::set<crypto::sign_public> seen;
    for (const auto& text : r.texts("beheerders", 32)) {
        auto key = crypto::block_from_b64u<32>(text);
        if (!key || !crypto::can_verify_with(*key))
            r.add("beheerders", "formaat",
                  "A lead's public key is 43 characters of base64url, as `baken desk keygen` prints it.");
        else if (!seen.insert(*key).second)
            r.add("beheerders", "dubbel", "The same lead key is here twice; take one out.");
        else
            out.push_back(*key);
    }
    return out;
}

protocol::desk_entry read_desk(const json::value& value, const std::string& who, sentences& told) {
    protocol::desk_entry out;
    protocol::faults found;
    if (const auto* object = value.if_object()) {
        protocol::reading r(*object, "", found, protocol::unknown::refuse);
        out.id = r.text("id", 40);
        if (found.empty() && !protocol::is_desk_id(out.id))
            r.add("id", "formaat", "A desk's id is 1 to 40 of a-z, 0-9 and -, a letter first.");
        out.naam = r.text("naam", 200);
        if (const auto wrong = fault_of_desk_name(out.naam); !wrong.empty())
            r.add("naam", "formaat", wrong + ".");
        out.soort = r.one_of(
            "soort", {"politie", "zorg", "arbeid", "grens", "landelijk", "gemeente", "veiligheidshuis"});
        out.opsporing = r.boolean("opsporing");
        const auto before = found.size();
        out.beheerders = read_leads(r);
        if (out.beheerders.empty() && found.size() == before)
            r.add("beheerders", "leeg",
                  "A desk needs the key of a lead, who signs for it; without one nobody can be its member.");
        out.achtervang = r.text_or_null("achtervang", 40);
        r.finish();
    } else {
        found.push_back({"/", "type", "A desk must be an object."});
    }
    tell(who, found, told);
    return out;
}

// What desks break together.
void check_together(const std::vector<protocol::desk_entry>& desks, sentences& out) {
    std::set<std::string_view> ids;
    std::map<crypto::sign_public, std::string_view> leads;
    for (const auto& desk : desks) {
        if (!desk.id.empty() && !ids.insert(desk.id).second)
            out.push_back(fmt::format("loketten.json, desk {}: it is there twice; take one out.",
                                      client::escaped_line(desk.id)));
        for (const auto& lead : desk.beheerders) {
            auto [at, fresh] = leads.try_emplace(lead, desk.id);
            if (!fresh && at->second != desk.id)
                out.push_back(fmt::format(
                    "loketten.json, desk {}: the lead key {} is also of desk {}; a lead "
                    "has a key of their own for each desk.",
                    client::escaped_line(desk.id), crypto::b64u(lead), client::escaped_line(at->second)));
        }
    }
    for (const auto& desk : desks) {
        if (!desk.achtervang) continue;
        if (*desk.achtervang == desk.id)
            out.push_back(
                fmt::format("loketten.json, desk {}: it cannot fall back on itself; name another "
                            "desk, or null.",
                            client::escaped_line(desk.id)));
        else if (!ids.contains(*desk.achtervang))
            out.push_back(fmt::format("loketten.json, desk {}: there is no desk {} to fall back on.",
                                      client::escaped_line(desk.id), client::escaped_line(*desk.achtervang)));
    }
}

}  // namespace

std::string fault_of_desk_name(std::string_view name) {
    if (!base::is_utf8(name)) return "A desk's name must be UTF-8";
    if (base::blank(name)) return "A desk's name must be something that people see";
    if (name.size() > 100) return "A desk's name is at most 100 bytes";
    if (const auto sign = base::out_of_place(name))
        return fmt::format("A desk's name may not hold {}, which nobody sees: take it out",
                           base::name_of(*sign));
    return {};
}

std::string write_desks(const desks_file& file) {
    auto out =
        fmt::format("{{\n  \"logboek\": {},\n  \"loketten\": [", json_text(crypto::b64u(file.logboek)));
    std::string_view between = "";
    for (const auto& desk : file.loketten) {
        std::string leads;
        for (const auto& lead : desk.beheerders)
            leads += fmt::format("{}\n        {}", leads.empty() ? "" : ",", json_text(crypto::b64u(lead)));
        if (!leads.empty()) leads += "\n      ";
        out += fmt::format(
            "{}\n    {{\n      \"id\": {},\n      \"naam\": {},\n      \"soort\": {},\n      \"opsporing\": "
            "{},\n"
            "      \"beheerders\": [{}],\n      \"achtervang\": {}\n    }}",
            between, json_text(desk.id), json_text(desk.naam), json_text(desk.soort), desk.opsporing, leads,
            desk.achtervang ? json_text(*desk.achtervang) : "null");
        between = ",";
    }
    return out + "\n  ]\n}\n";
}

std::expected<desks_file, std::vector<std::string>> read_desks(std::string_view text) {
    auto object = protocol::parse_object(text);
    if (!object)
        return std::unexpected(
            sentences{fmt::format("loketten.json{}: {}", fault_place(text), protocol::text(object.error()))});
    desks_file out;
    sentences told;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::refuse);
    out.logboek = r.block<32>("logboek");
    if (found.empty() && !crypto::can_verify_with(out.logboek))
        r.add("logboek", "zwak", "Nothing can be verified with this key; make the draft again.");
    r.each("loketten", 1000, [&](const json::value& value, const std::string&) {
        out.loketten.push_back(read_desk(value, named(value, out.loketten.size() + 1), told));
    });
    r.finish();
    for (const auto& one : found)
        told.push_back(
            fmt::format("loketten.json, '{}': {}", client::escaped_line(one.location), one.detail));
    check_together(out.loketten, told);
    if (!told.empty()) return std::unexpected(std::move(told));
    return out;
}

std::optional<std::set<std::string>> desk_ids(std::string_view text) {
    auto object = protocol::parse_object(text);
    if (!object) return std::nullopt;
    std::set<std::string> out;
    protocol::faults ignored;
    protocol::reading r(*object, "", ignored, protocol::unknown::ignore);
    r.each("loketten", 1000, [&](const json::value& value, const std::string&) {
        if (!value.is_object()) return;
        protocol::reading one(value.as_object(), "", ignored, protocol::unknown::ignore);
        out.insert(one.text("id", 40));
    });
    return out;
}

std::vector<std::string> doubts(const desks_file& file) {
    sentences out;
    for (const auto& desk : file.loketten) {
        if (desk.beheerders.size() < 2)
            out.push_back(
                fmt::format("Desk {} has one lead only: when that key is lost, the desk's keys are too; "
                            "add a second.",
                            desk.id));
        if (desk.opsporing != investigates(desk.soort))
            out.push_back(fmt::format(
                "Desk {} is of kind {}, yet 'opsporing' is {}: people who prefer no police are told "
                "by it.",
                desk.id, desk.soort, desk.opsporing));
    }
    return out;
}

}  // namespace admin
