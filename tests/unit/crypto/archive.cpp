// Backups' outermost form: sealed in parts of any size and opened again, for each of the keys; whatever is
// changed, cut off or added is refused, and each fault has its own name.
#include "crypto/archive.hpp"

#include <catch2/catch.hpp>

using namespace crypto;

namespace {

struct sealed_archive {
    uuid id = uuid::random();
    bytes all;
};

sealed_archive seal(byte_view text, std::span<const box_public> keys, std::size_t step = 100'000,
                    std::string_view kind = "store") {
    sealed_archive out;
    auto sealer = archive_sealer::begin(kind, out.id, keys, out.all).value();
    while (!text.empty()) {
        const auto part = text.first(std::min(step, text.size()));
        sealer.push(part, out.all);
        text = text.subspan(part.size());
    }
    sealer.finish(out.all);
    return out;
}

std::expected<bytes, errc> open(byte_view all, const box_keys& keys, std::size_t step = 100'000) {
    bytes out;
    const auto sink = [&](byte_view piece) { out.insert(out.end(), piece.begin(), piece.end()); };
    archive_opener opener("store", keys);
    while (!all.empty()) {
        const auto part = all.first(std::min(step, all.size()));
        if (auto ok = opener.push(part, sink); !ok) return std::unexpected(ok.error());
        all = all.subspan(part.size());
    }
    if (auto ok = opener.finish(sink); !ok) return std::unexpected(ok.error());
    return out;
}

bytes text_of(std::size_t size) {
    bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
    return out;
}

errc refusal(byte_view all, const box_keys& keys) {
    auto opened = open(all, keys);
    REQUIRE_FALSE(opened.has_value());
    return opened.error();
}

}  // namespace

TEST_CASE("an archive opens with each of its keys, however it is cut into parts") {
    const auto first = box_keys::random(), second = box_keys::random();
    const box_public keys[] = {first.public_key, second.public_key};
    for (const std::size_t size :
         {std::size_t{1}, chunk_size - 1, chunk_size, chunk_size + 1, 3 * chunk_size, 3 * chunk_size + 5}) {
        const auto text = text_of(size);
        const auto made = seal(text, keys, size == 1 ? 1 : 1000);
        const auto chunks = (size + chunk_size - 1) / chunk_size;
        CHECK(made.all.size() ==
              21 + 17 + 2 * sealed_key_size + stream_header_size + size + chunks * chunk_overhead);
        for (const auto* one : {&first, &second})
            for (const std::size_t step : {std::size_t{1}, std::size_t{777}, made.all.size()})
                CHECK(open(made.all, *one, step).value() == text);
    }
    bytes none;
    CHECK_FALSE(archive_sealer::begin("store", uuid::random(), std::vector{box_public{}}, none).has_value());
}

TEST_CASE("an archive that was changed, cut off, or is another's, is refused by its own name") {
    const auto mine = box_keys::random();
    const std::vector keys{mine.public_key};
    const auto made = seal(text_of(2 * chunk_size + 100), keys).all;
    CHECK(refusal(made, box_keys::random()) == errc::not_for_this_key);
    CHECK(refusal(as_bytes("something else, of some length, that is no backup"), mine) == errc::bad_archive);
    CHECK(refusal({}, mine) == errc::bad_archive);
    auto newer = made;
    newer[13] = '2';
    CHECK(refusal(newer, mine) == errc::newer_archive);
    CHECK(refusal(seal(text_of(5), keys, 5, "wraps").all, mine) == errc::other_archive);
    for (std::size_t size = 21; size < made.size(); size += size < 200 ? 1 : 9973)
        CHECK(refusal(byte_view(made).first(size), mine) == errc::archive_cut);
    for (std::size_t at = 0; at < made.size(); at += at < 200 ? 1 : 4999) {
        auto changed = made;
        changed[at] ^= 1;
        CHECK_FALSE(open(changed, mine).has_value());
    }
    auto longer = made;
    longer.push_back(0);
    CHECK_FALSE(open(longer, mine).has_value());
    const auto whole = seal(text_of(chunk_size), keys).all;
    longer = whole;
    longer.push_back(0);
    CHECK(refusal(longer, mine) == errc::archive_damaged);
}
