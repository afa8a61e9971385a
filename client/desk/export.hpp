// Writes an opened report into a file of the officer's own, and lets the trail know.
#pragma once

#include "client/arguments.hpp"

namespace desk {

[[nodiscard]] client::result<void> export_report(const export_order& order);

}  // namespace desk
