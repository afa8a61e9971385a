// What one server grants its connections. Tests shorten them.
#pragma once

#include <chrono>
#include <cstddef>

namespace net {

struct limits {
    std::chrono::milliseconds handshake{10'000};  // TLS, from accept to finished
    std::chrono::milliseconds head{
        10'000};  // from the end of the handshake, later from a header's first byte
    std::chrono::milliseconds idle{60'000};  // between an answer and the next header's first byte
    std::chrono::milliseconds body{30'000};  // plus one second per body_bytes_per_second
    std::size_t body_bytes_per_second = 16 * 1024;
    std::chrono::milliseconds write{30'000};    // one answer, however large: slow readers are cut
    std::chrono::milliseconds closing{2'000};   // the goodbye, with what the peer still sends thrown away
    std::chrono::milliseconds drain{10'000};    // from drain() until what still runs is cut
    std::chrono::milliseconds pause{100};       // before accepting again when descriptors have run out
    std::chrono::milliseconds grace{2'000};     // in a full house: how long a peer may keep us waiting
    std::chrono::milliseconds patience{2'000};  // for memory that others are told to give back
    std::size_t head_bytes = 16 * 1024;         // request line and fields
    std::size_t connections = 8'000;            // all threads together
    std::size_t held_bytes = std::size_t{256}
                             << 20;  // of large bodies and answers, all together (budget.hpp)
};

}  // namespace net
