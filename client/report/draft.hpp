// A report as somebody wrote it, in a file.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/plain.hpp"
#include "crypto/protocol/report.hpp"

namespace desk {

struct draft {
    crypto::plain text;
    protocol::report report;
};

// file: "-" is standard input. Refused with every fault, each with its line.
[[nodiscard]] client::result<draft> read_draft(const std::string& file);

}  // namespace desk
