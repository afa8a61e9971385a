#include "server/pages/melden.hpp"

#include "crypto/encoding.hpp"
#include "crypto/receipt.hpp"
#include "server/guide/dutch_time.hpp"
#include "server/intake/request_hash.hpp"
#include "server/pages/message.hpp"
#include "server/pages/padding.hpp"

namespace pages {
namespace {

constexpr std::size_t most_fields = 200;  // our own pages send at most some fifty

enum class step { begin, questions, check, send };

step step_of(const http::form& form) {
    if (form.first("zonder-erbij") || form.first("zonder-weg")) return step::check;
    const auto wanted = form.value("stap");
    if (wanted == "vragen") return step::questions;
    if (wanted == "controle") return step::check;
    if (wanted == "versturen") return step::send;
    return step::begin;
}

// Where the form goes when a button is pressed, and whether it is only practice.
void put_form(screen& screen, const frame& frame) {
    screen.view.text("adres", frame.address).flag("oefening", frame.practice());
}

const http::form& nothing() {
    static const http::form empty;
    return empty;
}

}  // namespace

std::optional<melden::moment> melden::look() const {
    moment out{parts_.registry.now(), parts_.gemeenten.get(), parts_.staffing.get(), parts_.clock.now()};
    // A sealing client refuses a directory after its term (protocol §2), and here that is the server.
    if (!out.trust || out.trust->directory.newest().tot < out.today()) return std::nullopt;
    return out;
}

desk_facts melden::moment::facts() const {
    const auto& gids = trust->directory.newest();
    desk_facts out{gids, *staffing, now, trust->table.standaard(), {}};
    for (const auto& entry : gids.loketten) {
        const auto* desk = trust->directory.desk(entry.id);
        if (!desk || !desk->in_force(today())) out.lapsed.insert(entry.id);
    }
    return out;
}

std::optional<melden::marks> melden::marks::read(const http::form& form) {
    const auto id = crypto::uuid::parse(form.value("nummer"));
    if (!id) return std::nullopt;
    marks out{*id};
    if (auto bytes = crypto::block_from_b64u<32>(form.value("zaad")))
        out.seed = std::move(*crypto::seed::from(*bytes));
    if (auto origin = crypto::uuid::parse(form.value("herkomst"))) out.origin = *origin;
    return out;
}

void melden::marks::put(screen& screen) const {
    screen.put_hidden("nummer", screen.keep(id.text()));
    if (seed) screen.put_hidden("zaad", screen.keep(crypto::b64u(seed->view())));
    if (origin) screen.put_hidden("herkomst", screen.keep(origin->text()));
}

melden::marks melden::completed(const marks* kept) const {
    marks out{kept ? kept->id : crypto::uuid::random()};
    if (kept && kept->seed) {
        out.seed = kept->seed->copy();
        out.origin = kept->origin;
    } else if (parts_.mailbox) {
        out.seed = parts_.mailboxes.draw();
        out.origin = parts_.mailboxes.id_for(*out.seed);
    } else {
        out.seed = crypto::seed::random();
    }
    return out;
}

http::response melden::rendered(sheet sheet, const screen& screen, unsigned status) const {
    http::response out;
    out.status = status;
    out.content_type = "text/html; charset=utf-8";
    out.with("Content-Language", screen.language().code());
    if (status == 503) out.with("Retry-After", "10");
    book_.render(sheet, screen.language(), screen.view, out.body);
    pad(out.body);
    return out;
}

std::string melden::blank_page(const frame& frame) const {
    answers given(nothing());
    screen screen(sheet::begin, frame);
    screen.view.flag("blanco").text("vervolg", "/melden").text("stap", "begin").text("verder", "vragen");
    put_form(screen, frame);
    screen.put_questions(page::begin, given, {}, {});
    screen.put_hidden(given, page::begin);
    std::string out;
    book_.render(sheet::begin, frame.language, screen.view, out);
    return out;
}

http::response melden::begin_page(const answers& given, const frame& frame, bool judged) const {
    auto found = judged ? given.judge(page::begin) : faults();
    screen screen(sheet::begin, frame);
    screen.view.flag("blanco", false).text("vervolg", "").text("stap", "begin").text("verder", "vragen");
    put_form(screen, frame);
    screen.put_questions(page::begin, given, found, {});
    screen.put_hidden(given, page::begin);
    return rendered(sheet::begin, screen, found.empty() ? 200 : 400);
}

http::response melden::questions_page(const answers& given, const frame& frame, const faults& found,
                                      const place& place, unsigned status) const {
    screen screen(sheet::questions, frame);
    screen.view.text("stap", "vragen").text("verder", "controle");
    put_form(screen, frame);
    screen.view.flag("jeugd", given.self() && given.minor()).flag("kind", !given.self() && given.minor());
    screen.put_questions(page::form, given, found, place);
    screen.put_hidden(given, page::form);
    if (!frame.practice()) marks::read(given.form()).value_or(marks{crypto::uuid::random()}).put(screen);
    return rendered(sheet::questions, screen, status);
}

// That somebody reported, and what: it opens nothing, because it is made from what is sealed.
void melden::put_proof(screen& screen, const http::form& form, const store::added_report& stored,
                       std::chrono::year_month_day day) {
    const bool asked = form.value("rol") == "professional";
    screen.view.flag("bewijs", asked).text("nummer", form.value("nummer"));
    // At rest the day is that of UTC; its reporter is told the day that the calendar on the wall shows.
    screen.view.text("dag", screen.keep(screen.language().date(day)));
    screen.view.text("afdruk", screen.keep(crypto::hex(stored.body_hash)));
}

http::response melden::done_page(const http::form& form, const frame& frame, const moment& at,
                                 const store::added_report& stored) const {
    screen screen(sheet::done, frame);
    auto kept = marks::read(form);
    const auto sent_to = read_readers(form.value("lezers")).value_or(readers());
    const bool code = parts_.mailbox && kept && kept->seed && form.value("terugweg") != "nee";
    crypto::plain groups;
    if (code) groups = crypto::receipt::from(*kept->seed).groups();
    screen.view.flag("bon", code).flag("eenmalig", parts_.mailbox && !code).list("groepjes");
    for (std::size_t i = 0; i < groups.size(); i += 5)
        screen.view.item("groepjes").text("cijfers", groups.text().substr(i, 4));
    const auto facts = at.facts();
    const answers given(form);
    screen.view.flag("jeugd", given.self() && given.minor()).flag("seksueel", maybe_sexual(given));
    const bool reached = can_be_reached(given, parts_.mailbox);
    screen.view.flag("antwoordt", reached);
    const desk_wording wording{false, reached, says_urgent(form), {true, stored.release_hour}};
    put_night(screen, sent_to, facts, wording);
    put_desks(screen, sent_to, facts, wording);
    const auto when = kept ? sent_.when(kept->id).value_or(at.now) : at.now;
    put_proof(screen, form, stored, guide::in_the_netherlands(when).day);
    return rendered(sheet::done, screen, 200);
}

http::response melden::step(const http::form& form, const frame& frame, const moment& at) const {
    answers given(form);
    switch (step_of(form)) {
        case step::questions:
            if (!given.judge(page::begin).empty()) return begin_page(given, frame, true);
            return questions_page(given, frame, {}, place_in(given, at), 200);
        case step::check:
        case step::send: {  // of practice, which ends here
            const auto kept = marks::read(form);
            return check_page(given, frame, at, std::nullopt, kept ? &*kept : nullptr);
        }
        default:
            return begin_page(given, frame, false);
    }
}

async::task<http::response> melden::answer(http::request request, frame frame) const {
    auto at = look();
    if (!at) co_return message(book_, frame, text_of::no_directory);
    const auto bytes = request.body.size();
    const bool large = bytes > largest_form;
    const auto who = request.head.sender;
    const auto hash = intake::request_hash(request.body);
    auto form = http::form::parse(std::move(request.body), most_fields);
    if (!form) co_return message(book_, frame, text_of::not_our_form);
    http::response out;
    if (large)
        out = too_large(*form, frame);
    else if (bytes > surely_sent && (step_of(*form) == step::check || step_of(*form) == step::questions))
        out = too_long_here(*form, frame, *at, bytes - surely_sent);
    else if (step_of(*form) == step::send && !frame.practice())
        out = co_await send(std::move(*form), hash, frame, std::move(*at), who);
    else if (auto again = co_await sent_before(*form, hash, frame))
        out = std::move(*again);
    else
        out = step(*form, frame, *at);
    // A form that is not ours was only decoded, in its own memory: nothing of it stood on the stack.
    crypto::wipe_stack();
    co_return out;
}

}  // namespace pages
