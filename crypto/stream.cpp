// Attachments as streams (protocol §5). Both ends hold one chunk of plaintext, in guarded memory, and never
// more. The chunk's place in the file is in its associated data, its role (last or not) in its tag.
#include "crypto/stream.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <optional>
#include <stdexcept>

#include <sodium.h>

namespace crypto {
namespace {

static_assert(stream_header_size == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(chunk_overhead == crypto_secretstream_xchacha20poly1305_ABYTES);

using file_key = secret<struct file_key_tag, crypto_secretstream_xchacha20poly1305_KEYBYTES>;
using secretstream = crypto_secretstream_xchacha20poly1305_state;

// What both directions share: libsodium's state, the chunk being filled, and where in the file it lies.
struct course {
    plain state_memory{sizeof(secretstream)};
    plain chunk{chunk_size};
    file_key key;
    block<25> ad{};  // envelope id ‖ index ‖ chunk number, little-endian
    std::uint64_t length;
    std::uint64_t padded;
    std::uint64_t number = 0;  // of this chunk

    course(const content_key& content, const uuid& id, unsigned index, std::uint64_t file_length)
        : length(file_length), padded(padded_length(file_length)) {
        if (index >= max_attachments) throw std::logic_error("stream: the index of an attachment is 0…9.");
        crypto_kdf_derive_from_key(key.span().data(), file_key::size, 16 + index, "bkn-file",
                                   content.view().data());
        *std::ranges::copy(id.bytes, ad.begin()).out = static_cast<std::uint8_t>(index);
    }

    // libsodium's state is bytes alone, so guarded memory, which is not aligned, may hold it.
    static_assert(alignof(secretstream) == 1);
    secretstream* state() { return reinterpret_cast<secretstream*>(state_memory.span().data()); }

    [[nodiscard]] std::uint64_t begin() const { return number * chunk_size; }
    [[nodiscard]] std::size_t plain_size() const {
        return static_cast<std::size_t>(std::min<std::uint64_t>(chunk_size, padded - begin()));
    }
    // How many bytes of this chunk are the file's; what follows is filling.
    [[nodiscard]] std::size_t file_size() const {
        return begin() >= length
                   ? 0
                   : static_cast<std::size_t>(std::min<std::uint64_t>(plain_size(), length - begin()));
    }
    [[nodiscard]] std::uint8_t tag() const {
        return begin() + plain_size() == padded ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    }
    [[nodiscard]] bool over() const { return begin() >= padded; }
    [[nodiscard]] byte_view associated_data() {
        for (unsigned i = 0; i < 8; ++i) ad[17 + i] = static_cast<std::uint8_t>(number >> (8 * i));
        return ad;
    }
};

}  // namespace

std::uint64_t padded_length(std::uint64_t length) {
    // Lengths travel as JSON integers (§0); this far below 2^64 no sum overflows.
    if (length >= std::uint64_t{1} << 53)
        throw std::logic_error("stream: a length that no document can state.");
    const std::uint64_t least = std::max<std::uint64_t>(length, chunk_size);
    const auto exponent = static_cast<unsigned>(std::bit_width(least)) - 1;      // E
    const auto mantissa_bits = static_cast<unsigned>(std::bit_width(exponent));  // S
    const std::uint64_t mask = (std::uint64_t{1} << (exponent - mantissa_bits)) - 1;
    return (least + mask) & ~mask;
}

std::uint64_t sealed_length(std::uint64_t length) {
    const std::uint64_t padded = padded_length(length);
    const std::uint64_t chunks = (padded + chunk_size - 1) / chunk_size;
    return stream_header_size + padded + chunks * chunk_overhead;
}

struct stream_sealer::impl : course {
    using course::course;
    std::uint64_t taken = 0;
    std::size_t filled = 0;
    bool started = false;

    void write_header(bytes& out) {
        if (started) return;
        started = true;
        block<stream_header_size> header;
        crypto_secretstream_xchacha20poly1305_init_push(state(), header.data(), key.view().data());
        out.insert(out.end(), header.begin(), header.end());
    }

