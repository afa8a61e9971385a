// An installation as the administrator reaches it: through the running server, or, where none runs, in
// its store.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/line/http.hpp"
#include "client/line/refusal.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/issue.hpp"
#include "server/config/config.hpp"
#include "server/config/lock.hpp"
#include "server/store/open.hpp"
#include "server/store/store.hpp"
#include "server/trust/registry.hpp"

namespace admin {

class site {
  public:
    // DIR with its bakend.toml. Takes the lock and opens the store; where a server has the lock,
    // connects to that: at url, or at the first of its names.
    [[nodiscard]] static client::result<std::unique_ptr<site>> open(const std::string& data,
                                                                    const std::string& url = {});

    [[nodiscard]] bool running() const { return line_.has_value(); }
    // The address that is asked, and where it was said; of no running server the store.
    [[nodiscard]] std::string asked() const;
    [[nodiscard]] const config::config& config() const { return config_; }

    struct published {
        protocol::gids gids;
        std::string table;
    };
    // Nothing where no directory was published yet.
    [[nodiscard]] client::result<std::optional<published>> current();
    // In force when this returns.
    [[nodiscard]] client::result<void> publish(const protocol::gids& next, const std::string& table);

    // The rest only where no server runs (running() is false).
    [[nodiscard]] std::shared_ptr<const trust::snapshot> snapshot() const { return registry_->now(); }
    // Hand in what a lead made, as the lead's own request would: the trail gets its line, with a
    // signature of theirs.
    [[nodiscard]] client::result<void> hand_in(const protocol::membership& member,
                                               const crypto::sign_keys& lead);
    [[nodiscard]] client::result<void> hand_in(const protocol::issued_key& key,
                                               const crypto::sign_keys& lead);
    [[nodiscard]] client::result<void> hand_in(const protocol::stand& stand, const crypto::sign_keys& lead);

  private:
    explicit site(config::config config) : config_(std::move(config)) {}
    [[nodiscard]] client::result<void> open_store(config::lock lock, store::absent absent);
    [[nodiscard]] client::result<void> connect(const std::string& url);
    [[nodiscard]] store::trail_write trail(std::string_view desk, std::string_view path,
                                           std::string_view action,
                                           const protocol::signed_document& handed_in,
                                           const std::string& body, const crypto::sign_keys& lead) const;

    config::config config_;
    protocol::system_clock clock_;
    std::optional<config::lock> lock_;
    std::unique_ptr<store::store> store_;
    std::optional<trust::registry> registry_;
    std::optional<client::http> line_;
};

}  // namespace admin
