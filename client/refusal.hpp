// What a program says when it did not do what was asked: one plain sentence that says the mend (or several
// lines where several things are wrong at once), and the exit status that goes with it.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "client/errc.hpp"

namespace client {

inline constexpr int failed = 1;
inline constexpr int wrong_use = 2;

struct refusal {
    std::string sentence;
    int exit = failed;
    bool passing = false;  // the same may succeed in a while: a lost connection, an overloaded server

    explicit refusal(std::string text, int status = failed) : sentence(std::move(text)), exit(status) {}
    // Every room's errc has its sentence, found by argument.
    template <class E>
        requires std::is_enum_v<E>
    refusal(E error) : sentence(text(error)) {  // NOLINT: an errc is a refusal
        if constexpr (std::is_same_v<E, errc>) passing = may_pass(error);
    }
};

template <class T>
using result = std::expected<T, refusal>;

[[nodiscard]] inline std::unexpected<refusal> refuse(std::string sentence, int status = failed) {
    return std::unexpected(refusal(std::move(sentence), status));
}

}  // namespace client
