// Reading one entry key by key while every fault is collected with its file and line. A key that nobody asked
// for is a fault too: it is a typing error, and what it was meant to say would be missing silently.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "server/guide/entries.hpp"
#include "server/guide/provenance.hpp"
#include "server/guide/words.hpp"

namespace guide {

class entry_reader {
  public:
    // within: what sentences put before a key, "als.".
    entry_reader(const entry& from, std::string file, std::vector<fault>& faults, std::string within = "")
        : from_(from), file_(std::move(file)), faults_(faults), within_(std::move(within)) {}

    // A missing key, or one of another kind, adds a fault and gives something empty. Texts are not empty,
    // hold no control character, and are at most `most_text` bytes.
    static constexpr std::size_t most_text = 2000;
    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::string text_or_empty(std::string_view key);
    // Lower case letters, digits and hyphens; at most 60.
    [[nodiscard]] std::string id(std::string_view key);
    [[nodiscard]] std::string id_or_empty(std::string_view key);
    // One of these, or nothing where the key is absent.
    [[nodiscard]] std::string one_of(std::string_view key, std::span<const std::string_view> codes);
    [[nodiscard]] std::string one_of_or_empty(std::string_view key, std::span<const std::string_view> codes);
    // Absent: none.
    [[nodiscard]] std::vector<std::string> ids(std::string_view key, bool needed = false);
    [[nodiscard]] std::vector<std::string> some_of(std::string_view key,
                                                   std::span<const std::string_view> codes);
    [[nodiscard]] bool flag(std::string_view key);
    [[nodiscard]] std::optional<bool> flag_or_nothing(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view key, std::int64_t least,
                                                     std::int64_t most);
    [[nodiscard]] words say(std::string_view key);
    [[nodiscard]] std::optional<words> say_or_nothing(std::string_view key);
    // bron, geverifieerd and opmerking; a day that lies ahead of `today` is a fault.
    [[nodiscard]] provenance source(protocol::day today, bool needed = true);
    // The entries below a key; absent: none.
    [[nodiscard]] std::span<const entry> entries(std::string_view key);
    // As ids, but any text.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key, bool needed = false);
    // Codes of languages (BCP 47), "nl" or "zh-Hans".
    [[nodiscard]] std::vector<std::string> languages(std::string_view key);
    // A reader for an entry that stands in this one.
    [[nodiscard]] entry_reader below(const entry& inside, std::string within = "") {
        return {inside, file_, faults_, std::move(within)};
    }
    // The one entry below a key, of this kind; null where it is absent.
    [[nodiscard]] const entry* inner(std::string_view key, std::string_view kind);

    [[nodiscard]] bool has(std::string_view key) const { return from_.find(key) != nullptr; }
    [[nodiscard]] std::size_t line() const { return from_.line; }
    // At the line of this key, or of the entry where it has no such key. A key that has a fault is not told
    // a second time as one that nobody asked for.
    void fault(std::string_view key, std::string sentence);
    // The keys that nobody asked for.
    void finish();

  private:
    const field* find(std::string_view key);
    [[nodiscard]] std::string named(std::string_view key) const { return within_ + std::string(key); }
    template <class T>
    const T* get(std::string_view key, bool needed, std::string_view kind);
    [[nodiscard]] std::string checked_text(std::string_view key, const std::string* given);
    [[nodiscard]] std::string checked_id(std::string_view key, std::string given);
    [[nodiscard]] std::string checked_code(std::string_view key, std::string given,
                                           std::span<const std::string_view> codes);
    [[nodiscard]] words read_words(std::string_view key, const entry& from);

    const entry& from_;
    std::string file_;
    std::vector<guide::fault>& faults_;
    std::string within_;
    std::vector<std::string> asked_;
};

// A code that stands in the list already is a fault; the code again.
template <class Entry>
std::string once(entry_reader& from, std::string_view key, std::string code, const std::vector<Entry>& before,
                 std::string Entry::* member) {
    for (const auto& one : before)
        if (!code.empty() && one.*member == code) {
            from.fault(key, fmt::format("'{}' is here a second time, first in line {}", code, one.line));
            break;
        }
    return code;
}

// Whether a list of codes takes this one: an empty list takes all.
[[nodiscard]] inline bool takes(const std::vector<std::string>& codes, std::string_view given) {
    return codes.empty() || std::ranges::find(codes, given) != codes.end();
}

// Reads every entry [[name]] of a file, which must hold these lists and nothing else.
struct list_of_entries {
    std::string_view name;
    std::function<void(entry_reader&)> take;
};
void read_lists(const std::filesystem::path& file, std::vector<fault>& faults,
                std::initializer_list<list_of_entries> lists);

}  // namespace guide
