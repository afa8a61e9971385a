#include "crypto/stream.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <sodium.h>

#include "crypto/hash.hpp"
#include "refusal.hpp"
#include "vectors.hpp"

using namespace crypto;

namespace {

constexpr std::uint8_t message_tag = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
constexpr std::uint8_t final_tag = crypto_secretstream_xchacha20poly1305_TAG_FINAL;
constexpr std::size_t sealed_chunk = chunk_size + chunk_overhead;

// What the vectors say their files hold.
bytes file_of(std::size_t length, unsigned index) {
    bytes out(length);
    for (std::size_t i = 0; i < length; ++i) out[i] = static_cast<std::uint8_t>(31 * i + index);
    return out;
}

bytes sealed_in_steps(byte_view file, const content_key& key, const uuid& id, unsigned index,
                      std::size_t step) {
    bytes out;
    stream_sealer sealer(key, id, index, file.size());
    for (std::size_t place = 0; place < file.size(); place += step)
        REQUIRE(sealer.push(file.subspan(place, std::min(step, file.size() - place)), out).has_value());
    REQUIRE(sealer.finish(out).has_value());
    return out;
}

struct opening {
    std::optional<errc> refused;
    bytes file;
};

opening opened_in_steps(byte_view sealed_stream, const content_key& key, const uuid& id, unsigned index,
                        std::uint64_t length, std::size_t step) {
    opening out;
    const plain_sink sink = [&out](byte_view piece) {
        CHECK_FALSE(piece.empty());
        out.file.insert(out.file.end(), piece.begin(), piece.end());
    };
    stream_opener opener(key, id, index, length);
    for (std::size_t place = 0; place < sealed_stream.size(); place += step) {
        const auto part = sealed_stream.subspan(place, std::min(step, sealed_stream.size() - place));
        out.refused = refusal(opener.push(part, sink));
        if (out.refused) {
            // A refusal stays.
            CHECK(refusal(opener.push(part, sink)) == out.refused);
            CHECK(refusal(opener.finish()) == out.refused);
            return out;
        }
    }
    out.refused = refusal(opener.finish());
    return out;
}

// A stream in which every chunk has the tag and the text the test wants.
class free_stream {
  public:
    free_stream(const content_key& key, const uuid& id, unsigned index) : index_(index), id_(id) {
        block<32> file_key;
        crypto_kdf_derive_from_key(file_key.data(), file_key.size(), 16 + index, "bkn-file",
                                   key.view().data());
        out.resize(stream_header_size);
        crypto_secretstream_xchacha20poly1305_init_push(&state_, out.data(), file_key.data());
    }
    void push(byte_view text, std::uint8_t tag) {
        bytes ad(id_.bytes.begin(), id_.bytes.end());
        ad.push_back(static_cast<std::uint8_t>(index_));
        for (unsigned i = 0; i < 8; ++i) ad.push_back(static_cast<std::uint8_t>(number_ >> (8 * i)));
        ++number_;
        const auto before = out.size();
        out.resize(before + text.size() + chunk_overhead);
        crypto_secretstream_xchacha20poly1305_push(&state_, out.data() + before, nullptr, text.data(),
                                                   text.size(), ad.data(), ad.size(), tag);
    }
    bytes out;

  private:
    crypto_secretstream_xchacha20poly1305_state state_{};
    unsigned index_;
    uuid id_;
    std::uint64_t number_ = 0;
};

}  // namespace

TEST_CASE("vectors: Padmé lengths") {
    for (const auto& row : vectors::section("padme"))
        CHECK(padded_length(row.at(0).to_number<std::uint64_t>()) == row.at(1).to_number<std::uint64_t>());
}

TEST_CASE("padded lengths grow, are fixed points and waste at most an eighth") {
    std::uint64_t before = 0;
    for (std::uint64_t length = 1; length < std::uint64_t{1} << 53; length = length * 9 / 7 + 1) {
        const auto padded = padded_length(length);
        CHECK(padded >= before);
        CHECK(padded >= length);
        CHECK(padded_length(padded) == padded);
        if (length >= chunk_size) CHECK(padded - length <= length / 8);
        before = padded;
    }
    CHECK_THROWS_AS(padded_length(std::uint64_t{1} << 53), std::logic_error);
}

