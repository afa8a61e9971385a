// The lines of one run, and what each does next. One thread, one epoll.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "tests/bench/load/line.hpp"
#include "tests/bench/load/tally.hpp"

namespace load {

class crowd {
  public:
    explicit crowd(const order& order);
    ~crowd();
    // To the end of what was ordered.
    void run();

  private:
    void open_line();
    void close_line(line& one);
    void take(line& one, line::event event);
    void answered(line& one);
    void next(line& one);
    // The next request, or nothing where each was sent.
    [[nodiscard]] const std::string_view* draw();
    // What is due by now, at the rate.
    void send_due();
    // Whether no line asks any more.
    [[nodiscard]] bool exhausted() const { return order_.once && drawn_ >= order_.parts.size(); }
    // Whether warming up longer would leave too few requests to measure with.
    [[nodiscard]] bool nearly_spent() const;
    void wait();
    // After the time: whether too little was answered for an end.
    [[nodiscard]] bool wait_on(clock::time_point now);
    // Until everybody has asked once and got an answer; then until standard input ends.
    void hold();
    [[nodiscard]] bool timed() const { return order_.kind == kind::open || order_.kind == kind::visitors; }

    const order& order_;
    tally tally_;
    target target_;
    int epoll_;
    std::vector<std::unique_ptr<line>> lines_;
    std::vector<std::unique_ptr<line>> gone_;  // until no event can name them any more
    std::vector<line*> free_;                  // open: lines that wait for a request
    std::deque<clock::time_point> due_;        // requests that wait for a line
    clock::time_point start_{}, stop_{};
    std::size_t drawn_ = 0, sent_ = 0, settled_ = 0, asking_ = 0, failures_ = 0;
};

}  // namespace load
