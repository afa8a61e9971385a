#include "server/admin/directory/directory_sign.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "client/here/files.hpp"
#include "client/here/state.hpp"
#include "client/here/terminal.hpp"
#include "crypto/jws.hpp"
#include "server/admin/directory/directory_check.hpp"
#include "server/admin/directory/next_directory.hpp"
#include "server/admin/directory/root_key.hpp"
#include "server/admin/directory/signed_directory.hpp"
#include "server/admin/new_file.hpp"

namespace admin {
namespace {

constexpr std::size_t largest_body = 512u << 10;  // of a JSON request (api.md)

client::result<std::vector<crypto::sign_public>> trusted(const directory_sign_options& options,
                                                         const crypto::sign_public& own) {
    if (options.roots.empty()) return std::vector{own};
    auto roots = read_roots(options.roots);
    if (roots && std::ranges::find(*roots, own) == roots->end())
        return client::refuse(
            fmt::format("{} is none of the roots named with --root, so nobody would believe what "
                        "it signs; name its public half too: --root {}.pub.",
                        options.root_key, options.root_key));
    return roots;
}

// Everything that can be judged without the passphrase, before anybody types it. The public half of the key
// stands beside it, where it was not moved away.
client::result<void> check_first(const directory_sign_options& options, const draft& draft,
                                 protocol::day today) {
    auto roots = read_roots(options.roots);
    if (!roots) return std::unexpected(roots.error());
    if (auto own = read_roots({options.root_key + ".pub"}); own && roots->empty()) roots = std::move(own);
    auto judged = judge_unsigned(draft, *roots, today);
    if (!judged) return client::refuse(lines(judged.error()));
    return {};
}

client::result<void> agreed(const directory_sign_options& options, const next_directory& next) {
    if (options.yes) return {};
    auto yes = client::ask_yes(fmt::format("Sign version {} with {} (key {})?", next.gids.versie,
                                           options.root_key, crypto::kid(next.gids.signer)),
                               "Use --yes.");
    if (!yes) return std::unexpected(yes.error());
    if (!*yes) return client::refuse("Nothing was signed.");
    return {};
}

client::refusal signed_before(std::int64_t version) {
    return client::refusal(
        fmt::format("Version {0} was signed on this machine before, as another directory. Whoever shows you "
                    "an old one may want "
                    "two under one number, to show different people different desks: make a draft of the "
                    "newest. Only where "
                    "the other version {0} was never handed in and every copy of it is destroyed: --again.",
                    version));
}

using versions = std::multimap<std::int64_t, std::string>;  // hash of each that was signed

client::result<protocol::seen> read_memory(const std::filesystem::path& file) {
    auto text = client::read_file(file.string(), 16u << 20);
    if (!text) return std::unexpected(text.error());
    while (text->ends_with('\n')) text->pop_back();
    auto seen = protocol::seen::read(*text);
    if (!seen)
        return client::refuse(file.string() +
                              " cannot be read, so what was signed here before is unknown; restore it.");
    return std::move(*seen);
}

// What other root keys in the directory of this one signed of the same installation, which is one whose
// version before is that of `next`: a new root goes on where the old one was.
client::result<versions> signed_beside(const std::string& root_key, const protocol::gids& next) {
    namespace fs = std::filesystem;
    versions out;
    std::error_code error;
    std::vector<fs::path> files;
    const auto here = fs::absolute(root_key, error).parent_path();
    for (fs::directory_iterator at(here, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() != ".state" || !fs::is_directory(at->path(), error)) continue;
        for (fs::directory_iterator in(at->path(), error), none; !error && in != none; in.increment(error))
            if (in->path().extension() == ".json") files.push_back(in->path());
        if (error) break;
    }
    if (error)
        return client::refuse(here.string() +
                              ": what was signed here before cannot be looked for: " + error.message());
    for (const auto& file : files) {
        auto seen = read_memory(file);
        if (!seen) return std::unexpected(seen.error());
        if (seen->knows({next.versie - 1, next.vorige})) out.insert(seen->gids.begin(), seen->gids.end());
    }
    return out;
}

// Under this machine's memory of what it signed, which is written first: a run that is broken off then leaves
// a version too many there, never one too few. The same document again is no other one.
client::result<void> remember(const directory_sign_options& options, const protocol::gids& gids) {
    const std::vector<crypto::sign_public> own{gids.signer};
    auto before = signed_beside(options.root_key, gids);
    if (!before) return std::unexpected(before.error());
    const client::state memory(options.root_key + ".state", own);
    return memory.change([&](protocol::seen& seen) -> client::result<void> {
        before->insert(seen.gids.begin(), seen.gids.end());
        const auto newest = before->empty() ? 0 : before->rbegin()->first;
        const auto [from, to] = before->equal_range(gids.versie);
        const bool known = std::any_of(from, to, [&](const auto& one) { return one.second == gids.hash; });
        if (newest >= gids.versie && !known && !options.again) return std::unexpected(signed_before(newest));
        seen.gids.erase(seen.gids.lower_bound(gids.versie), seen.gids.end());
        seen.gids[gids.versie] = gids.hash;
        return {};
    });
}

}  // namespace

client::result<directory_signed> directory_sign(const directory_sign_options& options,
                                                const protocol::clock& clock, std::ostream& out) {
    if (auto ok = must_be_new(options.to); !ok) return std::unexpected(ok.error());
    auto draft = read_draft(options.draft);
    if (!draft) return std::unexpected(draft.error());
    if (auto ok = check_first(options, *draft, clock.today()); !ok) return std::unexpected(ok.error());
    auto key = open_root_key(options.root_key, options.passphrase_file);
    if (!key) return std::unexpected(key.error());
    auto roots = trusted(options, key->public_key);
    if (!roots) return std::unexpected(roots.error());
    auto next = judge(*draft, *roots, key->public_key, clock.today());
    if (!next) return client::refuse(lines(next.error()));
    tell(*next, *draft, out);
    if (auto ok = agreed(options, *next); !ok) return std::unexpected(ok.error());

    if (auto ok = sign(next->gids, *draft, *roots, *key); !ok)
        return std::unexpected(client::refusal(ok.error()));
    const auto body = write_body({next->gids.token, draft->table});
    if (body.size() > largest_body)
        return client::refuse("This directory is larger than a server takes (512 KiB); leave desks away.");
    if (auto ok = remember(options, next->gids); !ok) return std::unexpected(ok.error());
    if (auto ok = client::create_file(options.to, body + "\n", 0644); !ok) return std::unexpected(ok.error());
    return directory_signed{next->gids.versie, next->gids.tot};
}

}  // namespace admin
