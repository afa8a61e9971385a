// Which reports went out a short while ago, so that their confirmation may be shown again: who comes after
// the reporter and reloads the page finds no code. Only numbers of reports are kept, and only in memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include "crypto/encoding.hpp"
#include "crypto/protocol/calendar.hpp"

namespace pages {

class sent {
  public:
    // shown: how long a confirmation can be had again. most: numbers kept; beyond it the oldest goes, so
    // whoever sends very many takes nothing from others but a second look.
    sent(const protocol::clock& clock, std::chrono::seconds shown, std::size_t most = 65'536);

    // This report is about to be stored, or may be already. Its time begins once.
    void note(const crypto::uuid& id);
    // It was stored just now: its time begins here.
    void stored(const crypto::uuid& id);
    // When it was stored, in Unix seconds, as far as is known.
    [[nodiscard]] std::optional<std::int64_t> when(const crypto::uuid& id) const;
    // Whether a stored report's confirmation may be shown again. day: of its receipt. What arrived on the day
    // of the start, before it, counts as sent at the start: somebody may still wait for an answer that was
    // cut off.
    [[nodiscard]] bool shows(const crypto::uuid& id, std::int32_t day) const;

  private:
    struct noted {
        crypto::uuid id;
        std::int64_t at;
    };
    [[nodiscard]] bool in_time(std::int64_t at) const;
    void keep(const crypto::uuid& id, std::int64_t now);
    void drop_oldest();

    const protocol::clock& clock_;
    const std::int64_t shown_, started_;
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::map<crypto::uuid, std::int64_t> at_;
    std::deque<noted> order_;
};

}  // namespace pages
