// Documents of trust that were verified, by hash: each signature is checked once, however often a snapshot is
// built. Whether a signer may still sign is asked anew each time, because that is what changes. Not
// synchronised: one thread works with it.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "crypto/protocol/documents.hpp"

namespace trust {

template <class Document>
class verified_kind {
  public:
    using reader = std::expected<Document, protocol::errc> (*)(std::string_view,
                                                               std::span<const crypto::sign_public>);
    using known = std::shared_ptr<const Document>;

    explicit verified_kind(reader read) : read_(read) {}

    // The document of this token, where one of these leads signed it: as `read` says it, but for a token that
    // is kept. hash: of the token. What is verified now is kept too, but for what comes in great numbers and
    // is never filed.
    [[nodiscard]] std::expected<known, protocol::errc> read(std::string_view token, const std::string& hash,
                                                            std::span<const crypto::sign_public> leads);
    // From now on its signature is known to hold.
    void keep(known document) {
        auto hash = document->hash;
        kept_.insert_or_assign(std::move(hash), std::move(document));
    }
    // Forgets all but these hashes, of what is filed.
    void keep_only(const std::set<std::string, std::less<>>& hashes) {
        std::erase_if(kept_, [&](const auto& one) { return !hashes.contains(one.first); });
        unfiled_ = 0;
    }

  private:
    static constexpr std::size_t most_unfiled = 1000;

    reader read_;
    std::map<std::string, known, std::less<>> kept_;
    std::size_t unfiled_ = 0;  // kept since the last keep_only
};

struct verified {
    verified_kind<protocol::membership> memberships{protocol::read_membership};
    verified_kind<protocol::epoch_key> epoch_keys{protocol::read_epoch_key};
    verified_kind<protocol::stand> stands{protocol::read_stand};
};

// As protocol::read_gids; not kept, because each directory is handed in once.
[[nodiscard]] std::expected<protocol::gids, protocol::errc> read_directory(
    std::string_view token, std::span<const crypto::sign_public> roots);

// How many documents this thread verified since it began: for tests, which show on which threads that is
// done, and how often.
[[nodiscard]] std::int64_t verified_by_this_thread();

}  // namespace trust
