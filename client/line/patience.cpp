#include "client/line/patience.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>

namespace client {

std::chrono::milliseconds pause_after(unsigned failed_tries, std::string_view retry_after) {
    constexpr int longest = 10000;
    int asked = 0;
    auto [end, bad] = std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), asked);
    if (!retry_after.empty() && bad == std::errc() && end == retry_after.data() + retry_after.size() &&
        asked >= 0)
        return std::chrono::milliseconds(asked > 10 ? longest : asked * 1000);
    return std::chrono::milliseconds(std::min(longest, 500 << std::min(failed_tries - 1, 5u)));
}

std::expected<patient_answer, errc> send_patiently(http& line, const std::function<request()>& make,
                                                   const patience& patience) {
    std::optional<errc> unanswered;
    for (unsigned failures = 1;; ++failures) {
        auto got = line.send(make());
        bool again = got ? got->status == 503 : may_pass(got.error());
        // Where nobody was reached, nothing was sent.
        if (!got && got.error() != errc::unreachable && got.error() != errc::proxy) unanswered = got.error();
        if (!again || failures > patience.retries) {
            if (!got) return std::unexpected(unanswered.value_or(got.error()));
            return patient_answer{std::move(*got), unanswered.has_value()};
        }
        auto pause = pause_after(failures, got ? got->field("retry-after") : std::string_view());
        if (patience.waiting) patience.waiting(failures, pause);
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace client
