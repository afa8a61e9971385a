// Looks fields up and writes answers out. Whatever a handler forgets, an answer carries the headers of
// api.md.
#include "server/http/message.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace http {
namespace {

// A constant of every answer; one that a handler may set itself is left out where it did.
struct standing {
    std::string_view name;
    std::string_view value;
    bool settable;
};

constexpr std::array standing_fields = {
    standing{"Strict-Transport-Security", "max-age=31536000; includeSubDomains", false},
    standing{"Cache-Control", "no-store", true},
    standing{"X-Content-Type-Options", "nosniff", false},
    standing{"Referrer-Policy", "no-referrer", false},
    standing{"Content-Security-Policy",
             "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", true},
    // What browsers without frame-ancestors know.
    standing{"X-Frame-Options", "DENY", false},
    standing{"Cross-Origin-Opener-Policy", "same-origin", false},
    standing{"Cross-Origin-Embedder-Policy", "require-corp", false},
    standing{"Cross-Origin-Resource-Policy", "same-origin", true},
    // Nothing of a device that a page could ask for is ours to ask for.
    standing{"Permissions-Policy",
             "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), "
             "clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), "
             "geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), "
             "microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), "
             "screen-wake-lock=(), serial=(), storage-access=(), sync-xhr=(), usb=(), web-share=(), "
             "window-management=(), xr-spatial-tracking=()",
             false},
    // A name looked up beforehand tells whoever keeps the names which links stand on a page.
    standing{"X-DNS-Prefetch-Control", "off", false},
};

// Fields that finish writes itself or that no answer of ours ever has: a handler that sets one is wrong.
constexpr std::array<std::string_view, 8> withheld = {"content-length", "content-type",     "connection",
                                                      "date",           "server",           "set-cookie",
                                                      "trailer",        "transfer-encoding"};

std::string_view reason(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Answer";
    }
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool is_set(const response& response, std::string_view name) {
    return std::ranges::any_of(response.fields, [&](const field& f) { return same_name(f.first, name); });
}

void append_field(std::string& to, std::string_view name, std::string_view value) {
    to += name;
    to += ": ";
    to += value;
    to += "\r\n";
}

void check_value(std::string_view value) {
    const bool clean =
        std::ranges::all_of(value, [](char c) { return c == '\t' || (c >= 0x20 && c < 0x7f); });
    if (!clean) throw std::logic_error("a header value of an answer holds a line end or is not ASCII");
}

// A line end smuggled into an answer splits it in two, so this is refused in every build, not asserted
// in some.
void check(const field& f) {
    const auto is_token = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; };
    if (f.first.empty() || !std::ranges::all_of(f.first, is_token))
        throw std::logic_error("a header name of an answer is no token");
    if (std::ranges::any_of(withheld, [&](auto name) { return same_name(name, f.first); }))
        throw std::logic_error("a handler sets a header that is not its own");
    check_value(f.second);
}

void append_standing(std::string& to, const response& response) {
    for (const auto& one : standing_fields) {
        const bool set = is_set(response, one.name);
        if (set && !one.settable)
            throw std::logic_error("a handler sets a header that stands on every answer");
        if (!set) append_field(to, one.name, one.value);
    }
}

}  // namespace

std::optional<std::string_view> head::one(std::string_view lower_case_name) const {
    std::optional<std::string_view> found;
    for (const auto& [name, value] : fields) {
        if (name != lower_case_name) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

std::size_t head::count(std::string_view lower_case_name) const {
    return static_cast<std::size_t>(std::ranges::count(
        fields, lower_case_name, [](const field& f) { return std::string_view(f.first); }));
}

bool head::has_current(std::string_view tag) const {
    const auto opaque = [](std::string_view text) { return text.starts_with("W/") ? text.substr(2) : text; };
    const auto trimmed = [](std::string_view text) {
        while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
        while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
        return text;
    };
    auto list = one("if-none-match").value_or("");
    if (trimmed(list) == "*") return true;
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        if (opaque(trimmed(list.substr(0, end))) == opaque(tag)) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

bool head::is_of_type(std::string_view media_type) const {
    auto type = one("content-type");
    if (!type) return false;
    auto name = type->substr(0, type->find(';'));
    while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
    return same_name(name, media_type);
}

std::string finish(const response& response, bool head_only, bool keep_alive) {
    if (response.status < 200 || response.status > 599)
        throw std::logic_error("an answer without a final status");
    const auto content = response.content();
    const bool bodiless = response.status == 204 || response.status == 304;
    std::string out;
    out.reserve(2048 + (head_only || bodiless ? 0 : content.size()));
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out += reason(response.status);
    out += "\r\n";
    append_standing(out, response);
    for (const auto& one : response.fields) {
        check(one);
        append_field(out, one.first, one.second);
    }
    if (!response.content_type.empty()) {
        check_value(response.content_type);
        append_field(out, "Content-Type", response.content_type);
    }
    if (!bodiless) append_field(out, "Content-Length", std::to_string(content.size()));
    if (response.close || !keep_alive) append_field(out, "Connection", "close");
    out += "\r\n";
    if (!head_only && !bodiless) out += content;
    return out;
}

response prepared(response response) {
    if (!response.shared_body)
        response.shared_body = std::make_shared<const std::string>(std::exchange(response.body, {}));
    response.whole = std::make_shared<const std::string>(finish(response, false, true));
    return response;
}

}  // namespace http
