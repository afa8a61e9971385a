// Who signed a request (protocol §7). One answer for every reason not to believe it, but for a clock that is
// wrong, which is told before any key is looked up: the api says 401 and nothing else.
#pragma once

#include <atomic>
#include <chrono>
#include <expected>
#include <mutex>
#include <optional>
#include <string>

#include "base/async/task.hpp"
#include "crypto/http_signature.hpp"
#include "server/trust/registry.hpp"
#include "server/trust/replay.hpp"

namespace trust {

inline constexpr std::int64_t signature_seconds = 300;  // how far `created` may lie from our clock

struct signed_request {
    crypto::signed_message message;
    std::string signature_input, signature;  // the two fields
    std::optional<std::string> content_digest;
    crypto::byte_view body;  // lives as long as the request
};

// An officer, or a lead with their lead key.
struct caller {
    std::string desk;
    std::string who;  // uuid of the membership, or "beheerder:<kid>", as the trail names them
    std::optional<crypto::uuid> lid;
    std::string rol;    // of a member
    bool lead = false;  // signed with a lead key of the newest directory
    std::string signature_base;
    crypto::signature signature{};
    crypto::sign_public key{};  // that it holds by
};

enum class not_identified {
    not_believed,  // 401
    other_time,    // 401: `created` lies further from our clock than signature_seconds, whoever signed
    store,         // 503: the nonce could not be kept
};

class gatekeeper {
  public:
    gatekeeper(registry& registry, store::store& store, const protocol::clock& clock)
        : registry_(registry), store_(store), clock_(clock), started_(clock.now()) {}

    // Takes over the nonces kept across the restart, where the store is ours alone.
    [[nodiscard]] async::task<std::expected<void, store::errc>> open();

    // preferred_desk: the one the request is about, should an officer be a member of several.
    [[nodiscard]] async::task<std::expected<caller, not_identified>> identify(signed_request request,
                                                                              std::string preferred_desk);
    // When the newest request was signed that was believed, by its signer's own clock, in Unix seconds.
    [[nodiscard]] std::optional<std::int64_t> last_signed() const;
    // Who was identified, by what is in force now; nothing where they are nobody here any more.
    [[nodiscard]] async::task<std::expected<std::optional<caller>, store::errc>> again(caller who);

  private:
    struct signer {
        caller who;
        crypto::sign_public key{};
    };
    [[nodiscard]] std::optional<signer> find(const snapshot& now, std::string_view keyid,
                                             std::string_view preferred_desk) const;

    // Whether the store is asked for the sake of a signer whom nobody knows here.
    [[nodiscard]] bool may_look_again();

    registry& registry_;
    store::store& store_;
    const protocol::clock& clock_;
    const std::int64_t started_;
    std::atomic<std::int64_t> last_signed_ = 0;
    replay replay_;
    std::mutex mutex_;
    std::chrono::time_point<std::chrono::steady_clock, std::chrono::seconds> looked_in_{};  // which second
    int looks_ = 0;                                                                         // in it
};

}  // namespace trust
