#include "server/admin/progress.hpp"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace admin {

progress::progress(std::string doing) : doing_(std::move(doing)), shown_(::isatty(STDERR_FILENO) == 1) {}

progress::~progress() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void progress::tell(std::string_view table, std::int64_t rows) const {
    if (shown_) fmt::print(stderr, "\r\x1b[K{}: {} {}", doing_, table, rows);
}

}  // namespace admin
