#include "crypto/protocol/faults.hpp"

#include <algorithm>

namespace protocol {
namespace {

bool is_word(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

}  // namespace

void reading::add(std::string_view name, std::string_view code, std::string_view detail) {
    found_.push_back({where(name), std::string(code), std::string(detail)});
}

const json::value* reading::member(std::string_view name, bool needed) {
    asked_.emplace_back(name);
    const auto* value = object_.if_contains(name);
    if (!value && needed) add(name, "vereist", "This member is required.");
    return value;
}

const json::string* reading::string_member(std::string_view name, std::size_t max, bool needed) {
    const auto* value = member(name, needed);
    if (!value || (!needed && value->is_null())) return nullptr;
    const auto* string = value->if_string();
    if (!string) {
        add(name, "type", "This member must be a text.");
        return nullptr;
    }
    if (string->size() > max) {
        add(name, "lengte", "This text is too long: at most " + std::to_string(max) + " bytes.");
        return nullptr;
    }
    return string;
}

std::string reading::text(std::string_view name, std::size_t max) {
    const auto* string = string_member(name, max, true);
    return string ? std::string(string->data(), string->size()) : std::string();
}

std::string reading::text_or_empty(std::string_view name, std::size_t max) {
    const auto* string = string_member(name, max, false);
    return string ? std::string(string->data(), string->size()) : std::string();
}

std::optional<std::string> reading::text_or_null(std::string_view name, std::size_t max) {
    const auto* string = string_member(name, max, false);
    if (!string) return std::nullopt;
    return std::string(string->data(), string->size());
}

std::string reading::one_of(std::string_view name, std::initializer_list<std::string_view> codes) {
    auto found = found_.size();
    auto value = text(name, 64);
    if (found_.size() != found || std::find(codes.begin(), codes.end(), value) != codes.end()) return value;
    std::string list;
    for (auto code : codes) list += (list.empty() ? "" : ", ") + std::string(code);
    add(name, "onbekende-code", "This must be one of: " + list + ".");
    return {};
}

bool reading::boolean(std::string_view name) {
    const auto* value = member(name, true);
    if (value && !value->is_bool()) add(name, "type", "This member must be true or false.");
    return value && value->is_bool() && value->as_bool();
}

bool reading::boolean_or(std::string_view name, bool otherwise) {
    return has(name) ? boolean(name) : (member(name, false), otherwise);
}

std::int64_t reading::integer(std::string_view name) {
    const auto* value = member(name, true);
    if (!value) return 0;
    if (!value->is_int64()) {
        add(name, "type", "This member must be a whole number.");
        return 0;
    }
    return value->as_int64();
}

day reading::date(std::string_view name) {
    auto found = found_.size();
    auto value = text(name, 64);
    if (found_.size() != found) return {};
    auto out = day::parse(value);
    if (!out) add(name, "formaat", "This must be a day as YYYY-MM-DD.");
    return out.value_or(day{});
}

crypto::uuid reading::id(std::string_view name) {
    auto found = found_.size();
    auto value = text(name, 64);
    if (found_.size() != found) return {};
    auto out = crypto::uuid::parse(value);
    if (!out) add(name, "formaat", "This must be a random UUIDv4 in lower case.");
    return out.value_or(crypto::uuid{});
}

crypto::bytes reading::binary(std::string_view name) {
    const auto* string = string_member(name, 524288, true);
    if (!string) return {};
    auto out = crypto::from_b64u({string->data(), string->size()});
    if (!out) {
        add(name, "formaat", "This must be strict base64url without padding.");
        return {};
    }
    if (out->empty()) add(name, "lengte", "This must not be empty.");
    return std::move(*out);
}

void reading::each(std::string_view name, std::size_t most,
                   const std::function<void(const json::value&, std::string)>& take) {
    const auto* value = member(name, true);
    if (!value) return;
    const auto* array = value->if_array();
    if (!array) return add(name, "type", "This member must be an array.");
    if (array->size() > most) add(name, "te-veel", "At most " + std::to_string(most) + " elements.");
    // The faults of the first ones are told all the same; no more of them, so that nobody makes us
    // write a book.
    for (std::size_t i = 0; i < std::min(array->size(), most); ++i)
        take((*array)[i], where(name) + "/" + std::to_string(i));
}

std::vector<std::string> reading::texts(std::string_view name, std::size_t most, std::size_t max) {
    std::vector<std::string> out;
    each(name, most, [&](const json::value& value, std::string at) {
        const auto* string = value.if_string();
        if (!string)
            found_.push_back({std::move(at), "type", "Each element must be a text."});
        else if (string->size() > max)
            found_.push_back({std::move(at), "lengte", "This text is too long."});
        else
            out.emplace_back(string->data(), string->size());
    });
    return out;
}

const json::object* reading::object(std::string_view name) {
    const auto* value = member(name, true);
    if (!value) return nullptr;
    if (!value->is_object()) add(name, "type", "This member must be an object.");
    return value->if_object();
}

const json::object* reading::object_or_null(std::string_view name) {
    const auto* value = member(name, false);
    if (!value || value->is_null()) return nullptr;
    if (!value->is_object()) add(name, "type", "This member must be an object or null.");
    return value->if_object();
}

void reading::finish() {
    if (policy_ == unknown::ignore) return;
    std::size_t told = 0;
    for (const auto& entry : object_) {
        std::string_view name = entry.key();
        if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
        if (++told > most_unknown) {
            found_.push_back({location_ + "/", "onbekend-lid", "There are more members that are not known."});
            return;
        }
        // Where the name is the sender's own text rather than a word of some interface, it is not repeated.
        found_.push_back(
            {is_word(name) ? where(name) : location_ + "/", "onbekend-lid", "This member is not known."});
    }
}

}  // namespace protocol