TEST_CASE("vectors: attachments open, and ours have their lengths") {
    int opened = 0;
    for (const auto& row : vectors::section("attachments")) {
        const auto key = vectors::secret<content_key>(row, "contentKey");
        const auto id = vectors::id(row);
        const auto index = static_cast<unsigned>(vectors::number(row, "index"));
        const auto file = file_of(vectors::number(row, "length"), index);
        CHECK(hex(sha256(file)) == vectors::text(row, "sha256"));
        CHECK(sealed_length(file.size()) == vectors::number(row, "sealedLength"));
        const auto ours = sealed_in_steps(file, key, id, index, 10000);
        CHECK(ours.size() == vectors::number(row, "sealedLength"));
        CHECK(opened_in_steps(ours, key, id, index, file.size(), 10000).file == file);
        if (!vectors::has(row, "sealed")) continue;
        ++opened;
        const auto theirs = vectors::b64u(row, "sealed");
        const auto result = opened_in_steps(theirs, key, id, index, file.size(), theirs.size());
        CHECK_FALSE(result.refused);
        CHECK(result.file == file);
    }
    CHECK(opened > 0);
}

TEST_CASE("a file of any length survives, in parts of any size") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    for (const std::size_t length : {0U, 1U, 65535U, 65536U, 65537U, 131072U, 131073U, 300000U}) {
        const auto file = file_of(length, 9);
        for (const std::size_t step : {977U, 65536U, 65553U, 400000U}) {
            CAPTURE(length, step);
            const auto stream = sealed_in_steps(file, key, id, 9, step);
            CHECK(stream.size() == sealed_length(length));
            const auto result = opened_in_steps(stream, key, id, 9, length, step);
            CHECK_FALSE(result.refused);
            CHECK(result.file == file);
        }
    }
}

TEST_CASE("byte by byte is the same as at once") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    const auto file = file_of(70000, 2);
    const auto result = opened_in_steps(sealed_in_steps(file, key, id, 2, 1), key, id, 2, file.size(), 1);
    CHECK_FALSE(result.refused);
    CHECK(result.file == file);
}

TEST_CASE("sealing another length than was stated is refused") {
    const auto file = file_of(100, 0);
    bytes out;
    stream_sealer sealer(content_key::random(), uuid::random(), 0, 50);
    CHECK(refusal(sealer.push(file, out)) == errc::wrong_size);
    CHECK(out.empty());
    CHECK(sealer.push(byte_view(file).first(49), out).has_value());
    CHECK(refusal(sealer.finish(out)) == errc::wrong_size);
    CHECK(sealer.push(byte_view(file).first(1), out).has_value());
    CHECK(sealer.finish(out).has_value());
    CHECK(out.size() == sealed_length(50));
    CHECK(refusal(sealer.push({}, out)) == errc::wrong_size);
    CHECK(refusal(sealer.finish(out)) == errc::wrong_size);
    CHECK_THROWS_AS(stream_sealer(content_key::random(), uuid::random(), 10, 50), std::logic_error);
    CHECK_THROWS_AS(stream_opener(content_key::random(), uuid::random(), 10, 50), std::logic_error);
}

TEST_CASE("a stream opens under its key, id and index alone") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    const auto stream = sealed_in_steps(file_of(10, 0), key, id, 0, 10);
    CHECK(opened_in_steps(stream, content_key::random(), id, 0, 10, 9999).refused == errc::damaged);
    CHECK(opened_in_steps(stream, key, uuid::random(), 0, 10, 9999).refused == errc::damaged);
    CHECK(opened_in_steps(stream, key, id, 1, 10, 9999).refused == errc::damaged);
}

