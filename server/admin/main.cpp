// baken-admin: the administrator's verbs. `baken admin …` runs it.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <new>
#include <span>
#include <string_view>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/process/guard.hpp"
#include "base/process/user.hpp"
#include "client/here/escaped.hpp"
#include "client/here/typing.hpp"
#include "server/admin/arguments.hpp"
#include "server/admin/backup/backup_arguments.hpp"
#include "server/admin/directory/directory_arguments.hpp"
#include "server/admin/guide/guide_arguments.hpp"
#include "server/admin/guide/places_arguments.hpp"
#include "server/admin/install/check.hpp"
#include "server/admin/install/demo.hpp"
#include "server/admin/install/init.hpp"
#include "server/admin/install/retention.hpp"
#include "server/admin/trail/audit_arguments.hpp"
#include "server/admin/trail/declaration.hpp"

namespace {

using namespace std::string_view_literals;

using admin::check_desk_id;
using admin::fail;
using admin::verb;
using admin::written;

// What can stand in the configuration file as it is.
std::string check_store(const std::string& text) {
    const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) {
        return c < 0x20 || c == 0x7f || c == '"' || c == '\\';
    });
    return plain && (text.starts_with("postgresql://") || text.starts_with("postgres://") ||
                     (text.starts_with("sqlite:") && text.size() > 7))
               ? ""
               : "a store is sqlite:FILE or postgresql://[user@][host]/database";
}

// A port that can be listened on.
const CLI::Validator check_port(
    [](std::string& text) {
        int number = 0;
        const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool fits =
            bad == std::errc() && end == text.data() + text.size() && 0 < number && number < 65536;
        return fits ? std::string() : fmt::format("'{}' is not a port: write a number from 1 to 65535", text);
    },
    "");

void add_init(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("init", "make a data directory: configuration, certificate, database");
    auto options = std::make_shared<admin::init_options>();
    auto demo = std::make_shared<bool>(false);
    options->schema = "/usr/share/baken/schema";
    sub->add_option("--data", options->data, "the directory to make")->type_name("DIR")->required();
    // As text first: a number that does not fit says more than that it could not be converted.
    sub->add_option("--port", options->port, "port on loopback")
        ->type_name("PORT")
        ->transform(check_port)
        ->capture_default_str();
    sub->add_option("--schema", options->schema, "the domain's data")
        ->type_name("DIR")
        ->capture_default_str();
    sub->add_option("--store", options->store,
                    "where the reports lie: postgresql://…, or sqlite:FILE (the default, in DIR)")
        ->type_name("STORE")
        ->check(check_store);
    auto* root = sub->add_option("--root", options->root, "file with the public root key, kept elsewhere")
                     ->type_name("FILE");
    auto* flag =
        sub->add_flag("--demo", *demo, "with a root key of its own and 14 desks with people, under DIR/demo");
    root->excludes(flag);
    sub->callback([options, demo, &chosen] {
        if (!*demo && options->root.empty())
            throw CLI::ValidationError(
                "init", "name the public root key with --root FILE, or make a demonstration with --demo");
        chosen = [options] {
            auto done = admin::init(*options);
            if (!done) return fail(done.error());
            fmt::print("made {}; start it with: bakend --config {}/bakend.toml\n", options->data,
                       options->data);
            std::fflush(stdout);
            if (!options->root.empty())
                fmt::print(stderr, "{}", client::escaped(admin::left_to_do(*options, *done)));
            return 0;
        };
    });
}

void add_demo_renew(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "demo-renew", "renew what ends soon in a demonstration: directory, stands, epoch keys");
    auto data = std::make_shared<std::string>();
    sub->add_option("--data", *data, "the data directory")->type_name("DIR")->required();
    sub->callback([data, &chosen] {
        chosen = [data] {
            auto made = admin::top_up(*data);
            if (!made) return fail(made.error());
            if (*made > 0) fmt::print("renewed: {} documents\n", *made);
            return 0;
        };
    });
}

void add_check(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "check", "look through the whole database, also while bakend runs: 0 all is whole, 1 it is not");
    auto data = std::make_shared<std::string>(".");
    auto as_json = std::make_shared<bool>(false);
    sub->add_option("--data", *data, "the data directory")->type_name("DIR")->capture_default_str();
    sub->add_flag("--json", *as_json, "what was found as one JSON object");
    sub->callback([data, as_json, &chosen] {
        chosen = [data, as_json] {
            auto result = admin::check(*data, ::isatty(STDERR_FILENO) == 1);
            if (!result) return fail(result.error());
            admin::write(*result, *as_json, std::cout);
            if (!std::cout.flush()) return fail(client::refusal("Standard output is closed or full."));
            return result->survey.faults == 0 ? 0 : client::failed;
        };
    });
}

// A day as the protocol writes it.
std::string check_day(const std::string& text) {
    return protocol::day::parse(text) ? "" : "a day is YYYY-MM-DD";
}

