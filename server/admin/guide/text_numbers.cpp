#include "server/admin/guide/text_numbers.hpp"

#include <algorithm>
#include <map>
#include <regex>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text/ascii.hpp"
#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"
#include "server/guide/entries.hpp"

namespace admin {
namespace {

using guide::entry;
using guide::fault;

// What is a number itself, or where one was found; and what coordinators alone read.
constexpr std::string_view no_texts[] = {"telefoon", "telefoon-buitenland", "url", "opmerking", "id"};

constexpr std::string_view digits = "0123456789";

// In ASCII, a byte for each character: spaces, dashes and digits of every kind are such, what nobody sees is
// left out, and anything else is '?'.
std::string plain(std::string_view text, std::vector<std::string_view>& characters) {
    std::string out;
    while (!text.empty()) {
        const auto before = text;
        const auto point = base::take_point(text).value_or(U'?');
        if (text.size() == before.size()) text.remove_prefix(1);
        if (base::is_unseen(point)) continue;
        characters.push_back(before.substr(0, before.size() - text.size()));
        const auto digit = base::ascii_digit(point);
        out += base::is_space(point)  ? ' '
               : base::is_dash(point) ? '-'
               : digit                ? *digit
               : point < 0x80         ? static_cast<char>(point)
                                      : '?';
    }
    return out;
}

std::regex ways_to_write_days_and_hours() {
    return std::regex(R"(\d{1,2}([-./])\d{1,2}\1(?:19|20)\d\d(?!\d)|)"
                      R"((?:19|20)\d\d-\d\d-\d\d(?!\d)|(?:[01]?\d|2[0-4])[.:][0-5]\d(?![\d.]))");
}

// The first group is what stands for the leading 0.
std::regex ways_to_write_numbers() {
    const std::string between = R"((?: - | / |[ ./-])?)", end = R"((?!\d))";
    const auto more = [&](int digits) { return fmt::format(R"((?:{}\d){{{}}}{})", between, digits, end); };
    const std::string free = R"(0[89]0\d)" + between;
    const std::string ways[] = {
        free + R"(\d{4})" + end,                       // 0800-2000
        free + R"(\d\d)" + between + R"(\d\d)" + end,  // 0800 20 00
        free + R"(\d)" + more(6),                      // 0800-123 4567
        // +31 (0)20 123 4567, 00 31 6 12345678, and as WhatsApp has it: 31612345678
        R"((\+ ?31|00)" + between + R"(31|31))" + between + R"((?:\(0\))?)" + between + "[1-9]" + more(8),
        "06" + more(8),                                                               // 06 12345678
        R"(0[1-9]\d\)?)" + more(7),                                                   // (020) 123 4567
        R"(0[1-9]\d{2}\)?)" + more(6),                                                // (0518) 123456
        R"((?:\+|00)" + between + R"()[1-9]\d(?:)" + between + R"(\d){6,12})" + end,  // +44 20 7946 0958
        R"(116 ?[01]\d\d)" + end,                                                     // 116 111
        R"(14 ?0[1-9]\d{1,2})" + end,                                                 // 14 020
    };
    return std::regex(fmt::format("{}", fmt::join(ways, "|")));
}

std::string dialled(const std::smatch& found) {
    auto text = found.str();
    std::string out;
    if (found[1].matched) {
        out = "0";
        text.erase(0, static_cast<std::size_t>(found[1].length()));
        if (const auto zero = text.find("(0)"); zero != text.npos) text.erase(zero, 3);
    } else if (text.starts_with('+') || text.starts_with("00")) {
        out = "+";
        if (text.front() == '0') text.erase(0, 2);
    }
    std::ranges::copy_if(text, std::back_inserter(out), base::is_digit);
    return out;
}

// Of every number who has it, and whether visitors see it.
struct owner {
    std::string name;
    bool shown;
};
using owners = std::map<std::string, owner, std::less<>>;

owners owners_in(const guide::handbook& handbook, protocol::day today) {
    owners out;
    const auto add = [&](const guide::organisation& who) {
        for (const auto* telephone : {&who.telefoon, &who.telefoon_buitenland})
            for (auto& one : numbers_in(*telephone)) {
                auto& known = out.try_emplace(std::move(one.dialled), owner{who.naam, false}).first->second;
                known.shown = known.shown || guide::may_be_shown(who.bron, who.altijd, today);
            }
    };
    for (const auto& one : handbook.organisaties) add(one);
    for (const auto& one : handbook.hulp) add(one.wie);
    return out;
}

class search {
  public:
    search(std::string file, const owners& known, std::vector<fault>& faults)
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
        for (const auto& number : numbers_in(text)) {
            const auto at = known_.find(number.dialled);
            if (at != known_.end() && at->second.shown) continue;
            const auto whose =
                at == known_.end()
                    ? "which is nobody's in organisaties.toml or hulp.toml: so nobody verifies it"
                    : fmt::format(
                          "that of {}, which was not verified, or not for a year: leave it out "
                          "until it is",
                          at->second.name);
            faults_.push_back(
                {file_, line, fmt::format("a text has the number {}, {}", number.written, whose)});
        }
    }

    std::string file_;
    const owners& known_;
    std::vector<fault>& faults_;
};

}  // namespace

std::vector<text_number> numbers_in(std::string_view text) {
    std::vector<std::string_view> characters;
    const auto all = plain(text, characters);
    std::vector<text_number> out;
    constexpr auto here = std::regex_constants::match_continuous;
    constexpr std::string_view starts = "h+0123456789";
    static const auto time = ways_to_write_days_and_hours(), number = ways_to_write_numbers();
    for (auto at = all.find_first_of(starts); at < all.size(); at = all.find_first_of(starts, at)) {
        const auto from = all.begin() + static_cast<std::ptrdiff_t>(at);
        std::smatch found;
        if (all[at] == 'h') {
            const auto rest = std::string_view(all).substr(at);
            const bool address = rest.starts_with("https://") || rest.starts_with("http://");
            at = address ? std::min(all.find(' ', at), all.size()) : at + 1;
        } else if (std::regex_search(from, all.end(), found, time, here)) {
            at += static_cast<std::size_t>(found.length());
        } else if (std::regex_search(from, all.end(), found, number, here)) {
            const auto end = at + static_cast<std::size_t>(found.length());
            std::string written;
            while (at < end) written += characters[at++];
            out.push_back({dialled(found), std::move(written)});
        } else {
            // What is inside of a row of digits begins none.
            at = base::is_digit(all[at]) ? std::min(all.find_first_not_of(digits, at), all.size()) : at + 1;
        }
    }
    return out;
}

void look_at_numbers(const guide::data_files& schema, const guide::handbook& handbook, protocol::day today,
                     std::vector<fault>& faults) {
    const auto known = owners_in(handbook, today);
    for (const auto name : guide::read_files) {
        if (!name.starts_with("wegwijzer/")) continue;
        const auto file = schema / name;
        std::vector<fault> unread;  // it was read whole just now
        search(file.string(), known, faults).in(guide::read_entries(file, unread));
    }
}

}  // namespace admin
