// A person of a desk at work with a server: the keys of their key file, the requests signed with them
// (protocol §7), and every answer's trail head held against the last one seen.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/here/profile.hpp"
#include "client/here/state.hpp"
#include "client/line/directory.hpp"
#include "client/line/http.hpp"
#include "client/line/refusal.hpp"
#include "client/line/signing.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/key_file.hpp"

namespace client {

class session {
  public:
    // Everything a desk's verb needs, of a profile: server, root, loket and key must be known. Asks for
    // the passphrase.
    [[nodiscard]] static result<session> open(const profile& profile);
    // clock is asked for `created` and today; it must outlive the session.
    session(http line, state memory, pinned_roots roots, std::string desk, protocol::key_file keys,
            const protocol::clock& clock);

    [[nodiscard]] const std::string& desk() const { return desk_; }
    [[nodiscard]] const protocol::key_file& keys() const { return keys_; }
    [[nodiscard]] protocol::day today() const { return clock_->today(); }
    [[nodiscard]] http& line() { return line_; }
    [[nodiscard]] const state& memory() const { return memory_; }
    // As fetch_directory; besides stand_older, stand_forked, stand_chain where this desk's own contradicts
    // what was seen.
    [[nodiscard]] result<published> directory();

    // An alarm that the desk's trail was cut or rewritten stays until whoever may says that it is known why
    // (baken desk restored): the day on which it was first seen here.
    [[nodiscard]] result<std::optional<protocol::day>> alarmed() const;
    [[nodiscard]] result<void> raise_alarm();
    [[nodiscard]] result<void> end_alarm();

    // GET /v1/loketten/{desk}/{rest} as the member; rest may have a query. Any status is an answer,
    // except what may pass (tried `retries` times more) and a trail head that was rolled back (which raises
    // the alarm) or is missing from a success. A 401 says why in answer::why.
    [[nodiscard]] result<answer> get(std::string_view rest, unsigned retries = 2);
    // A write as the member: POST, PATCH or DELETE. fields: If-Match, where the route asks for it.
    [[nodiscard]] result<answer> send(std::string method, std::string_view rest, const std::string& body,
                                      std::vector<std::pair<std::string, std::string>> fields = {});
    // POST as the lead of the key file (`beheerder:<kid>`); refused where it holds no lead key.
    [[nodiscard]] result<answer> post_as_lead(std::string_view rest, const std::string& body);

  private:
    [[nodiscard]] result<answer> exchange(const request& plain_request, const signer& who, unsigned retries);
    [[nodiscard]] std::string why(const answer& refused, const signer& who);

    http line_;
    state memory_;
    pinned_roots roots_;
    std::string desk_;
    protocol::key_file keys_;
    const protocol::clock* clock_;
};

// A line to the server of a profile, and this machine's memory: for verbs without a key.
[[nodiscard]] result<http> connect(const profile& profile);
[[nodiscard]] result<state> open_state(const profile& profile, std::span<const crypto::sign_public> roots);

}  // namespace client
