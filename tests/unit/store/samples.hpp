// Rows to put into a store, and a store of its own: an SQLite file, or, where BAKEN_TEST_POSTGRES names a
// cluster, a database there. What is true of one engine only is tagged with its name.
#pragma once

#include <cstdlib>
#include <memory>
#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/async/run_now.hpp"
#include "crypto/hash.hpp"
#include "server/store/open.hpp"
#include "server/store/postgres/connection.hpp"
#include "server/store/sqlite/connection.hpp"
#include "tests/unit/client/scratch.hpp"

namespace samples {

using async::run_now;

// Where the store of this file is: the file, or a database of its own, made when it is first asked for.
inline std::string place(const std::string& file) {
    const char* cluster = std::getenv("BAKEN_TEST_POSTGRES");
    if (!cluster) return file;
    auto name = "t" + crypto::hex(crypto::sha256(crypto::as_bytes(file))).substr(0, 20);
    std::string uri = cluster;
    uri.replace(uri.find("/postgres?"), 9, "/" + name);
    static std::set<std::string> made;
    if (made.insert(name).second) {
        auto db = store::postgres::connection::open(cluster, store::postgres::use::write);
        REQUIRE(db);
        REQUIRE((*db)->script("CREATE DATABASE " + name + " TEMPLATE template0"));
    }
    return uri;
}

// A connection past the store.
inline std::unique_ptr<store::sql::connection> beside(const std::string& file) {
    const auto at = place(file);
    if (store::names_postgres(at))
        return store::postgres::connection::open(at, store::postgres::use::migrate).value();
    return store::sqlite::connection::open(at, store::sqlite::mode::write).value();
}
inline void change(const std::string& file, const std::string& sql) { REQUIRE(beside(file)->script(sql)); }
inline std::int64_t number(const std::string& file, const std::string& sql) {
    auto db = beside(file);
    auto rows = db->query(sql.c_str()).value();
    REQUIRE(rows.next().value());
    return rows.integer(0);
}
inline std::string text(const std::string& file, const std::string& sql) {
    auto db = beside(file);
    auto rows = db->query(sql.c_str()).value();
    REQUIRE(rows.next().value());
    return std::string(rows.text(0));
}
inline std::vector<crypto::uuid> ids(const std::string& file, const std::string& sql) {
    auto db = beside(file);
    std::vector<crypto::uuid> out;
    REQUIRE(store::sql::each(db->query(sql.c_str()), [&](const store::sql::rows& r) {
        crypto::uuid id;
        id.bytes = crypto::to_block<16>(r.blob(0)).value();
        out.push_back(id);
    }));
    return out;
}

inline std::unique_ptr<store::store> open(const std::string& file, store::limits limits = {}) {
    auto opened = store::open(place(file), limits);
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

// A document of trust is stored with the hash of its token.
inline std::string hash_of(std::string_view token) { return crypto::hash_text(crypto::as_bytes(token)); }

// A line that says its number and the hash of the line before.
inline std::string line_bytes(const store::head& previous, std::string_view word) {
    return fmt::format("{} {} {}", previous.line + 1, previous.hash, word);
}
inline store::trail_write line(std::string desk, std::string word = "x") {
    return {std::move(desk), [word](const store::head& previous) { return line_bytes(previous, word); }};
}

// What a member of this desk says of a report.
inline store::sighting sighting(const crypto::uuid& report, std::string desk, std::string what = "geopend",
                                std::string lid = "somebody", std::string role = "medewerker") {
    store::sighting out;
    out.id = crypto::uuid::random();
    out.report = report;
    out.desk = std::move(desk);
    out.lid = std::move(lid);
    out.role = std::move(role);
    out.what = std::move(what);
    out.request_hash = crypto::sha256(out.id.bytes);
    out.today = 20790;
    out.released = [](const store::head& previous, const std::string&, const std::string& fallback) {
        return line_bytes(previous, "released " + fallback);
    };
    return out;
}
inline store::added_sighting say(store::store& store, store::sighting what) {
    const auto desk = what.desk, word = what.what;
    auto said = run_now(store.add_sighting(std::move(what), line(desk, word)));
    if (!said) FAIL(store::text(said.error()));
    return std::move(*said);
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
