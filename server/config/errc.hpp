// Why an installation cannot be used.
#pragma once

#include <string_view>

namespace config {

enum class errc {
    locked,       // another bakend or baken-admin works on this data directory
    cannot_lock,  // the data directory is missing or not writable
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace config
