// baken-admin: the administrator's verbs. `baken admin …` runs it.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <iostream>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "client/escaped.hpp"
#include "crypto/encoding.hpp"
#include "crypto/keys.hpp"
#include "process/guard.hpp"
#include "server/admin/audit_arguments.hpp"
#include "server/admin/backup_arguments.hpp"
#include "server/admin/check.hpp"
#include "server/admin/demo.hpp"
#include "server/admin/desk_add.hpp"
#include "server/admin/init.hpp"
#include "server/admin/retention.hpp"
#include "server/admin/verify.hpp"

namespace {

// What the chosen verb does; its exit status.
using verb = std::function<int()>;

int fail(const client::refusal& refusal) {
    fmt::print(stderr, "baken admin: {}\n", client::escaped(refusal.sentence));
    return refusal.exit;
}

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

void add_init(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("init", "make a data directory: configuration, certificate, database");
    auto options = std::make_shared<admin::init_options>();
    auto demo = std::make_shared<bool>(false);
    options->schema = "/usr/share/baken/schema";
    sub->add_option("--data", options->data, "the directory to make")->required();
    sub->add_option("--port", options->port, "port on loopback")->capture_default_str();
    sub->add_option("--schema", options->schema, "the domain's data")->capture_default_str();
    sub->add_option("--store", options->store,
                    "where the reports lie: postgresql://…, or sqlite:FILE (the default, in DIR)")
        ->check(check_store);
    auto* root = sub->add_option("--root", options->root, "file with the public root key, kept elsewhere");
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
            return 0;
        };
    });
}

// Checks a lead key on the command line, so that a typing error is told at once.
std::string check_key(const std::string& text) {
    auto key = crypto::block_from_b64u<32>(text);
    return key && crypto::can_verify_with(*key)
               ? ""
               : "a lead's public key is 43 characters of base64url, as `baken desk keygen` prints it";
}
// A name that people will read and that no later version can take back.
std::string check_name(const std::string& text) {
    bool clean =
        std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return clean && !text.empty() && text.size() <= 100
               ? ""
               : "a desk's name is 1 to 100 bytes, without control characters";
}
std::string check_desk_id(const std::string& text) {
    return protocol::is_desk_id(text) ? "" : "a desk's id is 1 to 40 of a-z, 0-9 and -, a letter first";
}

void add_desk_add(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("desk-add", "add a desk to the directory, sign it and publish it");
    struct given {
        admin::desk_add_options options;
        std::vector<std::string> leads;
        std::string fallback;
    };
    auto g = std::make_shared<given>();
    sub->add_option("--data", g->options.data, "the data directory")->required();
    sub->add_option("--id", g->options.desk.entry.id, "the desk's id on the wire")
        ->required()
        ->check(check_desk_id);
    sub->add_option("--name", g->options.desk.entry.naam, "its name, as people read it")
        ->required()
        ->check(check_name);
    sub->add_option("--kind", g->options.desk.entry.soort, "what it is")
        ->required()
        ->check(CLI::IsMember(
            {"politie", "zorg", "arbeid", "grens", "landelijk", "gemeente", "veiligheidshuis"}));
    sub->add_option("--lead", g->leads, "public key of a lead; two are better than one")
        ->required()
        ->check(check_key);
    sub->add_option("--fallback", g->fallback, "the desk that may read what this one leaves unread")
        ->check(check_desk_id);
    sub->add_option("--gemeente", g->options.desk.gemeenten,
                    "municipalities (GM0363 …) it becomes the desk of");
    sub->add_option("--root-key", g->options.root_key, "key file of the root (default: the demonstration's)");
    sub->add_option("--passphrase-file", g->options.passphrase_file,
                    "file with the root key's passphrase, mode 0600");
    sub->callback([g, &chosen] {
        chosen = [g] {
            auto& entry = g->options.desk.entry;
            entry.opsporing = admin::investigates(entry.soort);
            for (const auto& text : g->leads) entry.beheerders.push_back(*crypto::block_from_b64u<32>(text));
            if (!g->fallback.empty()) entry.achtervang = g->fallback;
            auto version = admin::desk_add(g->options);
            if (!version) return fail(version.error());
            fmt::print("desk {} stands in version {} of the directory\n", entry.id, *version);
            if (entry.beheerders.size() < 2)
                fmt::print(stderr,
                           "baken admin: one lead only: when that key is lost, the desk's keys are too; add "
                           "a second.\n");
            return 0;
        };
    });
}

