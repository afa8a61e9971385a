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
    constexpr std::array<std::string_view, kinds> addresses{"wegwijzer", "hulp",    "signalen",
                                                            "aangifte",  "oefenen", "api"};
    return addresses[static_cast<std::size_t>(kind)];
}

guide_pages::moment guide_pages::look() const {
    return {parts_.handbook.get(), parts_.gemeenten.get(), parts_.registry.now(), parts_.clock.today()};
}

place guide_pages::place_in(const answers& given, const moment& at) const {
    static const protocol::routing_table none;
    return pages::place_in(given, *at.gemeenten, at.trust ? at.trust->table : none);
}

std::shared_ptr<const guide_pages::made> guide_pages::make(std::span<const frame> frames) const {
    auto at = look();
    auto out = std::make_shared<made>();
    // Those of the frames: the data may have been read again since these were made.
    out->of = at.handbook = frames.front().handbook;
    out->day = at.today = frames.front().today;
    const auto add = [&](kind kind, const frame& frame, http::response response) {
        out->all[static_cast<std::size_t>(kind)].emplace(frame.language.code(), std::move(response));
    };
    for (auto frame : frames) {
        using enum kind;
        add(signals, frame, this->signals(frame, at));
        add(complaint, frame, this->complaint(frame, at));
        add(developers, frame, this->developers(frame));
        frame.address = address_of(where);
        add(where, frame, where_page(answers(nothing(), where_questions()), frame, {}, {}, true));
        frame.address = address_of(help);
        add(help, frame, help_page(answers(nothing(), help_questions()), frame, at, {}, {}, true));
        frame.address = address_of(practice);
        add(practice, frame, this->practice(nothing(), frame, at, true));
    }
    return out;
}

http::response guide_pages::fixed(kind kind, const http::head& head, const lang::language& language,
                                  std::span<const frame> frames) const {
    auto now = made_.get();
    if (!now || now->of != parts_.handbook.get() || now->day != parts_.clock.today()) {
        now = make(frames);
        made_.set(now);
    }
    return now->all[static_cast<std::size_t>(kind)].find(language.code())->second.form_for(head);
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
