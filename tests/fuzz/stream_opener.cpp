// Streams in parts of any size. The first three bytes choose length, part size and what is done: the rest is
// taken as a stream, or sealed and opened again, whole or with one byte changed. However a stream is cut into
// parts, the outcome is the same, and what is given out is a beginning of the file.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "crypto/stream.hpp"

namespace {

struct opening {
    std::optional<crypto::errc> refused;
    crypto::bytes file;
    bool operator==(const opening&) const = default;
};

const crypto::content_key& key() {
    static const crypto::content_key out;
    return out;
}

opening open_in_parts(crypto::byte_view stream, std::uint64_t length, std::size_t step) {
    opening out;
    crypto::stream_opener opener(key(), {}, 0, length);
    const auto sink = [&out](crypto::byte_view piece) {
        out.file.insert(out.file.end(), piece.begin(), piece.end());
    };
    while (!stream.empty()) {
        const auto part = stream.first(std::min(step, stream.size()));
        stream = stream.subspan(part.size());
        if (const auto result = opener.push(part, sink); !result) {
            out.refused = result.error();
            return out;
        }
    }
    if (const auto result = opener.finish(); !result) out.refused = result.error();
    return out;
}

// In two parts, cut where something begins or ends, beside it, and wherever the input says.
void cut_in_two(crypto::byte_view stream, std::uint64_t length, std::size_t draw, const opening& whole) {
    constexpr std::size_t header = crypto::stream_header_size,
                          chunk = crypto::chunk_size + crypto::chunk_overhead;
    for (const std::size_t place : {header, header + chunk, header + 2 * chunk, stream.size(), draw})
        for (const std::size_t beside : {place - 1, place, place + 1}) {
            opening out;
            crypto::stream_opener opener(key(), {}, 0, length);
            const auto sink = [&out](crypto::byte_view piece) {
                out.file.insert(out.file.end(), piece.begin(), piece.end());
            };
            const auto first = std::min(beside, stream.size());
            auto result = opener.push(stream.first(first), sink);
            if (result) result = opener.push(stream.subspan(first), sink);
            if (result) result = opener.finish();
            if (!result) out.refused = result.error();
            if (out != whole) std::abort();
        }
}

crypto::bytes seal(crypto::byte_view file) {
    crypto::bytes out;
    crypto::stream_sealer sealer(key(), {}, 0, file.size());
    if (!sealer.push(file, out) || !sealer.finish(out)) std::abort();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const std::uint64_t length = std::uint64_t{data[0]} * 1021;
    const std::size_t step = std::size_t{data[1]} * 37 + 1;
    const unsigned what = data[2];
    const crypto::byte_view rest(data + 3, size - 3);

    if (what % 2 == 0) {
        const auto whole = open_in_parts(rest, length, rest.size() + 1);
        if (!whole.refused) std::abort();  // nobody guesses a seal
        if (open_in_parts(rest, length, step) != whole || whole.file.size() > length) std::abort();
        if (open_in_parts(rest, length, 1) != whole) std::abort();
        return 0;
    }
    // The fuzzer's bytes, repeated to the length it chose.
    crypto::bytes file(length);
    for (std::size_t i = 0; i < file.size() && !rest.empty(); ++i) file[i] = rest[i % rest.size()];
    auto stream = seal(file);
    if (stream.size() != crypto::sealed_length(length)) std::abort();
    if (open_in_parts(stream, length, step) != opening{std::nullopt, file}) std::abort();

    cut_in_two(stream, length, step, {std::nullopt, file});

    const std::size_t place = (std::size_t{what} * 65537 + size * 257) % stream.size();
    stream[place] ^= static_cast<std::uint8_t>(what);
    const auto whole = open_in_parts(stream, length, stream.size());
    if (whole.refused != crypto::errc::damaged || open_in_parts(stream, length, step) != whole) std::abort();
    if (!std::ranges::equal(whole.file, crypto::byte_view(file).first(whole.file.size()))) std::abort();
    return 0;
}
