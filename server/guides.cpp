#include "server/guides.hpp"

#include <vector>

#include "crypto/protocol/calendar.hpp"
#include "server/domain_files/data_files.hpp"
#include "server/domain_files/fault.hpp"

std::expected<guides, std::string> guides::read(const config::config& config) {
    const guide::data_files schema(config.schema, config.schema_own);
    const auto version = schema.version();
    auto gemeenten = guide::gemeenten::load(schema);
    auto staffing = guide::staffing::load(schema);
    auto codes = guide::codes::load(schema);
    std::vector<guide::fault> faults;
    std::shared_ptr<const guide::handbook> handbook;
    const auto add = [&](const auto& read) {
        if (!read) faults.insert(faults.end(), read.error().begin(), read.error().end());
    };
    add(gemeenten);
    add(staffing);
    add(codes);
    if (gemeenten) {
        auto read =
            guide::handbook::load(schema, *gemeenten, protocol::system_clock().today(), config.demonstration);
        add(read);
        if (read) handbook = std::move(*read);
    }
    // Somebody copied files while they were read: what was read is no version that anybody checked.
    if (faults.empty() && schema.version() != version)
        faults.push_back({(config.schema_own.empty() ? config.schema : config.schema_own).string(), 0,
                          "files changed while they were read: read them again"});
    if (faults.empty())
        return guides{std::make_shared<const guide::gemeenten>(std::move(*gemeenten)),
                      std::make_shared<const guide::staffing>(std::move(*staffing)),
                      std::make_shared<const guide::codes>(std::move(*codes)), std::move(handbook), version};
    std::string all = "The data under schema/ cannot be used:";
    for (const auto& fault : faults) all += "\n  " + text(fault);
    return std::unexpected(std::move(all));
}
