#include "server/config/about.hpp"

#include <algorithm>
#include <string_view>

#include "server/config/reader.hpp"

namespace config {
namespace {

constexpr std::size_t most = 300;  // bytes of a text

bool is_printable(std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < ' ' || c == 0x7F; });
}

// As it is shown, and as a line of security.txt: no blank in it.
bool is_contact(std::string_view text) {
    const bool plain = std::ranges::all_of(text, [](unsigned char c) { return c > ' ' && c < 0x7F; });
    const auto at = text.find('@');
    const bool mail = at != text.npos && at > 0 && text.find('.', at) != text.npos && !text.contains(':');
    return plain && (mail || (text.starts_with("https://") && text.size() > 10) ||
                     (text.starts_with("tel:+") && text.size() > 8));
}

std::string line(reader& r, std::string_view name) {
    auto out = r.text(name, "", true);
    if (out.size() > most || !is_printable(out))
        r.fault(name, fmt::format("'{}' must be one line of at most {} bytes", name, most));
    return out;
}

std::string contact(reader& r, std::string_view name) {
    auto out = line(r, name);
    if (!out.empty() && !is_contact(out))
        r.fault(name, fmt::format("'{}': '{}' must be an e-mail address, https://… or tel:+…", name, out));
    return out;
}

}  // namespace

about read_about(reader& r) {
    about out{line(r, "about-name"),
              line(r, "about-controller"),
              contact(r, "about-contact"),
              contact(r, "about-security"),
              {}};
    const auto day = r.text("about-day", "", true);
    if (!day.empty()) out.day = protocol::day::parse(day);
    if (!day.empty() && !out.day)
        r.fault("about-day", fmt::format("'about-day': '{}' must be a day as YYYY-MM-DD", day));
    return out;
}

std::vector<std::string> missing(const about& of) {
    std::vector<std::string> out;
    const auto need = [&out](bool there, const char* key) {
        if (!there) out.emplace_back(key);
    };
    need(!of.name.empty(), "about-name");
    need(!of.controller.empty(), "about-controller");
    need(!of.contact.empty(), "about-contact");
    need(!of.security.empty(), "about-security");
    need(of.day.has_value(), "about-day");
    return out;
}

}  // namespace config
