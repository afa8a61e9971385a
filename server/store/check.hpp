// Looks through a whole database for what disks, crashes and people did to it, beside a server that runs. It
// changes nothing; what is wrong is named by ids, never by content.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/errc.hpp"
#include "server/store/rows.hpp"

namespace store {

// One thing that is wrong.
struct finding {
    std::string_view code;  // of a closed list: see docs/operations.md
    std::string where;      // a report's id, a desk's, a number of a line or version; may be empty
    std::string sentence;
};

struct survey {
    static constexpr std::size_t most = 1000;  // named; the others are counted
    std::int64_t reports = 0, recipients = 0, wraps = 0, documents = 0, lines = 0;  // read
    std::vector<finding> found;
    std::int64_t faults = 0;
    bool complete = false;  // false: what was found kept the check from everything behind it

    void add(std::string_view code, std::string where, std::string sentence) {
        if (faults++ < static_cast<std::int64_t>(most))
            found.push_back({code, std::move(where), std::move(sentence)});
    }
};

struct check_hooks {
    // Whether the bytes of a desk's line follow this head; the store does not read lines. May be missing.
    std::function<bool(std::string_view bytes, const head& previous)> follows;
    // What is wrong with a version of the directory whose bytes are those stored; empty: nothing. The store
    // knows no roots. May be missing.
    std::function<std::string(const gids_row& row, bool newest)> directory;
    // What is looked at, and how far it is: called after each portion. False: stop. May be missing.
    std::function<bool(std::string_view step, std::int64_t done, std::int64_t all)> progress;
};

// where: as for open(), which says what keeps it from being looked through. A database that is older or newer
// than this program, or that a restore or copy left half made, is a finding, the only one.
[[nodiscard]] std::expected<survey, errc> check(const std::string& where, const check_hooks& hooks);

}  // namespace store
