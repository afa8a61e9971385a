// The signed documents of protocol §2, one struct each: what they say, read from a JWS and written into one.
// Unknown members are ignored; what is missing, of another kind or out of its bounds makes the document count
// for nothing. Whether a document may count at all (who must have signed it, what it must follow) is
// directory.hpp's to say.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/encoding.hpp"
#include "crypto/keys.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/errc.hpp"

namespace protocol {

inline constexpr std::string_view typ_gids = "baken-gids+jws";
inline constexpr std::string_view typ_epoch_key = "baken-sleutel+jws";
inline constexpr std::string_view typ_membership = "baken-lid+jws";
inline constexpr std::string_view typ_stand = "baken-stand+jws";
inline constexpr std::string_view typ_text = "baken-bericht+jws";
inline constexpr std::string_view typ_head = "baken-hoofd+jws";

inline constexpr int gids_days = 92;  // tot − datum, at most
inline constexpr int stand_days = 35;
inline constexpr int membership_days = 182;  // 26 weeks

// A desk's id: 1 to 40 characters of a–z, 0–9 and "-", beginning with a letter.
[[nodiscard]] bool is_desk_id(std::string_view id);

// A document and the token it came in; hash is over the token's ASCII bytes (§2).
struct signed_document {
    std::string token;
    std::string hash;
    crypto::sign_public signer{};
};

struct desk_entry {
    std::string id;
    std::string naam;
    std::string soort;       // politie, zorg, arbeid, grens, landelijk, gemeente, veiligheidshuis
    bool opsporing = false;  // an investigating authority
    std::vector<crypto::sign_public> beheerders;
    std::optional<std::string> achtervang;
};

struct gids : signed_document {
    std::int64_t versie = 0;
    std::string vorige;
    day datum, tot;
    crypto::sign_public logboek{};
    std::string routering;
    std::vector<desk_entry> loketten;
    [[nodiscard]] const desk_entry* desk(std::string_view id) const;
};

struct epoch_key : signed_document {
    std::string loket;
    protocol::epoch epoch;
    crypto::box_public public_key{};
    [[nodiscard]] day van() const { return epoch.monday; }
    [[nodiscard]] day tot() const { return epoch.monday + 7; }
};

struct membership : signed_document {
    std::string loket;
    crypto::uuid lid;
    crypto::sign_public sign_key{};
    crypto::box_public box_key{};
    std::string rol;  // medewerker, beheerder, regisseur
    day van, tot;
    // Whether epoch secrets are wrapped for them: a regisseur sees figures alone (protocol §7).
    [[nodiscard]] bool reads() const { return rol != "regisseur"; }
};

struct stand : signed_document {
    std::string loket;
    std::int64_t versie = 0;
    std::string vorige;
    day datum, tot;
    std::vector<std::string> leden;     // hashes
    std::vector<std::string> sleutels;  // hashes
};

// Each reads a token that one of `trusted` signed. bad_signature, bad_document, and what the document
// alone can break: gids_term, gids_double, gids_desk (an achtervang outside loketten); key_window, key_weak;
// lid_term; stand_term.
[[nodiscard]] std::expected<gids, errc> read_gids(std::string_view token,
                                                  std::span<const crypto::sign_public> trusted);
// The directory before a verified one, which vouches for it by its hash, whoever signed it: a root that was
// retired since signs for nobody any more. gids_chain; signer stays empty.
[[nodiscard]] std::expected<gids, errc> read_gids_before(std::string_view token, const gids& later);
[[nodiscard]] std::expected<epoch_key, errc> read_epoch_key(std::string_view token,
                                                            std::span<const crypto::sign_public> trusted);
[[nodiscard]] std::expected<membership, errc> read_membership(std::string_view token,
                                                              std::span<const crypto::sign_public> trusted);
[[nodiscard]] std::expected<stand, errc> read_stand(std::string_view token,
                                                    std::span<const crypto::sign_public> trusted);

// Each writes the document's members into a JWS under this key and fills token, hash and signer.
void sign_document(gids& document, const crypto::sign_keys& key);
void sign_document(epoch_key& document, const crypto::sign_keys& key);
void sign_document(membership& document, const crypto::sign_keys& key);
void sign_document(stand& document, const crypto::sign_keys& key);

}  // namespace protocol
