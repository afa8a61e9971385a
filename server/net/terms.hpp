// What all connections of one server share: what it serves, under which names, within which limits, and the
// two things its threads tell each other.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "server/net/budget.hpp"
#include "server/net/limits.hpp"
#include "server/net/service.hpp"

namespace net {

struct terms {
    terms(std::vector<std::string> answers_to, const net::limits& granted)
        : names(std::move(answers_to)), limits(granted), memory(granted.held_bytes) {}

    service* served = nullptr;  // set before the first connection
    std::vector<std::string> names;
    net::limits limits;
    budget memory;
    std::function<void(std::size_t context)> at_drain;
    // Lets every thread but this one close its longest idle connection.
    std::function<void(std::size_t index)> relieve;
    std::atomic<bool> draining = false;
    std::atomic<std::size_t> connections = 0;
    // When it was last said that descriptors have run out.
    std::atomic<std::chrono::steady_clock::time_point> exhausted{};
};

}  // namespace net
