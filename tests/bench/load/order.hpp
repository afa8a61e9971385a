// What the load generator is asked to do: its command line, read once.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace load {

using clock = std::chrono::steady_clock;

enum class kind {
    closed,      // N connections, each sends its next request when its answer is there
    open,        // requests at a fixed rate over N connections, timed from when each was due
    visitors,    // the same with a connection of its own for each request
    handshakes,  // N at once: connect, shake hands, say goodbye, again
    idle,        // N connections that asked once and stay, until standard input ends
};

struct order {
    load::kind kind = kind::closed;
    std::uint16_t port = 0;
    std::size_t connections = 64;
    double seconds = 1, warm = 0.3;
    double rate = 0;          // a second: open, visitors
    unsigned expected = 200;  // every other status is an error
    std::string requests;     // one request, or all of them one after another, each sent once
    std::vector<std::string_view> parts;
    bool once = false;
    std::vector<int> watched;  // processes whose time on a processor is asked at both ends

    // A sentence on wrong use, by exit with 2.
    [[nodiscard]] static order read(int argc, char** argv);
};

}  // namespace load
