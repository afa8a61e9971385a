#include "server/admin/backup/backup_arguments.hpp"

#include <cstdio>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "server/admin/backup/backup.hpp"
#include "server/admin/backup/copy.hpp"
#include "server/admin/backup/destroyed.hpp"
#include "server/admin/backup/restore.hpp"
#include "server/admin/backup/trial.hpp"
#include "server/admin/key_arguments.hpp"
#include "server/store/open.hpp"

namespace admin {
namespace {

void note(const std::string& lines) {
    if (!lines.empty()) fmt::print(stderr, "{}", client::escaped(lines));
}

// What is damaged was carried, but somebody must look.
int status(const damages& found) { return found.count() == 0 ? 0 : client::failed; }

void add_backup(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("backup", "write the store, as it is now, sealed into a file");
    auto options = std::make_shared<backup_options>();
    sub->add_option("--data", options->data, "the data directory; a server may run on it")
        ->type_name("DIR")
        ->required();
    sub->add_option("--to", options->to, "the file to make; FILE.wraps goes beside it")
        ->type_name("FILE")
        ->required();
    sub->add_flag("--without-wraps", options->without_wraps,
                  "leave out the wraps of epoch secrets: alone it opens nothing");
    options->program = program.version();
    sub->callback([options, &chosen] {
        chosen = [options] {
            const protocol::system_clock clock;
            auto made = backup(*options, clock);
            if (!made) return fail(made.error());
            note(made->notes);
            note(made->damaged.lines());
            if (!options->without_wraps && !made->wraps_missing)
                fmt::print("made {}.wraps: {} wraps\n", options->to, made->wraps);
            fmt::print("made {}: {} reports, {} bytes{}\n", options->to, made->reports, made->size,
                       counted(made->damaged));
            std::fflush(stdout);
            if (!made->wraps_missing) return status(made->damaged);
            return fail(client::refusal(fmt::format(
                "{0}.wraps was not made, because no wraps key is in force: {0} keeps the reports, and "
                "nobody can open them from it alone. Put a new wraps key into bakend.toml and make another "
                "backup today.",
                options->to)));
        };
    });
}

void add_keygen(CLI::App& program, verb& chosen) {
    auto* sub =
        program.add_subcommand("backup-keygen", "make a key that backups are sealed to, not on the server");
    struct given {
        backup_keygen_options options;
        std::string what = "reports";
    };
    auto g = std::make_shared<given>();
    add_key_pair_options(*sub, g->options.files);
    sub->add_option("--for", g->what, "what it opens")
        ->type_name("WHAT")
        ->check(CLI::IsMember({"reports", "wraps"}))
        ->capture_default_str();
    sub->callback([g, &chosen] {
        chosen = [g] {
            g->options.for_wraps = g->what == "wraps";
            const protocol::system_clock clock;
            auto line = backup_keygen(g->options, clock);
            if (!line) return fail(line.error());
            fmt::print("{} = [\"{}\"]\n", g->options.for_wraps ? "wrap-backup-keys" : "backup-keys", *line);
            std::fflush(stdout);
            fmt::print(
                stderr,
                "Made {0} and {0}.pub. Put the line above into bakend.toml, and keep {0} and its passphrase "
                "away from the server.\n",
                g->options.files.to);
            if (g->options.for_wraps)
                fmt::print(stderr, "Destroy {} and every copy of it by {}, the day in that line.\n",
                           g->options.files.to, line->substr(line->find(':') + 1));
            return 0;
        };
    });
}

// A trial instead of a restore.
int try_out(const restore_options& options) {
    const trial_options trial{options.from,
                              options.wraps,
                              {options.key, options.wraps_key, options.passphrase_file},
                              options.destroyed};
    if (trial.wraps.empty())
        note(
            "baken admin: without --wraps it is not tried whether anybody could open what this backup "
            "holds.\n");
    auto done = try_backup(trial);
    if (!done) return fail(done.error());
    write(*done, trial, std::cout);
    if (!std::cout.flush()) return fail(client::refusal("Standard output is closed or full."));
    return done->faults == 0 ? 0 : client::failed;
}

void add_restore(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("restore", "put a backup into an installation that was just made");
    struct given {
        restore_options options;
        bool nothing = false, dry_run = false;
    };
    auto g = std::make_shared<given>();
    auto& o = g->options;
    sub->add_option("--from", o.from, "the backup")->type_name("FILE")->required();
    sub->add_option("--key", o.key, "key file that opens it")->type_name("FILE")->required();
    auto* wraps = sub->add_option("--wraps", o.wraps, "the wraps that were made with it")->type_name("FILE");
    auto* wraps_key =
        sub->add_option("--wraps-key", o.wraps_key, "key file that opens those")->type_name("FILE");
    wraps->needs(wraps_key);
    wraps_key->needs(wraps);
    sub->add_option("--passphrase-file", o.passphrase_file,
                    "file with the passphrase of the key files, mode 0600 (default: the terminal is asked)")
        ->type_name("FILE");
    sub->add_option("--data", o.data, "the data directory, as `baken admin init --root` made it")
        ->type_name("DIR");
    auto* destroyed = sub->add_option("--destroyed", o.destroyed,
                                      "what was destroyed since: a newer backup, or a list of `baken admin "
                                      "destroyed`; may be repeated")
                          ->type_name("FILE");
    auto* nothing = sub->add_flag("--nothing-destroyed-since", g->nothing,
                                  "no report was destroyed since this backup was made");
    destroyed->excludes(nothing);
    sub->add_flag("--dry-run", g->dry_run,
                  "open the backup, check every hash and id in it, say what it holds, and write nothing");
    sub->callback([g, &chosen] {
        if (g->dry_run) {
            chosen = [g] { return try_out(g->options); };
            return;
        }
        if (g->options.data.empty())
            throw CLI::ValidationError("restore",
                                       "name the installation to restore into with --data DIR, or try the "
                                       "backup with --dry-run");
        if (!g->nothing && g->options.destroyed.empty())
            throw CLI::ValidationError("restore",
                                       "reports that were destroyed since the backup must not come back: "
                                       "name the newest backup or list "
                                       "with --destroyed FILE, or say --nothing-destroyed-since");
        chosen = [g] {
            // Before anything is written: whoever has the file stops here and names it.
            if (g->options.wraps.empty())
                fmt::print(
                    stderr,
                    "baken admin: without --wraps nobody can open what is restored, but reports of weeks "
                    "whose secrets come later; FILE.wraps lies where the backup was made.\n");
            const protocol::system_clock clock;
            auto done = restore(g->options, clock);
            if (!done) return fail(done.error());
            note(done->damaged.lines());
            fmt::print("restored {} reports and {} wraps, as they were on {} (UTC); {} destroyed since{}\n",
                       done->reports, done->wraps, protocol::day::of(done->made).text(), done->destroyed,
                       counted(done->damaged));
            fmt::print(
                "look at it first, its log key too: bakend --config {0}/bakend.toml --check\n"
                "start it with: bakend --config {0}/bakend.toml\n",
                g->options.data);
            return status(done->damaged);
        };
    });
}

void add_destroyed(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("destroyed", "list the reports that were destroyed, for a restore");
    auto data = std::make_shared<std::string>(), to = std::make_shared<std::string>();
    sub->add_option("--data", *data, "the data directory; a server may run on it")
        ->type_name("DIR")
        ->required();
    sub->add_option("--to", *to, "the file to make")->type_name("FILE")->required();
    sub->callback([data, to, &chosen] {
        chosen = [data, to] {
            auto count = write_destroyed(*data, *to);
            if (!count) return fail(count.error());
            fmt::print("made {}: {} destroyed reports\n", *to, *count);
            return 0;
        };
    });
}

// An address may hold a password, which nobody needs to see again.
std::string shown(const std::string& text) {
    // bakend counts paths from its data directory, whoever wrote this counted from here.
    if (!store::names_postgres(text)) return "\"sqlite:" + *place_of(text) + "\"";
    const auto at = text.find("://");
    const bool secret =
        at != text.npos && (text.find(':', at + 3) != text.npos || text.find("password") != text.npos);
    return secret ? "the address given with --to" : "\"" + text + "\"";
}

void add_copy(CLI::App& program, verb& chosen) {
    auto* sub = program.add_subcommand("copy", "move an installation's store into another database");
    auto from = std::make_shared<std::string>(), to = std::make_shared<std::string>();
    sub->add_option("--from", *from, "sqlite:FILE or postgresql://…; no server may run on it")
        ->type_name("STORE")
        ->required();
    sub->add_option("--to", *to, "the same; empty, or a copy that was broken off")
        ->type_name("STORE")
        ->required();
    sub->callback([from, to, &chosen] {
        chosen = [from, to] {
            auto done = copy(*from, *to);
            if (!done) return fail(done.error());
            note(done->notes);
            note(done->damaged.lines());
            fmt::print(
                "copied {} reports, {} rows in all{}; both sides hold the same.\n"
                "Now write into bakend.toml: store = {}\n"
                "and put the old store away, so that no server starts on it again.\n",
                done->found, done->rows, counted(done->damaged), client::escaped_line(shown(*to)));
            return status(done->damaged);
        };
    });
}

}  // namespace

void add_backup_verbs(CLI::App& program, verb& chosen) {
    add_backup(program, chosen);
    add_keygen(program, chosen);
    add_restore(program, chosen);
    add_destroyed(program, chosen);
    add_copy(program, chosen);
}

}  // namespace admin
