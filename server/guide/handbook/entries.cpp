#include "server/guide/handbook/entries.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "server/guide/read_whole.hpp"
#include "settings/toml.hpp"

namespace guide {
namespace {

class converter {
  public:
    converter(std::string file, std::vector<fault>& faults) : file_(std::move(file)), faults_(faults) {}

    entry convert(const toml::table& from, std::size_t line) {
        entry out{line, {}};
        for (const auto& [key, node] : from) {
            field one{std::string(key.str()), node.source().begin.line, {}};
            // A table that dotted keys make has no line of its own: that of its first key.
            if (const auto* table = node.as_table(); table && one.line == 0) one.line = first_line(*table);
            if (take(node, one)) out.fields.push_back(std::move(one));
        }
        std::ranges::sort(out.fields, {}, &field::line);
        return out;
    }

  private:
    static std::size_t first_line(const toml::table& table) {
        std::size_t out = 0;
        for (const auto& [key, node] : table)
            if (const auto line = node.source().begin.line; out == 0 || line < out) out = line;
        return out;
    }

    bool take(const toml::node& node, field& out) {
        if (const auto* flag = node.as_boolean()) return out.value = flag->get(), true;
        if (const auto* number = node.as_integer()) return out.value = number->get(), true;
        if (const auto* text = node.as_string()) return out.value = text->get(), true;
        if (const auto* table = node.as_table()) return out.value = convert(*table, out.line), true;
        if (const auto* date = node.as_date()) {
            const auto& d = date->get();
            if (auto day = protocol::day::parse(fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day)))
                return out.value = *day, true;
        }
        if (const auto* list = node.as_array()) return take_list(*list, out);
        fault(out, "is of a kind that stands nowhere in these files");
        return false;
    }

    bool take_list(const toml::array& list, field& out) {
        std::vector<std::string> texts;
        std::vector<entry> entries;
        for (const auto& one : list) {
            if (const auto* text = one.as_string())
                texts.push_back(text->get());
            else if (const auto* table = one.as_table())
                entries.push_back(convert(*table, one.source().begin.line));
        }
        if (entries.empty() && texts.size() == list.size()) return out.value = std::move(texts), true;
        if (entries.size() == list.size()) return out.value = std::move(entries), true;
        fault(out, "must be a list of texts");
        return false;
    }

    void fault(const field& at, std::string_view what) {
        faults_.push_back({file_, at.line, fmt::format("'{}' {}", at.key, what)});
    }

    std::string file_;
    std::vector<guide::fault>& faults_;
};

// What a spreadsheet or another system's editor does to a file, said in words its user knows.
std::optional<std::string> not_ours(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        return "the file starts with a byte order mark: save it as UTF-8 without one";
    const auto line = text.substr(0, text.find('\n'));
    if (!line.starts_with('#') && !line.starts_with('[') && std::ranges::count(line, ';') > 1)
        return "this is a table from a spreadsheet; the file holds entries, each below its [[name]]";
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
        faults.push_back({file.string(), 0, "the file is missing or cannot be read"});
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
    return converter(file.string(), faults).convert(*table, 1);
}

}  // namespace guide
