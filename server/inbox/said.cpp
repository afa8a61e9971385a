#include "server/inbox/said.hpp"

#include <optional>

namespace inbox {

said read_said(const protocol::json::object& object, protocol::faults& found) {
    protocol::reading r(object, "", found, protocol::unknown::refuse);
    said out;
    out.id = r.id("id");
    out.what = r.one_of("handeling", {opened, exported, unopenable});
    if (const auto until = r.has("tot") ? r.text_or_null("tot", 64) : std::nullopt) {
        if (!crypto::uuid::parse(*until))
            r.add("tot", "formaat", "A message is named by a random UUIDv4 in lower case.");
        else if (out.what != opened)
            r.add("tot", "waarde", "Messages can only be read with geopend; leave tot null.");
        else
            r.add("tot", "waarde", "This report has no such message.");
    }
    r.finish();
    return out;
}

}  // namespace inbox
