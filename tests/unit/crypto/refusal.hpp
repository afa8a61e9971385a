// What a result refused with, or nothing where it holds a value: makes refusals one line in a test, and
// printable.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include <catch2/catch.hpp>

#include "crypto/errc.hpp"

template <class T>
std::optional<crypto::errc> refusal(const std::expected<T, crypto::errc>& result) {
    if (result) return std::nullopt;
    return result.error();
}

template <>
struct Catch::StringMaker<std::optional<crypto::errc>> {
    static std::string convert(const std::optional<crypto::errc>& error) {
        return error ? std::string(crypto::text(*error)) : "(no refusal)";
    }
};
