#include "server/admin/directory/directory_arguments.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "crypto/encoding.hpp"
#include "server/admin/directory/desk_add.hpp"
#include "server/admin/directory/desks_file.hpp"
#include "server/admin/directory/directory_check.hpp"
#include "server/admin/directory/directory_draft.hpp"
#include "server/admin/directory/directory_publish.hpp"
#include "server/admin/directory/directory_sign.hpp"
#include "server/admin/directory/lead_key.hpp"
#include "server/admin/directory/root_key.hpp"
#include "server/admin/directory/verify.hpp"
#include "server/admin/key_arguments.hpp"

namespace admin {
namespace {

// A name that people will read and that no later version can take back.
std::string check_name(const std::string& text) { return fault_of_desk_name(text); }

void add_desk_add(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("desk-add", "add a desk to the directory, sign it and publish it");
    struct given {
        desk_add_options options;
        std::vector<std::string> leads;
        std::string fallback;
    };
    auto g = std::make_shared<given>();
    sub->add_option("--data", g->options.data, "the data directory")->type_name("DIR")->required();
    sub->add_option(
           "--url", g->options.url,
           "https://host[:port], where its running server is asked (default: the first of its names)")
        ->type_name("URL");
    sub->add_option("--id", g->options.desk.entry.id, "the desk's id on the wire")
        ->type_name("DESK")
        ->required()
        ->check(check_desk_id);
    sub->add_option("--name", g->options.desk.entry.naam, "its name, as people read it")
        ->type_name("NAME")
        ->required()
        ->check(check_name);
    sub->add_option("--kind", g->options.desk.entry.soort, "what it is")
        ->type_name("KIND")
        ->required()
        ->check(CLI::IsMember(
            {"politie", "zorg", "arbeid", "grens", "landelijk", "gemeente", "veiligheidshuis"}));
    sub->add_option("--lead", g->leads,
                    "public key of a lead, or their card (FILE.key.pub); two leads are better than one")
        ->type_name("KEY")
        ->required();
    sub->add_option("--fallback", g->fallback, "the desk that may read what this one does not open in time")
        ->type_name("DESK")
        ->check(check_desk_id);
    sub->add_option("--gemeente", g->options.desk.gemeenten,
                    "municipalities (GM0363 …) it becomes the desk of")
        ->type_name("CODE");
    sub->add_option("--root-key", g->options.root_key, "key file of the root (default: the demonstration's)")
        ->type_name("FILE");
    sub->add_option("--passphrase-file", g->options.passphrase_file,
                    "file with the root key's passphrase, mode 0600")
        ->type_name("FILE");
    sub->callback([g, &chosen] {
        chosen = [g] {
            auto& entry = g->options.desk.entry;
            entry.opsporing = investigates(entry.soort);
            for (const auto& text : g->leads) {
                auto key = read_lead_key(text, entry.id);
                if (!key) return fail(key.error());
                if (std::ranges::find(entry.beheerders, *key) != entry.beheerders.end())
                    return fail(
                        client::refusal("--lead names the same key twice: " + text + ".", client::wrong_use));
                entry.beheerders.push_back(*key);
                if (const auto shown = crypto::b64u(*key); shown != text)
                    fmt::print(stderr, "{}: lead key {}; compare it with its owner, by voice or in person.\n",
                               client::escaped_line(text), shown);
            }
            if (!g->fallback.empty()) entry.achtervang = g->fallback;
            auto version = desk_add(g->options);
            if (!version) return fail(version.error());
            fmt::print("desk {} is in version {} of the directory\n", entry.id, *version);
            std::fflush(stdout);
            for (const auto& one : doubts({{}, {entry}})) fmt::print(stderr, "baken admin: {}\n", one);
            return 0;
        };
    });
}

void add_root_keygen(CLI::App& program, verb& chosen) {
    auto* sub =
        program.add_subcommand("root-keygen", "make the root key, on a machine that never has a network");
    auto files = std::make_shared<key_pair_options>();
    add_key_pair_options(*sub, *files);
    sub->callback([files, &chosen] {
        chosen = [files] {
            auto line = root_keygen(*files);
            if (!line) return fail(line.error());
            fmt::print("{}\n", *line);
            std::fflush(stdout);
            fmt::print(stderr,
                       "Made {0} and {0}.pub. Keep {0} and its passphrase apart, on machines without a "
                       "network; carry {0}.pub to the server and to everybody who reports or reads.\n",
                       files->to);
            return 0;
        };
    });
}

// A place to read from or write to: an installation, whose server may be asked at another address than the
// first of its names, or a server alone.
void check_place(const char* name, const std::string& data, const std::string& url) {
    if (data.empty() && url.empty())
        throw CLI::ValidationError(name, "name an installation with --data DIR, or a server with --url URL");
}

void add_directory_draft(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "directory-draft", "write the draft of the next directory, to be edited and carried to the root key");
    auto o = std::make_shared<directory_draft_options>();
    auto* data =
        sub->add_option("--data", o->data, "the data directory; a server may run on it")->type_name("DIR");
    sub->add_option(
           "--url", o->url,
           "https://host[:port], from its public endpoints alone; with --data: where its server is asked "
           "(default: the first of its names)")
        ->type_name("URL");
    auto* roots = sub->add_option("--root", o->roots, "with --url: file with a pinned public root key")
                      ->type_name("FILE")
                      ->allow_extra_args(false);
    data->excludes(roots);
    sub->add_option("--to", o->to, "the directory to make")->type_name("DIR")->required();
    sub->callback([o, &chosen] {
        check_place("directory-draft", o->data, o->url);
        if (o->data.empty() && o->roots.empty())
            throw CLI::ValidationError("directory-draft",
                                       "with --url, name the pinned root key with --root FILE");
        chosen = [o] {
            auto drafted = directory_draft(*o);
            if (!drafted) return fail(drafted.error());
            fmt::print("made {}: the draft of version {}\n", o->to, drafted->version);
            std::fflush(stdout);
            fmt::print(stderr, "Asked {}.\n", client::escaped_line(drafted->asked));
            fmt::print(
                stderr,
                "Edit {0}/loketten.json (and routering.json, with a higher versie), see with `baken admin "
                "directory-check {0}` that nothing is wrong with it, carry {0} to the machine with the "
                "root key, and run there: baken admin directory-sign {0} …\n",
                o->to);
            return 0;
        };
    });
}

void add_directory_check(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "directory-check", "say what a draft changes, and everything that is wrong with it; needs no key");
    auto o = std::make_shared<directory_check_options>();
    sub->add_option("DRAFT", o->draft, "the directory that directory-draft made")->type_name("")->required();
    sub->add_option("--root", o->roots,
                    "file with a pinned public root key: also look at who signed the directory in force")
        ->type_name("FILE")
        ->allow_extra_args(false);
    sub->callback([o, &chosen] {
        chosen = [o] {
            const protocol::system_clock clock;
            return written(directory_check(*o, clock, std::cout));
        };
    });
}

