// The domain's data that the server looks up in, read whole or not at all: at the start, at a reload, and for
// `bakend --check`.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "server/config/config.hpp"
#include "server/guide/codes.hpp"
#include "server/guide/handbook.hpp"
#include "server/guide/staffing.hpp"
#include "server/places/gemeenten.hpp"

struct guides {
    std::shared_ptr<const guide::gemeenten> gemeenten;
    std::shared_ptr<const guide::staffing> staffing;
    std::shared_ptr<const guide::codes> codes;
    std::shared_ptr<const guide::handbook> handbook;
    std::string version;  // of its files (guide::data_files)

    // Everything that is wrong, a line each.
    [[nodiscard]] static std::expected<guides, std::string> read(const config::config& config);
};
