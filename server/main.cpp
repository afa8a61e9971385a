// bakend: arguments → configuration → app → run.
#include <cstdio>
#include <exception>
#include <stdexcept>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "crypto/plain.hpp"
#include "process/guard.hpp"
#include "server/app.hpp"
#include "server/watch/log.hpp"
#include "web/net/tls_memory.hpp"

namespace {

constexpr int wrong_use = 2, failed = 1;

std::string key_table() {
    std::string out = "Keys of the configuration file:\n";
    for (const auto& key : config::keys())
        out += fmt::format("  {:<16} {} (default {})\n", key.name, key.meaning, key.otherwise);
    return out;
}

int serve(const std::string& file, bool only_check) {
    auto config = config::read(file);
    if (!config) {
        for (const auto& fault : config.error()) fmt::print(stderr, "bakend: {}: {}\n", file, fault);
        return failed;
    }
    if (only_check) {
        auto checked = app::check(*config);
        if (!checked) {
            fmt::print(stderr, "bakend: {}\n", checked.error());
            return failed;
        }
        if (!checked->empty()) fmt::print("bakend: {}\n", *checked);
        fmt::print("bakend: configuration, data and store are in order\n");
        return 0;
    }
    auto opened = app::open(std::move(*config));
    if (!opened) {
        fmt::print(stderr, "bakend: {}\n", opened.error());
        return failed;
    }
    (*opened)->run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments(
        "bakend: the server of Baken, a central, anonymous reporting point for human trafficking.", "bakend");
    std::string file;
    bool only_check = false;
    arguments.add_option("--config", file, "the configuration file (TOML)")->required();
    arguments.add_flag("--check", only_check, "say whether configuration and data are in order, and end");
    arguments.set_version_flag("--version", BAKEN_VERSION);
    arguments.footer(key_table());
    try {
        arguments.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return arguments.exit(error) == 0 ? 0 : wrong_use;
    }
    try {
        // Before anything else of OpenSSL: its buffers hold what reporters type.
        if (!net::wipe_tls_memory())
            throw std::runtime_error("OpenSSL was used before its memory was made to wipe itself");
        const bool locked = process::guard();
        crypto::start();
        if (!locked)
            watch::note(
                "memory is not locked against swapping; allow it (LimitMEMLOCK=infinity), or encrypt the "
                "swap");
        return serve(file, only_check);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bakend: it stopped on a fault of its own: {}\n", error.what());
        return failed;
    }
}
