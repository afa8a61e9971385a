#include "client/report/draft.hpp"

#include <fmt/format.h>

#include "client/here/files.hpp"
#include "crypto/protocol/json_lines.hpp"

namespace desk {

client::result<draft> read_draft(const std::string& file) {
    constexpr std::size_t most_draft = 2u << 20;
    auto text = client::read_plain(file, most_draft);
    if (!text) return std::unexpected(text.error());
    auto report = protocol::report::draft(text->text());
    if (report) return draft{std::move(*text), std::move(*report)};
    const auto name = file == "-" ? std::string("standard input") : file;
    std::string lines = fmt::format("The report was not sent; correct this in {}:", name);
    const protocol::json_lines places(text->text());
    for (const auto& fault : report.error())
        lines += fault.location.empty() ? fmt::format("\n  {}", fault.detail)
                                        : fmt::format("\n  line {}, {}: {}", places.of(fault.location),
                                                      fault.location, fault.detail);
    return client::refuse(std::move(lines));
}

}  // namespace desk