void add_retention(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "retention", "say which reports come to their end when, and why, or why not; also while bakend runs");
    auto options = std::make_shared<admin::retention_options>();
    options->data = ".";
    sub->add_option("--data", options->data, "the data directory")->type_name("DIR")->capture_default_str();
    sub->add_option("--within", options->within, "days ahead")
        ->type_name("DAYS")
        ->check(CLI::Range(0, 3650).description("0 to 3650"))
        ->capture_default_str();
    sub->add_flag("--json", options->json, "as one JSON object");
    sub->callback([options, &chosen] {
        chosen = [options] { return written(admin::retention(*options, std::cout)); };
    });
}

void add_declaration(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "declaration",
        "print from a desk's trail what was destroyed, a line a report: why, and by whose decision");
    auto options = std::make_shared<admin::declaration_options>();
    options->data = ".";
    sub->add_option("--data", options->data, "the data directory")->type_name("DIR")->capture_default_str();
    sub->add_option("--desk", options->desk, "the desk's id")
        ->type_name("DESK")
        ->required()
        ->check(check_desk_id);
    sub->add_option("--from", options->from, "the first day (YYYY-MM-DD)")
        ->type_name("DAY")
        ->check(check_day);
    sub->add_option("--to", options->to, "the last day")->type_name("DAY")->check(check_day);
    sub->add_flag("--full", options->full, "with what was signed for each");
    sub->add_flag("--json", options->json, "as one JSON object");
    sub->callback([options, &chosen] {
        chosen = [options] { return written(admin::declaration(*options, std::cout)); };
    });
}

// What was typed wrong, before CLI11 says what it lacks then: a verb, or an option of one. Empty: neither.
std::string typing_error(const CLI::App& program, std::span<char* const> words) {
    if (words.size() < 2 || words[1][0] == '-') return {};
    std::vector<std::string> kept;
    const auto meant = [&](std::string_view typed, const std::string& of, std::string_view what) {
        const std::vector<std::string_view> all(kept.begin(), kept.end());
        const auto close = client::close_to(typed, all);
        return fmt::format(
            "'{}' is not {} of {}; {}", typed, what, of,
            close.empty() ? "see " + of + " --help" : "did you mean " + client::listed(close, "or") + "?");
    };
    const auto verbs = program.get_subcommands([](const CLI::App*) { return true; });
    const auto verb = std::ranges::find(verbs, words[1], [](const CLI::App* sub) { return sub->get_name(); });
    if (verb == verbs.end()) {
        for (const auto* one : verbs) kept.push_back(one->get_name());
        return meant(words[1], "baken admin", "a verb");
    }
    for (const auto* option : (*verb)->get_options()) kept.push_back(option->get_name());
    for (std::size_t i = 2; i < words.size() && words[i] != "--"sv; ++i) {
        const std::string_view word = words[i];
        const auto name = word.substr(0, word.find('='));
        if (!name.starts_with("--")) continue;
        const auto* option = (*verb)->get_option_no_throw(std::string(name));
        if (!option) return meant(name, "baken admin " + (*verb)->get_name(), "an option");
        // What follows is its value, whatever it begins with: one public key in 4,096 begins with "--".
        if (name == word && option->get_items_expected_min() > 0) ++i;
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    process::guard();
    CLI::App program("baken admin: makes and keeps an installation.", "baken admin");
    program.require_subcommand(1);
    program.get_formatter()->label("REQUIRED", "(needed)");
    program.set_help_flag("-h,--help", "show this");
    program.set_version_flag("--version", "baken-admin " BAKEN_VERSION, "say which version this is");
    verb chosen;
    add_init(program, chosen);
    admin::add_directory_verbs(program, chosen);
    add_demo_renew(program, chosen);
    add_check(program, chosen);
    add_retention(program, chosen);
    add_declaration(program, chosen);
    admin::add_backup_verbs(program, chosen);
    admin::add_guide_verbs(program, chosen);
    admin::add_audit_verify(program, chosen);
    admin::add_places_import(program, chosen);
    if (const auto wrong = typing_error(program, {argv, static_cast<std::size_t>(argc)}); !wrong.empty()) {
        fmt::print(stderr, "baken admin: {}\n", client::escaped_line(wrong));
        return client::wrong_use;
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.exit(error);
        const auto verbs = program.get_subcommands();
        if (verbs.empty() && argc < 2) {
            fmt::print(stderr, "baken admin: name what to do; see baken admin --help.\n");
            return client::wrong_use;
        }
        fmt::print(stderr, "baken admin: {}; see baken admin {}--help.\n", client::escaped_line(error.what()),
                   verbs.empty() ? "" : verbs.front()->get_name() + " ");
        return client::wrong_use;
    }
    try {
        crypto::start();
        return chosen();
    } catch (const std::filesystem::filesystem_error& error) {
        fmt::print(stderr, "baken admin: {} cannot be used{}: {}.\n",
                   client::escaped_line(error.path1().string()), process::by_whom(error.code().value()),
                   error.code().message());
    } catch (const std::bad_alloc&) {
        fmt::print(stderr,
                   "baken admin: this machine's memory has run out; end other programs and try again.\n");
    } catch (const std::exception& error) {
        fmt::print(stderr,
                   "baken admin: it stopped on a fault of its own, to be reported as SECURITY.md says: {}\n",
                   client::escaped_line(error.what()));
    }
    return client::failed;
}
