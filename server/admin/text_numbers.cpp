#include "server/admin/text_numbers.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "server/guide/handbook/entries.hpp"

namespace admin {
namespace {

using guide::entry;
using guide::fault;
using numbers = std::set<std::string, std::less<>>;

constexpr std::string_view digits = "0123456789";
// What is a number itself, or where one was found; and what coordinators alone read.
constexpr std::string_view no_texts[] = {"telefoon", "telefoon-buitenland", "bron", "url", "opmerking", "id"};

bool is_digit(char c) { return digits.contains(c); }

bool is_long_enough(std::string_view number) {
    return number.size() >= (number.starts_with("080") || number.starts_with("090") ? 8u : 10u);
}

numbers known_in(const guide::handbook& handbook) {
    numbers out;
    const auto add = [&](const guide::organisation& who) {
        for (const auto* number : {&who.telefoon, &who.telefoon_buitenland})
            for (auto& one : numbers_in(*number)) out.insert(std::move(one));
    };
    for (const auto& one : handbook.organisaties) add(one);
    for (const auto& one : handbook.hulp) add(one.wie);
    return out;
}

class search {
  public:
    search(std::string file, const numbers& known, std::vector<fault>& faults)
        : file_(std::move(file)), known_(known), faults_(faults) {}

    void in(const entry& one) {
        for (const auto& field : one.fields) {
            if (std::ranges::find(no_texts, field.key) != std::end(no_texts)) continue;
            if (const auto* text = std::get_if<std::string>(&field.value)) look(field.line, *text);
            if (const auto* texts = std::get_if<std::vector<std::string>>(&field.value))
                for (const auto& each : *texts) look(field.line, each);
            if (const auto* inner = std::get_if<entry>(&field.value)) in(*inner);
            if (const auto* list = std::get_if<std::vector<entry>>(&field.value))
                for (const auto& each : *list) in(each);
        }
    }

  private:
    void look(std::size_t line, std::string_view text) {
        for (const auto& number : numbers_in(text))
            if (!known_.contains(number))
                faults_.push_back({file_, line,
                                   fmt::format("a text has the number {}, which is nobody's in "
                                               "organisaties.toml or hulp.toml: so nobody verifies it",
                                               number)});
    }

    std::string file_;
    const numbers& known_;
    std::vector<fault>& faults_;
};

}  // namespace

std::vector<std::string> numbers_in(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = (text[at] == '0' || text[at] == '+') && (at == 0 || !is_digit(text[at - 1]));
        if (!begins) {
            ++at;
            continue;
        }
        std::string number(1, text[at++]);
        // "(020) 123 45 67", "020-1234567", "020.123.4567", "0800 - 2000".
        for (;;) {
            const auto next = std::min(text.find_first_not_of(" -./()", at), text.size());
            if (next == text.size() || next - at > 3 || !is_digit(text[next])) break;
            number += text[next];
            at = next + 1;
        }
        if (is_long_enough(number)) out.push_back(std::move(number));
    }
    return out;
}

void look_at_numbers(const guide::data_files& schema, const guide::handbook& handbook,
                     std::vector<fault>& faults) {
    const auto known = known_in(handbook);
    for (const auto name : guide::read_files) {
        if (!name.starts_with("wegwijzer/")) continue;
        const auto file = schema / name;
        std::vector<fault> unread;  // it was read whole just now
        search(file.string(), known, faults).in(guide::read_entries(file, unread));
    }
}

}  // namespace admin
