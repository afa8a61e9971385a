#include "server/pages/melden.hpp"

#include "crypto/encoding.hpp"
#include "crypto/receipt.hpp"
#include "server/intake/request_hash.hpp"
#include "server/intake/seal_draft.hpp"
#include "server/pages/message.hpp"
#include "server/pages/padding.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr std::size_t most_fields = 200;  // our own pages send at most some fifty

constexpr phrase readers_changed{
    "notice",
    "Who can read this has changed since you saw this page. Nothing was sent yet. Look again, then send."};
constexpr phrase busy_now{
    "notice",
    "It is very busy now. Nothing was sent yet, and nothing was lost. Wait a moment and press Send again."};
constexpr phrase not_sure{
    "notice",
    "It is not certain whether your report has arrived. Nothing was lost. Wait a moment "
    "and press Send again: it arrives only once."};
constexpr phrase page_altered{"notice",
                              "Something on the page was not as we made it, so we made it anew. Nothing was "
                              "sent yet. Look again, then send."};
constexpr phrase sent_before{"notice",
                             "A report from this page has arrived already, with other contents. This one was "
                             "not sent. Press Send if it should "
                             "go as a second report."};
constexpr phrase too_much{"fault", "All together this is too long to be sent. Shorten the longest text."};
constexpr phrase no_receipts{"notice",
                             "It is very busy now. Nothing was sent yet, and nothing was lost. Wait a moment "
                             "and press Send again. Without a code "
                             "it goes on at once."};
constexpr phrase not_sealed{"notice",
                            "No desk can take this at the moment. Nothing was sent yet, and nothing was "
                            "lost. Try again in a while, or "
                            "call one of the numbers above."};

enum class step { begin, questions, check, send };

step step_of(const http::form& form) {
    if (form.first("zonder-erbij") || form.first("zonder-weg")) return step::check;
    const auto wanted = form.value("stap");
    if (wanted == "vragen") return step::questions;
    if (wanted == "controle") return step::check;
    if (wanted == "versturen") return step::send;
    return step::begin;
}

// What the check page showed; sending holds it against the decision, so nobody gains by changing it.
bool says_urgent(const http::form& form) { return form.value("haast") == "ja"; }

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
    auto id = crypto::uuid::parse(form.value("nummer"));
    auto bytes = crypto::block_from_b64u<32>(form.value("zaad"));
    if (!id || !bytes) return std::nullopt;
    return marks{*id, std::move(*crypto::seed::from(*bytes))};
}

void melden::marks::put(screen& screen) const {
    screen.put_hidden("nummer", screen.keep(id.text()));
    screen.put_hidden("zaad", screen.keep(crypto::b64u(seed.view())));
}

melden::marks melden::marks_of(const http::form& form) const {
    auto kept = marks::read(form);
    return kept ? std::move(*kept) : fresh();
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
    if (!frame.practice()) marks_of(given.form()).put(screen);
    return rendered(sheet::questions, screen, status);
}

// That somebody reported, and what: it opens nothing, because it is made from what is sealed.
void melden::put_proof(screen& screen, const http::form& form, const store::added_report& stored) {
    const bool asked = form.value("rol") == "professional";
    screen.view.flag("bewijs", asked).text("nummer", form.value("nummer"));
    const auto& language = screen.language();
    screen.view.text("dag", screen.keep(language.date(std::chrono::sys_days(std::chrono::days(stored.day)))));
    screen.view.text("afdruk", screen.keep(crypto::hex(stored.body_hash)));
}

http::response melden::done_page(const http::form& form, const frame& frame, const moment& at,
                                 const store::added_report& stored) const {
    screen screen(sheet::done, frame);
    auto kept = marks::read(form);
    auto sent_to = read_readers(form.value("lezers"));
    if (!sent_to) sent_to = readers();
    const bool way_back = kept && form.value("terugweg") != "nee";
    crypto::plain groups;
    if (way_back) groups = crypto::receipt::from(kept->seed).groups();
    screen.view.flag("bon", way_back).list("groepjes");
    for (std::size_t i = 0; i < groups.size(); i += 5)
        screen.view.item("groepjes").text("cijfers", groups.text().substr(i, 4));
    screen.view.flag("antwoordt", can_be_reached(answers(form)));
    const auto facts = at.facts();
    put_night(screen, *sent_to, facts, says_urgent(form));
    put_desks(screen, *sent_to, facts, {false, can_be_reached(answers(form))});
    put_proof(screen, form, stored);
    return rendered(sheet::done, screen, 200);
}

http::response melden::step(const http::form& form, const frame& frame, const moment& at) const {
    answers given(form);
    switch (step_of(form)) {
        case step::questions:
            if (!given.judge(page::begin).empty()) return begin_page(given, frame, true);
            return questions_page(given, frame, {}, place_in(given, at), 200);
        case step::check:
        case step::send:  // of practice, which ends here
            return check_page(given, frame, at, std::nullopt,
                              frame.practice() ? marks::none() : marks_of(form));
        default:
            return begin_page(given, frame, false);
    }
}

