#include "server/domain_files/json_file.hpp"

#include <fmt/format.h>

#include "crypto/protocol/json_fault.hpp"
#include "server/domain_files/read_whole.hpp"

namespace guide {

fault json_file::at(std::string_view pointer, std::string_view sentence) const {
    if (sentence.ends_with('.')) sentence.remove_suffix(1);
    return {name, lines.of(pointer), fmt::format("{}: {}", pointer.empty() ? "/" : pointer, sentence)};
}

std::vector<fault> told(const json_file& file, const protocol::faults& found) {
    std::vector<fault> out;
    for (const auto& [location, code, detail] : found) out.push_back(file.at(location, detail));
    return out;
}

std::expected<json_file, fault> read_json_file(const std::filesystem::path& file) {
    const auto wrong = [&](std::size_t line, std::string sentence) {
        return std::unexpected(fault{file.string(), line, std::move(sentence)});
    };
    const auto text = read_whole(file);
    if (!text) return wrong(0, why_unread(file));
    auto value = protocol::parse_json(*text);
    if (const auto why = protocol::fault_of_json(*text))
        return wrong(why->line, fmt::format("column {}: {}", why->column, why->sentence));
    if (!value->is_object()) return wrong(1, "the file must hold one object");
    return json_file{file.string(), std::move(value->as_object()), protocol::json_lines(*text)};
}

}  // namespace guide
