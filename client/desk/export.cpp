#include "client/desk/export.hpp"

#include <fmt/format.h>

#include "client/desk/fetched.hpp"
#include "client/desk/report_text.hpp"
#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/files.hpp"
#include "client/print.hpp"

namespace desk {

client::result<void> export_report(const export_order& order) {
    if (auto may = client::may_create(order.to); !may) return may;
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto read = fetch_and_open(*session, order.id);
    if (!read) return std::unexpected(read.error());
    const auto& [item, opened, spoiled] = *read;
    // Nothing leaves this desk that its trail does not know of.
    if (auto told = say_seen(*session, item.row.id, "geexporteerd"); !told) return told;
    print_error(alarms_text(opened.alarms, spoiled));
    auto text = report_json(item, opened.report, opened.alarms);
    if (auto made = client::create_file(order.to, text.text(), 0600); !made) return made;
    if (!item.row.geopend)
        print_error(
            "Exported is not opened: this report counts as opened once somebody reads it with baken desk "
            "open.\n");
    return say_done(
        order.json, {{"id", item.row.id}, {"bestand", order.to}},
        fmt::format("Wrote {}. It is not sealed: it is yours to keep safe, and to destroy.\n", order.to));
}

}  // namespace desk
