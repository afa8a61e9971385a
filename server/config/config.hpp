// bakend.toml: one table of keys, each with its default and constraint. A key that is not in the table stops
// the start, and so does a value out of its bounds: all faults at once, each with its line.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.hpp"
#include "server/config/about.hpp"

namespace config {

struct address {
    std::string host;  // numeric
    std::uint16_t port = 0;
};

// Who may open backups: a public key, and for wraps the last day on which anything is sealed to it.
struct backup_key {
    crypto::box_public key{};
    std::string last_day;  // YYYY-MM-DD; empty for reports
};

// How long a peer may take, see net::limits.
struct waits {
    std::chrono::seconds handshake{10}, head{10}, idle{60}, body{30}, write{30};
};

// How long ready work may wait on a thread before these are asked to come back, see admission::limits. Never
// in another order; 0 is always.
struct shedding {
    std::chrono::microseconds reading{250'000}, writing{1'000'000}, rescue{4'000'000};
};

struct config {
    std::filesystem::path file;  // that it was read from
    std::filesystem::path data;
    std::vector<address> listen;
    std::vector<std::string> names;  // authorities the server answers to, lower case, with any port but 443
    std::filesystem::path certificate, certificate_key;
    std::vector<crypto::sign_public> roots;  // one, or two during a roll-over
    std::filesystem::path schema;
    std::filesystem::path schema_own;                // empty: none
    bool demonstration = false;                      // made-up help is shown, marked; loopback only
    bool mailbox = false;                            // pages offer a code for reading answers
    std::chrono::seconds confirmation{600};          // how long a page sent again shows its confirmation
    std::chrono::seconds clock_every{60};            // between two rounds of what happens by the clock
    std::optional<std::filesystem::path> retention;  // profiles; none: nothing is destroyed by itself
    unsigned threads = 0;                            // 0: one per core
    std::size_t connections = 8000;
    struct waits waits;
    struct shedding shedding;
    std::filesystem::path disk;  // whose free space counts; empty: none
    std::uint64_t disk_large = 2048, disk_small = 1024, disk_urgent = 256, intake_hour = 16384;  // MiB
    struct about about;
    std::vector<std::string> languages;  // of the pages, by their codes; the first for whom none fits

    std::string store;  // as store::open takes it
    std::vector<backup_key> backup_keys, wrap_backup_keys;
};

// What the table says of one key, for --help and docs.
struct key {
    std::string_view name, otherwise, meaning;
};
[[nodiscard]] std::span<const key> keys();

// Relative paths are relative to the file's directory. Sentences, one a fault.
[[nodiscard]] std::expected<config, std::vector<std::string>> read(const std::filesystem::path& file);

}  // namespace config
