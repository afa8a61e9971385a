#include "crypto/protocol/trail_shown.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "crypto/protocol/trail_actions.hpp"

namespace protocol {
namespace {

using told = std::pair<std::string_view, std::string_view>;

// By the codes of protocol §7, also those that this program does not write itself yet.
constexpr std::array words{
    told{"lijst-met-inhoud-opgehaald", "fetched a page of reports with their contents"},
    told{"melding-opgehaald", "fetched report"},
    told{"melding-gewijzigd", "changed report"},
    told{"melding-vernietigd", "destroyed report"},
    told{"melding-geopend", "opened report"},
    told{"melding-geexporteerd", "exported report"},
    told{"melding-niet-te-openen", "said that it does not open: report"},
    told{"melding-ingetrokken", "withdrew report"},
    told{"achtervang-vrijgegeven", "released to the fallback desk: report"},
    told{"bericht-verstuurd", "replied to report"},
    told{"notitie-geschreven", "wrote a note to report"},
    told{"bijlage-opgehaald", "fetched a file of report"},
    told{"overdracht-gevraagd", "asked for the hand-over of report"},
    told{"overdracht-besloten", "decided the hand-over of report"},
    told{"vernietiging-opgedragen", "ordered the destruction of report"},
    told{"vernietiging-teruggenomen", "took back the order to destroy report"},
    told{"sleutel-afgestaan", "gave up the key of this desk to report"},
    told{"sleutels-opgehaald", "fetched the keys wrapped for them"},
    told{"sleutel-ingediend", "handed in an epoch key"},
    told{"sleutels-vernietigd", "destroyed the wrapped secrets of"},
    told{"leden-opgehaald", "fetched the members"},
    told{"lid-ingediend", "handed in a membership"},
    told{"stand-ingediend", "handed in a standing"},
    told{"logboek-gelezen", "read the trail"},
    told{"telling-ingediend", "sent figures"},
    told{"overzicht-opgehaald", "fetched the overview"},
};

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

bool is_beginning_of_id(std::string_view text) {
    constexpr std::size_t least = 4, most = 36;
    return text.size() >= least && text.size() <= most &&
           text.find_first_not_of("0123456789abcdef-") == text.npos;
}

bool is_act(std::string_view what) {
    return std::ranges::any_of(
        words, [&](const told& one) { return one.first == what || first_word(one.second) == what; });
}

std::string acts() {
    std::string out;
    for (const auto& [code, text] : words) out += fmt::format("\n  {:<27} {}", code, text);
    return out;
}

}  // namespace

bool trail_query::admits(const trail_line& line) const {
    if (!std::string_view(line.object).starts_with(report)) return false;
    if (!std::string_view(line.lid).starts_with(member)) return false;
    if (!what.empty() && line.handeling != what && first_word(words_of(line.handeling)) != what) return false;
    return (!from || *from <= line.dag) && (!to || line.dag <= *to);
}

std::string fault_of(const trail_query& query) {
    if (!query.report.empty() && !is_beginning_of_id(query.report))
        return fmt::format("'{}' is not a report id or the start of one (at least four characters).",
                           query.report);
    const bool other = query.member.starts_with("beheerder:") || query.member.starts_with(another_desk);
    if (!query.member.empty() && !other && !is_beginning_of_id(query.member))
        return fmt::format("'{}' is not a member's id or the start of one (at least four characters).",
                           query.member);
    if (!query.what.empty() && !is_act(query.what))
        return fmt::format("A trail does not have '{}'; give the code of one of these, or its first word:{}",
                           query.what, acts());
    if (query.from && query.to && *query.to < *query.from)
        return fmt::format("The first day, {}, comes after the last, {}; give the earlier one first.",
                           query.from->text(), query.to->text());
    return {};
}

std::string_view words_of(std::string_view code) {
    const auto at = std::ranges::find(words, code, &told::first);
    return at == words.end() ? code : at->second;
}

std::string actor_in_words(std::string_view lid) {
    constexpr std::string_view lead = "beheerder:";
    if (lid.starts_with(lead)) return fmt::format("the lead key {}", lid.substr(lead.size()));
    if (lid.starts_with(another_desk)) return fmt::format("desk {}", lid.substr(another_desk.size()));
    if (lid == "melder") return "the reporter";
    if (lid == "bewaartermijn") return "the server, by the retention term";
    if (lid == "leestermijn") return "the server, by the hour";
    if (lid == "server") return "the server";
    return {};
}

shown_object split_object(std::string_view object) {
    const auto at = object.find(refused_as);
    if (at == object.npos) return {object};
    auto before = object.substr(0, at);
    if (before.ends_with(' ')) before.remove_suffix(1);
    return {before, object.substr(at + refused_as.size())};
}

std::string in_words(const trail_line& line, std::string_view who) {
    const auto actor = actor_in_words(line.lid);
    const auto [object, refusal] = split_object(line.object);
    auto out = fmt::format("{}  {:>6}  {}  {}", line.dag.text(), line.regel, actor.empty() ? who : actor,
                           words_of(line.handeling));
    if (!object.empty()) out += fmt::format(" {}", object);
    if (!refusal.empty()) out += fmt::format(" - refused ({}), nothing was done", refusal);
    return out;
}

}  // namespace protocol
