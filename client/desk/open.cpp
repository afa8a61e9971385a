#include "client/desk/open.hpp"

#include <unistd.h>

#include "client/desk/fetched.hpp"
#include "client/desk/report_text.hpp"
#include "client/desk/session_of.hpp"
#include "client/here/wrapped.hpp"
#include "client/print.hpp"

namespace desk {

client::result<void> open(const open_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto read = fetch_and_open(*session, order.id);
    if (!read) return std::unexpected(read.error());
    const auto& [item, opened, spoiled] = *read;
    auto alarms = alarms_text(opened.alarms, spoiled);
    if (order.json) print_error(alarms);
    auto text = order.json ? report_json(item, opened.report, opened.alarms)
                           : report_text(item, opened.report, client::terminal_columns(STDOUT_FILENO));
    if (!print(order.json ? std::string_view() : std::string_view(alarms)) || !print(text.text()))
        return client::refuse(
            "Standard output is closed or full; the report was not shown whole, and counts as fetched, not "
            "as opened.");
    // Only what was shown was opened (protocol §3).
    if (auto told = say_seen(*session, item.row.id, "geopend"); !told)
        return client::refuse(
            "The report was shown, but for the server it counts as fetched, not as opened; open it once "
            "more. " +
            told.error().sentence);
    print_error("Opened; the server knows.\n");
    return {};
}

}  // namespace desk
