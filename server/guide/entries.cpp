#include "server/guide/entries.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/settings/toml.hpp"
#include "server/domain_files/read_whole.hpp"

namespace guide {
namespace {

// Nothing here nests deeper: text in a sentence in an entry in the file. What does is of no kind.
constexpr int most_depth = 5;

// The first line below a table that dotted keys make, which has none of its own.
std::size_t first_line(const toml::table& table, int depth) {
    std::size_t out = 0;
    for (const auto& [key, node] : table) {
        std::size_t line = node.source().begin.line;
        if (const auto* inner = node.as_table(); inner && line == 0 && depth < most_depth)
            line = first_line(*inner, depth + 1);
        if (line != 0 && (out == 0 || line < out)) out = line;
    }
    return out;
}

entry convert(const toml::table& from, std::size_t line, int depth);

decltype(field::value) convert_list(const toml::array& list, int depth) {
    std::vector<std::string> texts;
    std::vector<entry> entries;
    for (const auto& one : list) {
        if (const auto* text = one.as_string())
            texts.push_back(text->get());
        else if (const auto* table = one.as_table())
            entries.push_back(convert(*table, one.source().begin.line, depth));
    }
    if (entries.empty() && texts.size() == list.size()) return texts;
    if (entries.size() == list.size()) return entries;
    return std::monostate();
}

decltype(field::value) convert_value(const toml::node& node, std::size_t line, int depth) {
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* date = node.as_date()) {
        const auto& d = date->get();
        if (auto day = protocol::day::parse(fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day)))
            return *day;
    }
    if (depth < most_depth) {
        if (const auto* table = node.as_table()) return convert(*table, line, depth + 1);
        if (const auto* list = node.as_array()) return convert_list(*list, depth + 1);
    }
    return std::monostate();
}

entry convert(const toml::table& from, std::size_t line, int depth) {
    entry out{line, {}};
    for (const auto& [key, node] : from) {
        std::size_t at = node.source().begin.line;
        if (const auto* table = node.as_table(); table && at == 0) at = first_line(*table, depth);
        out.fields.push_back({std::string(key.str()), at, convert_value(node, at, depth)});
    }
    std::ranges::sort(out.fields, {}, &field::line);
    return out;
}

// What a spreadsheet or another system's editor does to a file, said in words its user knows.
std::optional<std::string> not_ours(std::string_view text) {
    const bool marked = text.starts_with("\xEF\xBB\xBF");
    const auto line = text.substr(0, text.find('\n')).substr(marked ? 3 : 0);
    // Its first line names columns; ours is a comment, an entry's name or a key with its value.
    const bool named = line.starts_with('#') || line.starts_with('[') || line.contains('=');
    if (!named && std::ranges::any_of(std::string_view(";,\t"),
                                      [&](char split) { return std::ranges::count(line, split) > 1; }))
        return "this is a table from a spreadsheet; the file holds entries, each below its [[name]]";
    if (marked) return "the file starts with a byte order mark: save it as UTF-8 without one";
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return "the file is UTF-16: save it as UTF-8";
    return std::nullopt;
}

}  // namespace

const field* entry::find(std::string_view key) const {
    const auto at = std::ranges::find(fields, key, &field::key);
    return at == fields.end() ? nullptr : &*at;
}

entry read_entries(const std::filesystem::path& file, std::vector<fault>& faults) {
    const auto text = read_whole(file);
    if (!text) {
        faults.push_back({file.string(), 0, why_unread(file)});
        return {};
    }
    if (auto why = not_ours(*text)) {
        faults.push_back({file.string(), 1, std::move(*why)});
        return {};
    }
    auto table = settings::parse_toml(*text);
    if (!table) {
        faults.push_back({file.string(), table.error().line, table.error().sentence});
        return {};
    }
    return convert(*table, 1, 0);
}

}  // namespace guide