TEST_CASE("a stream that is cut, lengthened, changed or shuffled is refused") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    const std::size_t length = 200000;
    const auto good = sealed_in_steps(file_of(length, 0), key, id, 0, length);
    const auto refused = [&](byte_view stream, std::size_t step = 50000) {
        return opened_in_steps(stream, key, id, 0, length, step).refused;
    };
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{23}, stream_header_size, stream_header_size + sealed_chunk,
          stream_header_size + 2 * sealed_chunk, good.size() - 1})
        CHECK(refused(byte_view(good).first(size)) == errc::wrong_size);

    bytes longer = good;
    longer.push_back(0);
    for (const std::size_t step : {std::size_t{1000}, longer.size()})
        CHECK(refused(longer, step) == errc::stream_order);

    for (const std::size_t place :
         {std::size_t{0}, std::size_t{24}, std::size_t{25}, std::size_t{70000}, good.size() - 1}) {
        bytes changed = good;
        changed[place] ^= 1;
        CHECK(refused(changed) == errc::damaged);
    }
    bytes swapped = good;
    std::swap_ranges(swapped.begin() + stream_header_size,
                     swapped.begin() + stream_header_size + sealed_chunk,
                     swapped.begin() + stream_header_size + sealed_chunk);
    CHECK(refused(swapped) == errc::damaged);
}

TEST_CASE("what precedes a damaged chunk was given out, what follows was not") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    const auto file = file_of(150000, 0);
    auto stream = sealed_in_steps(file, key, id, 0, file.size());
    stream[stream_header_size + sealed_chunk + 5] ^= 1;
    const auto result = opened_in_steps(stream, key, id, 0, file.size(), stream.size());
    CHECK(result.refused == errc::damaged);
    CHECK(result.file == bytes(file.begin(), file.begin() + chunk_size));
}

TEST_CASE("a stated length of another class is refused") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    const auto stream = sealed_in_steps(file_of(65537, 0), key, id, 0, 65537);
    // The true stream ends after 2048 bytes of its second chunk; these lengths put its end elsewhere.
    CHECK(opened_in_steps(stream, key, id, 0, 65536, 9999).refused == errc::stream_order);
    CHECK(opened_in_steps(stream, key, id, 0, 70000, 9999).refused == errc::wrong_size);
    CHECK(opened_in_steps(stream, key, id, 0, 200000, 9999).refused == errc::wrong_size);
}

TEST_CASE("every chunk must have the tag of its place") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    const bytes full(chunk_size), rest(2048);
    struct row {
        std::uint8_t first, last;
        std::optional<errc> refused;
    };
    for (const auto& [first, last, expected] :
         {row{message_tag, final_tag, std::nullopt}, row{final_tag, final_tag, errc::stream_order},
          row{message_tag, message_tag, errc::stream_order},
          row{crypto_secretstream_xchacha20poly1305_TAG_PUSH, final_tag, errc::stream_order},
          row{crypto_secretstream_xchacha20poly1305_TAG_REKEY, final_tag, errc::stream_order},
          row{message_tag, crypto_secretstream_xchacha20poly1305_TAG_REKEY, errc::stream_order}}) {
        free_stream stream(key, id, 4);
        stream.push(full, first);
        stream.push(rest, last);
        CHECK(opened_in_steps(stream.out, key, id, 4, 65537, 9999).refused == expected);
    }
}

TEST_CASE("filling that is not zero is refused, and nothing of its chunk is given out") {
    const auto key = content_key::random();
    const auto id = uuid::random();
    for (const std::size_t place : {10U, 65535U}) {
        bytes text(chunk_size);
        text[place] = 1;
        free_stream stream(key, id, 0);
        stream.push(text, final_tag);
        const auto result = opened_in_steps(stream.out, key, id, 0, 10, 9999);
        CHECK(result.refused == errc::stream_filling);
        CHECK(result.file.empty());
        CHECK_FALSE(opened_in_steps(stream.out, key, id, 0, place + 1, 9999).refused);
    }
}
