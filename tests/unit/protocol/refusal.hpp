// What a result refused with, or nothing where it holds a value: makes refusals one line in a test, and
// printable. For every errc whose text stands beside it.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <type_traits>

#include <catch2/catch.hpp>

template <class T, class E>
std::optional<E> refusal(const std::expected<T, E>& result) {
    if (result) return std::nullopt;
    return result.error();
}

template <class E>
    requires std::is_enum_v<E>
struct Catch::StringMaker<std::optional<E>> {
    static std::string convert(const std::optional<E>& error) {
        return error ? std::string(text(*error)) : "(no refusal)";
    }
};
