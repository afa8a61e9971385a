// The chain of trust (protocol §§1, 2): root → gids → lead → stand → epoch key or member, and nothing else.
// Server and clients compute the same answers from the same documents; what only a client refuses (an expired
// or rolled-back directory) stands in seen.hpp.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/protocol/documents.hpp"

namespace protocol {

// One desk: its newest stand and what that stand lists. Without a stand the desk has neither keys nor
// members.
struct desk_state {
    std::optional<protocol::stand> stand;
    std::vector<epoch_key> keys;      // listed by the stand, signed by a lead of the gids
    std::vector<membership> members;  // likewise

    [[nodiscard]] bool in_force(day today) const { return stand && today <= stand->tot; }
    // The key of this week; nothing where there is none, or two (then neither counts).
    [[nodiscard]] const epoch_key* key(epoch week) const;
};

class directory {
  public:
    // The gids must be verified already (read_gids under a pinned root).
    explicit directory(gids g) : gids_(std::move(g)) {}

    [[nodiscard]] const gids& newest() const { return gids_; }
    [[nodiscard]] const desk_state* desk(std::string_view id) const;

    // Takes a desk's newest stand with the documents at hand, of which it keeps those that the stand lists
    // and a lead in `beheerders` signed. bad_signature, bad_document, stand_term, key_desk for a stand of
    // another desk than the signer's. Listed hashes that are not at hand are left out: a server hands out
    // only keys near their window.
    [[nodiscard]] std::expected<void, errc> take(std::string_view stand_token,
                                                 std::span<const std::string> key_tokens,
                                                 std::span<const std::string> membership_tokens);

    // The same with documents that were verified before: state.stand must be there, signed by a lead of its
    // desk, and keys and members must be those it lists that such a lead signed.
    void put(desk_state state);

    // A desk whose stand contradicts what was seen before has neither keys nor members for this client, and
    // the others go on (see verify_directory). Why; nothing where it is believed.
    void distrust(std::string_view desk, errc why);
    [[nodiscard]] std::optional<errc> distrusted(std::string_view desk) const;

    // The key a writer seals to today: that of the current week while the stand is in force. For `standaard`
    // its newest that has begun serves beyond, and beyond its stand (§9).
    [[nodiscard]] const epoch_key* usable_key(std::string_view desk, day today,
                                              std::string_view standaard) const;

    // Whether a server takes an envelope sealed to this desk's key of this week today (§3: van − 1 ≤ today ≤
    // tot). key_missing where the stand has no such key (or is not in force); key_window outside the window.
    [[nodiscard]] std::expected<const epoch_key*, errc> accepted_key(std::string_view desk, epoch week,
                                                                     day today,
                                                                     std::string_view standaard) const;

    // The membership in force today of this officer at this desk.
    [[nodiscard]] const membership* member(std::string_view desk, const crypto::uuid& lid, day today) const;

  private:
    [[nodiscard]] const epoch_key* newest_begun(const desk_state& state, day today) const;

    gids gids_;
    std::map<std::string, desk_state, std::less<>> desks_;
    std::map<std::string, errc, std::less<>> distrusted_;
};

// Whether `next` may follow `current` (nothing: the first): gids_older / gids_forked / gids_chain for versie
// and vorige, routing_hash unless table_bytes hash to its `routering`, bad_routing, gids_desk where the table
// names a desk that is not in it.
[[nodiscard]] std::expected<void, errc> follows(const gids* current, const gids& next,
                                                std::string_view table_bytes);

// Whether a stand may follow the one before it: stand_older, stand_forked, stand_chain.
[[nodiscard]] std::expected<void, errc> follows(const stand* current, const stand& next);

}  // namespace protocol
