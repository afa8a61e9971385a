// /{taal}/melden: three stateless posts. The first answers two questions and brings the form, the second the
// check page, the third sends what that showed. Between them nothing is kept: every page carries all answers
// and the report's id, the check page also the seed from which receipt and mailbox derive, so that the same
// page sent twice is the same report. What was sent is shown by no page again, whichever comes back.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/async/task.hpp"
#include "server/http/message.hpp"
#include "server/intake/take_report.hpp"
#include "server/pages/desks.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/sent.hpp"

namespace pages {

inline constexpr std::size_t largest_form = 320 * 1024;  // bytes of a body (api.md, Sizes)
// What the check page adds to a form: up to this size it can be sent when it is typed out. What is longer is
// refused where it is typed.
inline constexpr std::size_t surely_sent = largest_form - 16 * 1024;
// Above it a body is still read up to this size, so that the answer can say which text is too long.
inline constexpr std::size_t most_read = 1024 * 1024;

class melden {
  public:
    melden(parts parts, const book& book)
        : parts_(parts), book_(book), sent_(parts.clock, parts.shown_again) {}

    // The first page as everybody gets it.
    [[nodiscard]] std::string blank_page(const frame& frame) const;
    // A post. Plaintext lives in the request's body, wiped when it goes, and on the stack, wiped before this
    // returns.
    [[nodiscard]] async::task<http::response> answer(http::request request, frame frame) const;

  private:
    // Everything that one look at the world gives.
    struct moment {
        std::shared_ptr<const trust::snapshot> trust;
        std::shared_ptr<const guide::gemeenten> gemeenten;
        std::shared_ptr<const guide::staffing> staffing;
        std::int64_t now = 0;
        [[nodiscard]] protocol::day today() const { return protocol::day::of(now); }
        [[nodiscard]] desk_facts facts() const;
    };
    // What makes a report this one, so that a page which a browser sends again is the same report: its id,
    // drawn for the page of questions, and a seed, drawn for the check page, with what says that it was given
    // out here. Where there is no mailbox the seed leads to none; but the hash that is kept of a form needs
    // it, so that nobody finds the words by trying.
    struct marks {
        crypto::uuid id;
        std::optional<crypto::seed> seed = {};
        std::optional<crypto::uuid> origin = {};
        [[nodiscard]] static std::optional<marks> read(const http::form& form);
        void put(screen& screen) const;
    };
    // A report on its way out: judged and routed.
    struct outgoing {
        protocol::report report;
        protocol::decision decision;
        place where;                                 // what it was routed by
        std::set<std::string, std::less<>> without;  // desks left out
    };
    // Why a page comes back that was sent: a sentence above it, and the status it is answered with.
    struct notice {
        lang::phrase sentence;
        unsigned status;
    };

    [[nodiscard]] std::optional<moment> look() const;
    // Those with what a check page needs, drawn where it is not there yet.
    [[nodiscard]] marks completed(const marks* kept) const;
    [[nodiscard]] static place place_in(const answers& given, const moment& at);
    [[nodiscard]] http::response step(const http::form& form, const frame& frame, const moment& at) const;
    // What is larger than a form may be does not come back: which text to shorten.
    [[nodiscard]] http::response too_large(const http::form& form, const frame& frame) const;
    // What could be shown but not sent, by so many bytes of the form: the questions, with that fault.
    [[nodiscard]] http::response too_long_here(const http::form& form, const frame& frame, const moment& at,
                                               std::size_t excess) const;
    // Whether this form cannot be sent now: under load, or because nothing can be stored.
    // What the check page showed; sending holds it against the decision, so nobody gains by changing it.
    [[nodiscard]] static bool says_urgent(const http::form& form) { return form.value("haast") == "ja"; }
    [[nodiscard]] bool refuses(const http::form& form) const;
    // That it was sent, and nothing of it: the answer to every other step of a report that is stored. Nothing
    // where it is not, or nobody can say.
    [[nodiscard]] async::task<std::optional<http::response>> sent_before(const http::form& form,
                                                                         crypto::block<32> hash,
                                                                         const frame& frame) const;
    [[nodiscard]] http::response sent_already(const frame& frame, unsigned status) const;
    // The confirmation of what was stored before: the same again for a while, also after the directory
    // changed.
    [[nodiscard]] http::response done_again(const http::form& form, const frame& frame, const moment& at,
                                            const marks& kept, const store::added_report& stored) const;
    // The answer to a page that was sent before; nothing where it was not.
    [[nodiscard]] async::task<std::optional<http::response>> repeated(const http::form& form,
                                                                      const answers& given,
                                                                      crypto::block<32> hash,
                                                                      const frame& frame, const moment& at,
                                                                      const marks& kept) const;
    [[nodiscard]] async::task<http::response> send(http::form form, crypto::block<32> hash, frame frame,
                                                   moment at, admission::sender who) const;
    // Whether there is room for this form, by its own length; for what was sealed send() asks again.
    [[nodiscard]] bool has_room(const http::form& form, admission::sender who) const;

    // Why it was not, on the check page.
    [[nodiscard]] http::response not_stored(const intake::refused& why, const answers& given,
                                            const frame& frame, const moment& at, const marks& kept) const;

    [[nodiscard]] http::response begin_page(const answers& given, const frame& frame, bool judged) const;
    [[nodiscard]] http::response questions_page(const answers& given, const frame& frame, const faults& found,
                                                const place& place, unsigned status = 400) const;
    // The check page, or the page whose answers have faults. Where marks are missing it draws them; a seed
    // here alone, so that nobody empties the stock of receipts with pages that cannot be sent.
    [[nodiscard]] http::response check_page(const answers& given, const frame& frame, const moment& at,
                                            std::optional<notice> notice, const marks* kept) const;
    static void put_proof(screen& screen, const http::form& form, const store::added_report& stored,
                          std::chrono::year_month_day day);
    [[nodiscard]] http::response done_page(const http::form& form, const frame& frame, const moment& at,
                                           const store::added_report& stored) const;
    [[nodiscard]] std::expected<outgoing, http::response> prepare(const answers& given, const frame& frame,
                                                                  const moment& at) const;
    // The same, and its readers are those that the check page showed; else that page again.
    [[nodiscard]] std::expected<outgoing, http::response> as_shown(const answers& given, const frame& frame,
                                                                   const moment& at, const marks& kept) const;
    [[nodiscard]] http::response rendered(sheet sheet, const screen& screen, unsigned status) const;

    parts parts_;
    const book& book_;
    mutable sent sent_;
};

}  // namespace pages
