#include "server/admin/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <unistd.h>

#include <fmt/format.h>

namespace admin {
namespace {

// docs/glossary.md; the tables have Dutch names.
struct word {
    std::string_view table, people;
};
constexpr word words[] = {
    {"gids", "directories"},       {"standen", "standings"},       {"leden", "memberships"},
    {"sleutels", "epoch keys"},    {"wraps", "wrapped secrets"},   {"meldingen", "reports"},
    {"ontvangers", "sealed keys"}, {"berichten", "messages"},      {"bijlagen", "attachments"},
    {"brokken", "pieces"},         {"waarschuwingen", "warnings"}, {"schillen", "shells"},
    {"tellingen", "counts"},       {"logboek", "lines of trails"}, {"hoofden", "daily heads"},
    {"vernietigd", "destroyed"},   {"tellers", "counters"},
};

}  // namespace

progress::progress(std::string doing) : doing_(std::move(doing)), shown_(::isatty(STDERR_FILENO) == 1) {}

progress::~progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void progress::tell(std::string_view table, std::int64_t rows) const {
    if (!shown_) return;
    const auto* named = std::ranges::find(words, table, &word::table);
    const auto what = named == std::end(words) ? table : named->people;
    const auto all = std::ranges::find(all_, table, &std::pair<std::string_view, std::int64_t>::first);
    if (all == all_.end() && rows == 0)
        fmt::print(stderr, "\r\x1b[K{}: {}", doing_, what);
    else if (all == all_.end())
        fmt::print(stderr, "\r\x1b[K{}: {} {}", doing_, rows, what);
    else
        fmt::print(stderr, "\r\x1b[K{}: {} of {} {}", doing_, rows, all->second, what);
}

}  // namespace admin
