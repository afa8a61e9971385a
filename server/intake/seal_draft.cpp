#include "server/intake/seal_draft.hpp"

#include "crypto/envelope.hpp"

namespace intake {

std::size_t excess(protocol::report& report, const protocol::decision& decision, const trust::snapshot& now) {
    const auto& gids = now.directory.newest();
    auto size =
        report.complete(crypto::uuid::random(), decision, {gids.versie, gids.hash}, protocol::mailbox_keys{})
            .size();
    constexpr std::size_t most = crypto::body_sizes.back() - crypto::body_overhead;
    return size > most ? size - most : 0;
}

std::expected<protocol::posted_report, protocol::seal_errc> seal(
    protocol::report& report, const protocol::decision& decision, const crypto::uuid& id,
    const std::optional<protocol::mailbox_keys>& mailbox, const trust::snapshot& now, protocol::day today) {
    return protocol::seal_report(report, decision, now.directory, now.table, today, id, mailbox);
}

}  // namespace intake
