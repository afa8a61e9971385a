#include "server/guide/told.hpp"

#include <fmt/format.h>

#include "server/guide/read_whole.hpp"

namespace guide {

std::vector<fault> told(const std::string& file, const protocol::faults& found) {
    std::vector<fault> out;
    for (const auto& [location, code, detail] : found) {
        std::string sentence = fmt::format("{}: {}", location, detail);
        if (sentence.ends_with('.')) sentence.pop_back();
        out.push_back({file, 0, std::move(sentence)});
    }
    return out;
}

std::expected<protocol::json::object, fault> read_object(const std::filesystem::path& file) {
    const auto wrong = [&](std::string sentence) {
        return std::unexpected(fault{file.string(), 0, std::move(sentence)});
    };
    const auto text = read_whole(file);
    if (!text) return wrong(why_unread(file));
    auto value = protocol::parse_json(*text);
    if (!value)
        return wrong("the file is not strict JSON: check quotes, commas, duplicate names and numbers");
    if (!value->is_object()) return wrong("the file must hold one object");
    return std::move(value->as_object());
}

}  // namespace guide
