// Who is behind the website, what becomes of what people write, and who can use it.
#include <chrono>

#include "server/pages/guide_pages.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

std::string date(const lang::language& language, std::optional<protocol::day> day) {
    if (!day) return {};
    return language.date(std::chrono::sys_days(std::chrono::days(day->number)));
}

}  // namespace

http::response guide_pages::statement(sheet sheet, const frame& frame) const {
    screen screen(sheet, frame);
    const auto& about = parts_.about;
    const bool privacy = sheet == pages::sheet::privacy;
    auto& view = screen.view.text("vervolg", privacy ? "/privacy" : "/toegankelijkheid");
    view.flag("ingevuld", about.filled_in()).text("contact", about.contact);
    view.text("dag", screen.keep(date(screen.language(), about.day)));
    if (privacy)
        view.text("naam", about.name)
            .text("verantwoordelijke", about.controller)
            .flag("termijn", about.destroys)
            .flag("beveiliging", !about.security.empty() && about.day);
    return fixed_response(book_, sheet, screen);
}

}  // namespace pages
