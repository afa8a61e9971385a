// The third post: the check page is sent. What it carries is judged again, and what was stored before is
// known.
#include "server/intake/request_hash.hpp"
#include "server/intake/seal_draft.hpp"
#include "server/pages/melden.hpp"
#include "server/pages/message.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase readers_changed{
    "notice",
    "Who can read this has changed since you saw this page. It was not sent yet. Look again, then send it."};
constexpr phrase busy_now{
    "notice",
    "Many people are sending now. It was not sent yet. What you wrote is still here. Wait a "
    "moment and send it again."};
constexpr phrase not_sure{
    "notice",
    "We are not certain that it arrived. What you wrote is still here. Wait a moment and send "
    "it again: it arrives only once."};
constexpr phrase page_altered{
    "notice",
    "Something on this page was not as we made it, so we made the page again. It was not "
    "sent yet. Look again, then send it."};
constexpr phrase no_room{
    "notice",
    "There is little room now, so we can only take short texts. It was not sent yet. What you "
    "wrote is still here. Make it shorter, or wait a while and send it again."};
constexpr phrase no_receipts{
    "notice",
    "Many people are sending now. It was not sent yet. What you wrote is still here. Wait a "
    "moment and send it again. Without a code it goes at once."};
constexpr phrase not_sealed{
    "notice",
    "No organisation can take this now. It was not sent yet. What you wrote is still here. "
    "Try again in a while, or call one of the numbers above."};

// The size class that this will be sealed in, or the one below: what was typed without what is added, and not
// as it was encoded, which is three times as long in some scripts.
admission::size_class class_of(const http::form& form) {
    std::size_t typed = 0;
    for (const auto& field : form.fields()) typed += field.value.size();
    return admission::class_of_body(typed);
}

}  // namespace

bool melden::refuses(const http::form& form) const {
    return parts_.gate.sheds(admission::importance_of(class_of(form), says_urgent(form))) ||
           parts_.store.full();
}

bool melden::has_room(const http::form& form, admission::sender who) const {
    return parts_.volume.could_take(who, class_of(form));
}

async::task<std::optional<http::response>> melden::repeated(const http::form& form, const answers& given,
                                                            crypto::block<32> hash, const frame& frame,
                                                            const moment& at, const marks& kept) const {
    const auto before = co_await parts_.store.earlier_report(kept.id, hash);
    if (!before && before.error() == store::errc::id_taken) co_return sent_already(frame, 409);
    if (!before) co_return check_page(given, frame, at, notice{busy_now, 503}, &kept);
    if (*before) co_return done_again(form, frame, at, kept, **before);
    co_return std::nullopt;
}

http::response melden::sent_already(const frame& frame, unsigned status) const {
    auto out = message(book_, frame, text_of::sent_already);
    out.status = status;
    return out;
}

async::task<std::optional<http::response>> melden::sent_before(const http::form& form, crypto::block<32> hash,
                                                               const frame& frame) const {
    const auto kept = marks::read(form);
    if (!kept || frame.practice()) co_return std::nullopt;
    const auto before = co_await parts_.store.earlier_report(kept->id, hash);
    const bool stored = before ? before->has_value() : before.error() == store::errc::id_taken;
    if (stored) co_return sent_already(frame, 200);
    co_return std::nullopt;
}

http::response melden::done_again(const http::form& form, const frame& frame, const moment& at,
                                  const marks& kept, const store::added_report& stored) const {
    if (sent_.shows(kept.id, stored.day)) return done_page(form, frame, at, stored);
    return sent_already(frame, 200);
}

