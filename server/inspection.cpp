#include "server/inspection.hpp"

#include <fmt/format.h>

#include "crypto/protocol/calendar.hpp"
#include "server/configured.hpp"
#include "server/guides.hpp"
#include "server/net/tls_context.hpp"
#include "server/pages/pages.hpp"
#include "server/stored.hpp"

namespace {

void take(const std::expected<void, std::string>& judged, inspected& into) {
    if (!judged) into.faults.push_back(judged.error());
}

inspected of_configuration(const config::config& config) {
    inspected out{"configuration", config.file.string(), {}, {}};
    take(check_names(config.names), out);
    take(pages::pages::check(config.languages), out);
    return out;
}

inspected of_data_files(const config::config& config, const std::expected<guides, std::string>& read) {
    inspected out{"data files", config.schema.string(), {}, {}};
    if (!config.schema_own.empty()) out.saw += ", before it " + config.schema_own.string();
    if (read)
        out.saw += ", version " + read->version;
    else
        out.faults.push_back(read.error());
    return out;
}

inspected of_certificate(const config::config& config, protocol::day today) {
    inspected out{"certificate", config.certificate.string(), {}, {}};
    take(check_private(config.certificate_key), out);
    auto tls = net::tls_context::load({config.certificate.string(), config.certificate_key.string()});
    if (!tls) {
        out.faults.push_back(tls.error().sentence());
        return out;
    }
    const auto last = protocol::day::of(tls->ends());
    out.saw += ", last day " + last.text();
    if (last < today)
        out.faults.push_back(fmt::format("{} ended on {}: no browser takes it any more; put a new one there",
                                         config.certificate.string(), last.text()));
    else if (last - today <= certificate_days_ahead)
        out.notes.push_back(fmt::format("{} days are left: put a new one there", last - today));
    return out;
}

inspected of_retention(const config::config& config,
                       const std::expected<std::vector<jobs::profile>, std::string>& profiles) {
    inspected out{"retention", config.retention ? config.retention->string() : "no profiles", {}, {}};
    if (!profiles)
        out.faults.push_back(profiles.error());
    else if (config.retention)
        out.saw += fmt::format(", {} {}", profiles->size(), profiles->size() == 1 ? "profile" : "profiles");
    else
        out.notes.emplace_back(no_retention);
    return out;
}

// In a demonstration nothing is missing: its pages say that nobody is behind it.
inspected of_about(const config::config& config, protocol::day today) {
    inspected out{"about", config.about.name.empty() ? "nobody" : config.about.name, {}, {}};
    if (const auto* day = config.about.day ? &*config.about.day : nullptr) {
        out.saw += ", as of " + day->text();
        if (today < *day) out.notes.emplace_back("'about-day' lies in the future");
        if (today - *day > pages::security_days - about_days_ahead)
            out.notes.push_back(
                fmt::format("make sure of the keys about-… again and write the new 'about-day': security.txt "
                            "holds until {}",
                            (*day + pages::security_days).text()));
    }
    std::string keys;
    for (const auto& key : missing(config.about)) keys += (keys.empty() ? "'" : ", '") + key + "'";
    if (!keys.empty() && !config.demonstration)
        out.notes.push_back(
            fmt::format("visitors read that nobody filled in who is behind this: write {}", keys));
    return out;
}

}  // namespace

std::vector<inspected> inspect(const config::config& config) {
    const auto today = protocol::system_clock().today();
    const auto read = guides::read(config);
    const auto profiles = read_profiles(config);
    std::vector<inspected> out{of_configuration(config), of_data_files(config, read),
                               of_certificate(config, today), of_retention(config, profiles),
                               of_about(config, today)};
    const stored_beside beside{profiles ? *profiles : std::vector<jobs::profile>(),
                               read ? read->staffing->named() : std::vector<std::string>()};
    for (auto& one : inspect_stored(config, beside, today)) out.push_back(std::move(one));
    return out;
}

std::string shown(const std::vector<inspected>& all) {
    std::string out = "Looked at, and at nothing else:\n";
    for (const auto& one : all) {
        out += fmt::format("  {:<5}  {:<14}  {}\n", one.faults.empty() ? "" : "FAULT", one.what, one.saw);
        for (const auto& note : one.notes) out += fmt::format("  note   {:<14}  {}\n", "", note);
    }
    return out;
}
