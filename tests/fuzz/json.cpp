// Any bytes as strict JSON: whatever we accept, plain Boost.JSON accepts with the same value; and what we
// write of it we read again as the same.
#include "crypto/protocol/json.hpp"

#include <cmath>
#include <cstdlib>

#include <boost/json/parse.hpp>

#include "tests/fuzz/target.hpp"

namespace {

namespace json = boost::json;

// What protocol §0 says of every value that was let in.
void judge(const json::value& value, unsigned depth) {
    must(!value.is_double());
    if (value.is_uint64()) must(false);  // below 2^53 everything is int64
    if (const auto* number = value.if_int64()) must(std::llabs(*number) < protocol::integer_limit);
    if (const auto* text = value.if_string()) must(text->find('\0') == json::string::npos);
    if (const auto* array = value.if_array()) {
        must(depth < protocol::depth_limit);
        for (const auto& one : *array) judge(one, depth + 1);
    }
    if (const auto* object = value.if_object()) {
        must(depth < protocol::depth_limit);
        for (const auto& entry : *object) {
            must(entry.key().find('\0') == json::string_view::npos);
            judge(entry.value(), depth + 1);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    const auto read = protocol::parse_json(text);
    const auto object = protocol::parse_object(text);
    must(object.has_value() == (read && read->is_object()));
    if (!read) return 0;
    boost::system::error_code ec;
    const auto plain = json::parse(text, ec);
    must(!ec && plain == *read);
    judge(*read, 0);
    const auto written = protocol::to_text(*read);
    must(protocol::parse_json(written).value() == *read);
    must(protocol::to_plain(*read).text() == written);
    must(protocol::to_text(protocol::parse_json(written).value()) == written);
    return 0;
}
