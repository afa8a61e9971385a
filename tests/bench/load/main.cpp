// bench_load: sends requests over TLS and prints what it saw as one line of JSON.
#include <csignal>
#include <exception>

#include <fmt/format.h>

#include "tests/bench/load/crowd.hpp"

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        const auto order = load::order::read(argc, argv);
        load::crowd(order).run();
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_load: {}\n", error.what());
        return 1;
    }
    return 0;
}
