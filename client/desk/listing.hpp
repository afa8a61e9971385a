// A desk's list of reports as GET …/meldingen gives it, and one line of it as people read it.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "client/line/session.hpp"
#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json.hpp"

namespace desk {

struct row {
    std::string id, status, rol, epoch;
    std::string ontvangen;  // day
    bool spoed = false;
    std::int64_t size = 0;  // of the sealed body, bytes
    std::int64_t revisie = 0;
    bool geopend = false;            // by somebody of its first desk
    bool unopenable = false;         // no desk that has it can open it
    std::string termijn, einde;      // days; empty: none
    std::string kept_until, kept;    // bewaren: a day and a reason; empty: not kept
    protocol::json::object members;  // as the server gave them, without sealedKey and body
};

struct page {
    std::vector<row> rows;
    std::string cursor;
    bool more = false;
    std::int64_t unreadable = 0;  // left out: the server's database is damaged where they lie
};

// bad_answer where it is no page, or its cursor has other characters than [A-Za-z0-9_-].
[[nodiscard]] std::expected<page, client::errc> read_page(std::string_view body);

// The query that asks for what lies behind a cursor (empty: from the beginning); wait in seconds, 0 for none.
[[nodiscard]] std::string page_query(std::string_view cursor, std::string_view status, int wait);

// The desk's whole list, of one status or (empty) of all; each report once, though it may be delivered again.
[[nodiscard]] client::result<std::vector<row>> every_row(client::session& session, std::string_view status);

// What a list and an item say alike of a report's days.
void read_terms(protocol::reading& from, row& to);
// "Kept until …", "Destroyed on …": sentences for people, a space between; empty where there is nothing to
// say.
[[nodiscard]] std::string end_text(const row& row);

[[nodiscard]] std::string heading();
[[nodiscard]] std::string line_of(const row& row);
[[nodiscard]] std::string json_line_of(const row& row);

}  // namespace desk
