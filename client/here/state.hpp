// What this machine has seen and confirmed, in a directory of its own: for every pinned root the directories,
// stands and trail heads seen (protocol/seen.hpp), and the fingerprints that a lead compared here (protocol
// §1). Programs that run at once take turns.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/here/files.hpp"
#include "client/line/refusal.hpp"
#include "crypto/protocol/seen.hpp"

namespace client {

class state {
  public:
    // directory is made where it is missing. One file per root, named by the hex of the first 8 bytes of the
    // root key's BLAKE2b-256; with two roots both say the same, so that dropping the old one forgets nothing.
    // A directory below least_version is refused even where nothing was seen yet.
    state(std::string directory, std::span<const crypto::sign_public> roots, std::int64_t least_version = 0);

    [[nodiscard]] result<protocol::seen> read() const;
    // Reads, changes and writes under the lock; nothing is written where the change is refused.
    [[nodiscard]] result<void> change(const std::function<result<void>(protocol::seen&)>& change) const;

    // A head that a signed answer carried. before: what was seen when the request was sent. Where another
    // program saw a later one meanwhile, the answer is only held against before. trail_rolled_back.
    [[nodiscard]] result<void> take_head(const protocol::seen& before, std::string_view desk,
                                         const protocol::trail_head& head) const;

    [[nodiscard]] result<bool> confirmed(std::string_view desk, std::string_view fingerprint) const;
    [[nodiscard]] result<void> confirm(std::string_view desk, std::string_view fingerprint) const;

    // What a lead of this desk handed in from here, in that order, so that it can be handed in again where
    // the server lost it: a line each, nothing in it opens anything. The newest MiB is kept.
    [[nodiscard]] result<void> keep_handed_in(std::string_view desk, std::string_view line) const;
    [[nodiscard]] result<std::vector<std::string>> handed_in(std::string_view desk) const;

    // Small texts that the programs keep beside what they saw, each under a name of its own (a-z, 0-9, "-",
    // as "names-rotterdam"): local names, what was told on which day, an alarm that stays. Nothing: there is
    // none, or from now on.
    [[nodiscard]] result<std::optional<std::string>> note(std::string_view name) const;
    [[nodiscard]] result<void> set_note(std::string_view name, std::optional<std::string_view> text) const;

  private:
    [[nodiscard]] result<file_lock> locked() const;
    [[nodiscard]] result<protocol::seen> load() const;
    [[nodiscard]] std::string handed_in_of(std::string_view desk) const;

    std::string directory_;
    std::vector<std::string> files_;
    std::int64_t least_;
};

// What two memories hold together: every directory, and of stands and trails the later one.
[[nodiscard]] protocol::seen merged(protocol::seen a, const protocol::seen& b);

}  // namespace client
