#include "server/api/roles.hpp"

namespace api {

roles role_of(const trust::caller& caller) {
    if (caller.lead) return roles::lead_key;
    if (caller.rol == "beheerder") return roles::beheerder;
    if (caller.rol == "regisseur") return roles::regisseur;
    return roles::medewerker;
}

std::string_view lacks(roles who, const trust::caller& caller) {
    const auto role = role_of(caller);
    if (who == roles::anyone || includes(who, role)) return {};
    switch (role) {
        case roles::lead_key:
            return "A lead key may only hand in memberships, keys and standings; sign as a member.";
        case roles::regisseur:
            return "A regisseur sees the figures and the members of the desk, no reports and no keys.";
        default:
            return "Only a lead of this desk may do this.";
    }
}

}  // namespace api
