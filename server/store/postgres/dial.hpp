// Connecting by libpq, and waiting for it. The hosts of an address are asked one after the other, each for a
// limited time: libpq's own way without blocking knows no such limit, and a first host that is silent (its
// machine is gone, or stopped) would keep us from the second for ever.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <string>

#include "server/store/errc.hpp"
#include "server/store/postgres/ending.hpp"

struct pg_conn;

namespace store::postgres {

enum class use {
    write,    // the journal's: gives up locks and transactions that last
    migrate,  // changes the tables, as long as it takes
    read,     // sees, changes nothing
    check,    // reads everything, as long as it takes
    listen,   // hears what others tell
};

struct drop_connection {
    void operator()(pg_conn* at) const;
};
using line = std::unique_ptr<pg_conn, drop_connection>;

// where: as libpq reads it. Never a standby: what one server confirmed another one must find at once, and a
// standby has it later. bad_address, nobody_answers, not_ready, no_database, no_entry, not_allowed, standby,
// not_verified, unsafe.
[[nodiscard]] std::expected<line, errc> dial(const std::string& where, use use, const ending* end);

// An address without what may be secret in it: "the PostgreSQL database NAME on HOST".
[[nodiscard]] std::string shown(const std::string& where);

// Until libpq's socket is ready for these events of poll(). False: not in time, or the end came (null: none).
[[nodiscard]] bool wait_for(pg_conn* at, short events, std::chrono::steady_clock::time_point until,
                            const ending* end);

}  // namespace store::postgres
