// The style sheet, the icon and the script, and bytes in the form that a browser takes.
#include "server/pages/assets.hpp"

#include <random>
#include <zlib.h>

#include "crypto/hash.hpp"
#include "tests/unit/pages/site.hpp"

namespace {

using site::field;

http::head asking(std::string path, std::vector<http::field> fields = {}) {
    return site::head(http::method::get, std::move(path), std::move(fields));
}

pages::encoded of(std::string bytes) {
    http::response answer;
    answer.content_type = "text/html";
    answer.with("X-Of", "all").body = std::move(bytes);
    return pages::encoded(std::move(answer));
}

http::response sent(const pages::encoded& bytes, std::vector<http::field> fields) {
    auto out = bytes.form_for(asking("/", std::move(fields)));
    CHECK(field(out, "Vary") == "Accept-Encoding");
    CHECK(field(out, "X-Of") == "all");
    REQUIRE(out.whole);
    CHECK(*out.whole == http::finish(out, false, true));
    return out;
}

std::string unzipped(std::string_view bytes, std::size_t most) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);  // 16: the gzip format, header and checksum too
    std::string in(bytes), out(most, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    CHECK(stream.avail_in == 0);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

const std::string prose = [] {
    std::string out;
    for (int i = 0; i < 200; ++i) out += fmt::format("<p>Line {} of a page, much like the others.</p>\n", i);
    return out;
}();

}  // namespace

TEST_CASE("encoded: the smallest form that the request takes") {
    const auto bytes = of(prose);
    struct row {
        const char *accepted, *coding;
    };
    for (const auto& [accepted, coding] : {row{"gzip", "gzip"},
                                           {"br", "br"},
                                           {"gzip, deflate, br, zstd", "br"},
                                           {"gzip;q=1.0,br;q=0.1", "br"},
                                           {"gzip , br ; q=0", "gzip"},
                                           {"br;q=0.000, gzip;q=0.5", "gzip"},
                                           {"br;q=0.001", "br"},
                                           {"\tbr", "br"},
                                           {"gzip;q=0, br;q=0", ""},
                                           {"identity", ""},
                                           {"deflate", ""},
                                           {"*", ""},
                                           {"brotli", ""},
                                           {"xgzip, gzipx", ""},
                                           {",;,,", ""},
                                           {"", ""}}) {
        CAPTURE(accepted);
        const auto out = sent(bytes, {{"accept-encoding", accepted}});
        CHECK(field(out, "Content-Encoding") == coding);
        CHECK((out.content() == prose) == std::string(coding).empty());
    }
    CHECK(sent(bytes, {}).content() == prose);
    // A field that stands twice is not read.
    CHECK(sent(bytes, {{"accept-encoding", "gzip"}, {"accept-encoding", "br"}}).content() == prose);
}

TEST_CASE("encoded: what is compressed is the same bytes, and smaller") {
    const auto bytes = of(prose);
    const auto gzip = sent(bytes, {{"accept-encoding", "gzip"}});
    const auto brotli = sent(bytes, {{"accept-encoding", "br"}});
    CHECK(unzipped(gzip.content(), prose.size() + 1) == prose);
    CHECK(gzip.content().size() < prose.size() / 4);
    CHECK(brotli.content().size() < gzip.content().size());
    // Rendered once, shared by every answer.
    const auto again = sent(bytes, {{"accept-encoding", "gzip"}});
    CHECK(again.shared_body == gzip.shared_body);
    CHECK(again.whole == gzip.whole);
}

TEST_CASE("encoded: what does not become smaller is sent as it is") {
    std::mt19937 numbers(1);
    std::string noise(4096, '\0');
    for (auto& byte : noise) byte = static_cast<char>(numbers());
    for (const auto& bytes : {noise, std::string(), std::string("x")}) {
        const auto out = sent(of(bytes), {{"accept-encoding", "gzip, br"}});
        CHECK(out.content() == bytes);
        CHECK(field(out, "Content-Encoding").empty());
    }
}

TEST_CASE("assets: named after their contents, kept for ever, and not sent twice") {
    const pages::assets assets;
    for (const auto& [path, type] :
         {std::pair<std::string, const char*>{assets.style_path(), "text/css; charset=utf-8"},
          {assets.icon_path(), "image/png"},
          {assets.script_path(), "text/javascript; charset=utf-8"}}) {
        CAPTURE(path);
        REQUIRE(assets.has("/" + path));
        const auto out = assets.answer(asking("/" + path));
        CHECK(out.status == 200);
        CHECK(out.content_type == type);
        CHECK(field(out, "Cache-Control") == "public, max-age=31536000, immutable");
        const auto hash = crypto::hash_text(crypto::as_bytes(out.content()));
        CHECK(field(out, "ETag") == "W/\"" + hash + "\"");
        CHECK(path.starts_with("vast/" + hash.substr(0, 16) + "."));

        const auto zipped = assets.answer(asking("/" + path, {{"accept-encoding", "gzip"}}));
        if (!field(zipped, "Content-Encoding").empty())
            CHECK(unzipped(zipped.content(), out.content().size() + 1) == out.content());
        for (const auto& known : {field(out, "ETag"), std::string("*")}) {
            const auto again = assets.answer(asking("/" + path, {{"if-none-match", known}}));
            CHECK(again.status == 304);
            CHECK_FALSE(again.whole);
            CHECK(again.content().empty());
            CHECK(again.content_type.empty());
            for (const auto* same : {"ETag", "Cache-Control", "Vary"})
                CHECK(field(again, same) == field(out, same));
        }
        for (const auto* other : {"", "\"x\"", "x", "\""})
            CHECK(assets.answer(asking("/" + path, {{"if-none-match", other}})).status == 200);
        CHECK_FALSE(assets.has(path));
        CHECK_FALSE(assets.has("/" + path + "x"));
        CHECK_FALSE(assets.has("//" + path));
    }
    CHECK(assets.answer(asking("/" + assets.icon_path())).content().starts_with("\x89PNG\r\n"));
    for (const auto* none : {"", "/", "/vast", "/vast/", "/vast/site.css", "/vast/../vast/site.css"})
        CHECK_FALSE(assets.has(none));
}

TEST_CASE("assets: the script is small, knows one address, and makes no code out of text") {
    const pages::assets assets;
    const auto script = assets.answer(asking("/" + assets.script_path()));
    CHECK(script.content().size() <= 4 * 1024);
    CHECK(script.content().contains("fetch(\"/plaatsen.json\""));
    for (const auto* never : {"http:", "https:", "eval", "innerHTML", "Storage", "cookie", "sourceMapping"})
        CHECK_FALSE(script.content().contains(never));
}

TEST_CASE("assets: the style sheet fits the budget, and asks nobody else for anything") {
    const pages::assets assets;
    const auto css = assets.answer(asking("/" + assets.style_path()));
    const auto gzip = assets.answer(asking("/" + assets.style_path(), {{"accept-encoding", "gzip"}}));
    CHECK(gzip.content().size() <= 15 * 1024);
    for (const auto* outside : {"http:", "https:", "//", "@import", "url("})
        CHECK_FALSE(css.content().contains(outside));
}
