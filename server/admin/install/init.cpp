#include "server/admin/install/init.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdlib.h>

#include <fmt/format.h>

#include "base/process/user.hpp"
#include "client/here/files.hpp"
#include "client/here/key_files.hpp"
#include "server/admin/directory/compose.hpp"
#include "server/admin/directory/root_key.hpp"
#include "server/admin/install/certificate.hpp"
#include "server/admin/install/demo.hpp"

namespace admin {
namespace {

namespace fs = std::filesystem;

std::string server_url(std::uint16_t port) { return fmt::format("https://localhost:{}", port); }

std::string configuration(const init_options& options) {
    return fmt::format(
        "# bakend's configuration; `bakend --help` lists every key. Relative paths start here.\n"
        "data = \".\"\n"
        "listen = [\"127.0.0.1:{0}\", \"[::1]:{0}\"]\n"
        "names = [\"localhost:{0}\", \"127.0.0.1:{0}\", \"[::1]:{0}\"]\n"
        "certificate = \"tls/cert.pem\"\n"
        "certificate-key = \"tls/key.pem\"\n"
        "root = \"root.pub\"\n"
        "schema = \"{1}\"\n"
        "{2}{3}",
        options.port, fs::absolute(options.schema).lexically_normal().string(),
        options.store.empty() ? std::string() : fmt::format("store = \"{}\"\n", options.store),
        options.root.empty() ? "retention = \"retention.toml\"\ndemonstration = true\nmailbox = true\n" : "");
}

// Every fault, a line each.
std::string told(const std::vector<guide::fault>& faults) {
    std::string out;
    for (const auto& one : guide::shortened(faults)) out += (out.empty() ? "" : "\n  ") + guide::text(one);
    return out;
}

// Of a demonstration, so that there is something to see; an organisation decides its own.
constexpr std::string_view demo_retention =
    "# How long reports are kept once their work is done, in days; docs/operations.md, \"Retention\".\n"
    "[[profile]]\n"
    "category = \"demonstratie\"\n"
    "approved-by = \"baken admin init --demo\"\n"
    "approved-on = 2026-11-22\n"
    "closed = 180\n"
    "handed-over = 30\n"
    "withdrawn = 7\n";

// A random passphrase for the demonstration: 26 characters of base64url.
crypto::plain demo_passphrase() { return crypto::b64u_plain(crypto::plain::random(20).view()); }

client::result<void> write_base(const std::string& dir, const init_options& options,
                                const crypto::sign_public& root, const crypto::sign_keys& log_key) {
    if (auto ok = client::make_directory(dir + "/tls"); !ok) return ok;
    auto made = make_certificate({"localhost", "127.0.0.1", "::1"});
    auto log_seed = crypto::b64u_plain(log_key.secret_key.view().first(32));
    struct file {
        std::string name;
        std::string_view text;
        unsigned mode;
    };
    std::string config = configuration(options), root_line = crypto::b64u(root) + "\n";
    for (const auto& [name, text, mode] :
         {file{"/tls/cert.pem", made.chain, 0644}, file{"/tls/key.pem", made.key, 0600},
          file{"/logboek.key", log_seed.text(), 0600}, file{"/root.pub", root_line, 0644},
          // An address of a database may hold a password.
          file{"/bakend.toml", config, options.store.empty() ? 0644U : 0600U}})
        if (auto ok = client::create_file(dir + name, text, mode); !ok) return ok;
    return {};
}

client::result<void> make_demo(const std::string& dir, const init_options& options,
                               const crypto::sign_public& log_key, protocol::key_file root) {
    std::string demo = dir + "/demo";
    if (auto ok = client::make_directory(demo); !ok) return ok;
    if (auto ok = client::create_file(dir + "/retention.toml", std::string(demo_retention), 0644); !ok)
        return ok;
    auto passphrase = demo_passphrase();
    if (auto ok = client::create_file(demo + "/passphrase", passphrase.text(), 0600); !ok) return ok;
    if (auto ok = client::create_key_file(demo + "/root.key", root, passphrase, crypto::cost_interactive);
        !ok)
        return ok;

    auto today = protocol::system_clock().today();
    auto desks = default_desks(options.schema);
    if (!desks) return std::unexpected(desks.error());
    auto gemeenten = guide::gemeenten::load(options.schema);
    if (!gemeenten) return client::refuse(told(gemeenten.error()));
    auto table = first_table(options.schema, *gemeenten, today);
    if (!table) return std::unexpected(table.error());
    std::vector<demo_desk> people;
    for (auto& desk : *desks) {
        people.push_back(make_people(desk.id));
        desk.beheerders = {people.back().lead1.top_key->public_key, people.back().lead2.top_key->public_key};
        if (auto ok = write_people(demo, people.back(), server_url(options.port), passphrase); !ok) return ok;
    }
    auto site = site::open(dir);
    if (!site) return std::unexpected(site.error());
    auto before = (*site)->current();
    if (!before) return std::unexpected(before.error());
    if (*before)
        return client::refuse(
            "The database named with --store holds an installation already; name an empty one.");
    auto gids = first_gids(std::move(*desks), log_key, *table, today);
    protocol::sign_document(gids, *root.top_key);
    if (auto ok = (*site)->publish(gids, *table); !ok) return ok;
    auto standaard = (*site)->snapshot()->table.standaard();
    for (auto& desk : people) {
        crypto::sign_keys lead = std::move(*desk.lead1.top_key);
        std::vector<protocol::key_file> members;
        members.push_back(std::move(desk.lead1));
        members.push_back(std::move(desk.lead2));
        members.push_back(std::move(desk.officer));
        auto made = top_up_desk(**site, desk.id, lead, members,
                                desk.id == standaard ? demo_weeks_default : demo_weeks);
        if (!made) return std::unexpected(made.error());
    }
    return {};
}

client::result<installation_made> fill(const std::string& dir, const init_options& options) {
    auto log_key = crypto::sign_keys::random();
    if (!options.root.empty()) {
        auto roots = read_roots({options.root});
        if (!roots) return std::unexpected(roots.error());
        auto gemeenten = guide::gemeenten::load(options.schema);
        if (!gemeenten)
            return client::refuse(fmt::format(
                "The domain's data cannot be used; name the directory that holds them with --schema:\n  {}",
                told(gemeenten.error())));
        if (auto ok = write_base(dir, options, roots->front(), log_key); !ok)
            return std::unexpected(ok.error());
        auto site = site::open(dir);  // makes the database
        if (!site) return std::unexpected(site.error());
        return installation_made{(*site)->snapshot() != nullptr};
    }
    protocol::key_file root;
    root.soort = "root";
    root.top_key = crypto::sign_keys::random();
    if (auto ok = write_base(dir, options, root.top_key->public_key, log_key); !ok)
        return std::unexpected(ok.error());
    if (auto ok = make_demo(dir, options, log_key.public_key, std::move(root)); !ok)
        return std::unexpected(ok.error());
    return installation_made{true};
}

}  // namespace

std::string left_to_do(const init_options& options, const installation_made& made) {
    const auto file = options.data + "/bakend.toml";
    auto out = fmt::format(
        "No retention profiles yet, so no report is destroyed by itself: write them (docs/operations.md, "
        "\"Retention\") and add to {0}: retention = \"retention.toml\"\n"
        "No keys for backups yet: make them on another machine with baken admin backup-keygen, and add the "
        "lines "
        "it prints to {0}.\n",
        file);
    if (!made.published)
        out += fmt::format(
            "No directory yet, so nothing can be reported: baken admin directory-draft --data {} --to DRAFT "
            "makes "
            "the first draft.\n",
            options.data);
    return out;
}

client::result<installation_made> init(const init_options& options) {
    fs::path data = fs::absolute(options.data).lexically_normal();
    if (!data.has_filename()) data = data.parent_path();
    std::error_code error;
    const bool there = fs::exists(data, error);
    if (!error && there && !fs::is_empty(data, error) && !error)
        return client::refuse(data.string() + " holds something already: name an empty or new directory.");
    // Built beside its place and renamed at the end, so that an interrupted start leaves nothing
    // half-made in the way.
    if (error)
        return client::refuse(fmt::format("{} cannot be looked at{}: {}.", data.string(),
                                          process::by_whom(error.value()), error.message()));
    fs::create_directories(data.parent_path(), error);
    if (error)
        return client::refuse(fmt::format("{} cannot be made{}: {}.", data.parent_path().string(),
                                          process::by_whom(error.value()), error.message()));
    std::string name = data.string() + ".new-XXXXXX";
    if (!::mkdtemp(name.data())) {
        const int why = errno;
        return client::refuse(
            fmt::format("{} cannot be made{}: {}.", name, process::by_whom(why), std::strerror(why)));
    }
    fs::path fresh = name;
    auto made = fill(fresh.string(), options);
    if (!made) {
        fs::remove_all(fresh, error);
        return made;
    }
    fs::rename(fresh, data, error);
    if (error) {
        std::string why = error.message();
        fs::remove_all(fresh, error);
        return client::refuse("The installation cannot be put at " + data.string() + ": " + why + ".");
    }
    return made;
}

}  // namespace admin
