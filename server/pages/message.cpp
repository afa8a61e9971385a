#include "server/pages/message.hpp"

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
constexpr phrase busy_title{"message title", "It does not work at the moment"};

constexpr row row_of(text_of what) {
    switch (what) {
        case text_of::no_directory:
            return {503, busy_title,
                    phrase{"message", "No report can be taken at the moment. Nothing was sent."}, reload};
        case text_of::not_our_form:
            return {400, phrase{"message title", "This form is not ours"},
                    phrase{"message", "What arrived here is not what our page sends. Nothing was sent on."},
                    start_again};
        case text_of::no_page:
            return {404, phrase{"message title", "This page is not here"},
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
                    "A report can hold about 200,000 characters, in some languages fewer. Nothing was sent."},
                phrase{"message",
                       "Your browser may have lost what you typed. Start again, with a shorter text."}};
        case text_of::wrong_type:
            return {415, phrase{"message title", "This form is not ours"},
                    phrase{"message", "What arrived here is not what our page sends. Nothing was sent on."},
                    start_again};
        case text_of::slow:
            return {408, phrase{"message title", "The connection was too slow"},
                    phrase{"message", "Not everything arrived in time. Nothing was sent."}, reload};
        case text_of::our_fault:
            return {500, phrase{"message title", "Something went wrong with us"},
                    phrase{"message", "That is our fault. Perhaps your report was not stored."}, reload};
        case text_of::busy:
            return {503, busy_title, phrase{"message", "It is very busy now. Nothing was sent."}, reload};
        case text_of::refused:
            break;
    }
    return {400, phrase{"message title", "This page cannot do that"},
            phrase{"message", "What your browser sent could not be read. Nothing was sent on."}, start_again};
}

}  // namespace

http::response message(const book& book, const frame& frame, text_of what) {
    return message(book, frame, what, row_of(what).status);
}

http::response message(const book& book, const frame& frame, text_of what, unsigned status) {
    const auto row = row_of(what);
    screen screen(sheet::message, frame);
    screen.view.text("vervolg", "").text("titel", screen.say(row.title));
    screen.view.text("uitleg", screen.say(row.what)).text("wat-nu", screen.say(row.now));
    http::response out;
    out.status = status;
    out.content_type = "text/html; charset=utf-8";
    out.with("Content-Language", frame.language.code());
    if (status == 503) out.with("Retry-After", "10");
    book.render(sheet::message, frame.language, screen.view, out.body);
    pad(out.body);
    return out;
}

}  // namespace pages
