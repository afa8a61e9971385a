// Who may call a route of a desk (protocol §7): the route table names one of these sets for each, and
// this is the only place that says what a signer lacks.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/trust/authenticate.hpp"

namespace api {

// A set of those who sign for a desk. Empty: no signature is asked.
enum class roles : std::uint8_t {
    anyone = 0,
    medewerker = 1,
    beheerder = 2,  // a member with that role
    regisseur = 4,
    lead_key = 8,  // the lead key itself, which is no member's
    officers = medewerker | beheerder,
    members = officers | regisseur,  // the rows marked R
    leads = beheerder | lead_key,
};

[[nodiscard]] constexpr bool includes(roles all, roles one) {
    return (static_cast<unsigned>(all) & static_cast<unsigned>(one)) != 0;
}

// As whom this caller signed.
[[nodiscard]] roles role_of(const trust::caller& caller);
// Why this caller of the right desk may not use a route for these; empty where they may.
[[nodiscard]] std::string_view lacks(roles who, const trust::caller& caller);

}  // namespace api
