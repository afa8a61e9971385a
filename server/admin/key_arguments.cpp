#include "server/admin/key_arguments.hpp"

#include <CLI/CLI.hpp>

namespace admin {

void add_key_pair_options(CLI::App& app, key_pair_options& files) {
    app.add_option("--to", files.to, "the key file to make; its public line also goes to FILE.pub")
        ->type_name("FILE")
        ->required();
    app.add_option("--passphrase-file", files.passphrase_file,
                   "file with its passphrase, mode 0600 (default: the terminal is asked)")
        ->type_name("FILE");
    app.add_option_function<std::string>(
           "--cost", [&files](const std::string& cost) { files.quick = cost == "interactive"; },
           "of trying a passphrase")
        ->type_name("COST")
        ->check(CLI::IsMember({"moderate", "interactive"}))
        ->default_str("moderate");
}

}  // namespace admin
