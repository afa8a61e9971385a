#include "client/form.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "client/desk/whole_ids.hpp"
#include "client/here/typing.hpp"
#include "client/print.hpp"
#include "crypto/encoding.hpp"

namespace desk {

namespace {

constexpr auto place_group = "Where and as whom (usually the profile says it)";

// Options that this verb has not, before CLI11 says what is missing because of them.
std::string unknown_options(const CLI::App& app, const words& given) {
    std::vector<std::string> names;
    for (const auto* option : app.get_options()) names.push_back(option->get_name());
    const std::vector<std::string_view> known(names.begin(), names.end());
    std::string out;
    for (std::size_t i = 0; i < given.size() && given[i] != "--"; ++i) {
        const std::string_view word = given[i];
        const auto name = word.substr(0, word.find('='));
        if (!name.starts_with("--")) continue;
        if (const auto* option = app.get_option_no_throw(std::string(name))) {
            if (name == word && option->get_items_expected_min() > 0) ++i;  // what follows is its value
            continue;
        }
        const auto close = client::close_to(name, known);
        out += (out.empty() ? "" : "\n") +
               fmt::format("'{}' is not an option of {}", escaped_line(name), app.get_name());
        out += close.empty() ? fmt::format("; see {} --help.", app.get_name())
                             : fmt::format("; did you mean {}?", client::listed(close, "or"));
    }
    return out;
}

// CLI11's sentence where it is one; what it says of a missing value is none.
std::string sentence_of(const CLI::ParseError& error) {
    const std::string said = error.what();
    if (error.get_name() == "ArgumentMismatch")
        return fmt::format("{} needs a value", said.substr(0, said.find(':')));
    return said;
}

}  // namespace

leaflet wrong(std::string sentence) { return {std::move(sentence), client::wrong_use}; }

form::form(std::string_view name, std::string_view duty, std::string_view example)
    : app(std::string(duty), fmt::format("baken {}", name)) {
    app.set_help_flag("-h,--help", "show this");
    app.get_formatter()->label("REQUIRED", "(needed)");
    if (!example.empty()) app.footer(fmt::format("Example: baken {}", example));
}

void ask_for_server(CLI::App& app, place_flags& place) {
    const auto option = [&](const char* name, auto& to, const char* value, const char* what) {
        return app.add_option(name, to, what)->type_name(value)->group(place_group);
    };
    option("--profile", place.profile, "FILE",
           "TOML file that says what follows (server, root, …); default $XDG_CONFIG_HOME/baken/baken.toml");
    option("--server", place.flags.server, "URL", "https://host[:port]");
    option("--root", place.flags.root, "FILE",
           "the root key that you trust; give it twice while the root key changes")
        ->allow_extra_args(false);
    option("--cacert", place.flags.cacert, "FILE", "trust only the certificates in this file");
    option("--state", place.flags.state, "DIR", "where to remember what servers showed");
    option("--least-version", place.flags.least_version, "N", "refuse a directory below this version")
        ->check(static_cast<const CLI::Validator&>(CLI::PositiveNumber).description(""));
}

void ask_for_desk(CLI::App& app, place_flags& place) {
    ask_for_server(app, place);
    const auto option = [&](const char* name, auto& to, const char* value, const char* what) {
        app.add_option(name, to, what)->type_name(value)->group(place_group);
    };
    option("--loket", place.flags.loket, "DESK", "your desk's id");
    option("--key", place.flags.key, "FILE", "your key file");
    option("--passphrase-file", place.flags.passphrase_file, "FILE",
           "its passphrase, in a file of mode 0600; without it you are asked");
}

void ask_for_id(CLI::App& app, std::string& id) {
    app.add_option("ID", id, "the report's id, or as much of its beginning as fits no other report")
        ->required()
        ->type_name("");
}

void ask_for_ids(CLI::App& app, std::vector<std::string>& ids) {
    app.add_option("ID", ids, "the reports' ids, or as much of each one's beginning as fits no other report")
        ->required()
        ->type_name("");
}

std::string fault_of_ids(const std::vector<std::string>& ids) {
    std::string out;
    for (const auto& id : ids)
        if (!is_beginning(id))
            out +=
                (out.empty() ? "" : "\n") + fmt::format(
                                                "'{}' is not a report's id; copy it from baken desk pull, or "
                                                "at least its first {} characters.",
                                                escaped_line(id), shortest_beginning);
    return out;
}

std::string fault_of_whole_id(const std::string& id) {
    if (crypto::uuid::parse(id)) return {};
    return fmt::format("'{}' is not a whole report id; copy all 36 characters of it from baken desk pull.",
                       escaped_line(id));
}

void ask_for_json(CLI::App& app, bool& json, const char* what) { app.add_flag("--json", json, what); }

std::expected<void, leaflet> fill(form& form, const words& arguments) {
    const bool helped =
        std::ranges::any_of(arguments, [](const auto& w) { return w == "--help" || w == "-h"; });
    if (auto typed = unknown_options(form.app, arguments); !typed.empty() && !helped)
        return std::unexpected(wrong(std::move(typed)));
    try {
        // CLI11 takes them from the back.
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        form.app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return std::unexpected(leaflet{form.app.help(), 0});
    } catch (const CLI::ParseError& error) {
        return std::unexpected(
            wrong(fmt::format("{}; see {} --help.", escaped_line(sentence_of(error)), form.app.get_name())));
    }
    if (auto fault = form.fault(); !fault.empty()) return std::unexpected(wrong(std::move(fault)));
    return {};
}

}  // namespace desk
