#include "server/admin/directory/routing_files.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/faults.hpp"
#include "server/domain_files/json_file.hpp"

namespace admin {
namespace {

namespace json = protocol::json;
namespace codes = protocol::codes;
using protocol::reading;
using words = std::span<const std::string_view>;

constexpr std::string_view of_file[] = {"versie", "standaard", "regels"};
constexpr std::string_view of_rule[] = {"als", "eerste", "mede", "zonder", "spoed"};
constexpr std::string_view of_desks[] = {"versie", "loketten"};
constexpr std::string_view of_desk[] = {"id", "naam", "soort", "opsporing", "achtervang"};
constexpr std::string_view kinds[] = {"politie",   "zorg",     "arbeid",         "grens",
                                      "landelijk", "gemeente", "veiligheidshuis"};
constexpr std::string_view roles[] = {"burger", "slachtoffer", "professional"};
constexpr std::string_view kept_out[] = {"opsporing"};

// Conditions that list codes; `spoed` lists booleans, `gemeente` municipalities.
struct condition {
    std::string_view name;
    words accepted;
};
constexpr condition conditions[] = {{"vorm", codes::vorm}, {"alleenVorm", codes::vorm},
                                    {"rol", roles},        {"politie", codes::politie},
                                    {"plek", codes::plek}, {"minderjarig", codes::minderjarig}};

class checker {
  public:
    checker(const guide::json_file& file, const guide::gemeenten* gemeenten)
        : file_(file), gemeenten_(gemeenten) {}

    void rules() {
        const auto& all = file_.object;
        known_keys(all, "", of_file);
        reading r(all, "", found_, protocol::unknown::ignore);
        (void)r.integer("versie");
        const auto before = found_.size();
        const auto last = r.text("standaard", 40);
        if (found_.size() == before) desk(last, "/standaard");
        r.each("regels", 1000, [&](const json::value& value, const std::string& at) { rule(value, at); });
    }

    std::vector<protocol::desk_entry> desks() {
        const auto& all = file_.object;
        known_keys(all, "", of_desks);
        std::vector<protocol::desk_entry> out;
        reading r(all, "", found_, protocol::unknown::ignore);
        r.each("loketten", 1000, [&](const json::value& value, const std::string& at) {
            if (!value.is_object()) return add(at, "a desk must be an object");
            known_keys(value.as_object(), at, of_desk);
            reading one(value.as_object(), at, found_, protocol::unknown::ignore);
            protocol::desk_entry desk;
            desk.id = one.text("id", 40);
            desk.naam = one.text("naam", 200);
            desk.soort = one.text("soort", 40);
            if (!desk.soort.empty()) code(desk.soort, at + "/soort", kinds);
            desk.opsporing = one.boolean("opsporing");
            desk.achtervang = one.text_or_null("achtervang", 40);
            out.push_back(std::move(desk));
        });
        return out;
    }

    std::vector<guide::fault> faults() {
        auto out = guide::told(file_, found_);
        out.insert(out.end(), said_.begin(), said_.end());
        return guide::shortened(out);
    }

  private:
    void add(std::string_view at, std::string_view sentence) { said_.push_back(file_.at(at, sentence)); }

    void known_keys(const json::object& of, const std::string& at, words known) {
        for (const auto& member : of) {
            const std::string_view key = member.key();
            if (std::ranges::find(known, key) != known.end()) continue;
            add(at, fmt::format("there is no key '{}' here; there are {}", key, fmt::join(known, ", ")));
            // Among many, by the line of the key itself.
            said_.back().line = file_.lines.of(at + "/" + protocol::pointer_part(key));
        }
    }

    void code(std::string_view word, std::string_view at, words known) {
        if (std::ranges::find(known, word) == known.end())
            add(at, fmt::format("there is no code '{}'; there are {}", word, fmt::join(known, ", ")));
    }

    void desk(std::string_view id, std::string_view at) {
        if (!protocol::is_desk_id(id)) add(at, fmt::format("'{}' is not a desk's id", id));
    }

    void target(std::string_view id, const std::string& at) {
        if (id != "@regio" && id != "@zorg") desk(id, at);
    }

    void rule(const json::value& value, const std::string& at) {
        if (!value.is_object()) return add(at, "a rule must be an object");
        known_keys(value.as_object(), at, of_rule);
        reading r(value.as_object(), at, found_, protocol::unknown::ignore);
        if (const auto* when = r.object("als"))
            for (const auto& one : *when) holds(one.key(), one.value(), at + "/als");
        const auto first = r.text_or_null("eerste", 40);
        if (first) target(*first, at + "/eerste");
        if (r.has("mede")) {
            const auto also = r.texts("mede", 2, 40);
            for (const auto& id : also) target(id, at + "/mede");
            if (!also.empty() && !first) add(at, "'mede' does nothing in a rule without 'eerste'");
        }
        if (r.has("zonder"))
            for (const auto& kind : r.texts("zonder", 16, 40)) code(kind, at + "/zonder", kept_out);
        (void)r.boolean_or("spoed", false);
    }

    // One condition: a value, or a list of those accepted.
    void holds(std::string_view name, const json::value& value, const std::string& rule) {
        const auto at = fmt::format("{}/{}", rule, name);
        const auto* known = std::ranges::find(conditions, name, &condition::name);
        if (known == std::end(conditions) && name != "spoed" && name != "gemeente")
            return add(rule, fmt::format("there is no condition '{}'; there are vorm, alleenVorm, rol, "
                                         "minderjarig, politie, spoed, gemeente, plek",
                                         name));
        const auto take = [&](const json::value& one) {
            if (name == "spoed") return one.is_bool() ? void() : add(at, "this lists true or false");
            if (!one.is_string()) return add(at, "this lists texts");
            const std::string_view word = one.as_string();
            if (name != "gemeente") return code(word, at, known->accepted);
            if (!gemeenten_->find(word)) add(at, fmt::format("there is no municipality '{}'", word));
        };
        if (const auto* list = value.if_array())
            for (const auto& one : *list) take(one);
        else
            take(value);
    }

    const guide::json_file& file_;
    const guide::gemeenten* gemeenten_;
    protocol::faults found_;
    std::vector<guide::fault> said_;
};

}  // namespace

held_against<desks_read> read_default_desks(const guide::data_files& schema) {
    auto file = guide::read_json_file(schema / "loketten.json");
    if (!file) return std::unexpected(std::vector{file.error()});
    checker check(*file, nullptr);
    auto desks = check.desks();
    if (auto faults = check.faults(); !faults.empty()) return std::unexpected(std::move(faults));
    return desks_read{std::move(*file), std::move(desks)};
}

held_against<guide::json_file> read_rules(const guide::data_files& schema,
                                          const guide::gemeenten& gemeenten) {
    auto file = guide::read_json_file(schema / "routering.json");
    if (!file) return std::unexpected(std::vector{file.error()});
    checker check(*file, &gemeenten);
    check.rules();
    if (auto faults = check.faults(); !faults.empty()) return std::unexpected(std::move(faults));
    return std::move(*file);
}

}  // namespace admin
