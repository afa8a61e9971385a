// The envelope as JSON (protocol §3) and the body of POST /v1/meldingen (api.md): read with all faults at
// once, written filled up to the length of its class.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/envelope.hpp"
#include "crypto/protocol/faults.hpp"

namespace protocol {

struct recipient {
    std::string voor;                      // "loket:<id>" or "postbus:<mailbox id>"
    std::string rol;                       // eerste, mede, achtervang
    std::optional<protocol::epoch> epoch;  // of a desk
    crypto::block<8> sleutel{};            // mark of the key sealed to (crypto::key_mark); of a desk
    crypto::sealed sealed_key;             // 96 bytes
    // The desk's id; empty for a mailbox.
    [[nodiscard]] std::string_view desk() const;
};

struct envelope {
    crypto::uuid id;
    std::vector<recipient> ontvangers;
    crypto::sealed body;
};

struct posted_report {
    protocol::envelope envelope;
    bool spoed = false;
    std::vector<crypto::uuid> bijlagen;
    std::optional<crypto::sign_public> mailbox_key;
};

// Everything about a posted report that can be judged without a directory. Members unknown to the
// format are faults.
[[nodiscard]] posted_report read_posted_report(const json::object& object, faults& found);

// One recipient as JSON.
[[nodiscard]] json::object to_json(const recipient& recipient);
// Reads one back from an answer of the server; unknown members ignored.
[[nodiscard]] recipient read_recipient(const json::object& object, std::string at, faults& found,
                                       unknown policy);

// The HTTP body: the envelope's members, then the rest, then `vulling` up to 8192, 24576, 90112 or 352256
// bytes by class.
[[nodiscard]] std::string write_posted_report(const posted_report& report);

}  // namespace protocol
