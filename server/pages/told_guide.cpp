#include "server/pages/told_guide.hpp"

#include <algorithm>

#include "server/pages/desk_kinds.hpp"
#include "server/pages/numbers.hpp"
#include "server/pages/padding.hpp"
#include "server/pages/policy.hpp"

namespace pages {
namespace {

// Of an address only the site: a page is read, and the whole address stands in the interface.
std::string short_source(std::string_view bron) {
    std::string out;
    while (!bron.empty()) {
        auto part = bron.substr(0, bron.find("; "));
        bron.remove_prefix(std::min(part.size() + 2, bron.size()));
        for (const std::string_view scheme : {"https://", "http://", "www."})
            if (part.starts_with(scheme)) part.remove_prefix(scheme.size());
        if (!part.contains(' ')) part = part.substr(0, part.find('/'));
        if (out.find(part) == out.npos) out.append(out.empty() ? "" : "; ").append(part);
    }
    return out;
}

}  // namespace

void put_contact(screen& screen, html::view& item, const guide::organisation& who) {
    item.text("wie", who.naam);
    item.flag("met-telefoon", !who.telefoon.empty()).text("telefoon", who.telefoon);
    item.text("bel", screen.keep(dialled(who.telefoon)));
    item.flag("met-buitenland", !who.telefoon_buitenland.empty()).text("buitenland", who.telefoon_buitenland);
    item.text("bel-buitenland", screen.keep(dialled(who.telefoon_buitenland)));
    item.flag("met-url", !who.url.empty()).text("url", who.url);
    item.flag("met-bereikbaar", who.bereikbaar.has_value());
    item.text("bereikbaar", who.bereikbaar ? screen.say(*who.bereikbaar) : html::spoken());
}

void put_kind(screen& screen, html::view& item, const guide::organisation& who) {
    item.flag("opsporing", who.opsporing);
    item.text("aard", who.opsporing ? screen.say(kind_of_organisation(who.soort, true)) : "");
}

void put_source(screen& screen, html::view& item, const guide::provenance& of) {
    item.flag("met-bron", !of.bron.empty()).text("bron", screen.keep(short_source(of.bron)));
    screen.shows(of.geverifieerd);
}

void put_sourced(screen& screen, html::view& item, const guide::words& text, const guide::provenance& of) {
    item.text("tekst", screen.say(text));
    put_source(screen, item, of);
}

bool put_law(screen& screen, html::view& view, std::string_view name,
             const std::vector<const guide::law_sentence*>& sentences, protocol::day today) {
    view.list(name);
    bool any = false;
    for (const auto* one : sentences) {
        if (!guide::may_be_shown(one->bron, false, today)) continue;
        put_sourced(screen, view.item(name), one->tekst, one->bron);
        any = true;
    }
    return any;
}

http::response fixed_response(const book& book, sheet sheet, const screen& screen) {
    http::response out;
    out.content_type = "text/html; charset=utf-8";
    out.with("Content-Language", screen.language().code());
    out.with("Content-Security-Policy", std::string(policy_of(sheet)));
    book.render(sheet, screen.language(), screen.view, out.body);
    return out;
}

http::response guide_response(const book& book, sheet sheet, const screen& screen, unsigned status) {
    auto out = fixed_response(book, sheet, screen);
    out.status = status;
    pad(out.body);
    return out;
}

}  // namespace pages