http::response melden::too_large(const http::form& form, const frame& frame, const moment& at) const {
    answers given(form);
    auto found = given.judge(page::form);
    found.push_back({"wat", too_much});
    return questions_page(given, frame, found, place_in(given, at), 413);
}

async::task<http::response> melden::answer(http::request request, frame frame) const {
    auto at = look();
    if (!at) co_return message(book_, frame, text_of::no_directory);
    const bool large = request.body.size() > largest_form;
    const auto hash = intake::request_hash(request.body);
    auto form = http::form::parse(std::move(request.body), most_fields);
    if (!form) co_return message(book_, frame, text_of::not_our_form);
    http::response out;
    if (large)
        out = too_large(*form, frame, *at);
    else if (step_of(*form) == step::send && !frame.practice())
        out = co_await send(std::move(*form), hash, frame, std::move(*at));
    else
        out = step(*form, frame, *at);
    // A form that is not ours was only decoded, in its own memory: nothing of it stood on the stack.
    crypto::wipe_stack();
    co_return out;
}

bool melden::refuses(const http::form& form) const {
    using enum admission::importance;
    return parts_.gate.sheds(says_urgent(form) ? rescue : writing) || parts_.store.full();
}

async::task<std::optional<http::response>> melden::repeated(const http::form& form, const answers& given,
                                                            crypto::block<32> hash, const frame& frame,
                                                            const moment& at, const marks& kept) const {
    const auto before = co_await parts_.store.earlier_report(kept.id, hash);
    if (!before && before.error() == store::errc::id_taken)
        co_return check_page(given, frame, at, notice{sent_before, 409}, fresh());
    if (!before) co_return check_page(given, frame, at, notice{busy_now, 503}, kept);
    if (*before) co_return done_page(form, frame, at, **before);
    co_return std::nullopt;
}

async::task<http::response> melden::send(http::form form, crypto::block<32> hash, frame frame,
                                         moment at) const {
    const answers given(form);
    auto kept = marks::read(form);
    if (!kept) co_return check_page(given, frame, at, notice{page_altered, 400}, fresh());
    if (refuses(form)) co_return check_page(given, frame, at, notice{busy_now, 503}, *kept);
    auto order = as_shown(given, frame, at, *kept);
    const bool derives = form.value("terugweg") != "nee";
    // The journal knows a repeat by itself; to ask beforehand is for what would be refused, or is costly.
    const bool asked = !order || derives;
    if (asked)
        if (auto again = co_await repeated(form, given, hash, frame, at, *kept)) co_return std::move(*again);
    if (!order) co_return std::move(order.error());
    std::optional<protocol::mailbox_keys> mailbox;
    if (derives) {
        auto seed = kept->seed.copy();
        auto keys = co_await parts_.mailboxes.keys(
            std::move(seed), says_urgent(form) ? receipts::rank::urgent : receipts::rank::ordinary);
        if (!keys) co_return check_page(given, frame, at, notice{no_receipts, 503}, *kept);
        mailbox = *keys;
        // Deriving takes its time, and the world may have moved on.
        if (auto later = look()) at = std::move(*later);
        order = as_shown(given, frame, at, *kept);
        if (!order) co_return std::move(order.error());
    }
    auto sealed = intake::seal(order->report, order->decision, kept->id, mailbox, *at.trust, at.today());
    intake::stored stored = std::unexpected(intake::refused(protocol::faults{}));
    if (sealed)
        stored = co_await intake::take_report(std::move(*sealed), {}, hash, at.trust, at.now, parts_.registry,
                                              parts_.store);
    if (stored) co_return done_page(form, frame, at, *stored);
    if (!asked)
        if (auto again = co_await repeated(form, given, hash, frame, at, *kept)) co_return std::move(*again);
    if (!sealed) co_return check_page(given, frame, at, notice{not_sealed, 503}, *kept);
    co_return not_stored(stored.error(), given, frame, at, *kept);
}

http::response melden::not_stored(const intake::refused& why, const answers& given, const frame& frame,
                                  const moment& at, const marks& kept) const {
    const auto* error = std::get_if<store::errc>(&why);
    if (!error) return check_page(given, frame, at, notice{readers_changed, 409}, kept);
    switch (*error) {
        case store::errc::id_taken:
            return check_page(given, frame, at, notice{sent_before, 409}, fresh());
        case store::errc::mailbox_taken:
            // A mailbox belongs to one report: another one gets another seed.
            return check_page(given, frame, at, notice{page_altered, 409}, fresh());
        case store::errc::unsure:
            return check_page(given, frame, at, notice{not_sure, 503}, kept);
        default:
            return check_page(given, frame, at, notice{busy_now, 503}, kept);
    }
}

std::expected<melden::outgoing, http::response> melden::as_shown(const answers& given, const frame& frame,
                                                                 const moment& at, const marks& kept) const {
    auto order = prepare(given, frame, at);
    if (!order) return order;
    auto shown = read_readers(given.form().value("lezers"));
    const bool urgent = says_urgent(given.form());
    if (shown && *shown == order->decision.ontvangers && urgent == order->decision.spoed) return order;
    return std::unexpected(check_page(given, frame, at, notice{readers_changed, 409}, kept));
}

}  // namespace pages
