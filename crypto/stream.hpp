// Attachments (protocol §5): crypto_secretstream_xchacha20poly1305 in chunks of 64 KiB, filled with zeros to
// a Padmé length. Both ends work chunk by chunk: neither ever holds a whole file.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>

#include "crypto/envelope.hpp"

namespace crypto {

inline constexpr std::size_t stream_header_size = 24;
inline constexpr std::size_t chunk_size = 65536;   // plaintext per chunk
inline constexpr std::size_t chunk_overhead = 17;  // per sealed chunk
inline constexpr unsigned max_attachments = 10;

// L' = Padmé(max(length, 65536)).
[[nodiscard]] std::uint64_t padded_length(std::uint64_t length);
// Bytes of the sealed stream for an attachment of this length.
[[nodiscard]] std::uint64_t sealed_length(std::uint64_t length);

// Seals one attachment. push() takes the file in parts of any size; finish() fills with zeros and ends
// the stream. Both append sealed bytes to out. The caller states the length beforehand; pushing another
// total is wrong_size.
class stream_sealer {
  public:
    // index 0…9.
    stream_sealer(const content_key& key, const uuid& envelope_id, unsigned index, std::uint64_t length);
    ~stream_sealer();
    stream_sealer(stream_sealer&&) noexcept;
    [[nodiscard]] std::expected<void, errc> push(byte_view part, bytes& out);
    [[nodiscard]] std::expected<void, errc> finish(bytes& out);

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

// Where opened parts go: called with each opened piece, in order; the memory is wiped after the call.
using plain_sink = std::function<void(byte_view)>;

// Opens one attachment whose length (`grootte`) the sealed report states. push() takes sealed bytes in parts
// of any size and hands to out what they held of the file, the filling left away. finish() says whether it
// was whole: wrong_size where the stream's length is not that of Padmé(length), stream_order for another tag
// than the place asks or bytes after FINAL, stream_filling where the filling is not zero, damaged where a
// chunk does not hold.
class stream_opener {
  public:
    stream_opener(const content_key& key, const uuid& envelope_id, unsigned index, std::uint64_t length);
    ~stream_opener();
    stream_opener(stream_opener&&) noexcept;
    [[nodiscard]] std::expected<void, errc> push(byte_view part, const plain_sink& out);
    [[nodiscard]] std::expected<void, errc> finish();

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace crypto
