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
bool takes(std::string_view accepted, std::string_view coding) {
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

encoded::encoded(std::string bytes)
    : plain_(std::make_shared<const std::string>(std::move(bytes))),
      gzip_(std::make_shared<const std::string>(gzipped(*plain_))),
      brotli_(std::make_shared<const std::string>(brotlied(*plain_))) {}

void encoded::put(const http::head& head, http::response& response) const {
    response.with("Vary", "Accept-Encoding");
    std::string_view accepted = head.one("accept-encoding").value_or("");
    if (takes(accepted, "br") && brotli_->size() < plain_->size()) {
        response.with("Content-Encoding", "br");
        response.shared_body = brotli_;
    } else if (takes(accepted, "gzip") && gzip_->size() < plain_->size()) {
        response.with("Content-Encoding", "gzip");
        response.shared_body = gzip_;
    } else {
        response.shared_body = plain_;
    }
}

assets::assets() {
    auto add = [this](std::string_view name, std::string_view ending, std::string_view type) {
        auto found = std::ranges::find(embedded::page_assets(), name, &embedded::file::name);
        if (found == embedded::page_assets().end()) throw std::logic_error("an asset was not built in");
        auto hash = crypto::hash_text(crypto::as_bytes(found->text));
        files_.push_back({"vast/" + hash.substr(0, 16) + std::string(ending), std::string(type),
                          "W/\"" + hash + "\"", encoded(std::string(found->text))});
    };
    add("site.css", ".css", "text/css; charset=utf-8");
    add("icon.png", ".png", "image/png");
}

const assets::file* assets::find(std::string_view path) const {
    if (!path.starts_with('/')) return nullptr;
    auto at = std::ranges::find(files_, path.substr(1), &file::path);
    return at == files_.end() ? nullptr : &*at;
}

http::response assets::answer(const http::head& head) const {
    const auto& asset = *find(head.path);
    http::response out;
    out.with("ETag", asset.tag);
    out.with("Cache-Control", "public, max-age=31536000, immutable");
    if (head.has_current(asset.tag)) {
        out.status = 304;
        out.with("Vary", "Accept-Encoding");  // as the 200 has it (RFC 9110 §15.4.5)
        return out;
    }
    out.content_type = asset.type;
    asset.bytes.put(head, out);
    return out;
}

}  // namespace pages
