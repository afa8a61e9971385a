// What a program says when it did not do what was asked: one plain sentence that says the mend (or several
// lines where several things are wrong at once), the exit status that goes with it, and a code for machines.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "client/line/errc.hpp"

namespace protocol {
enum class errc;
}

namespace client {

inline constexpr int failed = 1;
inline constexpr int wrong_use = 2;

struct refusal {
    std::string sentence;
    int exit = failed;
    bool passing = false;     // the same may succeed in a while: a lost connection, an overloaded server
    std::string_view code{};  // of the list at code_of; empty: what exit and passing say

    explicit refusal(std::string text, int status = failed) : sentence(std::move(text)), exit(status) {}
    // Every room's errc has its sentence, found by argument.
    template <class E>
        requires std::is_enum_v<E>
    refusal(E error) : sentence(text(error)) {  // NOLINT: an errc is a refusal
        if constexpr (std::is_same_v<E, errc>) passing = may_pass(error);
        if constexpr (std::is_same_v<E, errc>) code = client::code(error);
        // What a document is refused for: the server's word, or its keys, are not those to believe.
        if constexpr (std::is_same_v<E, protocol::errc>) code = "not-trusted";
    }
};

// wrong-use, try-later, not-trusted, perhaps-stored (all four as the exit statuses of `report submit`),
// not-accepted (401), not-allowed (403), not-there (404), conflict (409), interrupted, failed. A closed list:
// what reads `--json` acts on it.
[[nodiscard]] std::string_view code_of(const refusal& refusal);

template <class T>
using result = std::expected<T, refusal>;

[[nodiscard]] inline std::unexpected<refusal> refuse(std::string sentence, int status = failed,
                                                     std::string_view code = {}) {
    refusal out(std::move(sentence), status);
    out.code = code;
    return std::unexpected(std::move(out));
}

}  // namespace client
