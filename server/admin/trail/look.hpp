// An installation to look at, also beside a running server: its configuration, and its store to read.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "server/config/config.hpp"
#include "server/store/whole.hpp"

namespace admin {

struct looked_at {
    config::config config;
    store::source store;
};

// DIR with its bakend.toml.
[[nodiscard]] client::result<looked_at> look(const std::string& data);

}  // namespace admin
