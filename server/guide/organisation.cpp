#include "server/guide/organisation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text/ascii.hpp"
#include "crypto/protocol/codes.hpp"
#include "server/guide/address.hpp"
#include "server/guide/kinds.hpp"

namespace guide {
namespace {

// As telephone numbers are written here: digits, one hyphen or single spaces between them.
bool is_telephone(std::string_view text) {
    if (text.size() < 3 || text.size() > 20 || !base::is_digit(text.front()) || !base::is_digit(text.back()))
        return false;
    for (std::size_t i = 1; i < text.size(); ++i)
        if (!base::is_digit(text[i]) && ((text[i] != '-' && text[i] != ' ') || !base::is_digit(text[i - 1])))
            return false;
    return true;
}

bool is_url(std::string_view text) {
    return text.starts_with("https://") && text.size() > 10 && std::ranges::all_of(text, [](char c) {
               return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
           });
}

}  // namespace

organisation read_contact(entry_reader& from, protocol::day today) {
    organisation out;
    out.line = from.line();
    out.naam = from.text("naam");
    refuse_address(from, "naam", {out.naam});
    out.telefoon = from.text_or_empty("telefoon");
    if (!out.telefoon.empty() && !is_telephone(out.telefoon))
        from.fault("telefoon", fmt::format("'{}' is not a telephone number such as 0800-2000 or 033-448 1186",
                                           out.telefoon));
    out.telefoon_buitenland = from.text_or_empty("telefoon-buitenland");
    const std::string_view abroad = out.telefoon_buitenland;
    if (!abroad.empty() && !(abroad.starts_with('+') && is_telephone(abroad.substr(1))))
        from.fault("telefoon-buitenland",
                   fmt::format("'{}' is not a telephone number such as +31 70 333 4444", abroad));
    out.url = from.text_or_empty("url");
    if (!out.url.empty() && !is_url(out.url))
        from.fault("url", "'url' must be an address that begins with https://");
    out.opsporing = from.flag("opsporing");
    out.altijd = from.flag("altijd");
    out.anoniem = from.flag_or_nothing("anoniem");
    out.bereikbaar = from.say_or_nothing("bereikbaar");
    if (out.bereikbaar) refuse_address(from, "bereikbaar", *out.bereikbaar);
    out.bron = from.source(today);
    return out;
}

std::vector<organisation> read_organisations(const std::filesystem::path& file, protocol::day today,
                                             std::vector<fault>& faults) {
    std::vector<organisation> out;
    read_lists(file, faults, {{"organisatie", [&](entry_reader& from) {
                                   auto id = once(from, "id", from.id("id"), out, &organisation::id);
                                   auto one = read_contact(from, today);
                                   one.id = std::move(id);
                                   one.soort = from.one_of_or_empty("soort", kinds_of_desk);
                                   one.vormen = from.some_of("vormen", protocol::codes::vorm);
                                   one.wat = from.say("wat");
                                   refuse_address(from, "wat", one.wat);
                                   out.push_back(std::move(one));
                               }}});
    return out;
}

const organisation* find(const std::vector<organisation>& among, std::string_view id) {
    const auto at = std::ranges::find(among, id, &organisation::id);
    return at == among.end() ? nullptr : &*at;
}

}  // namespace guide
