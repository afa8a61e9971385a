// What a run saw between the end of its warming up and its end, and the line of JSON it prints.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/load/order.hpp"

namespace load {

// Seconds that these processes, all their threads together, have been on a processor.
[[nodiscard]] double processor_seconds(const std::vector<int>& processes);

class tally {
  public:
    explicit tally(const order& order) : order_(order) {}

    void begin();
    void end();
    [[nodiscard]] bool running() const { return began_ && !ended_; }

    void answered(unsigned status, std::size_t bytes, clock::time_point due);
    // A handshake, where no request follows.
    void done(clock::time_point due);
    void failed(const std::string& why);
    [[nodiscard]] std::size_t count() const { return seconds_.size(); }
    void print() const;

  private:
    const order& order_;
    bool began_ = false, ended_ = false;
    clock::time_point from_{}, until_{};
    double own_ = 0, watched_ = 0;
    std::size_t bytes_ = 0;
    std::map<std::string, std::size_t> errors_;
    std::vector<double> seconds_;  // one an answer
};

}  // namespace load
