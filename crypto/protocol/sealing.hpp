// Sealing a report to the desks that the routing function names, and opening it again with every check
// of §§3 and 4. Browser, server (on the path without JavaScript) and programs all seal by this page;
// only a desk opens.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/envelope_json.hpp"
#include "crypto/protocol/report.hpp"
#include "crypto/receipt.hpp"

namespace protocol {

enum class seal_errc {
    too_long,   // more than the last size class holds: bulk belongs in attachments
    no_key,     // not even `standaard` has a key that ever began
    low_order,  // a desk published a key that cannot be sealed to
};
[[nodiscard]] std::string_view text(seal_errc error);

// Routes and seals. mailbox: the keys that let the reporter come back; none in one-shot mode. id is fresh and
// the writer's own; the same id must never be sealed twice with other contents.
[[nodiscard]] std::expected<posted_report, seal_errc> seal_report(report& report, const decision& decision,
                                                                  const directory& directory,
                                                                  const routing_table& table, day today,
                                                                  const crypto::uuid& id,
                                                                  const std::optional<mailbox_keys>& mailbox);

// What differs between the envelope outside and the report inside: the officer must be told (§4).
enum class alarm {
    urgency_differs,    // spoed outside is not the one inside
    recipients_differ,  // recipients or roles outside are not those inside
    unknown_directory,  // the report was routed by a directory that this desk never saw
};
[[nodiscard]] std::string_view text(alarm alarm);

struct received_report {  // as GET …/meldingen/{id} gives it
    protocol::envelope envelope;
    bool spoed = false;
    std::optional<std::string> mailbox;  // its id
};

struct opened_report {
    protocol::report report;
    std::vector<alarm> alarms;
};

enum class open_errc {
    not_a_recipient,   // no sealed key for this desk
    no_secret,         // sealed to an epoch of which this officer has no secret
    not_opened,        // the sealed key or the body does not open with it
    wrong_report,      // another id, type or version inside
    other_recipients,  // to be sealed anew: the recipients outside are not those inside
    wrong_mailbox,     // the mailbox outside is not the one inside
};
[[nodiscard]] std::string_view text(open_errc error);

// secrets: the epoch secrets this officer unwrapped, by the mark of their public keys. known: whether this
// desk has seen a directory of this version and hash.
[[nodiscard]] std::expected<opened_report, open_errc> open_report(
    const received_report& received, std::string_view desk,
    const std::map<crypto::block<8>, crypto::box_keys>& secrets,
    const std::function<bool(const directory_mark&)>& known);

// Seals the same content key anew (§3) for those of the report's desks whose key is not the one to seal to
// today; the body proves first that it is its key, and whom the reporter chose. Desks without a usable key
// stay as they are.
[[nodiscard]] std::expected<std::vector<recipient>, open_errc> reseal(
    const received_report& received, std::string_view desk,
    const std::map<crypto::block<8>, crypto::box_keys>& secrets, const directory& directory,
    const routing_table& table, day today);

// Opens a wrap (§1): the epoch secret, once crypto_scalarmult_base(secret) is the signed public key.
[[nodiscard]] std::expected<crypto::box_keys, errc> open_wrap(crypto::byte_view wrap,
                                                              const crypto::box_keys& member,
                                                              const epoch_key& key);
// Wraps an epoch secret for a member; the secret must be that of a signed key.
[[nodiscard]] std::expected<crypto::sealed, crypto::errc> wrap(const crypto::box_keys& epoch_keys,
                                                               const crypto::box_public& member);

}  // namespace protocol
