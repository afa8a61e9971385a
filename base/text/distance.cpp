#include "base/text/distance.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace base {

// Of the table of distances only a band along the diagonal can hold a number up to `most`; its rows are kept
// by their place in the band, where straight down is one place back and a replacement stays in place.
std::optional<std::size_t> distance(std::string_view a, std::string_view b, std::size_t most) {
    assert(most <= furthest);
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > most) return std::nullopt;
    using band = std::array<std::size_t, 2 * furthest + 1>;
    const std::size_t width = 2 * most + 1, far = most + 1;
    band older{}, old{}, row{};
    for (std::size_t d = 0; d < width; ++d) old[d] = d < most || d - most > b.size() ? far : d - most;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t least = far;
        for (std::size_t d = 0; d < width; ++d) {
            row[d] = far;
            if (i + d < most || i + d - most > b.size()) continue;
            const std::size_t j = i + d - most;
            if (j == 0) {
                row[d] = std::min(i, far);
            } else {
                std::size_t value = old[d] + (a[i - 1] == b[j - 1] ? 0 : 1);
                if (d + 1 < width) value = std::min(value, old[d + 1] + 1);
                if (d > 0) value = std::min(value, row[d - 1] + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    value = std::min(value, older[d] + 1);
                row[d] = std::min(value, far);
            }
            least = std::min(least, row[d]);
        }
        if (least == far) return std::nullopt;
        older = old;
        old = row;
    }
    const std::size_t found = old[b.size() - a.size() + most];
    if (found == far) return std::nullopt;
    return found;
}

}  // namespace base
