// Rows as a report of the smallest class leaves them, for benches that need many and open none.
#pragma once

#include <string>

#include "crypto/hash.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/store/store.hpp"

namespace bench {

inline crypto::sealed unreadable(std::size_t size) {
    const auto random = crypto::plain::random(64);
    crypto::bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = random.view()[i % 64];
    return crypto::sealed::received(std::move(out));
}

// To one desk, received today.
inline store::new_report row(const std::string& desk) {
    static const auto today = protocol::system_clock().today();
    static const auto week = protocol::epoch::of(today).text();
    store::new_report out;
    out.id = crypto::uuid::random();
    out.request_hash = crypto::sha256(out.id.bytes);
    out.day = today.number;
    out.body = unreadable(4096);
    store::recipient_row to;
    to.desk = desk;
    to.role = "eerste";
    to.epoch = week;
    to.sealed_key = unreadable(96);
    out.recipients.push_back(std::move(to));
    return out;
}

}  // namespace bench
