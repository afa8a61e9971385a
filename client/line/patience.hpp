// Sending again what may pass: where the server could not be reached, did not answer in time or was
// overloaded (503), after a pause that doubles, or as long as Retry-After asks, at most ten seconds.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <string_view>

#include "client/line/http.hpp"

namespace client {

struct patience {
    unsigned retries = 2;
    // Told before each pause: which try failed (from 1), and how long the pause is. May be empty.
    std::function<void(unsigned, std::chrono::milliseconds)> waiting;
};

struct patient_answer {
    client::answer answer;
    // A try before this one was sent but never answered: it may have been carried out.
    bool unanswered_before = false;
};

// make is asked for the request of every try, so that a signature is never sent twice. Of the tries that got
// no answer the error is that of one that was sent, where there is one: what it asked may have been done.
[[nodiscard]] std::expected<patient_answer, errc> send_patiently(http& line,
                                                                 const std::function<request()>& make,
                                                                 const patience& patience);

// The pause after the n-th failed try (from 1): half a second, doubling; Retry-After in seconds wins,
// up to ten.
[[nodiscard]] std::chrono::milliseconds pause_after(unsigned failed_tries, std::string_view retry_after);

}  // namespace client
