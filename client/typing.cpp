#include "client/typing.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace client {

std::size_t typing_distance(std::string_view a, std::string_view b) {
    // Optimal string alignment: three rows of the table are enough.
    std::vector<std::size_t> older(b.size() + 1), old(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) old[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], older[j - 2] + 1);
        }
        older.swap(old);
        old.swap(row);
    }
    return old[b.size()];
}

std::vector<std::string_view> close_to(std::string_view typed, std::span<const std::string_view> words) {
    std::vector<std::string_view> out;
    if (typed.size() > 40) return out;
    for (auto word : words) {
        auto distance = typing_distance(typed, word);
        if (distance <= 2 && distance < typed.size()) out.push_back(word);
    }
    return out;
}

std::string listed(std::span<const std::string_view> words, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
        out += words[i];
    }
    return out;
}

}  // namespace client
