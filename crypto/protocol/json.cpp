#include "crypto/protocol/json.hpp"

#include <set>
#include <string.h>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/memory_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/serializer.hpp>

namespace protocol {
namespace {

class wiping_resource final : public json::memory_resource {
    void* do_allocate(std::size_t size, std::size_t align) override {
        return ::operator new(size, std::align_val_t(align));
    }
    void do_deallocate(void* memory, std::size_t size, std::size_t align) override {
        ::explicit_bzero(memory, size);
        ::operator delete(memory, size, std::align_val_t(align));
    }
    bool do_is_equal(const json::memory_resource& other) const noexcept override { return this == &other; }
};

// Walks the text once and refuses what Boost.JSON would accept. Names are compared as decoded, so that "a"
// and "\u0061" are the same name.
struct strictness {
    constexpr static std::size_t max_object_size = std::size_t(-1);
    constexpr static std::size_t max_array_size = std::size_t(-1);
    constexpr static std::size_t max_key_size = std::size_t(-1);
    constexpr static std::size_t max_string_size = std::size_t(-1);

    std::vector<std::set<std::string, std::less<>>> names;
    std::string name;
    unsigned depth = 0;
    std::optional<json_flaw> why;

    using code = boost::system::error_code;
    bool refuse(json_flaw flaw, code& ec) {
        why = flaw;
        ec = make_error_code(json::error::syntax);
        return false;
    }
    bool clean(std::string_view part, code& ec) {
        return part.find('\0') == std::string_view::npos || refuse(json_flaw::text, ec);
    }
    bool small(std::uint64_t magnitude, code& ec) {
        return magnitude < static_cast<std::uint64_t>(integer_limit) || refuse(json_flaw::number, ec);
    }
    bool deeper(code& ec) { return ++depth <= depth_limit || refuse(json_flaw::depth, ec); }

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code& ec) {
        names.emplace_back();
        return deeper(ec);
    }
    bool on_object_end(std::size_t, code&) {
        names.pop_back();
        --depth;
        return true;
    }
    bool on_array_begin(code& ec) { return deeper(ec); }
    bool on_array_end(std::size_t, code&) {
        --depth;
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, code& ec) {
        name += std::string_view(part);
        return clean(part, ec);
    }
    bool on_key(json::string_view part, std::size_t, code& ec) {
        name += std::string_view(part);
        bool fresh = names.back().insert(std::move(name)).second;
        name.clear();
        return clean(part, ec) && (fresh || refuse(json_flaw::duplicate, ec));
    }
    bool on_string_part(json::string_view part, std::size_t, code& ec) { return clean(part, ec); }
    bool on_string(json::string_view part, std::size_t, code& ec) { return clean(part, ec); }
    bool on_number_part(json::string_view, code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, code& ec) {
        return small(number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number),
                     ec);
    }
    bool on_uint64(std::uint64_t number, json::string_view, code& ec) { return small(number, ec); }
    bool on_double(double, json::string_view, code& ec) { return refuse(json_flaw::number, ec); }
    bool on_bool(bool, code&) { return true; }
    bool on_null(code&) { return true; }
    bool on_comment_part(json::string_view, code&) { return true; }
    bool on_comment(json::string_view, code&) { return true; }
};

json_flaw flaw_of(const boost::system::error_code& ec) {
    if (ec == json::error::incomplete) return json_flaw::incomplete;
    if (ec == json::error::extra_data) return json_flaw::behind;
    if (ec == json::error::exponent_overflow) return json_flaw::number;
    if (ec == json::error::too_deep) return json_flaw::depth;
    return json_flaw::syntax;
}

}  // namespace

json_stop strict_stop(std::string_view text) {
    json::basic_parser<strictness> parser{json::parse_options()};
    boost::system::error_code ec;
    const auto read = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && read == text.size()) return {read, {}};
    if (!ec) return {read, json_flaw::behind};
    return {read, parser.handler().why.value_or(flaw_of(ec))};
}

json::storage_ptr wiping_storage() {
    static wiping_resource resource;
    return json::storage_ptr(&resource);
}

std::expected<json::value, errc> parse_json(std::string_view text) {
    if (strict_stop(text).why) return std::unexpected(errc::bad_json);
    boost::system::error_code ec;
    auto value = json::parse(text, ec, wiping_storage());
    if (ec) return std::unexpected(errc::bad_json);
    return value;
}

std::expected<json::object, errc> parse_object(std::string_view text) {
    auto value = parse_json(text);
    if (!value) return std::unexpected(value.error());
    if (!value->is_object()) return std::unexpected(errc::bad_json);
    return std::move(value->as_object());
}

std::string to_text(const json::value& value) { return json::serialize(value); }

crypto::plain to_plain(const json::value& value) {
    json::serializer serializer;
    std::size_t size = 0;
    // Twice: once to count, once to write, so that no growing buffer leaves copies behind.
    char piece[1024];
    for (serializer.reset(&value); !serializer.done();) size += serializer.read(piece).size();
    crypto::plain out(size);
    auto* at = reinterpret_cast<char*>(out.span().data());
    std::size_t left = size;
    for (serializer.reset(&value); !serializer.done();) {
        auto part = serializer.read(at, left);
        at += part.size();
        left -= part.size();
    }
    ::explicit_bzero(piece, sizeof piece);
    return out;
}

}  // namespace protocol