async::task<http::response> melden::send(http::form form, crypto::block<32> hash, frame frame, moment at,
                                         admission::sender who) const {
    const answers given(form);
    auto kept = marks::read(form);
    if (!kept || !kept->seed) co_return check_page(given, frame, at, notice{page_altered, 400}, nullptr);
    if (refuses(form)) co_return check_page(given, frame, at, notice{busy_now, 503}, &*kept);
    auto order = as_shown(given, frame, at, *kept);
    const bool derives = parts_.mailbox && form.value("terugweg") != "nee";
    // The journal knows a repeat by itself; to ask beforehand is for what would be refused, or is costly.
    const bool asked = !order || derives;
    if (asked)
        if (auto again = co_await repeated(form, given, hash, frame, at, *kept)) co_return std::move(*again);
    if (!order) co_return std::move(order.error());
    if (!has_room(form, who)) co_return check_page(given, frame, at, notice{no_room, 503}, &*kept);
    std::optional<protocol::mailbox_keys> mailbox;
    if (derives) {
        auto seed = kept->seed->copy();
        const auto rank = says_urgent(form) ? receipts::rank::urgent : receipts::rank::ordinary;
        const bool ours = kept->origin && parts_.mailboxes.gave_out(*kept->origin, *kept->seed);
        auto keys = co_await parts_.mailboxes.keys(std::move(seed), rank, ours);
        if (!keys) co_return check_page(given, frame, at, notice{no_receipts, 503}, &*kept);
        mailbox = *keys;
        // Deriving takes its time, and the world may have moved on.
        if (auto later = look()) at = std::move(*later);
        order = as_shown(given, frame, at, *kept);
        if (!order) co_return std::move(order.error());
    }
    auto sealed = intake::seal(order->report, order->decision, kept->id, mailbox, *at.trust, at.today());
    std::optional<admission::volume::permit> permit;
    if (sealed) {
        const auto size = admission::class_of_body(sealed->envelope.body.size());
        permit = parts_.volume.take(who, size, sealed->spoed);
        if (!permit) co_return check_page(given, frame, at, notice{no_room, 503}, &*kept);
        // Called urgent, but beyond the share of that: then it is one of the others.
        if (parts_.gate.sheds(admission::importance_of(size, permit->urgent())))
            co_return check_page(given, frame, at, notice{busy_now, 503}, &*kept);
    }
    intake::stored stored = std::unexpected(intake::refused(protocol::faults{}));
    if (sealed) {
        sent_.note(kept->id);
        intake::terms terms{at.staffing, read_hour(form.value("uur"))};
        stored = co_await intake::take_report(std::move(*sealed), {}, hash, at.trust, at.now,
                                              std::move(terms), parts_.registry, parts_.store);
    }
    if (stored && !stored->fresh) co_return done_again(form, frame, at, *kept, *stored);
    if (stored) {
        permit->keep();
        sent_.stored(kept->id);
        co_return done_page(form, frame, at, *stored);
    }
    if (!asked)
        if (auto again = co_await repeated(form, given, hash, frame, at, *kept)) co_return std::move(*again);
    if (!sealed) co_return check_page(given, frame, at, notice{not_sealed, 503}, &*kept);
    co_return not_stored(stored.error(), given, frame, at, *kept);
}

http::response melden::not_stored(const intake::refused& why, const answers& given, const frame& frame,
                                  const moment& at, const marks& kept) const {
    const auto* error = std::get_if<store::errc>(&why);
    if (!error) return check_page(given, frame, at, notice{readers_changed, 409}, &kept);
    switch (*error) {
        case store::errc::id_taken:
            return sent_already(frame, 409);
        case store::errc::mailbox_taken:
            // A mailbox belongs to one report: another one gets another seed.
            return check_page(given, frame, at, notice{page_altered, 409}, nullptr);
        case store::errc::unsure:
            return check_page(given, frame, at, notice{not_sure, 503}, &kept);
        default:
            return check_page(given, frame, at, notice{busy_now, 503}, &kept);
    }
}

std::expected<melden::outgoing, http::response> melden::as_shown(const answers& given, const frame& frame,
                                                                 const moment& at, const marks& kept) const {
    auto order = prepare(given, frame, at);
    if (!order) return order;
    auto shown = read_readers(given.form().value("lezers"));
    const bool urgent = says_urgent(given.form());
    if (shown && *shown == order->decision.ontvangers && urgent == order->decision.spoed) return order;
    return std::unexpected(check_page(given, frame, at, notice{readers_changed, 409}, &kept));
}

}  // namespace pages
