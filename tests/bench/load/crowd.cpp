#include "tests/bench/load/crowd.hpp"

#include <array>
#include <stdexcept>
#include <sys/epoll.h>
#include <unistd.h>

#include <fmt/format.h>

namespace load {
namespace {

// A server that refuses everything must not keep us for ever.
constexpr std::size_t most_failures = 10'000;
// Idle lines are opened so many at a time: more would run into the server's backlog.
constexpr std::size_t most_at_once = 64;
constexpr std::size_t most_visitors = 4'000;
// A time in which hardly anything was answered measures nothing: it goes on until there is something to tell.
constexpr std::size_t fewest = 20;
constexpr double longest = 20;

clock::duration in_seconds(double seconds) {
    return std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(seconds));
}

}  // namespace

crowd::crowd(const order& order)
    : order_(order), tally_(order), target_(order.port), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

crowd::~crowd() { ::close(epoll_); }

void crowd::open_line() {
    lines_.push_back(std::make_unique<line>(target_, epoll_));
    lines_.back()->number = lines_.size() - 1;
}

void crowd::close_line(line& one) {
    const auto at = one.number;
    std::erase(free_, &one);
    gone_.push_back(std::move(lines_[at]));
    if (at + 1 != lines_.size()) {
        lines_[at] = std::move(lines_.back());
        lines_[at]->number = at;
    }
    lines_.pop_back();
}

const std::string_view* crowd::draw() {
    if (!order_.once) return order_.parts.data();
    return exhausted() ? nullptr : &order_.parts[drawn_++];
}

void crowd::next(line& one) {
    const auto now = clock::now();
    if (order_.kind == kind::open) {
        free_.push_back(&one);
        return send_due();
    }
    if (const auto* request = draw()) {
        ++asking_;
        one.send(*request, order_.kind == kind::visitors ? one.due() : now);
    }
}

void crowd::answered(line& one) {
    --asking_;
    tally_.answered(one.status(), one.received(), one.due());
    if (order_.kind == kind::idle) {
        ++settled_;
    } else if (order_.kind == kind::visitors) {
        one.leave();
    } else if (!one.closing()) {
        next(one);
    }
}

void crowd::take(line& one, line::event event) {
    switch (event) {
        case line::event::nothing:
            return;
        case line::event::ready:
            if (order_.kind != kind::handshakes) return next(one);
            return one.leave();
        case line::event::answered:
            return answered(one);
        case line::event::over:
            if (order_.kind == kind::handshakes) tally_.done(one.due());
            if (order_.kind == kind::idle) tally_.failed("closed");
            break;
        case line::event::broken:
            tally_.failed("broken");
            if (++failures_ > most_failures) throw std::runtime_error("the server breaks every connection");
            break;
    }
    close_line(one);
    if (order_.kind == kind::closed || order_.kind == kind::open || order_.kind == kind::handshakes)
        open_line();
}

void crowd::send_due() {
    const auto now = clock::now();
    while (now < stop_) {
        const auto when = start_ + in_seconds(static_cast<double>(sent_) / order_.rate);
        if (when > now) break;
        due_.push_back(when);
        ++sent_;
    }
    if (order_.kind == kind::visitors) {
        for (; !due_.empty() && lines_.size() < most_visitors; due_.pop_front()) {
            open_line();
            lines_.back()->arrive(due_.front());
        }
        return;
    }
    while (!due_.empty() && !free_.empty()) {
        const auto* request = draw();
        if (request == nullptr) return due_.clear();
        ++asking_;
        free_.back()->send(*request, due_.front());
        free_.pop_back();
        due_.pop_front();
    }
}

void crowd::wait() {
    std::array<epoll_event, 256> events;  // NOLINT: written by the wait
    auto until = stop_;
    if (!tally_.running() && order_.kind != kind::idle)
        until = std::min(until, start_ + in_seconds(order_.warm));
    if (timed()) until = std::min(until, start_ + in_seconds(static_cast<double>(sent_) / order_.rate));
    const auto left = std::max(clock::duration::zero(), until - clock::now());
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
    timespec span{};
    span.tv_sec = nanoseconds / 1'000'000'000;
    span.tv_nsec = nanoseconds % 1'000'000'000;
    const int count = ::epoll_pwait2(epoll_, events.data(), events.size(), &span, nullptr);
    for (int i = 0; i < count; ++i) {
        auto* one = static_cast<line*>(events[static_cast<std::size_t>(i)].data.ptr);
        take(*one, one->step());
    }
    gone_.clear();
}

bool crowd::nearly_spent() const { return order_.once && drawn_ > order_.parts.size() / 4; }

bool crowd::wait_on(clock::time_point now) {
    if (tally_.count() >= fewest || timed() || now - start_ > in_seconds(longest)) return false;
    stop_ = now + in_seconds(0.1);
    return true;
}

void crowd::run() {
    if (order_.kind == kind::idle) return hold();
    start_ = clock::now();
    const auto warm_until = start_ + in_seconds(order_.warm);
    stop_ = warm_until + in_seconds(order_.seconds);
    if (order_.kind != kind::visitors)
        for (std::size_t i = 0; i < order_.connections; ++i) open_line();
    for (auto now = start_; now < stop_ || wait_on(now); now = clock::now()) {
        if (!tally_.running() && (now >= warm_until || nearly_spent())) tally_.begin();
        if (timed()) send_due();
        // The rate is not over before its last answer; the rest would count a pause.
        if (exhausted() && asking_ == 0) break;
        wait();
    }
    tally_.end();
    tally_.print();
}

void crowd::hold() {
    stop_ = clock::now() + in_seconds(120);
    while (settled_ < order_.connections) {
        if (clock::now() > stop_) throw std::runtime_error("the crowd could not be seated in two minutes");
        while (lines_.size() < order_.connections && lines_.size() - settled_ < most_at_once) open_line();
        wait();
    }
    tally_.begin();
    fmt::print("{{\"seated\":{}}}\n", settled_);
    std::fflush(stdout);
    std::array<char, 64> ignored;  // NOLINT: never read
    while (::read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) {
    }
    // Whoever was sent away meanwhile is found now.
    stop_ = clock::now() + in_seconds(0.05);
    while (clock::now() < stop_) wait();
    tally_.end();
    tally_.print();
}

}  // namespace load
