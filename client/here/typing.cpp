#include "client/here/typing.hpp"

#include <fmt/format.h>

#include "base/text/distance.hpp"

namespace client {

std::vector<std::string_view> close_to(std::string_view typed, std::span<const std::string_view> words) {
    std::vector<std::string_view> out;
    if (typed.size() > 40) return out;
    for (auto word : words) {
        auto distance = base::distance(typed, word, 2);
        if (distance && *distance < typed.size()) out.push_back(word);
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
