#include "client/desk/local_names.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/here/escaped.hpp"

namespace desk {
namespace {

std::string note_of(std::string_view desk) { return fmt::format("names-{}", desk); }

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::string fault_of_name(std::string_view name) {
    const auto shown = client::escaped_line(name);
    if (name.empty() || name.front() == ' ' || name.back() == ' ')
        return "A name has one letter at least, and no space at its beginning or end.";
    if (shown != name)
        return fmt::format("'{}' cannot be a name: it has characters that nobody sees.", shown);
    if (letters_in(name) > longest_name)
        return fmt::format("'{}' is too long for a name: at most {} letters.", shown, longest_name);
    if (crypto::uuid::parse(name)) return fmt::format("'{}' is an id, not a name.", shown);
    return {};
}

std::string name_of_card(std::string_view path) {
    auto name = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    for (const std::string_view end : {".pub", ".key"})
        if (name.ends_with(end)) name.remove_suffix(end.size());
    return fault_of_name(name).empty() ? std::string(name) : std::string();
}

client::result<local_names> local_names::read(const client::state& memory, std::string_view desk) {
    auto text = memory.note(note_of(desk));
    if (!text) return std::unexpected(text.error());
    local_names out;
    const auto all = text->value_or("");
    for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find('\n', at), all.size());
        const auto line = std::string_view(all).substr(at, end - at);
        at = end + 1;
        const auto space = line.find(' ');
        if (space == line.npos) continue;
        const auto lid = crypto::uuid::parse(line.substr(0, space));
        const auto name = line.substr(space + 1);
        if (lid && fault_of_name(name).empty()) out.give(*lid, std::string(name));
    }
    return out;
}

client::result<void> local_names::write(const client::state& memory, std::string_view desk) const {
    std::string text;
    for (const auto& [lid, name] : names_) text += fmt::format("{} {}\n", lid.text(), name);
    return memory.set_note(note_of(desk), text);
}

std::string local_names::of(const crypto::uuid& lid) const {
    const auto at = names_.find(lid);
    return at == names_.end() ? std::string() : at->second;
}

std::string local_names::with(const crypto::uuid& lid) const {
    const auto name = of(lid);
    return name.empty() ? lid.text() : fmt::format("{} ({})", lid.text(), name);
}

std::optional<crypto::uuid> local_names::called(std::string_view name) const {
    std::optional<crypto::uuid> out;
    for (const auto& [lid, own] : names_) {
        if (own != name) continue;
        if (out) return std::nullopt;
        out = lid;
    }
    return out;
}

}  // namespace desk
