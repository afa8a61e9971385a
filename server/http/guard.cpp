// Reads the header once, line by line; the first thing that is wrong ends it. The order of the checks is the
// order in which a mistake could do harm: line ends, request line, fields, framing, host, the rest.
#include "server/http/guard.hpp"

#include <algorithm>
#include <utility>

#include "server/http/grammar.hpp"

namespace http {
namespace {

constexpr refusal bad_line{400, "a line of the header does not end in CRLF or holds a control character"};
constexpr refusal bad_request_line{400, "the request line is malformed"};
constexpr refusal bad_version{505, "only HTTP/1.1 is spoken here"};
constexpr refusal long_target{414, "the address is too long"};
constexpr refusal bad_target{400, "the address is not in origin form"};
constexpr refusal bad_field{400, "a header field is malformed"};
constexpr refusal many_fields{431, "too many header fields"};
constexpr refusal coded{501, "no transfer coding is understood here"};
constexpr refusal bad_length{400, "the content length is malformed or stands twice"};
constexpr refusal no_length{411, "a content length is needed"};
constexpr refusal bad_host{400, "exactly one well-formed host is needed"};
constexpr refusal other_host{421, "this server does not answer to that host"};
constexpr refusal bad_expectation{417, "only 100-continue can be expected here"};

method method_of(std::string_view text) {
    if (text == "GET") return method::get;
    if (text == "HEAD") return method::head;
    if (text == "POST") return method::post;
    if (text == "PATCH") return method::patch;
    if (text == "DELETE") return method::del;
    if (text == "OPTIONS") return method::options;
    return method::other;
}

// The next line without its CRLF. That every LF follows a CR was seen before.
std::string_view take_line(std::string_view& rest) {
    const auto line = rest.substr(0, rest.find('\r'));
    rest.remove_prefix(line.size() + 2);
    return line;
}

std::expected<void, refusal> read_request_line(std::string_view line, head& head) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == line.npos || first == last) return std::unexpected(bad_request_line);
    const auto verb = line.substr(0, first);
    const auto target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (!is_token(verb) || verb.size() > longest_method) return std::unexpected(bad_request_line);
    if (target.size() > longest_target) return std::unexpected(long_target);
    if (version != "HTTP/1.1")
        return std::unexpected(version.starts_with("HTTP/") ? bad_version : bad_request_line);
    const bool everything = verb == "OPTIONS" && target == "*";
    if (!everything && !is_origin_form(target)) return std::unexpected(bad_target);
    head.method = method_of(verb);
    head.method_text = verb;
    head.target = target;
    const auto mark = target.find('?');
    head.path = target.substr(0, mark);
    if (mark != target.npos) head.query = target.substr(mark);
    return {};
}

std::expected<void, refusal> read_fields(std::string_view rest, head& head) {
    for (;;) {
        const auto line = take_line(rest);
        if (line.empty()) break;
        if (head.fields.size() == most_fields) return std::unexpected(many_fields);
        // A space before the colon or at the line's start (obs-fold) makes the name no token.
        const auto colon = line.find(':');
        if (colon == line.npos || !is_token(line.substr(0, colon))) return std::unexpected(bad_field);
        const auto value = line.substr(colon + 1);
        if (!is_field_value(value)) return std::unexpected(bad_field);
        head.fields.emplace_back(lower(line.substr(0, colon)), trimmed(value));
    }
    if (!rest.empty()) return std::unexpected(bad_line);
    return {};
}

std::expected<void, refusal> read_framing(head& head) {
    if (head.count("transfer-encoding") != 0) return std::unexpected(coded);
    if (head.count("content-length") == 0) {
        const auto& verb = head.method_text;
        if (verb == "POST" || verb == "PATCH" || verb == "PUT") return std::unexpected(no_length);
        return {};
    }
    const auto text = head.one("content-length");
    const auto length = text ? content_length(*text) : std::nullopt;
    if (!length) return std::unexpected(bad_length);
    head.content_length = *length;
    return {};
}

// A name with the dot of the root behind it is the same name ("localhost.:8443"), and people paste it so.
void drop_root(std::string& authority) {
    const auto end =
        authority.starts_with('[') ? authority.npos : std::min(authority.find(':'), authority.size());
    if (end != authority.npos && end >= 2 && authority[end - 1] == '.' && authority[end - 2] != '.')
        authority.erase(end - 1, 1);
}

std::expected<void, refusal> read_host(head& head, const std::vector<std::string>& names) {
    const auto host = head.one("host");
    auto ours = host ? authority(*host) : std::nullopt;
    if (!ours) return std::unexpected(bad_host);
    drop_root(*ours);
    if (std::ranges::find(names, *ours) == names.end()) return std::unexpected(other_host);
    head.authority = std::move(*ours);
    return {};
}

std::expected<void, refusal> read_expectations(head& head) {
    for (const auto& [name, value] : head.fields) {
        // Proxy-Connection is no standard, but there are readers who take it for Connection.
        if (name != "connection" && name != "proxy-connection") continue;
        if (!is_token_list(value)) return std::unexpected(bad_field);
        if (lists(value, "close")) head.keep_alive = false;
    }
    if (head.count("expect") == 0) return {};
    const auto expectation = head.one("expect");
    if (!expectation || lower(*expectation) != "100-continue") return std::unexpected(bad_expectation);
    head.expects_continue = true;
    return {};
}

}  // namespace

std::expected<std::size_t, refusal> header_size(std::string_view received, std::size_t already) {
    // Three bytes back, so that an empty line cut in two is seen.
    const auto start = already < 3 ? 0 : already - 3;
    for (auto at = start; at < received.size(); ++at) {
        const auto c = static_cast<unsigned char>(received[at]);
        if (c >= 0x20 && c != 0x7f) continue;
        if (c == '\t') continue;
        if (c == '\r') {
            if (at + 1 < received.size() && received[at + 1] != '\n') return std::unexpected(bad_line);
            continue;
        }
        if (c != '\n' || at == 0 || received[at - 1] != '\r') return std::unexpected(bad_line);
        if (at >= 3 && received[at - 2] == '\n') return at + 1;
    }
    return 0;
}

std::expected<head, refusal> guard(std::string_view raw_head, const std::vector<std::string>& names) {
    const auto size = header_size(raw_head);
    if (!size) return std::unexpected(size.error());
    if (*size != raw_head.size() || *size == 0) return std::unexpected(bad_line);
    head head;
    auto rest = raw_head;
    const auto line = take_line(rest);
    auto step = read_request_line(line, head);
    if (step) step = read_fields(rest, head);
    if (step) step = read_framing(head);
    if (step) step = read_host(head, names);
    if (step) step = read_expectations(head);
    if (!step) return std::unexpected(step.error());
    return head;
}

}  // namespace http
