// The configuration of the installation that a verb was pointed at.
#pragma once

#include <filesystem>
#include <string>

#include "client/line/refusal.hpp"
#include "server/config/config.hpp"
#include "server/config/errc.hpp"

namespace admin {

// DIR/bakend.toml. Refused with every fault, each with the file and its line.
[[nodiscard]] client::result<config::config> read_config(const std::string& data);

// Which directory could not be locked, and why.
[[nodiscard]] client::refusal not_locked(const std::filesystem::path& data, config::errc error);

}  // namespace admin
