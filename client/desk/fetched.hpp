// A report of the desk, fetched and opened: what opening, exporting and keeping begin with.
#pragma once

#include <string>
#include <string_view>

#include "client/desk/epoch_secrets.hpp"
#include "client/desk/report_item.hpp"
#include "client/line/session.hpp"

namespace desk {

// GET …/meldingen/{id}: the server writes into the trail that it was fetched.
[[nodiscard]] client::result<report_item> fetch_item(client::session& session, const std::string& id);

// The epoch secrets that this officer's wraps hold.
[[nodiscard]] client::result<epoch_secrets> own_secrets(client::session& session,
                                                        const client::published& published);

// All of it for one report, named by its id or a beginning that fits no other. What was spoiled is told on
// standard error before a refusal; and where it does not open, the server is told so, and the refusal says
// that: an urgent one then goes to the fallback desk at once.
struct opened_item {
    report_item item;
    protocol::opened_report opened;
    std::vector<std::string> spoiled;  // epochs whose wrap does not hold the signed key's secret
};
[[nodiscard]] client::result<opened_item> fetch_and_open(client::session& session, const std::string& typed);

// Tells the server what only this program knows: "geopend", "geexporteerd" or "niet-te-openen". The server's
// word for what was not done begins the refusal.
[[nodiscard]] client::result<void> say_seen(client::session& session, const std::string& id,
                                            std::string_view what);

}  // namespace desk
