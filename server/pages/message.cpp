#include "server/pages/message.hpp"

#include <array>

#include "server/pages/padding.hpp"

namespace pages {
namespace {

using lang::phrase;

struct row {
    unsigned status;
    phrase title, what, now;
};

constexpr phrase reload{
    "message",
    "Wait a moment and reload this page: your browser then sends the same again, and nothing "
    "arrives twice. If it cannot wait, call one of the numbers here."};
constexpr phrase start_again{"message", "Go to the start and try again."};
constexpr phrase text_too_long{"message",
                               "The text at “{question}” is too long: {number} characters. There is room for "
                               "about 200,000 characters, in some languages fewer. Nothing was sent."};
constexpr phrase go_back{"message",
                         "Go back one page in your browser: what you typed is usually still there. Shorten "
                         "that text and go on."};
constexpr phrase busy_title{"message title", "It does not work at the moment"};

constexpr row row_of(text_of what) {
    switch (what) {
        case text_of::no_directory:
            return {503, busy_title,
                    phrase{"message", "We can take nothing at the moment. Nothing was sent."}, reload};
        case text_of::not_our_form:
            return {400, phrase{"message title", "This form did not come from this website"},
                    phrase{"message", "What we received was not our form. We passed nothing on."},
                    start_again};
        case text_of::no_page:
            return {404, phrase{"message title", "This page does not exist"},
                    phrase{"message", "The address may be wrong, or the page is gone."}, start_again};
        case text_of::wrong_method:
            return {405, phrase{"message title", "This page cannot do that"},
                    phrase{"message", "Your browser asked for something that this address does not do."},
                    start_again};
        case text_of::too_large:
            return {
                413, phrase{"message title", "This is too long"},
                phrase{
                    "message",
                    "There is room for about 200,000 characters, in some languages fewer. Nothing was sent."},
                phrase{"message",
                       "Your browser may have lost what you typed. Start again, with a shorter text."}};
        case text_of::wrong_type:
            return {415, phrase{"message title", "This form did not come from this website"},
                    phrase{"message", "What we received was not our form. We passed nothing on."},
                    start_again};
        case text_of::slow:
            return {408, phrase{"message title", "The connection was too slow"},
                    phrase{"message", "Not everything arrived in time. Nothing was sent."}, reload};
        case text_of::our_fault:
            return {500, phrase{"message title", "We made a mistake"},
                    phrase{"message", "Something went wrong here. Perhaps what you sent was not stored."},
                    reload};
        case text_of::busy:
            return {503, busy_title, phrase{"message", "Many people are visiting now. Nothing was sent."},
                    reload};
        case text_of::sent_already:
            return {
                200, phrase{"message title", "This was sent already"},
                phrase{"message",
                       "What you sent has arrived. To keep you safe, this website does not show it again."},
                phrase{"message",
                       "Did you change something after you sent it? That was not sent. Start again and tell "
                       "only what is new."}};
        case text_of::refused:
            break;
    }
    return {400, phrase{"message title", "This page cannot do that"},
            phrase{"message", "We could not read what your browser sent. We passed nothing on."},
            start_again};
}

}  // namespace

namespace {

// Of three sentences: what went wrong, why, what to do now.
http::response page_of(const book& book, const frame& frame, screen& screen, unsigned status,
                       std::array<std::string_view, 3> said) {
    screen.view.text("vervolg", "").text("titel", said[0]).text("uitleg", said[1]).text("wat-nu", said[2]);
    http::response out;
    out.status = status;
    out.content_type = "text/html; charset=utf-8";
    out.with("Content-Language", frame.language.code());
    if (status == 503) out.with("Retry-After", "10");
    book.render(sheet::message, frame.language, screen.view, out.body);
    return out;
}

}  // namespace

http::response unpadded_message(const book& book, const frame& frame, text_of what) {
    const auto row = row_of(what);
    screen screen(sheet::message, frame);
    return page_of(book, frame, screen, row.status,
                   {screen.say(row.title), screen.say(row.what), screen.say(row.now)});
}

http::response message(const book& book, const frame& frame, text_of what) {
    auto out = unpadded_message(book, frame, what);
    pad(out.body);
    return out;
}

http::response too_long(const book& book, const frame& frame, phrase question, std::size_t characters) {
    screen screen(sheet::message, frame);
    auto what = filled(frame.language.text(text_too_long), "question", screen.say(question));
    what = filled(std::move(what), "number", std::to_string(characters));
    auto out = page_of(
        book, frame, screen, 413,
        {screen.say(row_of(text_of::too_large).title), screen.keep(std::move(what)), screen.say(go_back)});
    pad(out.body);
    return out;
}

}  // namespace pages
