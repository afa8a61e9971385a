// What a verb says once it is done: a text for people, or with --json one object on one line for machines.
#pragma once

#include <span>
#include <string_view>

#include "client/line/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {

// The object gets the text too, as `tekst`: what it warns of has no member of its own.
[[nodiscard]] client::result<void> say_done(bool json, protocol::json::object object, std::string_view text);

// {"versie","tot"} and ["2026-W49",…], as the objects of several verbs have them.
[[nodiscard]] protocol::json::object stand_object(const protocol::stand& stand);
[[nodiscard]] protocol::json::array weeks_array(std::span<const protocol::epoch> weeks);

}  // namespace desk
