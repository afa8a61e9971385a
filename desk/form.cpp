#include "desk/form.hpp"

#include <fmt/format.h>

#include "crypto/encoding.hpp"
#include "desk/print.hpp"

namespace desk {

leaflet wrong(std::string sentence) { return {std::move(sentence), client::wrong_use}; }

form::form(std::string_view name, std::string_view duty)
    : app(std::string(duty), fmt::format("baken {}", name)) {}

void ask_for_server(CLI::App& app, place_flags& place) {
    app.add_option("--profile", place.profile,
                   "TOML file with what follows; default $XDG_CONFIG_HOME/baken/baken.toml");
    app.add_option("--server", place.flags.server, "https://host[:port]");
    app.add_option("--root", place.flags.root,
                   "file of the root key that you trust; twice while the root key changes")
        ->allow_extra_args(false);
    app.add_option("--cacert", place.flags.cacert, "trust only the certificates of this file");
    app.add_option("--state", place.flags.state, "directory in which to remember what the server showed");
    app.add_option("--least-version", place.flags.least_version, "refuse a directory below this version")
        ->check(CLI::PositiveNumber);
}

void ask_for_desk(CLI::App& app, place_flags& place) {
    ask_for_server(app, place);
    app.add_option("--loket", place.flags.loket, "your desk's id");
    app.add_option("--key", place.flags.key, "your key file");
    app.add_option("--passphrase-file", place.flags.passphrase_file,
                   "file of its passphrase, mode 0600; else it is asked for");
}

void ask_for_id(CLI::App& app, std::string& id) {
    app.add_option("ID", id, "the report's id, as baken desk pull lists it")->required();
}

void ask_for_ids(CLI::App& app, std::vector<std::string>& ids) {
    app.add_option("ID", ids, "the reports' ids, as baken desk pull lists them")->required();
}

std::string fault_of_ids(const std::vector<std::string>& ids) {
    for (const auto& id : ids)
        if (!crypto::uuid::parse(id))
            return fmt::format("'{}' is no report id; copy all 36 characters of it from baken desk pull.",
                               escaped_line(id));
    return {};
}

std::expected<void, leaflet> fill(form& form, const words& arguments) {
    try {
        // CLI11 takes them from the back.
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        form.app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return std::unexpected(leaflet{form.app.help(), 0});
    } catch (const CLI::ParseError& error) {
        return std::unexpected(
            wrong(fmt::format("{}; see {} --help.", escaped_line(error.what()), form.app.get_name())));
    }
    if (auto fault = form.fault(); !fault.empty()) return std::unexpected(wrong(std::move(fault)));
    return {};
}

}  // namespace desk
