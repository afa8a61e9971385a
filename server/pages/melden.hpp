// /{taal}/melden: three stateless posts. The first brings the two questions, the second the form, the third
// sends what the check page showed. Between them nothing is kept: every page carries all answers, and the
// check page the report's id and the seed from which receipt and mailbox derive, so that the same page sent
// twice is the same report.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "async/held.hpp"
#include "async/task.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/guide/gemeenten.hpp"
#include "server/guide/staffing.hpp"
#include "server/pages/desks.hpp"
#include "server/receipts/mailboxes.hpp"
#include "server/store/store.hpp"
#include "server/trust/registry.hpp"
#include "web/http/message.hpp"

namespace pages {

// What the pages work with; all of it lives as long as the server.
struct parts {
    store::store& store;
    trust::registry& registry;
    receipts::mailboxes& mailboxes;
    const async::held<guide::gemeenten>& gemeenten;
    const async::held<guide::staffing>& staffing;
    const protocol::clock& clock;
};

class melden {
  public:
    melden(parts parts, const book& book) : parts_(parts), book_(book) {}

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
        [[nodiscard]] desk_facts facts() const {
            return {trust->directory.newest(), *staffing, now, trust->table.standaard()};
        }
    };
    // What the check page carries besides the answers.
    struct marks {
        crypto::uuid id;
        crypto::seed seed;
        [[nodiscard]] static std::optional<marks> read(const http::form& form);
    };
    // A report on its way out: judged and routed.
    struct outgoing {
        protocol::report report;
        protocol::decision decision;
        const guide::gemeente* where = nullptr;      // the municipality it was routed by
        std::set<std::string, std::less<>> without;  // desks left out
    };
    // Why a page comes back that was sent: a sentence above it, and the status it is answered with.
    struct notice {
        lang::phrase sentence;
        unsigned status;
    };

    [[nodiscard]] std::optional<moment> look() const;
    [[nodiscard]] static place place_in(const answers& given, const moment& at);
    [[nodiscard]] http::response step(const http::form& form, const frame& frame, const moment& at) const;
    [[nodiscard]] async::task<http::response> send(http::form form, crypto::block<32> hash, frame frame,
                                                   moment at) const;

    [[nodiscard]] http::response begin_page(const answers& given, const frame& frame, bool judged) const;
    [[nodiscard]] http::response questions_page(const answers& given, const frame& frame, const faults& found,
                                                const place& place) const;
    // The check page, or the page whose answers have faults. kept: the marks of the page it follows; else
    // fresh ones.
    [[nodiscard]] http::response check_page(const answers& given, const frame& frame, const moment& at,
                                            std::optional<notice> notice, std::optional<marks> kept) const;
    [[nodiscard]] http::response done_page(const http::form& form, const frame& frame,
                                           const moment& at) const;
    [[nodiscard]] std::expected<outgoing, http::response> prepare(const answers& given, const frame& frame,
                                                                  const moment& at) const;
    // The same, and its readers are those that the check page showed; else that page again.
    [[nodiscard]] std::expected<outgoing, http::response> as_shown(const answers& given, const frame& frame,
                                                                   const moment& at, const marks& kept) const;
    [[nodiscard]] http::response rendered(sheet sheet, const screen& screen, unsigned status) const;

    parts parts_;
    const book& book_;
};

}  // namespace pages