    void seal_chunk(bytes& out) {
        const std::size_t size = plain_size();
        const byte_view about = associated_data();
        const std::size_t before = out.size();
        out.resize(before + size + chunk_overhead);
        crypto_secretstream_xchacha20poly1305_push(state(), out.data() + before, nullptr, chunk.view().data(),
                                                   size, about.data(), about.size(), tag());
        sodium_memzero(chunk.span().data(), chunk.size());
        filled = 0;
        ++number;
    }
};

stream_sealer::stream_sealer(const content_key& key, const uuid& envelope_id, unsigned index,
                             std::uint64_t length)
    : impl_(std::make_unique<impl>(key, envelope_id, index, length)) {}
stream_sealer::~stream_sealer() = default;
stream_sealer::stream_sealer(stream_sealer&&) noexcept = default;

std::expected<void, errc> stream_sealer::push(byte_view part, bytes& out) {
    auto& self = *impl_;
    if (self.over() || part.size() > self.length - self.taken) return std::unexpected(errc::wrong_size);
    self.write_header(out);
    self.taken += part.size();
    while (!part.empty()) {
        // A full chunk waits for the byte behind it, so that FINAL is written by finish() alone.
        if (self.filled == chunk_size) self.seal_chunk(out);
        const std::size_t count = std::min(part.size(), chunk_size - self.filled);
        std::ranges::copy(part.first(count), self.chunk.span().subspan(self.filled).begin());
        self.filled += count;
        part = part.subspan(count);
    }
    return {};
}

std::expected<void, errc> stream_sealer::finish(bytes& out) {
    auto& self = *impl_;
    if (self.over() || self.taken != self.length) return std::unexpected(errc::wrong_size);
    self.write_header(out);
    // The chunk is zero behind what was pushed, so sealing whole chunks is the filling.
    while (!self.over()) self.seal_chunk(out);
    return {};
}

struct stream_opener::impl : course {
    using course::course;
    bytes gathered;  // sealed bytes of the header, then of each chunk
    bool started = false;
    std::optional<errc> failed;  // the first refusal stays

    [[nodiscard]] std::size_t wanted() const {
        return started ? plain_size() + chunk_overhead : stream_header_size;
    }

    std::expected<void, errc> read_header() {
        started = true;
        const int result =
            crypto_secretstream_xchacha20poly1305_init_pull(state(), gathered.data(), key.view().data());
        if (result != 0) return std::unexpected(errc::damaged);
        return {};
    }

    std::expected<void, errc> open_chunk(const plain_sink& out) {
        std::uint8_t found = 0;
        const byte_view about = associated_data();
        const int result = crypto_secretstream_xchacha20poly1305_pull(
            state(), chunk.span().data(), nullptr, &found, gathered.data(), gathered.size(), about.data(),
            about.size());
        if (result != 0) return std::unexpected(errc::damaged);
        if (found != tag()) return std::unexpected(errc::stream_order);
        const byte_view opened = chunk.view().first(plain_size());
        const byte_view filling = opened.subspan(file_size());
        if (sodium_is_zero(filling.data(), filling.size()) != 1) return std::unexpected(errc::stream_filling);
        if (file_size() != 0) out(opened.first(file_size()));
        sodium_memzero(chunk.span().data(), chunk.size());
        ++number;
        return {};
    }

    std::expected<void, errc> take(byte_view part, const plain_sink& out) {
        while (!part.empty()) {
            if (over()) return std::unexpected(errc::stream_order);
            const std::size_t count = std::min(part.size(), wanted() - gathered.size());
            gathered.insert(gathered.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count));
            part = part.subspan(count);
            if (gathered.size() < wanted()) break;
            const auto result = started ? open_chunk(out) : read_header();
            gathered.clear();
            if (!result) return result;
        }
        return {};
    }
};

stream_opener::stream_opener(const content_key& key, const uuid& envelope_id, unsigned index,
                             std::uint64_t length)
    : impl_(std::make_unique<impl>(key, envelope_id, index, length)) {
    impl_->gathered.reserve(chunk_size + chunk_overhead);
}
stream_opener::~stream_opener() = default;
stream_opener::stream_opener(stream_opener&&) noexcept = default;

std::expected<void, errc> stream_opener::push(byte_view part, const plain_sink& out) {
    if (impl_->failed) return std::unexpected(*impl_->failed);
    auto result = impl_->take(part, out);
    if (!result) {
        impl_->failed = result.error();
        sodium_memzero(impl_->chunk.span().data(), impl_->chunk.size());
    }
    return result;
}

std::expected<void, errc> stream_opener::finish() {
    if (impl_->failed) return std::unexpected(*impl_->failed);
    if (!impl_->over()) return std::unexpected(errc::wrong_size);
    return {};
}

}  // namespace crypto
