// The signed texts inside envelopes of kinds 2 to 5 (protocol §§2, 3): a message, a reply, a note, a
// note between desks. Written and read here; who may have written one is checked against the thread and
// the chain of trust.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/envelope.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/json.hpp"

namespace protocol {

struct text_document : signed_document {
    crypto::uuid id;  // of the envelope
    crypto::kind soort = crypto::kind::bericht;
    std::string van;                         // "postbus:<id>" or "loket:<id>"
    std::optional<std::string> aan;          // "postbus:<id>", in kind 3 only
    std::optional<crypto::uuid> melding_id;  // in every kind but 2
    std::optional<crypto::uuid> na;          // newest envelope of the thread the author had seen
    std::string taal = "nl";
    crypto::plain tekst;
    std::optional<std::string> code;
    bool spoed = false;
    json::array bijlagen;  // as in a report
    day datum;
};

// Kinds 2–5 as the JSON that is sealed: {"type":…,"bericht":jws,"lid":jws}; no lid in kind 2.
[[nodiscard]] crypto::plain write_text(text_document& document, const crypto::sign_keys& author,
                                       std::optional<std::string_view> membership_token);

// What an opener expects of a text, from the envelope and the thread it lies in.
struct text_place {
    crypto::uuid envelope_id;
    crypto::kind kind = crypto::kind::bericht;
    std::optional<std::string> mailbox;                   // of the report: its id
    std::optional<crypto::sign_public> mailbox_sign_key;  // inside the report: may sign kind 2
    crypto::uuid report_id;
    std::optional<desk_entry> author_desk;  // kinds 3–5: the desk the server says it is from
};

struct read_text {
    text_document document;
    std::optional<membership> author;  // kinds 3–5
};

// Refuses (wrong_text) unless type, id, soort, van, aan and meldingId fit the place; bad_signature
// unless the signer is the mailbox key inside the report (kind 2), or the member of `lid`, which a lead
// of that desk signed (kinds 3–5). Whether that membership stood in the stand of the text's day is the
// caller's to ask and to show.
[[nodiscard]] std::expected<read_text, errc> open_text(const crypto::plain& json_text,
                                                       const text_place& place);

}  // namespace protocol
