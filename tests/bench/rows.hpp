// Rows as a report of the smallest class leaves them, for benches that need many and open none.
#pragma once

#include <string>

#include "crypto/hash.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/store/store.hpp"

namespace bench {

// Which bytes does not matter to a store, so they are drawn once.
inline crypto::sealed unreadable(std::size_t size) {
    static const auto drawn = crypto::plain::random(4096);
    const auto from = drawn.view().first(size);
    return crypto::sealed::received(crypto::bytes(from.begin(), from.end()));
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
