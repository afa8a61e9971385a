#include "server/pages/assets.hpp"

#include <algorithm>
#include <brotli/encode.h>
#include <cmath>
#include <stdexcept>
#include <zlib.h>

#include "crypto/hash.hpp"
#include "page_assets.hpp"

namespace pages {
namespace {

// A name made of the contents: what stands there never changes.
constexpr std::string_view lasting = "public, max-age=31536000, immutable";

std::string gzipped(const std::string& bytes) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;  // 16 asks for the gzip format (zlib.h, deflateInit2)
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot start");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    std::string in = bytes;  // zlib takes its input by a pointer to non-const
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("zlib cannot compress");
    return out;
}

std::string brotlied(const std::string& bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                               reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                               reinterpret_cast<std::uint8_t*>(out.data())))
        throw std::runtime_error("brotli cannot compress");
    out.resize(size);
    return out;
}

// Whether Accept-Encoding names this coding and does not refuse it with a weight of zero. "*" is passed over:
// who sends only that gets the plain bytes.
bool takes(std::string_view given, std::string_view coding) {
    std::string lower(given);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
    std::string_view accepted = lower;
    while (!accepted.empty()) {
        auto end = std::min(accepted.find(','), accepted.size());
        auto item = accepted.substr(0, end);
        accepted.remove_prefix(std::min(end + 1, accepted.size()));
        while (item.starts_with(' ') || item.starts_with('\t')) item.remove_prefix(1);
        auto mark = std::min(item.find(';'), item.size());
        auto name = item.substr(0, mark);
        while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
        if (name != coding) continue;
        auto weight = item.substr(mark);
        return !weight.contains("q=0") ||
               weight.find_first_of("123456789", weight.find("q=0") + 3) != weight.npos;
    }
    return false;
}

}  // namespace

encoded::encoded(http::response answer) {
    answer.with("Vary", "Accept-Encoding");
    const auto form = [&answer](std::string_view coding, std::string bytes) {
        auto out = answer;
        out.with("Content-Encoding", std::string(coding));
        out.body = std::move(bytes);
        return http::prepared(std::move(out));
    };
    gzip_ = form("gzip", gzipped(answer.body));
    brotli_ = form("br", brotlied(answer.body));
    plain_ = http::prepared(std::move(answer));
}

const http::response& encoded::form_for(const http::head& head) const {
    const auto accepted = head.one("accept-encoding").value_or("");
    const auto size = plain_.content().size();
    if (takes(accepted, "br") && brotli_.content().size() < size) return brotli_;
    if (takes(accepted, "gzip") && gzip_.content().size() < size) return gzip_;
    return plain_;
}

tagged::tagged(std::string_view type, std::string_view kept, std::string bytes)
    : hash_(crypto::hash_text(crypto::as_bytes(bytes))), answer_([&] {
          http::response answer;
          answer.content_type = type;
          answer.with("ETag", "W/\"" + hash_ + "\"");
          answer.with("Cache-Control", std::string(kept));
          answer.body = std::move(bytes);
          return answer;
      }()) {}

http::response tagged::answer(const http::head& head) const {
    if (!head.has_current("W/\"" + hash_ + "\"")) return answer_.form_for(head);
    http::response out;
    out.status = 304;
    for (const auto& field : answer_.form_for({}).fields) out.with(field.first, field.second);
    return out;
}

assets::assets() {
    auto add = [this](std::string_view name, std::string_view ending, std::string_view type) {
        auto found = std::ranges::find(embedded::page_assets(), name, &embedded::file::name);
        if (found == embedded::page_assets().end()) throw std::logic_error("an asset was not built in");
        tagged bytes(type, lasting, std::string(found->text));
        auto path = "vast/" + bytes.hash().substr(0, 16) + std::string(ending);
        files_.push_back({std::move(path), std::move(bytes)});
    };
    add("site.css", ".css", "text/css; charset=utf-8");
    add("icon.png", ".png", "image/png");
    add("suggest.js", ".js", "text/javascript; charset=utf-8");
}

const assets::file* assets::find(std::string_view path) const {
    if (!path.starts_with('/')) return nullptr;
    auto at = std::ranges::find(files_, path.substr(1), &file::path);
    return at == files_.end() ? nullptr : &*at;
}

http::response assets::answer(const http::head& head) const { return find(head.path)->bytes.answer(head); }

}  // namespace pages
