#include "crypto/protocol/trail_actions.hpp"

#include <algorithm>

namespace protocol {
namespace {

using enum action;

constexpr action_form forms[] = {
    {list_fetched_whole, "lijst-met-inhoud-opgehaald", "GET", "/meldingen", ""},
    {report_fetched, "melding-opgehaald", "GET", "/meldingen/{id}", ""},
    {report_changed, "melding-gewijzigd", "PATCH", "/meldingen/{id}", ""},
    {report_destroyed, "melding-vernietigd", "DELETE", "/meldingen/{id}", "bewaartermijn"},
    {destruction_ordered, "vernietiging-opgedragen", "DELETE", "/meldingen/{id}", ""},
    {destruction_undone, "vernietiging-teruggenomen", "PATCH", "/meldingen/{id}", ""},
    {key_given_up, "sleutel-afgestaan", "DELETE", "/meldingen/{id}", ""},
    {report_opened, "melding-geopend", "POST", "/meldingen/{id}/inzagen", ""},
    {report_exported, "melding-geexporteerd", "POST", "/meldingen/{id}/inzagen", ""},
    {report_unopenable, "melding-niet-te-openen", "POST", "/meldingen/{id}/inzagen", ""},
    {fallback_released, "achtervang-vrijgegeven", "", "", "leestermijn"},
    {keys_fetched, "sleutels-opgehaald", "GET", "/sleutels", ""},
    {key_handed_in, "sleutel-ingediend", "POST", "/sleutels", ""},
    {keys_destroyed, "sleutels-vernietigd", "", "", "bewaartermijn"},
    {members_fetched, "leden-opgehaald", "GET", "/leden", ""},
    {member_handed_in, "lid-ingediend", "POST", "/leden", ""},
    {stand_handed_in, "stand-ingediend", "POST", "/standen", ""},
    {trail_read, "logboek-gelezen", "GET", "/logboek", ""},
};

}  // namespace

std::span<const action_form> action_forms() { return forms; }

const action_form& form_of(action action) { return *std::ranges::find(forms, action, &action_form::action); }

const action_form* form_of(std::string_view code) {
    const auto* found = std::ranges::find(forms, code, &action_form::code);
    return found == std::end(forms) ? nullptr : found;
}

bool is_told_elsewhere(action action) { return action == report_destroyed || action == destruction_ordered; }

bool is_by_clock(const action_form& form, std::string_view lid) {
    return (!form.clock.empty() && lid == form.clock) ||
           (form.action == report_destroyed && lid == order_term);
}

}  // namespace protocol
