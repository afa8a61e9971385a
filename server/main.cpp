// bakend: arguments → configuration → app → run.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <span>
#include <stdexcept>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/process/guard.hpp"
#include "base/process/user.hpp"
#include "base/text/distance.hpp"
#include "base/watch/log.hpp"
#include "crypto/plain.hpp"
#include "server/app.hpp"
#include "server/inspection.hpp"
#include "server/net/tls_memory.hpp"

namespace {

constexpr int wrong_use = 2, failed = 1;

std::string key_table() {
    std::string out = "Keys of the configuration file:\n";
    for (const auto& key : config::keys())
        out += fmt::format("  {:<16} {} (default {})\n", key.name, key.meaning, key.otherwise);
    return out;
}

// An option that is none, before CLI11 says what it lacks then. Empty: nothing of the kind.
std::string mistyped(std::span<char* const> words) {
    constexpr std::string_view options[] = {"--config", "--check", "--version", "--help"};
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const auto name = word.substr(0, word.find('='));
        if (word == "--config") ++i;  // what follows is its file
        if (!name.starts_with("--") || std::ranges::find(options, name) != std::end(options)) continue;
        const auto* near = std::ranges::find_if(
            options, [&](std::string_view one) { return base::distance(name, one, 2).has_value(); });
        return near == std::end(options)
                   ? fmt::format("there is no option {}; see bakend --help", name)
                   : fmt::format("there is no option {}; did you mean {}?", name, *near);
    }
    return {};
}

int serve(const std::string& file, bool only_check) {
    auto config = config::read(file);
    if (!config) {
        for (const auto& fault : config.error()) fmt::print(stderr, "bakend: {}: {}\n", file, fault);
        return failed;
    }
    if (only_check) {
        const auto all = inspect(*config);
        fmt::print("{}", shown(all));
        std::fflush(stdout);
        int status = 0;
        for (const auto& one : all)
            for (const auto& fault : one.faults) {
                fmt::print(stderr, "bakend: {}\n", fault);
                status = failed;
            }
        if (status == 0) fmt::print("No fault was found in these.\n");
        return status;
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
    arguments.add_option("--config", file, "the configuration file (TOML)")->type_name("FILE")->required();
    arguments.add_flag(
        "--check", only_check,
        "look at everything that a start reads, say what was seen, and end: 0 no fault, 1 a fault");
    arguments.get_formatter()->label("REQUIRED", "(needed)");
    arguments.set_help_flag("-h,--help", "show this");
    arguments.set_version_flag("--version", "bakend " BAKEN_VERSION, "say which version this is");
    arguments.footer(key_table());
    if (const auto wrong = mistyped({argv, static_cast<std::size_t>(argc)}); !wrong.empty()) {
        fmt::print(stderr, "bakend: {}\n", wrong);
        return wrong_use;
    }
    try {
        arguments.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return arguments.exit(error);
        fmt::print(stderr, "bakend: {}; see bakend --help.\n", error.what());
        return wrong_use;
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
    } catch (const std::filesystem::filesystem_error& error) {
        fmt::print(stderr, "bakend: {} cannot be used{}: {}\n", error.path1().string(),
                   process::by_whom(error.code().value()), error.code().message());
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "bakend: this machine's memory has run out\n");
    } catch (const std::exception& error) {
        fmt::print(stderr,
                   "bakend: it stopped on a fault of its own, to be reported as SECURITY.md says: {}\n",
                   error.what());
    }
    return failed;
}
