#include "server/pages/guide_pages.hpp"

#include "server/pages/guide_questions.hpp"
#include "server/pages/melden.hpp"
#include "server/pages/message.hpp"
#include "server/pages/told_guide.hpp"

namespace pages {
namespace {

constexpr std::size_t most_fields = 60;  // the questions, and what carries them

const http::form& nothing() {
    static const http::form empty;
    return empty;
}

}  // namespace

std::string_view guide_pages::address_of(kind kind) {
    constexpr std::array<std::string_view, kinds> addresses{
        "wegwijzer", "hulp", "signalen", "aangifte", "oefenen", "api", "privacy", "toegankelijkheid"};
    return addresses[static_cast<std::size_t>(kind)];
}

guide_pages::moment guide_pages::look() const {
    return {parts_.handbook.get(), parts_.gemeenten.get(), parts_.registry.now(), parts_.clock.today()};
}

place guide_pages::place_in(const answers& given, const moment& at, bool spots) const {
    static const protocol::routing_table none;
    return pages::place_in(given, *at.gemeenten, at.trust ? at.trust->table : none, spots);
}

guide_pages::blank guide_pages::blank_pages(frame frame) const {
    auto at = look();
    at.handbook = frame.handbook;
    at.today = frame.today;
    blank out;
    const auto put = [&](kind kind, http::response page) {
        out[static_cast<std::size_t>(kind)] = std::move(page);
    };
    using enum kind;
    put(signals, this->signals(frame, at));
    put(complaint, this->complaint(frame, at));
    put(developers, this->developers(frame));
    put(privacy, statement(sheet::privacy, frame));
    put(accessibility, statement(sheet::accessibility, frame));
    frame.address = address_of(where);
    put(where, where_page(answers(nothing(), where_questions()), frame, {}, {}, true));
    frame.address = address_of(help);
    put(help, help_page(answers(nothing(), help_questions()), frame, at, {}, {}, true));
    frame.address = address_of(practice);
    put(practice, this->practice(nothing(), frame, at, true));
    return out;
}

http::response guide_pages::answer(kind kind, http::request request, const frame& frame) const {
    if (request.body.size() > largest_form) return message(book_, frame, text_of::too_large);
    const auto form = http::form::parse(std::move(request.body), most_fields);
    if (!form) return message(book_, frame, text_of::not_our_form);
    const auto at = look();
    switch (kind) {
        case kind::where:
            return where(*form, frame, at);
        case kind::help:
            return help(*form, frame, at);
        default:
            return practice(*form, frame, at, false);
    }
}

}  // namespace pages
