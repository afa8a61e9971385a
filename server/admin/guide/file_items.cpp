#include "server/admin/guide/file_items.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "crypto/protocol/json.hpp"
#include "server/domain_files/json_file.hpp"
#include "server/guide/entries.hpp"

namespace admin {
namespace {

namespace json = protocol::json;
using guide::entry;

entry as_entry(const json::object& from);

decltype(guide::field::value) as_value(const json::value& from) {
    if (const auto* object = from.if_object()) return as_entry(*object);
    if (from.is_bool()) return from.as_bool();
    if (from.is_int64()) return from.as_int64();
    if (from.is_string()) return std::string(from.as_string());
    const auto* list = from.if_array();
    if (!list) return std::string("null");
    std::vector<entry> entries;
    std::vector<std::string> texts;
    for (const auto& one : *list) {
        if (const auto* object = one.if_object()) entries.push_back(as_entry(*object));
        texts.push_back(one.is_string() ? std::string(one.as_string()) : protocol::to_text(one));
    }
    if (!entries.empty() && entries.size() == list->size()) return entries;
    return texts;
}

// The order in which the members stand is no part of what a JSON file says.
entry as_entry(const json::object& from) {
    entry out;
    for (const auto& member : from)
        out.fields.push_back({std::string(member.key()), 0, as_value(member.value())});
    return out;
}

void flatten(const entry& from, const std::string& prefix, values& out) {
    for (const auto& [key, line, value] : from.fields) {
        const auto at = prefix + key;
        if (const auto* flag = std::get_if<bool>(&value)) out[at] = *flag ? "true" : "false";
        if (const auto* number = std::get_if<std::int64_t>(&value)) out[at] = std::to_string(*number);
        if (const auto* text = std::get_if<std::string>(&value)) out[at] = *text;
        if (const auto* day = std::get_if<protocol::day>(&value)) out[at] = day->text();
        if (const auto* texts = std::get_if<std::vector<std::string>>(&value))
            out[at] = fmt::format("{}", fmt::join(*texts, ", "));
        if (const auto* inner = std::get_if<entry>(&value)) flatten(*inner, at + ".", out);
        if (const auto* list = std::get_if<std::vector<entry>>(&value))
            for (std::size_t i = 0; i < list->size(); ++i)
                flatten((*list)[i], fmt::format("{} {}: ", at, i + 1), out);
    }
}

// What tells an entry from the others of its list; a rule without a name is told by when it holds.
std::string name_of(const entry& one) {
    for (const char* key : {"id", "code", "naam", "rol"})
        if (const auto* field = one.find(key))
            if (const auto* text = std::get_if<std::string>(&field->value)) return *text;
    values all;
    const auto* when = one.find("als");
    const auto* conditions = when ? std::get_if<entry>(&when->value) : nullptr;
    flatten(conditions ? *conditions : one, "", all);
    std::string out;
    for (const auto& [key, value] : all) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", key, value);
    return out;
}

class collector {
  public:
    void add(const std::string& list, std::string name, const entry& one) {
        // The second of a name is another entry than the first.
        const auto again = ++met_[{list, name}];
        if (again > 1) name += fmt::format(" ({})", again);
        item next{list, std::move(name), {}, {}};
        entry alone;
        for (const auto& field : one.fields) {
            const auto* rows = std::get_if<std::vector<entry>>(&field.value);
            if (!rows) alone.fields.push_back(field);
            for (std::size_t i = 0; rows && i < rows->size(); ++i)
                flatten((*rows)[i], "", next.rows[field.key].emplace_back());
        }
        flatten(alone, "", next.says);
        out.push_back(std::move(next));
    }

    // A list of entries, or the entries that an object holds by their names.
    void add(const guide::field& field, entry& rest) {
        if (const auto* list = std::get_if<std::vector<entry>>(&field.value)) {
            for (const auto& one : *list) add(field.key, name_of(one), one);
            return;
        }
        const auto* inner = std::get_if<entry>(&field.value);
        const bool named = inner && !inner->fields.empty() &&
                           std::ranges::all_of(inner->fields, [](const guide::field& one) {
                               return std::holds_alternative<entry>(one.value);
                           });
        if (!named) return rest.fields.push_back(field);
        for (const auto& one : inner->fields) add(field.key, one.key, std::get<entry>(one.value));
    }

    std::vector<item> out;

  private:
    std::map<std::pair<std::string, std::string>, std::size_t> met_;
};

}  // namespace

client::result<std::vector<item>> items_of(const std::filesystem::path& file) {
    entry root;
    std::vector<guide::fault> faults;
    if (file.extension() == ".json") {
        const auto read = guide::read_json_file(file);
        if (read)
            root = as_entry(read->object);
        else
            faults.push_back(read.error());
    } else {
        root = guide::read_entries(file, faults);
    }
    if (!faults.empty()) return client::refuse(text(faults[0]) + "; see baken admin guide-check");
    collector all;
    entry rest;
    for (const auto& field : root.fields) all.add(field, rest);
    if (!rest.fields.empty()) all.add("", "", rest);
    return std::move(all.out);
}

}  // namespace admin
