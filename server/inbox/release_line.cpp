#include "server/inbox/release_line.hpp"

#include <fmt/format.h>

#include "crypto/protocol/trail.hpp"
#include "crypto/protocol/trail_actions.hpp"

namespace inbox {

std::string release_line(const store::head& previous, const crypto::uuid& report, std::string_view first,
                         std::string_view fallback, std::optional<std::int64_t> hour, protocol::day today) {
    const auto& form = protocol::form_of(protocol::action::fallback_released);
    protocol::trail_entry entry;
    entry.dag = today;
    entry.lid = form.clock;
    entry.handeling = form.code;
    entry.object = report.text();
    entry.signature_base = fmt::format("eerste: {}\nachtervang: {}\n", first, fallback);
    if (hour)
        entry.signature_base +=
            fmt::format("uur: {}T{:02}:00Z", protocol::day::of(*hour * 3600).text(), *hour % 24);
    else
        entry.signature_base += "reden: niet-te-openen";
    return protocol::write_line(entry, {previous.line, previous.hash});
}

}  // namespace inbox
