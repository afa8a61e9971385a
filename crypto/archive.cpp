// The sealer keeps a full chunk back until a byte follows it, so that the last one alone is FINAL; the opener
// gathers line, head and chunks one after the other.
#include "crypto/archive.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

#include <sodium.h>

#include "crypto/hash.hpp"

namespace crypto {
namespace {

using secretstream = crypto_secretstream_xchacha20poly1305_state;
using archive_key = secret<struct archive_key_tag, crypto_secretstream_xchacha20poly1305_KEYBYTES>;

constexpr std::string_view mark = "baken-backup ";
constexpr std::size_t longest_line = mark.size() + 2 + 12 + 1;
constexpr std::size_t sealed_chunk = chunk_size + chunk_overhead;

std::string first_line(std::string_view kind) { return std::string(mark) + "1 " + std::string(kind) + "\n"; }

// What both directions share: libsodium's state, one chunk, and its number.
struct course {
    plain state_memory{sizeof(secretstream)};
    plain chunk{chunk_size};
    archive_key key;
    block<40> ad{};  // hash of what stands before the stream ‖ chunk number, little-endian
    std::uint64_t number = 0;

    static_assert(alignof(secretstream) == 1);
    secretstream* state() { return reinterpret_cast<secretstream*>(state_memory.span().data()); }
    void derive(const content_key& from, byte_view head) {
        crypto_kdf_derive_from_key(key.span().data(), archive_key::size, 1, "bkn-bkup", from.view().data());
        std::ranges::copy(blake2b_256(head), ad.begin());
    }
    [[nodiscard]] byte_view associated_data() {
        for (unsigned i = 0; i < 8; ++i) ad[32 + i] = static_cast<std::uint8_t>(number >> (8 * i));
        return ad;
    }
};

}  // namespace

struct archive_sealer::impl : course {
    std::size_t filled = 0;

    void seal_chunk(std::uint8_t tag, bytes& out) {
        const byte_view about = associated_data();
        const std::size_t before = out.size();
        out.resize(before + filled + chunk_overhead);
        crypto_secretstream_xchacha20poly1305_push(state(), out.data() + before, nullptr, chunk.view().data(),
                                                   filled, about.data(), about.size(), tag);
        filled = 0;
        ++number;
    }
};

archive_sealer::archive_sealer(std::unique_ptr<impl> impl) : impl_(std::move(impl)) {}
archive_sealer::~archive_sealer() = default;
archive_sealer::archive_sealer(archive_sealer&&) noexcept = default;

std::expected<archive_sealer, errc> archive_sealer::begin(std::string_view kind, const uuid& id,
                                                          std::span<const box_public> keys, bytes& out) {
    if (kind.empty() || kind.size() > 12 || keys.empty() || keys.size() > max_archive_keys)
        throw std::logic_error("archive: a kind of 1 to 12 letters, and 1 to 16 keys.");
    const auto line = first_line(kind);
    bytes head(line.begin(), line.end());
    head.insert(head.end(), id.bytes.begin(), id.bytes.end());
    head.push_back(static_cast<std::uint8_t>(keys.size()));
    const auto fresh = content_key::random();
    for (const auto& one : keys) {
        auto box = seal_key(fresh, id, one);
        if (!box) return std::unexpected(box.error());
        head.insert(head.end(), box->view().begin(), box->view().end());
    }
    auto made = std::make_unique<impl>();
    made->derive(fresh, head);
    out.insert(out.end(), head.begin(), head.end());
    block<stream_header_size> header;
    crypto_secretstream_xchacha20poly1305_init_push(made->state(), header.data(), made->key.view().data());
    out.insert(out.end(), header.begin(), header.end());
    return archive_sealer(std::move(made));
}

void archive_sealer::push(byte_view part, bytes& out) {
    auto& self = *impl_;
    while (!part.empty()) {
        if (self.filled == chunk_size)
            self.seal_chunk(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, out);
        const auto count = std::min(part.size(), chunk_size - self.filled);
        std::copy_n(part.begin(), count,
                    self.chunk.span().begin() + static_cast<std::ptrdiff_t>(self.filled));
        self.filled += count;
        part = part.subspan(count);
    }
}

void archive_sealer::finish(bytes& out) {
    if (impl_->filled == 0) throw std::logic_error("archive: nothing was pushed.");
    impl_->seal_chunk(crypto_secretstream_xchacha20poly1305_TAG_FINAL, out);
}

struct archive_opener::impl : course {
    enum class at { line, count, boxes, header, chunks, end };

    std::string line;  // expected
    const box_keys& keys;
    uuid id;
    at where = at::line;
    bytes head;      // everything before the stream
    bytes gathered;  // of a chunk, or of what stands before
    std::optional<errc> failed;

    impl(std::string_view kind, const box_keys& with) : line(first_line(kind)), keys(with) {}

    [[nodiscard]] std::size_t wanted() const {
        switch (where) {
            case at::line:
                return longest_line;
            case at::count:
                return 17;
            case at::boxes:
                return std::size_t{head.back()} * sealed_key_size;
            case at::header:
                return stream_header_size;
            default:
                return sealed_chunk;
        }
    }