void add_demo_renew(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "demo-renew", "renew what ends soon in a demonstration: directory, stands, epoch keys");
    auto data = std::make_shared<std::string>();
    sub->add_option("--data", *data, "the data directory")->required();
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
    sub->add_option("--data", *data, "the data directory")->capture_default_str();
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

int written(const client::result<void>& done) {
    if (!done) return fail(done.error());
    return std::cout.flush() ? 0 : fail(client::refusal("Standard output is closed or full."));
}

void add_retention(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "retention", "say which reports come to their end when, and why, or why not; also while bakend runs");
    auto options = std::make_shared<admin::retention_options>();
    options->data = ".";
    sub->add_option("--data", options->data, "the data directory")->capture_default_str();
    sub->add_option("--within", options->within, "days ahead")
        ->check(CLI::Range(0, 3650))
        ->capture_default_str();
    sub->add_flag("--json", options->json, "as one JSON object");
    sub->callback([options, &chosen] {
        chosen = [options] { return written(admin::retention(*options, std::cout)); };
    });
}

void add_declaration(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "declaration",
        "print from a desk's trail what was destroyed, under which category and by whose decision");
    auto options = std::make_shared<admin::declaration_options>();
    options->data = ".";
    sub->add_option("--data", options->data, "the data directory")->capture_default_str();
    sub->add_option("--desk", options->desk, "the desk's id")->required()->check(check_desk_id);
    sub->add_option("--from", options->from, "the first day (YYYY-MM-DD)")->check(check_day);
    sub->add_option("--to", options->to, "the last day")->check(check_day);
    sub->callback([options, &chosen] {
        chosen = [options] { return written(admin::declaration(*options, std::cout)); };
    });
}

void add_directory_verify(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("directory-verify",
                                       "replay the published directory from version 1 and say what changed");
    struct given {
        std::string url;
        std::vector<std::string> roots;
    };
    auto g = std::make_shared<given>();
    sub->add_option("--url", g->url, "https://host[:port]")->required();
    sub->add_option("--root", g->roots, "file with a pinned public root key; two during a roll-over")
        ->required();
    sub->callback([g, &chosen] {
        chosen = [g] {
            auto done = admin::directory_verify(g->url, g->roots, std::cout);
            return done ? 0 : fail(done.error());
        };
    });
}

}  // namespace

int main(int argc, char** argv) {
    process::guard();
    CLI::App program("baken admin: makes and keeps an installation.", "baken admin");
    program.require_subcommand(1);
    program.set_version_flag("--version", BAKEN_VERSION);
    verb chosen;
    add_init(program, chosen);
    add_desk_add(program, chosen);
    add_demo_renew(program, chosen);
    add_directory_verify(program, chosen);
    add_check(program, chosen);
    add_retention(program, chosen);
    add_declaration(program, chosen);
    admin::add_backup_verbs(program, chosen);
    admin::add_audit_verify(program, chosen);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.exit(error);
        fmt::print(stderr, "baken admin: {}; see baken admin --help.\n", client::escaped_line(error.what()));
        return client::wrong_use;
    }
    try {
        crypto::start();
        return chosen();
    } catch (const std::exception& error) {
        fmt::print(stderr, "baken admin: it stopped on a fault of its own: {}\n", error.what());
        return client::failed;
    }
}
