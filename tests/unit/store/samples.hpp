// Rows to put into a store, and a store in a directory of its own.
#pragma once

#include <memory>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "async/run_now.hpp"
#include "crypto/hash.hpp"
#include "server/store/open.hpp"
#include "tests/unit/client/scratch.hpp"

namespace samples {

using async::run_now;

inline std::unique_ptr<store::store> open(const std::string& file, store::limits limits = {}) {
    auto opened = store::open(file, limits);
    if (!opened) FAIL(store::text(opened.error()));
    return std::move(*opened);
}

inline crypto::sealed sealed(std::size_t size, std::uint8_t fill) {
    return crypto::sealed::received(crypto::bytes(size, fill));
}

inline store::recipient_row recipient(std::string desk, std::string role = "eerste") {
    return {std::move(desk), std::move(role), "2026-W47", {1, 2, 3, 4, 5, 6, 7, 8}, sealed(96, 9)};
}

// A report to this desk alone; its request hash is that of its id.
inline store::new_report report(const std::string& desk, crypto::uuid id = crypto::uuid::random()) {
    store::new_report out;
    out.id = id;
    out.request_hash = crypto::sha256(id.bytes);
    out.day = 20778;
    out.body = sealed(4096, 7);
    out.recipients.push_back(recipient(desk));
    return out;
}

// A line that says its number and the hash of the line before.
inline std::string line_bytes(const store::head& previous, std::string_view word) {
    return fmt::format("{} {} {}", previous.line + 1, previous.hash, word);
}
inline store::trail_write line(std::string desk, std::string word = "x") {
    return {std::move(desk), [word](const store::head& previous) { return line_bytes(previous, word); }};
}

// The whole trail of a desk, its chain recomputed here; the head it ends in.
inline store::head walked(store::store& store, const std::string& desk) {
    auto lines = run_now(store.trail(desk, 0, 100000)).value();
    store::head head;
    for (const auto& bytes : lines) {
        auto start = fmt::format("{} {} ", head.line + 1, head.hash);
        if (!bytes.starts_with(start)) FAIL("line " << head.line + 1 << " does not follow");
        head = {head.line + 1, crypto::hash_text(crypto::as_bytes(bytes))};
    }
    auto said = run_now(store.head(desk)).value();
    CHECK(said.line == head.line);
    CHECK(said.hash == head.hash);
    return head;
}

template <class T>
store::errc refusal(const std::expected<T, store::errc>& answer) {
    REQUIRE_FALSE(answer.has_value());
    return answer.error();
}

}  // namespace samples
