// What the server knows of the chain of trust at one moment: immutable, shared by everybody who looks.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/routing.hpp"
#include "server/store/rows.hpp"
#include "server/trust/verified.hpp"

namespace trust {

// The documents handed in for a desk, whether or not a stand lists them yet.
struct desk_files {
    std::map<std::string, std::shared_ptr<const protocol::membership>, std::less<>> memberships;  // by hash
    std::map<std::string, std::shared_ptr<const protocol::epoch_key>, std::less<>> keys;          // by hash
    // Tokens of memberships that a lead of before signed: nobody believes them any more, but they say whose
    // signatures stand in the trail.
    std::vector<std::string> former;
    // Tokens of epoch keys that a lead of before signed: a stand may list them still, and who signs the next
    // one has to see that nothing was withheld.
    std::vector<std::string> former_keys;
};

struct snapshot {
    std::int64_t generation = -1;
    protocol::directory directory;
    protocol::routing_table table;
    std::shared_ptr<const std::string> table_bytes;        // exactly as the directory signs them
    std::map<std::string, desk_files, std::less<>> files;  // by desk
    // The newest stand of each desk that was ever in force, also where its lead was replaced since: the next
    // one follows it.
    std::map<std::string, store::stand_row, std::less<>> last_stands;

    // The hash of the key that a wrap for this epoch belongs to: the stand's, else the only one handed
    // in. Empty: none.
    [[nodiscard]] std::string key_for(std::string_view desk, protocol::epoch week) const;
    // Whether an officer of this id was handed in at this desk, in force or waiting.
    [[nodiscard]] bool knows_member(std::string_view desk, const crypto::uuid& lid) const;
    // Whether they are a regisseur, for whom no epoch secret is wrapped: by their latest membership, and of
    // several from one day by that in force.
    [[nodiscard]] bool reads_nothing(std::string_view desk, const crypto::uuid& lid,
                                     protocol::day today) const;
};

// Builds a snapshot from what the store has; documents that do not verify are left out. Nothing where there
// is no directory yet, or it is not signed by one of these roots. known: what was verified before is not
// verified again, and what is verified now is kept there.
[[nodiscard]] std::shared_ptr<const snapshot> build(const store::trust_rows& rows,
                                                    std::span<const crypto::sign_public> roots,
                                                    verified& known);

// The answer of GET /v1/sleutelgids on this day: newest directory, newest stands, and every listed key whose
// window is open or opens within 7 days (of `standaard` all).
[[nodiscard]] std::string publish(const snapshot& now, protocol::day today);

}  // namespace trust
