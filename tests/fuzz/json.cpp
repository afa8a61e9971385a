// Any bytes as strict JSON: accepted exactly where a second reader of the page accepts it, and whatever we
// accept, plain Boost.JSON accepts with the same value; what we write of it we read again as the same. And a
// problem that repeats any bytes is still JSON.
#include "crypto/protocol/json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <boost/json/parse.hpp>

#include "crypto/protocol/json_fault.hpp"
#include "crypto/protocol/json_lines.hpp"
#include "server/http/problem.hpp"
#include "tests/fuzz/strict_json.hpp"
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

// Every value has a line, none before that of what it stands in.
void on_lines(const json::value& value, const std::string& at, const protocol::json_lines& lines,
              std::size_t from, std::size_t last) {
    const auto line = lines.of(at);
    must(line >= from && line <= last);
    if (const auto* array = value.if_array())
        for (std::size_t i = 0; i < array->size(); ++i)
            on_lines((*array)[i], at + "/" + std::to_string(i), lines, line, last);
    if (const auto* object = value.if_object())
        for (const auto& one : *object)
            on_lines(one.value(), at + "/" + protocol::pointer_part(one.key()), lines, line, last);
}

void write_problem(std::string_view text) {
    if (text.find('\0') != text.npos) return;  // JSON has it, protocol §0 does not
    const std::string said(text);
    const auto answer = http::problem(400, said, said, {{"body", said, "formaat", said}});
    const auto read = protocol::parse_object(answer.body).value();
    const auto& fault = read.at("errors").as_array().at(0).as_object();
    must(read.at("status") == 400 && fault.at("code") == "formaat" &&
         fault.at("location") == read.at("title"));
    if (base::is_utf8(text)) must(read.at("title").as_string() == text);
    must(answer.body.find_first_of("<>&") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = crypto::as_text({data, size});
    const auto read = protocol::parse_json(text);
    const auto object = protocol::parse_object(text);
    must(object.has_value() == (read && read->is_object()));
    must(read.has_value() == strict_json::accepts(text));
    write_problem(text);
    const auto fault = protocol::fault_of_json(text);
    must(fault.has_value() == !read.has_value());
    if (fault)
        must(fault->line >= 1 && fault->column >= 1 && fault->column <= text.size() + 1 &&
             !fault->sentence.empty());
    must(protocol::strict_until(text) <= text.size() &&
         (!read || protocol::strict_until(text) == text.size()));
    const protocol::json_lines lines(text);
    if (!read) return 0;
    boost::system::error_code ec;
    const auto plain = json::parse(text, ec);
    must(!ec && plain == *read);
    judge(*read, 0);
    on_lines(*read, "", lines, 1, static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    const auto written = protocol::to_text(*read);
    must(protocol::parse_json(written).value() == *read);
    must(protocol::to_plain(*read).text() == written);
    must(protocol::to_text(protocol::parse_json(written).value()) == written);
    return 0;
}
