// More people at a desk of the small country, each with keys and a role of their own.
#pragma once

#include "service.hpp"

namespace service {

struct person {
    crypto::sign_keys sign = crypto::sign_keys::random();
    crypto::box_keys box = crypto::box_keys::random();
    crypto::uuid lid = crypto::uuid::random();
    [[nodiscard]] std::string keyid() const { return "lid:" + lid.text(); }
};

// Handed in and waiting: in force once the desk's next stand is published.
inline protocol::membership hand_in(server& at, world::desk& desk, const person& who, std::string_view rol) {
    auto member = protocol::issue_membership(desk.id, who.lid, who.sign.public_key, who.box.public_key, rol,
                                             at.clock.today(), desk.lead);
    REQUIRE(run_now(at.registry->take_membership(desk.id, member.token, {}, samples::line(desk.id, "lid"))));
    desk.leden.push_back(member.hash);
    return member;
}
inline person enrolled(server& at, world::desk& desk, std::string_view rol) {
    person out;
    (void)hand_in(at, desk, out, rol);
    at.publish_stand(desk);
    return out;
}

}  // namespace service
