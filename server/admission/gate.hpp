// What is turned away under load, and in which order: who only reads, then who reports, last who reports
// something urgent or fetches reports at a desk. Judged by two measures: how long ready work waits on the
// threads that serve (a delay that stands, not a moment's burst), and how full the store's queue is. A disk
// that stands still is no load: then writes are refused by the store itself, and reading goes on. No visitor
// is told apart from another here.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace admission {

// In the order in which they are shed.
enum class importance : std::uint8_t {
    reading,  // public pages and searches
    writing,  // a form on its way, a report
    rescue,   // an urgent report, what a client needs to seal one, a desk at work
};

// One step of load: reached by either measure.
struct step {
    std::chrono::microseconds delay;  // 0: always
    double pressure;                  // above 1: never
};

struct limits {
    step reading{std::chrono::milliseconds(250), 0.5};
    step writing{std::chrono::milliseconds(1000), 0.75};
    step rescue{std::chrono::milliseconds(4000), 2.0};
    std::chrono::milliseconds window{250};   // a delay stands when it was never shorter in this time
    std::chrono::milliseconds memory{1000};  // a measure later than this, besides the delay: there is no load
};

class gate {
  public:
    using clock = std::chrono::steady_clock;

    // threads: those that serve. pressure: of the store, 0 to 1, see store::store::pressure; from any thread.
    gate(std::size_t threads, std::function<double()> pressure, limits limits = {});

    // How long ready work waited on this thread (0 to threads-1) just now. From that thread.
    void felt(std::size_t thread, std::chrono::microseconds delay, clock::time_point now = clock::now());
    // Whether a request of this importance is turned away now. From any thread; cheap.
    [[nodiscard]] bool sheds(importance of, clock::time_point now = clock::now());
    // The delay that stands, the longest of all threads.
    [[nodiscard]] std::chrono::microseconds delay(clock::time_point now = clock::now()) const;

  private:
    // Written by its own thread alone.
    struct alignas(64) measure {
        clock::time_point since{};          // of the window
        std::chrono::microseconds least{};  // in it
        std::atomic<std::int64_t> standing{0};
        std::atomic<clock::time_point> at{clock::time_point{}};  // long ago; min() overflows in a difference
    };

    [[nodiscard]] const step& step_of(importance of) const;
    void tell(importance of, bool shed, clock::time_point now);

    const std::function<double()> pressure_;
    const limits limits_;
    std::vector<measure> threads_;
    std::atomic<bool> told_[3] = {};
    std::atomic<clock::time_point> told_at_[3] = {};
};

}  // namespace admission
