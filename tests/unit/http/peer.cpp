// Beast is compiled into this program alone: the server itself does not need it.
#include "tests/unit/http/peer.hpp"

#include <map>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/src.hpp>

namespace peer {
namespace {

namespace beast = boost::beast;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

// Beast keeps fields of one name together, in their own order.
std::vector<http::field> grouped(const std::vector<http::field>& fields) {
    const std::multimap<std::string, std::string> sorted(fields.begin(), fields.end());
    return {sorted.begin(), sorted.end()};
}

}  // namespace

reading read(std::string_view raw_head) {
    beast::http::request_parser<beast::http::empty_body> parser;
    parser.header_limit(64 * 1024);
    parser.body_limit(boost::none);
    beast::error_code error;
    const auto used = parser.put(boost::asio::buffer(raw_head.data(), raw_head.size()), error);
    if (error || used != raw_head.size() || !parser.is_header_done()) return {};
    const auto& message = parser.get();
    reading out;
    out.method = std::string(message.method_string());
    out.target = std::string(message.target());
    out.content_length = static_cast<std::size_t>(parser.content_length().value_or(0));
    out.keep_alive = parser.keep_alive();  // the message looks at the first Connection field only
    for (const auto& field : message)
        out.fields.emplace_back(lower({field.name_string().data(), field.name_string().size()}),
                                std::string(field.value()));
    out.fields = grouped(out.fields);
    return out;
}

reading of(const http::head& head) {
    return {head.method_text, head.target, head.content_length, head.keep_alive, grouped(head.fields)};
}

}  // namespace peer
