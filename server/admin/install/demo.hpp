// The people of a demonstration: per default desk two leads and an officer, with key files and profiles
// under DIR/demo/.
#pragma once

#include <string>
#include <vector>

#include "client/line/refusal.hpp"
#include "crypto/keys.hpp"
#include "crypto/plain.hpp"
#include "crypto/protocol/key_file.hpp"
#include "server/admin/directory/site.hpp"

namespace admin {

inline constexpr int demo_weeks = 8;           // of epoch keys ahead
inline constexpr int demo_weeks_default = 26;  // of `standaard`
inline constexpr int renew_days = 14;          // renew what ends sooner

struct demo_desk {
    std::string id;
    protocol::key_file lead1, lead2, officer;
};

// Fresh keys for one desk.
[[nodiscard]] demo_desk make_people(const std::string& desk);

// DIR/demo/<desk>/{beheerder1,beheerder2,medewerker}.{key,toml}.
[[nodiscard]] client::result<void> write_people(const std::string& demo, const demo_desk& desk,
                                                const std::string& server, const crypto::plain& passphrase);

// Members, epoch keys as far ahead as they should reach, and a stand that lists them: whatever of it is
// missing. members: to be handed in; empty where they are already.
[[nodiscard]] client::result<int> top_up_desk(site& site, const std::string& desk,
                                              const crypto::sign_keys& lead,
                                              const std::vector<protocol::key_file>& members, int weeks);

// Everything of a demonstration that ends soon: the directory's term, stands, epoch keys. How many
// documents were made.
[[nodiscard]] client::result<int> top_up(const std::string& data);

}  // namespace admin
