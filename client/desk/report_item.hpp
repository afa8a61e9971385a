// One report as GET …/meldingen/{id} gives it: what protocol::open_report needs, and what the server
// knows besides.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "client/desk/epoch_secrets.hpp"
#include "client/desk/listing.hpp"
#include "client/line/errc.hpp"
#include "crypto/protocol/sealing.hpp"

namespace desk {

struct report_item {
    protocol::received_report received;
    desk::row row;
    std::size_t messages = 0, notes = 0, files = 0;
    bool withheld = false;  // its key and body are kept back: it is ordered to be destroyed
};

// bad_answer where it is no item, or one of another id. The sealed key of this desk stands beside the
// recipients (api.md); other desks' keys are nobody's here.
[[nodiscard]] std::expected<report_item, client::errc> read_item(std::string_view body, std::string_view desk,
                                                                 std::string_view id);

// The server says to which week the key of this desk is sealed, not to which key: finds, among the secrets of
// that week, the one that opens it. Where none does, one of them stays named, and the report does not open.
void name_key(report_item& item, std::string_view desk, const epoch_secrets& secrets);

}  // namespace desk
