// What the checks of checks.cpp and check_trust.cpp have in common.
#pragma once

#include "server/store/sql/checks.hpp"

namespace store::sql {

inline constexpr std::int64_t few = 64, many = 500;  // rows of a portion: of bodies, of all else

// A page that cannot be read is what is looked for; everything else ends the check.
inline bool unreadable(const std::expected<void, errc>& read) {
    return !read && read.error() == errc::damaged;
}

inline std::expected<std::int64_t, errc> counted(connection& db, const char* sql) {
    std::int64_t out = 0;
    auto done = each(db.query(sql), [&](const rows& r) { out = r.integer(0); });
    if (unreadable(done)) return 0;
    if (!done) return std::unexpected(done.error());
    return out;
}

inline std::string uuid_text(crypto::byte_view bytes) {
    return crypto::uuid{crypto::to_block<16>(bytes).value_or(crypto::block<16>{})}.text();
}

// How far a step is. False: stop.
inline bool tell(const check_hooks& hooks, std::string_view step, std::int64_t done, std::int64_t all) {
    return !hooks.progress || hooks.progress(step, done, all);
}

}  // namespace store::sql
