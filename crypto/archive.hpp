// What is kept apart from the machine it came from: a stream of any length, sealed to the keys of those who
// may open it again. Both ends hold one chunk of plaintext and never more.
//
//   archive = "baken-backup 1 KIND\n" ‖ id (16) ‖ number of keys (1) ‖ crypto_box_seal(K ‖ id) (96) for each
//   ‖
//             crypto_secretstream header (24) ‖ chunks of 64 KiB plaintext (+17 each), the last shorter and
//             FINAL
//
// K is fresh for each archive; the stream's key is crypto_kdf_derive_from_key(32, 1, "bkn-bkup", K), and a
// chunk's associated data is BLAKE2b-256 of everything before the stream ‖ chunk number (8, little-endian).
#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string_view>

#include "crypto/encoding.hpp"
#include "crypto/errc.hpp"
#include "crypto/keys.hpp"
#include "crypto/stream.hpp"

namespace crypto {

inline constexpr std::size_t max_archive_keys = 16;

// Appends sealed bytes to out: begin() the head, push() what fills a chunk, finish() the rest.
class archive_sealer {
  public:
    // kind: lower-case letters, at most 12; one to sixteen keys. low_order_key.
    [[nodiscard]] static std::expected<archive_sealer, errc> begin(std::string_view kind, const uuid& id,
                                                                   std::span<const box_public> keys,
                                                                   bytes& out);
    ~archive_sealer();
    archive_sealer(archive_sealer&&) noexcept;
    void push(byte_view part, bytes& out);
    // Something must have been pushed.
    void finish(bytes& out);

  private:
    struct impl;
    explicit archive_sealer(std::unique_ptr<impl> impl);
    std::unique_ptr<impl> impl_;
};

// Takes an archive in parts of any size and hands to out what they held, in memory that is wiped afterwards.
// bad_archive, newer_archive, other_archive (of another kind), not_for_this_key, archive_damaged; finish():
// archive_cut where the end is missing. The first refusal stays.
class archive_opener {
  public:
    archive_opener(std::string_view kind, const box_keys& keys);  // the keys must outlive it
    ~archive_opener();
    archive_opener(archive_opener&&) noexcept;
    [[nodiscard]] std::expected<void, errc> push(byte_view part, const plain_sink& out);
    [[nodiscard]] std::expected<void, errc> finish(const plain_sink& out);
    // Once something was handed out.
    [[nodiscard]] const uuid& id() const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace crypto