    std::expected<void, errc> read_line() {
        const auto text = as_text(gathered);
        if (text == line) {
            where = at::count;
            return {};
        }
        if (!text.starts_with(mark) || !text.ends_with('\n')) return std::unexpected(errc::bad_archive);
        return std::unexpected(text.starts_with(std::string(mark) + "1 ") ? errc::other_archive
                                                                          : errc::newer_archive);
    }

    std::expected<void, errc> read_boxes() {
        for (std::size_t at = 0; at < gathered.size(); at += sealed_key_size)
            if (auto opened = open_key(byte_view(gathered).subspan(at, sealed_key_size), id, keys)) {
                derive(*opened, head);
                where = at::header;
                return {};
            }
        return std::unexpected(errc::not_for_this_key);
    }

    // What was gathered is whole, or the last of it.
    std::expected<void, errc> take_gathered(const plain_sink& out) {
        if (where != at::header && where != at::chunks)
            head.insert(head.end(), gathered.begin(), gathered.end());
        std::expected<void, errc> done;
        switch (where) {
            case at::line:
                done = read_line();
                break;
            case at::count:
                std::copy_n(gathered.begin(), 16, id.bytes.begin());
                if (gathered.back() == 0 || gathered.back() > max_archive_keys)
                    done = std::unexpected(errc::archive_damaged);
                where = at::boxes;
                break;
            case at::boxes:
                done = read_boxes();
                break;
            case at::header:
                if (crypto_secretstream_xchacha20poly1305_init_pull(state(), gathered.data(),
                                                                    key.view().data()) != 0)
                    done = std::unexpected(errc::archive_damaged);
                where = at::chunks;
                break;
            default:
                done = open_chunk(out);
        }
        gathered.clear();
        return done;
    }

    std::expected<void, errc> open_chunk(const plain_sink& out) {
        if (gathered.size() <= chunk_overhead) return std::unexpected(errc::archive_cut);
        std::uint8_t tag = 0;
        const byte_view about = associated_data();
        const int result = crypto_secretstream_xchacha20poly1305_pull(state(), chunk.span().data(), nullptr,
                                                                      &tag, gathered.data(), gathered.size(),
                                                                      about.data(), about.size());
        // A shorter one is the last that came: it was cut off, or changed.
        if (result != 0)
            return std::unexpected(gathered.size() < sealed_chunk ? errc::archive_cut
                                                                  : errc::archive_damaged);
        if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
            where = at::end;
        else if (tag != crypto_secretstream_xchacha20poly1305_TAG_MESSAGE || gathered.size() < sealed_chunk)
            return std::unexpected(errc::archive_damaged);
        out(chunk.view().first(gathered.size() - chunk_overhead));
        sodium_memzero(chunk.span().data(), chunk.size());
        ++number;
        return {};
    }

    std::expected<void, errc> take(byte_view part, const plain_sink& out) {
        while (!part.empty()) {
            if (where == at::end) return std::unexpected(errc::archive_damaged);
            auto count = std::min(part.size(), wanted() - gathered.size());
            bool whole = gathered.size() + count == wanted();
            if (where == at::line)
                if (const auto end =
                        std::find(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count), '\n');
                    end != part.begin() + static_cast<std::ptrdiff_t>(count)) {
                    count = static_cast<std::size_t>(end - part.begin()) + 1;
                    whole = true;
                }
            gathered.insert(gathered.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count));
            part = part.subspan(count);
            if (!whole) break;
            if (auto done = take_gathered(out); !done) return done;
        }
        return {};
    }

    std::expected<void, errc> keep(std::expected<void, errc> done) {
        if (!done) {
            failed = done.error();
            sodium_memzero(chunk.span().data(), chunk.size());
        }
        return done;
    }
};

archive_opener::archive_opener(std::string_view kind, const box_keys& keys)
    : impl_(std::make_unique<impl>(kind, keys)) {
    impl_->gathered.reserve(sealed_chunk);
}
archive_opener::~archive_opener() = default;
archive_opener::archive_opener(archive_opener&&) noexcept = default;

const uuid& archive_opener::id() const { return impl_->id; }

std::expected<void, errc> archive_opener::push(byte_view part, const plain_sink& out) {
    if (impl_->failed) return std::unexpected(*impl_->failed);
    return impl_->keep(impl_->take(part, out));
}

std::expected<void, errc> archive_opener::finish(const plain_sink& out) {
    auto& self = *impl_;
    if (self.failed) return std::unexpected(*self.failed);
    if (self.where == impl::at::line) return self.keep(std::unexpected(errc::bad_archive));
    if (self.where == impl::at::chunks && !self.gathered.empty())
        if (auto last = self.keep(self.take_gathered(out)); !last) return last;
    if (self.where != impl::at::end) return self.keep(std::unexpected(errc::archive_cut));
    return {};
}

}  // namespace crypto
