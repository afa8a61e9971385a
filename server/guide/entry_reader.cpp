#include "server/guide/entry_reader.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text/ascii.hpp"
#include "base/text/signs.hpp"

namespace guide {
namespace {

constexpr std::size_t longest_id = 60;

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
    });
}

bool is_key(char c) { return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '_'; }

// "nl", "zh-Hans": a language of two or three small letters, and what narrows it down.
bool is_language(std::string_view tag) {
    for (bool first = true;; first = false) {
        const auto part = tag.substr(0, tag.find('-'));
        const bool fits =
            first
                ? part.size() <= 3 && std::ranges::all_of(part, [](char c) { return c >= 'a' && c <= 'z'; })
                : part.size() <= 8 && std::ranges::all_of(part, [](char c) { return is_key(c) && c != '_'; });
        if (part.size() < 2 || !fits) return false;
        if (part.size() == tag.size()) return true;
        tag.remove_prefix(part.size() + 1);
    }
}

}  // namespace

const field* entry_reader::find(std::string_view key) {
    asked_.emplace_back(key);
    return from_.find(key);
}

void entry_reader::fault(std::string_view key, std::string sentence) {
    asked_.emplace_back(key);
    const auto* at = from_.find(key);
    faults_.push_back({file_, at ? at->line : from_.line, std::move(sentence)});
}

template <class T>
const T* entry_reader::get(std::string_view key, bool needed, std::string_view kind) {
    const auto* at = find(key);
    if (!at) {
        if (needed) fault(key, fmt::format("'{}' is missing here", named(key)));
        return nullptr;
    }
    if (const auto* out = std::get_if<T>(&at->value)) return out;
    fault(key, fmt::format("'{}' must be {}", named(key), kind));
    return nullptr;
}

std::string entry_reader::checked_text(std::string_view key, const std::string* given) {
    if (!given) return {};
    if (base::blank(*given))
        fault(key, fmt::format("'{}' is empty", named(key)));
    else if (has_control(*given))
        fault(key, fmt::format("'{}' holds a line end or another control character", named(key)));
    else if (const auto sign = base::out_of_place(*given))
        fault(key,
              fmt::format("'{}' holds {}, which nobody sees: take it out", named(key), base::name_of(*sign)));
    else if (given->size() > most_text)
        fault(key, fmt::format("'{}' is longer than {} bytes", named(key), most_text));
    else
        return *given;
    return {};
}

std::string entry_reader::text(std::string_view key) {
    return checked_text(key, get<std::string>(key, true, "a text"));
}

std::string entry_reader::text_or_empty(std::string_view key) {
    return checked_text(key, get<std::string>(key, false, "a text"));
}

std::string entry_reader::checked_id(std::string_view key, std::string given) {
    if (given.empty() || is_id(given)) return given;
    fault(key, fmt::format("'{}' must consist of at most {} lower case letters, digits and hyphens",
                           named(key), longest_id));
    return {};
}

std::string entry_reader::id(std::string_view key) { return checked_id(key, text(key)); }
std::string entry_reader::id_or_empty(std::string_view key) { return checked_id(key, text_or_empty(key)); }

std::string entry_reader::checked_code(std::string_view key, std::string given,
                                       std::span<const std::string_view> codes) {
    if (given.empty() || std::ranges::find(codes, given) != codes.end()) return given;
    fault(key,
          fmt::format("'{}' does not know '{}'; it takes: {}", named(key), given, fmt::join(codes, ", ")));
    return {};
}

std::string entry_reader::one_of(std::string_view key, std::span<const std::string_view> codes) {
    return checked_code(key, text(key), codes);
}

std::string entry_reader::one_of_or_empty(std::string_view key, std::span<const std::string_view> codes) {
    return checked_code(key, text_or_empty(key), codes);
}

std::vector<std::string> entry_reader::texts(std::string_view key, bool needed) {
    std::vector<std::string> out;
    const auto* list = get<std::vector<std::string>>(key, needed, "a list of texts");
    if (!list) return out;
    if (list->empty())
        fault(key, fmt::format("'{}' is an empty list{}", named(key), needed ? "" : ": leave it out"));
    for (const auto& one : *list) {
        auto text = checked_text(key, &one);
        if (text.empty()) continue;
        if (std::ranges::find(out, text) != out.end())
            fault(key, fmt::format("'{}' names '{}' twice", named(key), text));
        else
            out.push_back(std::move(text));
    }
    return out;
}

std::vector<std::string> entry_reader::languages(std::string_view key) {
    auto out = texts(key);
    for (const auto& one : out)
        if (!is_language(one)) fault(key, fmt::format("'{}' is not the code of a language", one));
    return out;
}

