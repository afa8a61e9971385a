// Everything this room refuses while it serves; faults in its files at start are sentences of their own
// (fault.hpp).
#pragma once

#include <string_view>

namespace guide {

enum class errc {
    bad_postcode,  // not four digits from 1000 on, with or without two letters behind them
};

[[nodiscard]] std::string_view text(errc error);

}  // namespace guide
