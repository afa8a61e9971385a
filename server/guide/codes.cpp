#include "server/guide/codes.hpp"

#include <algorithm>

#include "crypto/protocol/faults.hpp"
#include "server/domain_files/json_file.hpp"

namespace guide {
namespace {

namespace json = protocol::json;
using protocol::faults;
using protocol::reading;
using protocol::unknown;

constexpr std::size_t most = 1000;

// What is read here. The pages, the interface and what is sealed have the other lists built in.
constexpr std::string_view changeable[] = {"redenen", "labels"};

// A list that somebody changed, and that nobody would notice.
void look_at_others(const json::object& now, const data_files& schema, faults& found) {
    const auto read = read_json_file(schema.as_shipped() / "codes.json");
    if (!read) return;
    const auto& shipped = read->object;
    const auto differs = [&](std::string_view name) {
        const auto *was = shipped.if_contains(name), *is = now.if_contains(name);
        return std::ranges::find(changeable, name) == std::end(changeable) && (!was || !is || *was != *is);
    };
    std::set<std::string> names;
    for (const auto* one : {&shipped, &now})
        for (const auto& member : *one)
            if (differs(member.key())) names.emplace(member.key());
    for (const auto& name : names)
        found.push_back(
            {"/" + name, "vast",
             "This is part of the program: only redenen and labels can be changed; put it back as "
             "shipped."});
}

}  // namespace

std::expected<codes, std::vector<fault>> codes::load(const data_files& schema) {
    const auto file = schema / "codes.json";
    const auto read = read_json_file(file);
    if (!read) return std::unexpected(std::vector{read.error()});

    protocol::faults found;
    codes out;
    reading top(read->object, "", found, unknown::ignore);
    // One entry of a list: its code, which must not stand there before.
    const auto code_of = [&](const json::value& value, const std::string& at, const auto& known) {
        if (!value.is_object()) {
            found.push_back({at, "type", "A code must be an object."});
            return std::string();
        }
        reading one(value.as_object(), at, found, unknown::ignore);
        auto code = one.text("code", 64);
        if (known.contains(code)) one.add("code", "dubbel", "This code is here twice.");
        return code;
    };
    top.each("redenen", most, [&](const json::value& value, std::string at) {
        auto code = code_of(value, at, out.reasons_);
        if (code.empty()) return;
        reading one(value.as_object(), std::move(at), found, unknown::ignore);
        const auto acts = one.texts("bij", 20, 64);
        out.reasons_[std::move(code)] = {acts.begin(), acts.end()};
    });
    // Labels lie sealed in notes (protocol §10): here only their list is judged.
    std::set<std::string, std::less<>> labels;
    top.each("labels", most, [&](const json::value& value, std::string at) {
        if (auto code = code_of(value, at, labels); !code.empty()) labels.insert(std::move(code));
    });
    look_at_others(read->object, schema, found);
    if (!found.empty()) return std::unexpected(told(*read, found));
    return out;
}

bool codes::is_reason(std::string_view code, std::string_view act) const {
    const auto found = reasons_.find(code);
    return found != reasons_.end() && found->second.contains(act);
}

}  // namespace guide