std::vector<std::string> entry_reader::ids(std::string_view key, bool needed) {
    auto out = texts(key, needed);
    std::erase_if(out, [&](const std::string& one) { return checked_id(key, one).empty(); });
    return out;
}

std::vector<std::string> entry_reader::some_of(std::string_view key,
                                               std::span<const std::string_view> codes) {
    auto out = texts(key);
    std::erase_if(out, [&](const std::string& one) { return checked_code(key, one, codes).empty(); });
    return out;
}

bool entry_reader::flag(std::string_view key) { return flag_or_nothing(key).value_or(false); }

std::optional<bool> entry_reader::flag_or_nothing(std::string_view key) {
    const auto* out = get<bool>(key, false, "true or false");
    return out ? std::optional(*out) : std::nullopt;
}

std::optional<std::int64_t> entry_reader::number(std::string_view key, std::int64_t least,
                                                 std::int64_t most) {
    const auto* out = get<std::int64_t>(key, true, "a whole number");
    if (out && (*out < least || *out > most)) {
        fault(key, fmt::format("'{}' must be from {} to {}", named(key), least, most));
        return std::nullopt;
    }
    return out ? std::optional(*out) : std::nullopt;
}

words entry_reader::read_words(std::string_view key, const entry& from) {
    words out;
    entry_reader inside(from, file_, faults_, named(key) + ".");
    for (const auto& one : from.fields) {
        if (one.key == "nl" || one.key == "en") continue;
        if (is_language(one.key))
            out.other.emplace(one.key, inside.text(one.key));
        else if (std::ranges::all_of(one.key, is_key))
            inside.fault(one.key,
                         fmt::format("'{}' is not the code of a language, so it cannot be below '{}'",
                                     one.key, named(key)));
    }
    out.nl = inside.text("nl");
    out.en = inside.text("en");
    out.context = context_of(file_, key, out.nl);
    inside.finish();
    return out;
}

words entry_reader::say(std::string_view key) {
    const auto* from = get<entry>(key, true, "a text in languages: {nl = \"…\", en = \"…\"}");
    return from ? read_words(key, *from) : words();
}

std::optional<words> entry_reader::say_or_nothing(std::string_view key) {
    const auto* from = get<entry>(key, false, "a text in languages: {nl = \"…\", en = \"…\"}");
    return from ? std::optional(read_words(key, *from)) : std::nullopt;
}

provenance entry_reader::source(protocol::day today, bool needed) {
    provenance out;
    out.bron = needed ? text("bron") : text_or_empty("bron");
    if (const auto* day = get<protocol::day>("geverifieerd", false, "a day: 2026-11-01")) {
        if (*day > today)
            fault("geverifieerd", fmt::format("'geverifieerd' is {}, which is still to come", day->text()));
        else
            out.geverifieerd = *day;
    }
    out.opmerking = text_or_empty("opmerking");
    return out;
}

std::span<const entry> entry_reader::entries(std::string_view key) {
    const auto* out = get<std::vector<entry>>(key, false, "a list of entries");
    return out ? std::span<const entry>(*out) : std::span<const entry>();
}

const entry* entry_reader::inner(std::string_view key, std::string_view kind) {
    return get<entry>(key, false, kind);
}

void entry_reader::finish() {
    for (const auto& one : from_.fields) {
        if (std::ranges::find(asked_, one.key) != asked_.end()) continue;
        // A key in quotes may hold anything, also what would break a line of the log.
        const bool plain =
            !one.key.empty() && one.key.size() <= longest_id && std::ranges::all_of(one.key, is_key);
        faults_.push_back(
            {file_, one.line,
             plain ? fmt::format("there is no key '{}' here", named(one.key)) : "there is no such key here"});
    }
}

void read_lists(const std::filesystem::path& file, std::vector<fault>& faults,
                std::initializer_list<list_of_entries> lists) {
    const auto before = faults.size();
    const auto all = read_entries(file, faults);
    if (faults.size() > before && all.fields.empty()) return;
    entry_reader top(all, file.string(), faults);
    for (const auto& [name, take] : lists) {
        const auto entries = top.entries(name);
        if (entries.empty()) faults.push_back({file.string(), 0, fmt::format("there is no [[{}]]", name)});
        for (const auto& one : entries) {
            entry_reader reader(one, file.string(), faults);
            take(reader);
            reader.finish();
        }
    }
    top.finish();
    // As somebody mends them: down the file.
    std::ranges::sort(faults.begin() + static_cast<std::ptrdiff_t>(before), faults.end(), {},
                      [](const fault& one) { return std::tie(one.line, one.sentence); });
}

}  // namespace guide
