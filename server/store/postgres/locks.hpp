// The advisory locks by which servers of one database take turns. Any numbers do, as long as all take the
// same.
#pragma once

namespace store::postgres {

// For the transaction that is open: one that writes.
inline constexpr const char* lock_batches = "SELECT pg_advisory_xact_lock(7381642047116203)";
// For the connection: of two servers that start at once, the second finds the migrations done.
inline constexpr const char* lock_migrations = "SELECT pg_advisory_lock(7381642047116204)";
inline constexpr const char* unlock_migrations = "SELECT pg_advisory_unlock(7381642047116204)";

// For the connection: servers work together, a restore or a copy alone.
inline constexpr const char* lock_working_together = "SELECT pg_advisory_lock_shared(7381642047116205)";
inline constexpr const char* lock_working_alone = "SELECT pg_advisory_lock(7381642047116205)";

}  // namespace store::postgres
