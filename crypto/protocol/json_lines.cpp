#include "crypto/protocol/json_lines.hpp"

#include <cstdint>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

namespace protocol {
namespace {

namespace json = boost::json;

// Told of every value as it begins or, where it has no inside, as it ends: that is on the same line.
struct recorder {
    constexpr static std::size_t max_object_size = std::size_t(-1);
    constexpr static std::size_t max_array_size = std::size_t(-1);
    constexpr static std::size_t max_key_size = std::size_t(-1);
    constexpr static std::size_t max_string_size = std::size_t(-1);

    struct frame {
        std::string at;    // its own pointer
        std::string next;  // in an object, the pointer of the value that follows its name
        bool list = false;
        std::size_t count = 0;
    };
    std::map<std::string, std::size_t, std::less<>> lines;
    std::size_t line = 1;
    std::vector<frame> around;
    std::string name;

    using code = boost::system::error_code;

    std::string begin() {
        std::string at;
        if (!around.empty()) {
            auto& in = around.back();
            at = in.list ? in.at + "/" + std::to_string(in.count++) : in.next;
        }
        // Of a member the name came first, and may stand on a line of its own.
        lines.try_emplace(at, line);
        return at;
    }
    bool value() {
        begin();
        return true;
    }
    bool open(bool list) {
        around.push_back({begin(), {}, list});
        return true;
    }
    bool close() {
        around.pop_back();
        return true;
    }

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code&) { return open(false); }
    bool on_object_end(std::size_t, code&) { return close(); }
    bool on_array_begin(code&) { return open(true); }
    bool on_array_end(std::size_t, code&) { return close(); }
    bool on_key_part(json::string_view part, std::size_t, code&) {
        name += std::string_view(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, code&) {
        name += std::string_view(part);
        auto& in = around.back();
        in.next = in.at + "/" + pointer_part(name);
        lines.try_emplace(in.next, line);
        name.clear();
        return true;
    }
    bool on_string_part(json::string_view, std::size_t, code&) { return true; }
    bool on_string(json::string_view, std::size_t, code&) { return value(); }
    bool on_number_part(json::string_view, code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, code&) { return value(); }
    bool on_uint64(std::uint64_t, json::string_view, code&) { return value(); }
    bool on_double(double, json::string_view, code&) { return value(); }
    bool on_bool(bool, code&) { return value(); }
    bool on_null(code&) { return value(); }
    bool on_comment_part(json::string_view, code&) { return true; }
    bool on_comment(json::string_view, code&) { return true; }
};

}  // namespace

json_lines::json_lines(std::string_view text) {
    json::basic_parser<recorder> parser{json::parse_options()};
    boost::system::error_code ec;
    // A line at a time, so that its number is known while it is read.
    while (!text.empty() && !ec) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        parser.write_some(end < text.size(), text.data(), end, ec);
        text.remove_prefix(end);
        ++parser.handler().line;
    }
    lines_ = std::move(parser.handler().lines);
}

std::size_t json_lines::of(std::string_view pointer) const {
    for (;;) {
        if (const auto at = lines_.find(pointer); at != lines_.end()) return at->second;
        if (pointer.empty()) return 0;
        pointer = pointer.substr(0, std::min(pointer.rfind('/'), pointer.size() - 1));
    }
}

std::string pointer_part(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += (c >= 0 && c < ' ') || c == 0x7F ? '?' : c;
    }
    return out;
}

}  // namespace protocol
