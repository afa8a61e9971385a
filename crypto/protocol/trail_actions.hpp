// What can be done at a desk and leaves a line in its trail (protocol §7): each action with its code and with
// the request that is signed for it, so that who reads a trail can hold the one against the other. Some are
// done by the clock, without anybody's signature; their line names the term instead of a person.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace protocol {

enum class action {
    list_fetched_whole,  // a list with bodies
    report_fetched,
    report_changed,
    report_destroyed,
    destruction_ordered,
    destruction_undone,
    key_given_up,       // a desk with the role mede took its own key away
    report_opened,      // said by the desk's program
    report_exported,    // likewise
    report_unopenable,  // likewise: it does not open
    fallback_released,
    keys_fetched,
    key_handed_in,
    keys_destroyed,
    members_fetched,
    member_handed_in,
    stand_handed_in,
    trail_read,
};

struct action_form {
    protocol::action action;
    std::string_view code;    // `handeling`
    std::string_view method;  // empty: only by the clock
    std::string_view path;    // behind /v1/loketten/{l}; {id} is the line's `object`, or the first word of it
    std::string_view clock;   // `lid` of a line that the clock wrote; empty: never
};

// Every action, once.
[[nodiscard]] std::span<const action_form> action_forms();
[[nodiscard]] const action_form& form_of(action action);
// Nothing for a code that is none.
[[nodiscard]] const action_form* form_of(std::string_view code);

// A word of `object` where the request was refused, with the status of the answer behind it: nothing was
// done.
inline constexpr std::string_view refused_as = "geweigerd=";

// `lid` of a destruction that an order brought about when its seven days were over (protocol §11).
inline constexpr std::string_view order_term = "vernietigingstermijn";

// `lid` of a line that says what another desk's officer did to a report of this desk too: this, and the desk.
inline constexpr std::string_view another_desk = "loket:";
// Whether such a line is written of this (protocol §7).
[[nodiscard]] bool is_told_elsewhere(action action);
// Whether such an action is done by this clock's `lid`, without a signature.
[[nodiscard]] bool is_by_clock(const action_form& form, std::string_view lid);

}  // namespace protocol
