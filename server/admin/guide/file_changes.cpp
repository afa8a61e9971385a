#include "server/admin/guide/file_changes.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "server/admin/guide/file_items.hpp"
#include "server/domain_files/read_whole.hpp"
#include "server/domain_files/table.hpp"

namespace admin {
namespace {

using sentences = std::vector<std::string>;

constexpr std::size_t longest_value = 60, most_named = 5, most_lines = 60;

bool inside_letter(const std::string& text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u;
}

// The value around the place where it differs from the other.
std::string excerpt(const std::string& text, std::size_t differs) {
    if (text.empty()) return "(nothing)";
    if (text.size() <= longest_value) return text;
    auto from = differs > longest_value / 2 ? differs - longest_value / 2 : 0;
    auto to = std::min(from + longest_value, text.size());
    while (inside_letter(text, from)) --from;
    while (inside_letter(text, to)) ++to;
    return fmt::format("{}{}{}", from > 0 ? "…" : "", text.substr(from, to - from),
                       to < text.size() ? "…" : "");
}

std::string change(const std::string& was, const std::string& is) {
    const auto [a, b] = std::ranges::mismatch(was, is);
    const auto differs = static_cast<std::size_t>(a - was.begin());
    return fmt::format("{} → {}", excerpt(was, differs), excerpt(is, differs));
}

// `whose` names the entry: "signalen.toml hotel" or "aangifte.toml bedenktijd: zin 2".
void compare_values(const std::string& whose, const values& was, const values& is, sentences& out) {
    auto keys = was;
    keys.insert(is.begin(), is.end());
    for (const auto& [key, ignored] : keys) {
        const auto a = was.find(key), b = is.find(key);
        const auto from = a == was.end() ? std::string() : a->second,
                   to = b == is.end() ? std::string() : b->second;
        if (from != to) out.push_back(fmt::format("changes {}: {} {}", whose, key, change(from, to)));
    }
}

// The text of a row that is new or gone: in Dutch, the language that every text has.
std::string text_of(const values& row) {
    const auto text = std::ranges::find_if(row, [](const auto& one) { return one.first.ends_with(".nl"); });
    const auto shown = text == row.end() ? row.begin() : text;
    return shown == row.end() ? "(nothing)" : excerpt(shown->second, 0);
}

void compare_rows_of(const std::string& whose, const std::string& list, const std::vector<values>& was,
                     const std::vector<values>& is, sentences& out) {
    const auto found = pair_rows(was, is);
    const auto row = [&](std::size_t at) { return fmt::format("{}: {} {}", whose, list, at + 1); };
    for (const auto at : found.gone) out.push_back(fmt::format("drops {}: {}", row(at), text_of(was[at])));
    for (const auto& [a, b] : found.pairs) compare_values(row(b), was[a], is[b], out);
    for (const auto at : found.added) out.push_back(fmt::format("adds {}: {}", row(at), text_of(is[at])));
    if (found.other_order) out.push_back(fmt::format("changes {}: the order of {}", whose, list));
}

void compare_item(const std::string& file, const item& was, const item& is, sentences& out) {
    const auto whose = was.name.empty() ? file : fmt::format("{} {}", file, was.name);
    compare_values(whose, was.says, is.says, out);
    auto lists = was.rows;
    lists.insert(is.rows.begin(), is.rows.end());
    for (const auto& [list, ignored] : lists) {
        const auto a = was.rows.find(list), b = is.rows.find(list);
        compare_rows_of(whose, list, a == was.rows.end() ? std::vector<values>() : a->second,
                        b == is.rows.end() ? std::vector<values>() : b->second, out);
    }
}

void compare_items(const std::string& file, const std::vector<item>& before, const std::vector<item>& after,
                   sentences& out) {
    const auto find = [](const std::vector<item>& all, const item& one) -> const item* {
        const auto at = std::ranges::find_if(
            all, [&](const item& other) { return other.list == one.list && other.name == one.name; });
        return at == all.end() ? nullptr : &*at;
    };
    std::map<std::string, sentences> order_before, order_after;
    for (const auto& was : before) {
        const auto* is = find(after, was);
        if (!is) {
            out.push_back(fmt::format("drops {} {}", file, was.name));
            continue;
        }
        order_before[was.list].push_back(was.name);
        compare_item(file, was, *is, out);
    }
    for (const auto& is : after) {
        if (find(before, is))
            order_after[is.list].push_back(is.name);
        else
            out.push_back(fmt::format("adds {} {}", file, is.name));
    }
    for (const auto& [list, names] : order_before)
        if (names != order_after[list]) out.push_back(fmt::format("changes {}: the order of {}", file, list));
}

std::string first_of(const std::vector<std::string>& all) {
    const auto shown = std::min(all.size(), most_named);
    return fmt::format("{}{}", fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                       shown < all.size() ? ", …" : "");
}

// A table's rows by what stands in their first column.
std::map<std::string, std::string> rows_of(std::string_view text) {
    std::map<std::string, std::string> out;
    for (const auto line : guide::split(text, '\n'))
        if (!line.empty() && line.front() != '#') out.emplace(line.substr(0, line.find('\t')), line);
    return out;
}

void compare_rows(const std::string& file, std::string_view before, std::string_view after, sentences& out) {
    const auto was = rows_of(before), is = rows_of(after);
    std::vector<std::string> fewer, more, other;
    for (const auto& [key, line] : was) {
        const auto at = is.find(key);
        if (at == is.end())
            fewer.push_back(key);
        else if (at->second != line)
            other.push_back(key);
    }
    for (const auto& [key, line] : is)
        if (!was.contains(key)) more.push_back(key);
    if (fewer.empty() && more.empty() && other.empty()) return;
    auto told = fmt::format("changes {}: {} row{} fewer, {} more, {} other", file, fewer.size(),
                            fewer.size() == 1 ? "" : "s", more.size(), other.size());
    for (const auto& [what, keys] : {std::pair("fewer", &fewer), {"more", &more}, {"other", &other}})
        if (!keys->empty()) told += fmt::format("; {}: {}", what, first_of(*keys));
    out.push_back(std::move(told));
}

}  // namespace

client::result<file_changes> compare_files(const guide::data_files& before, const guide::data_files& after) {
    file_changes out;
    for (const auto view : guide::read_files) {
        const std::string name(view);
        const auto was = guide::read_whole(before / name), is = guide::read_whole(after / name);
        if (!was || !is) {
            const auto file = was ? after / name : before / name;
            return client::refuse(fmt::format("{}: {}.", file.string(), guide::why_unread(file)));
        }
        if (*was == *is) continue;
        std::vector<std::string> lines;
        if (name.ends_with(".tsv")) {
            compare_rows(name, *was, *is, lines);
        } else {
            const auto a = items_of(before / name), b = items_of(after / name);
            if (!a) return std::unexpected(a.error());
            if (!b) return std::unexpected(b.error());
            compare_items(name, *a, *b, lines);
        }
        if (lines.empty()) out.unsaid.push_back(fmt::format("{} differs in comments or layout alone", name));
        if (lines.size() > most_lines) {
            const auto more = lines.size() - most_lines;
            lines.resize(most_lines);
            lines.push_back(fmt::format("and {} more changes of {}", more, name));
        }
        out.lines.insert(out.lines.end(), lines.begin(), lines.end());
    }
    return out;
}

}  // namespace admin