void add_directory_sign(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "directory-sign", "say what a draft changes and sign it, on the machine with the root key");
    auto o = std::make_shared<directory_sign_options>();
    sub->add_option("DRAFT", o->draft, "the directory that directory-draft made")->type_name("")->required();
    sub->add_option("--root-key", o->root_key, "key file of the root that signs")
        ->type_name("FILE")
        ->required();
    sub->add_option(
           "--root", o->roots,
           "file with a pinned public root key; both while the root changes (default: the key's own)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    sub->add_option("--to", o->to, "the file to make, for directory-publish")->type_name("FILE")->required();
    sub->add_option("--passphrase-file", o->passphrase_file,
                    "file with the root key's passphrase, mode 0600 (default: the terminal is asked)")
        ->type_name("FILE");
    sub->add_flag("--yes", o->yes, "sign without asking");
    sub->add_flag("--again", o->again,
                  "sign another one under a version that was signed here before but never handed in");
    sub->callback([o, &chosen] {
        chosen = [o] {
            const protocol::system_clock clock;
            auto done = directory_sign(*o, clock, std::cout);
            if (!done) return fail(done.error());
            fmt::print("made {}: version {}\nThe next one must be signed and published by {}.\n", o->to,
                       done->version, done->until.text());
            return 0;
        };
    });
}

void add_directory_publish(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand(
        "directory-publish", "put a signed directory in force: in the running server, or in the store");
    auto o = std::make_shared<directory_publish_options>();
    sub->add_option("FILE", o->file, "what directory-sign made")->type_name("")->required();
    auto* data = sub->add_option("--data", o->data, "the data directory")->type_name("DIR");
    auto* url = sub->add_option("--url", o->url,
                                "https://host[:port]; with --data: where its server is asked (default: the "
                                "first of its names)")
                    ->type_name("URL");
    auto* cacert =
        sub->add_option("--cacert", o->cacert, "trust only the certificates of this file")->type_name("FILE");
    cacert->needs(url);
    data->excludes(cacert);
    sub->callback([o, &chosen] {
        check_place("directory-publish", o->data, o->url);
        chosen = [o] {
            auto done = directory_publish(*o);
            if (!done) return fail(done.error());
            fmt::print("version {} is in force, to {}\n", done->version, done->until.text());
            std::fflush(stdout);
            fmt::print(stderr, "Asked {}.\n", client::escaped_line(done->asked));
            return 0;
        };
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
    sub->add_option("--url", g->url, "https://host[:port]")->type_name("URL")->required();
    sub->add_option("--root", g->roots,
                    "file with a pinned public root key; after a roll-over, every one that signed")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->required();
    sub->callback(
        [g, &chosen] { chosen = [g] { return written(directory_verify(g->url, g->roots, std::cout)); }; });
}

}  // namespace

void add_directory_verbs(CLI::App& program, verb& chosen) {
    add_root_keygen(program, chosen);
    add_desk_add(program, chosen);
    add_directory_draft(program, chosen);
    add_directory_check(program, chosen);
    add_directory_sign(program, chosen);
    add_directory_publish(program, chosen);
    add_directory_verify(program, chosen);
}

}  // namespace admin
