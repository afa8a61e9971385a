#include "desk/verbs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "desk/print.hpp"

namespace desk {
namespace {

constexpr verb_name all[] = {
    {"report", "submit", "seal a report to the desks that the routing table names, and send it"},
    {"desk", "pull", "list the reports of your desk, and wait for new ones"},
    {"desk", "open", "fetch one report and open it here"},
    {"desk", "close", "close reports whose work is done, or open them again"},
    {"desk", "keep", "keep reports past their term, sealed to the keys of this week"},
    {"desk", "destroy", "destroy a report now, for every desk that has it"},
    {"desk", "stragglers", "find open reports that keep the keys of old weeks alive, and end that"},
    {"desk", "export", "write one report, opened, into a file of your own"},
    {"desk", "audit", "judge the desk's whole audit trail on this machine"},
    {"desk", "keygen", "make the key file of an officer or lead, and the card to hand to a lead"},
    {"desk", "enrol", "make members of the people on these cards (by a lead)"},
    {"desk", "keys", "make the keys of the coming weeks and renew the desk's standing (by a lead)"},
    {"desk", "revoke", "end memberships, with new keys for those who stay (by a lead)"},
    {"desk", "status", "how long standing, keys and memberships last, and what you can open"},
    {"desk", "passwd", "change the passphrase of a key file"},
    {"admin", "", "run baken-admin, which lies beside this program"},
};

std::vector<std::string_view> words_of(std::string_view group) {
    std::vector<std::string_view> out;
    for (const auto& [of, verb, duty] : all) {
        auto word = group.empty() ? of : verb;
        if ((group.empty() || of == group) && std::find(out.begin(), out.end(), word) == out.end())
            out.push_back(word);
    }
    return out;
}

std::string listed(std::span<const std::string_view> words, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
        out += words[i];
    }
    return out;
}

}  // namespace

std::span<const verb_name> verbs() { return all; }

std::size_t typing_distance(std::string_view a, std::string_view b) {
    // Optimal string alignment: three rows of the table are enough.
    std::vector<std::size_t> older(b.size() + 1), old(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) old[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], older[j - 2] + 1);
        }
        older.swap(old);
        old.swap(row);
    }
    return old[b.size()];
}

std::vector<std::string_view> close_to(std::string_view typed, std::span<const std::string_view> words) {
    std::vector<std::string_view> out;
    if (typed.size() > 40) return out;
    for (auto word : words) {
        auto distance = typing_distance(typed, word);
        if (distance <= 2 && distance < typed.size()) out.push_back(word);
    }
    return out;
}

std::string overview(std::string_view group) {
    std::string out = "Usage: baken ";
    out += group.empty() ? "VERB" : std::string(group) + " VERB";
    out += " [OPTION…]   (baken … VERB --help tells the options)\n\n";
    for (const auto& [of, verb, duty] : all)
        if (group.empty() || of == group)
            out += fmt::format("  {:<15} {}\n", fmt::format("{} {}", of, verb), duty);
    if (group.empty()) out += "\n  --help, --version\n\nExit: 0 done, 1 failed, 2 wrong use.\n";
    return out;
}

std::string unknown_verb(std::string_view group, std::string_view typed) {
    auto words = words_of(group);
    auto close = close_to(typed, words);
    auto before = group.empty() ? std::string("baken") : fmt::format("baken {}", group);
    if (typed.empty()) return fmt::format("Say what to do: {} {}.", before, listed(words, "or"));
    if (!close.empty())
        return fmt::format("'{}' is no verb of {}; did you mean {}?", escaped_line(typed), before,
                           listed(close, "or"));
    return fmt::format("'{}' is no verb of {}; there are: {}.", escaped_line(typed), before,
                       listed(words, "and"));
}

}  // namespace desk
