#include "server/configured.hpp"

#include <fmt/format.h>

#include "base/watch/log.hpp"
#include "server/http/grammar.hpp"
#include "server/net/tls_context.hpp"

std::expected<void, std::string> check_private(const std::filesystem::path& file) {
    std::error_code error;
    auto open_to_others = std::filesystem::status(file, error).permissions() &
                          (std::filesystem::perms::group_all | std::filesystem::perms::others_all);
    if (error || open_to_others == std::filesystem::perms::none) return {};
    return std::unexpected(
        fmt::format("{} can be read by others; run: chmod 600 {}", file.string(), file.string()));
}

std::expected<void, std::string> check_names(const std::vector<std::string>& names) {
    for (const auto& name : names)
        if (http::authority(name) != name)
            return std::unexpected(fmt::format(
                "'names': no browser asks for '{}'; write a host, and a port only where it is not 443",
                name));
    return {};
}

std::expected<std::vector<jobs::profile>, std::string> read_profiles(const config::config& config) {
    if (!config.retention) return std::vector<jobs::profile>();
    auto read = jobs::read_profiles(*config.retention);
    if (read) return std::move(*read);
    auto all = config.retention->string() + ":";
    for (const auto& fault : read.error()) all += "\n  " + fault;
    return std::unexpected(std::move(all));
}

std::optional<protocol::day> last_wraps_day(const config::config& config) {
    std::optional<protocol::day> out;
    for (const auto& one : config.wrap_backup_keys)
        if (const auto day = protocol::day::parse(one.last_day); day && (!out || *out < *day)) out = *day;
    return out;
}

namespace {

void tell_wraps_key(const config::config& config, protocol::day today) {
    const auto last = last_wraps_day(config);
    if (!last) return;
    const int left = *last - today;
    if (left < 0)
        watch::fault(
            "the key that backups of wraps are sealed to has ended: make the next with baken admin "
            "backup-keygen --for wraps",
            {{"days-ago", -left}});
    else if (left <= wraps_key_days_ahead)
        watch::note(
            "the key that backups of wraps are sealed to ends soon: make the next with baken admin "
            "backup-keygen --for wraps",
            {{"days", left}});
}

void tell_certificate(const config::config& config, protocol::day today) {
    auto tls = net::tls_context::load({config.certificate.string(), config.certificate_key.string()});
    if (!tls) return;  // the start refuses it, and a reload keeps the old one
    const int left = protocol::day::of(tls->ends()) - today;
    if (left < 0)
        watch::fault("the certificate has ended: no browser takes it any more", {{"days-ago", -left}});
    else if (left <= certificate_days_ahead)
        watch::note("the certificate ends soon: put a new one in its place, then SIGHUP", {{"days", left}});
}

}  // namespace

void tell_configured(const config::config& config, protocol::day today) {
    const auto again = config::read(config.file);
    const auto& now = again ? *again : config;
    tell_wraps_key(now, today);
    tell_certificate(config, today);
    if (!config.retention && !config.demonstration)
        watch::note("no retention profiles are configured: no report is destroyed by itself");
}
