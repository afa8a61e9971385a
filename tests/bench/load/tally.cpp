#include "tests/bench/load/tally.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>

#include <fmt/format.h>

namespace load {
namespace {

double seconds(clock::duration span) { return std::chrono::duration<double>(span).count(); }

double own_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

// The smallest that this share of all does not exceed.
double quantile(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    return sorted[std::min(at, sorted.size() - 1)];
}

}  // namespace

double processor_seconds(const std::vector<int>& processes) {
    double out = 0;
    for (int process : processes) {
        std::error_code gone;
        const std::filesystem::directory_iterator tasks(fmt::format("/proc/{}/task", process), gone);
        if (gone) continue;
        for (const auto& task : tasks) {
            double nanoseconds = 0;
            std::ifstream(task.path() / "schedstat") >> nanoseconds;
            out += nanoseconds / 1e9;
        }
    }
    return out;
}

void tally::begin() {
    began_ = true;
    watched_ = processor_seconds(order_.watched);
    own_ = own_seconds();
    from_ = clock::now();
}

void tally::end() {
    if (ended_) return;
    ended_ = true;
    until_ = clock::now();
    own_ = own_seconds() - own_;
    watched_ = processor_seconds(order_.watched) - watched_;
}

void tally::answered(unsigned status, std::size_t bytes, clock::time_point due) {
    // A refusal counts wherever it falls: a run with refusals measured something else.
    if (status != order_.expected) return failed(fmt::format("{}", status));
    bytes_ += running() ? bytes : 0;
    done(due);
}

void tally::done(clock::time_point due) {
    if (running()) seconds_.push_back(seconds(clock::now() - due));
}

void tally::failed(const std::string& why) { ++errors_[why]; }

void tally::print() const {
    auto sorted = seconds_;
    std::ranges::sort(sorted);
    std::string errors;
    for (const auto& [why, count] : errors_)
        errors += fmt::format("{}\"{}\":{}", errors.empty() ? "" : ",", why, count);
    fmt::print(
        "{{\"requests\":{},\"seconds\":{:.6f},\"errors\":{{{}}},\"p50\":{:.6f},\"p90\":{:.6f},\"p99\":{:.6f},"
        "\"max\":{:.6f},\"bytes\":{},\"own_cpu\":{:.6f},\"server_cpu\":{:.6f}}}\n",
        sorted.size(), seconds(until_ - from_), errors, quantile(sorted, 0.5), quantile(sorted, 0.9),
        quantile(sorted, 0.99), sorted.empty() ? 0.0 : sorted.back(), bytes_, own_, watched_);
}

}  // namespace load
