// The store over an engine: writes go through the journal, reads through the readers.
#pragma once

#include <memory>

#include "server/store/limits.hpp"
#include "server/store/sql/engine.hpp"
#include "server/store/store.hpp"

namespace store::sql {

[[nodiscard]] std::unique_ptr<::store::store> over(std::unique_ptr<engine> engine, limits limits);

}  // namespace store::sql
