#include "client/verbs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/here/typing.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

constexpr verb_name all[] = {
    {"report", "submit", "seal a report to the desks that the routing table names, and send it",
     "report submit report.json"},
    {"desk", "pull", "list the reports of your desk, and wait for new ones", "desk pull --follow"},
    {"desk", "open", "fetch one report and open it here", "desk open 6f1b"},
    {"desk", "close", "close reports whose work is done, or open them again", "desk close 6f1b 00aa"},
    {"desk", "keep", "keep reports past their term, sealed to the keys of this week",
     "desk keep 6f1b --until 2027-01-31 --reason rechtszaak"},
    {"desk", "destroy", "order the destruction of reports, confirm what another ordered, or take it back",
     "desk destroy 6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b --reason afgerond"},
    {"desk", "stragglers", "find open reports that keep the keys of old weeks alive, and end that",
     "desk stragglers --before 2026-W40"},
    {"desk", "export", "write one report, opened, into a file of your own",
     "desk export 6f1b --to 6f1b.json"},
    {"desk", "audit", "check the desk's whole audit trail on this machine",
     "desk audit --show --what opened"},
    {"desk", "keygen", "make the key file of an officer or lead, and the card to hand to a lead",
     "desk keygen --loket rotterdam --rol medewerker --out anna.key"},
    {"desk", "card", "write the card of a key file once more", "desk card --key anna.key"},
    {"desk", "enrol", "make members of the people on these cards (by a lead)", "desk enrol anna.key.pub"},
    {"desk", "keys", "make the keys of the coming weeks and renew the desk's standing (by a lead)",
     "desk keys"},
    {"desk", "revoke", "end memberships, with new keys for those who stay (by a lead)",
     "desk revoke 4ccd263a-544a-4eef-a55c-133e116bf7d8"},
    {"desk", "status", "how long standing, keys and memberships last, and what you can open", "desk status"},
    {"desk", "names", "what the members are called on this machine, and to and from a file for others",
     "desk names --to names.json"},
    {"desk", "restored", "go on with a server that came back from a backup", "desk restored"},
    {"desk", "passwd", "change the passphrase of a key file", "desk passwd --key anna.key"},
    {"admin", "", "run baken-admin, which lies beside this program"},
};

// Words that people try first, and the verb that does it.
struct other_word {
    std::string_view word, group, verb;
};
constexpr other_word others[] = {
    {"list", "desk", "pull"},      {"ls", "desk", "pull"},           {"fetch", "desk", "pull"},
    {"watch", "desk", "pull"},     {"follow", "desk", "pull"},       {"show", "desk", "open"},
    {"read", "desk", "open"},      {"view", "desk", "open"},         {"get", "desk", "open"},
    {"delete", "desk", "destroy"}, {"remove", "desk", "destroy"},    {"rm", "desk", "destroy"},
    {"reopen", "desk", "close"},   {"save", "desk", "export"},       {"invite", "desk", "enrol"},
    {"enroll", "desk", "enrol"},   {"add", "desk", "enrol"},         {"key", "desk", "keys"},
    {"log", "desk", "audit"},      {"trail", "desk", "audit"},       {"password", "desk", "passwd"},
    {"verify", "desk", "audit"},   {"passphrase", "desk", "passwd"}, {"send", "report", "submit"},
    {"new", "report", "submit"},   {"create", "report", "submit"},   {"init", "admin", "init"},
    {"backup", "admin", "backup"}, {"restore", "admin", "restore"},
};

std::string command_of(std::string_view group, std::string_view verb) {
    return verb.empty() ? fmt::format("baken {}", group) : fmt::format("baken {} {}", group, verb);
}

void add(std::vector<std::string>& to, std::string command) {
    if (std::find(to.begin(), to.end(), command) == to.end()) to.push_back(std::move(command));
}

// Whole commands whose verb this is, in any group, or another word for it.
std::vector<std::string> named(std::string_view typed) {
    std::vector<std::string> out;
    for (const auto& [of, verb, duty, example] : all)
        if (verb == typed) add(out, command_of(of, verb));
    for (const auto& [word, of, verb] : others)
        if (word == typed) add(out, command_of(of, verb));
    return out;
}

// Those of this group (without one: of every group) that are spelled nearly so.
std::vector<std::string> nearly(std::string_view group, std::string_view typed) {
    std::vector<std::string> out;
    for (const auto& [of, verb, duty, example] : all) {
        const std::string_view one[] = {group.empty() && verb.empty() ? of : verb};
        if ((group.empty() || of == group) && !client::close_to(typed, one).empty())
            add(out, command_of(of, verb));
    }
    return out;
}

std::vector<std::string_view> words_of(std::string_view group) {
    std::vector<std::string_view> out;
    for (const auto& [of, verb, duty, example] : all) {
        auto word = group.empty() ? of : verb;
        if ((group.empty() || of == group) && std::find(out.begin(), out.end(), word) == out.end())
            out.push_back(word);
    }
    return out;
}

}  // namespace

std::span<const verb_name> verbs() { return all; }

std::string overview(std::string_view group) {
    std::string out = "Usage: baken ";
    out += group.empty() ? "VERB" : std::string(group) + " VERB";
    out += " [OPTION…]   (baken … VERB --help lists the options)\n\n";
    for (const auto& [of, verb, duty, example] : all)
        if (group.empty() || of == group)
            out += fmt::format("  {:<15} {}\n", fmt::format("{} {}", of, verb), duty);
    if (group.empty())
        out +=
            "\n  --help, --version\n\nExit status: 0 done, 1 failed, 2 wrong use. Where a verb takes --json, "
            "a failure is\n{\"error\":{\"code\",\"sentence\",\"exit\"}} on standard output, besides its "
            "sentence on standard error.\n";
    return out;
}

std::string unknown_verb(std::string_view group, std::string_view typed) {
    auto words = words_of(group);
    auto close = client::close_to(typed, words);
    auto before = group.empty() ? std::string("baken") : fmt::format("baken {}", group);
    if (typed.empty()) return fmt::format("Say what to do: {} {}.", before, client::listed(words, "or"));
    auto commands = named(typed);
    // A group that was typed nearly right is meant before a verb of one.
    if (commands.empty() && group.empty())
        for (const auto one : close) add(commands, command_of(one, ""));
    if (commands.empty()) commands = nearly(group, typed);
    if (!commands.empty()) {
        const std::vector<std::string_view> some(commands.begin(), commands.end());
        return fmt::format("'{}' is not a verb of {}; did you mean {}?", escaped_line(typed), before,
                           client::listed(some, "or"));
    }
    return fmt::format("'{}' is not a verb of {}; there are: {}.", escaped_line(typed), before,
                       client::listed(words, "and"));
}

}  // namespace desk
