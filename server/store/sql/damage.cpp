#include "server/store/sql/damage.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"
#include "server/store/sha256.hpp"

namespace store::sql {
namespace {

// Which column a hash is of, and by which ones a row is named to people.
struct hashed {
    std::string_view table, column, what;
    std::vector<std::pair<std::string_view, std::string_view>> names;  // column, word
};

const std::vector<hashed>& all_hashed() {
    static const std::vector<hashed> all{
        {"gids", "token", "a directory", {{"versie", "version"}}},
        {"standen", "token", "a standing", {{"loket", "desk"}, {"versie", "version"}}},
        {"leden", "token", "a membership", {{"loket", "desk"}, {"lid", "member"}}},
        {"sleutels", "token", "an epoch key", {{"loket", "desk"}, {"epoch", "week"}}},
        {"wraps", "sealed", "a wrapped secret", {{"loket", "desk"}, {"epoch", "week"}, {"lid", "member"}}},
        {"meldingen", "body", "a report's envelope", {{"id", "report"}}},
        {"ontvangers", "sealed", "a sealed key", {{"melding", "report"}, {"loket", "desk"}}},
        {"brokken", "bytes", "a piece", {{"bijlage", "attachment"}, {"van", "byte"}}},
        {"logboek", "bytes", "a trail", {{"loket", "desk"}, {"regel", "line"}}},
    };
    return all;
}

// The same by places in a row.
struct judged {
    const hashed* by = nullptr;
    std::size_t of = 0, hash = 0;
    std::vector<std::size_t> names;
};

std::vector<judged> made() {
    std::vector<judged> out;
    for (const auto& table : tables()) {
        auto& one = out.emplace_back();
        const auto by = std::ranges::find(all_hashed(), table.name, &hashed::table);
        if (by == all_hashed().end()) continue;
        const auto columns = table.carried_columns();
        const auto at = [&](std::string_view name) {
            return static_cast<std::size_t>(std::ranges::find(columns, name, &column::name) -
                                            columns.begin());
        };
        one = {&*by, at(by->column), at("hash"), {}};
        for (const auto& [name, word] : by->names) one.names.push_back(at(name));
    }
    return out;
}

bool is_whole(const value& what, const value& hash) {
    const auto* token = std::get_if<std::string_view>(&what);
    const auto* text = std::get_if<std::string_view>(&hash);
    if (token && text) return crypto::hash_text(crypto::as_bytes(*token)) == *text;
    const auto* bytes = std::get_if<crypto::byte_view>(&what);
    const auto* block = std::get_if<crypto::byte_view>(&hash);
    return bytes && block && crypto::to_block<32>(*block) == sha256(*bytes);
}

std::string name(const value& one) {
    if (const auto* number = std::get_if<std::int64_t>(&one)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string_view>(&one)) return std::string(*text);
    const auto* bytes = std::get_if<crypto::byte_view>(&one);
    const auto id = bytes ? crypto::to_block<16>(*bytes) : std::nullopt;
    return id ? crypto::uuid{*id}.text() : "unknown";
}

}  // namespace

std::optional<std::string> damage_in(const table& table, std::span<const value> row) {
    static const std::vector<judged> all = made();
    const auto& one = all[static_cast<std::size_t>(&table - tables().data())];
    if (!one.by || is_whole(row[one.of], row[one.hash])) return {};
    std::vector<std::string> named;
    for (std::size_t i = 0; i < one.names.size(); ++i)
        named.push_back(fmt::format("{} {}", one.by->names[i].second, name(row[one.names[i]])));
    return fmt::format("{}: {}", one.by->what, fmt::join(named, ", "));
}

}  // namespace store::sql
