#include "desk/session_of.hpp"

namespace desk {

client::result<client::session> session_of(const place_flags& place) {
    auto profile = place.resolve();
    if (!profile) return std::unexpected(profile.error());
    return client::session::open(*profile);
}

}  // namespace desk
