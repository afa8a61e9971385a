#include "client/desk/status.hpp"

#include "client/desk/session_of.hpp"
#include "client/lead/condition.hpp"
#include "client/print.hpp"

namespace desk {

client::result<void> status(const status_order& order) {
    auto session = session_of(order.place, notices::alarm);
    if (!session) return std::unexpected(session.error());
    auto standing = view_standing(*session);
    if (!standing) return std::unexpected(standing.error());
    const auto names = local_names::read(session->memory(), session->desk());
    if (!names) return std::unexpected(names.error());
    client::result<bool> known = true;
    auto found = condition_of(*standing, session->desk(), session->keys(), session->today(), *names,
                              [&](const std::string& fingerprint) {
                                  auto one = session->memory().confirmed(session->desk(), fingerprint);
                                  if (!one) known = std::unexpected(one.error());
                                  return one && *one;
                              });
    if (!known) return std::unexpected(known.error());
    if (!print(order.json ? condition_json(found) : condition_text(found)))
        return client::refuse("Standard output is closed or full; the status was not shown whole.");
    return {};
}

}  // namespace desk
