#include "server/admin/directory/directory_publish.hpp"

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "client/here/files.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"
#include "server/admin/directory/signed_directory.hpp"
#include "server/admin/directory/site.hpp"

namespace admin {
namespace {

// What the token says of itself; whether it may say so, its signature tells the server.
directory_published claimed(const std::string& token) {
    directory_published out;
    auto parts = crypto::read_jws(token);
    auto payload = parts ? protocol::parse_object(parts->payload) : std::unexpected(protocol::errc::bad_json);
    if (!payload) return out;
    protocol::faults ignored;
    protocol::reading r(*payload, "", ignored, protocol::unknown::ignore);
    out.version = r.integer("versie");
    out.until = r.date("tot");
    return out;
}

client::result<std::string> to_server(const directory_publish_options& options,
                                      const signed_directory& directory) {
    auto address = client::address::parse(options.url);
    if (!address)
        return client::refuse(options.url + ": " + std::string(client::text(address.error())),
                              client::wrong_use);
    client::tls_trust trust;
    if (!options.cacert.empty()) trust.cacert = options.cacert;
    client::http line(std::move(*address), std::move(trust));
    line.said_in("--url");
    if (auto ok = post(line, directory); !ok) return std::unexpected(ok.error());
    return line.server().origin();
}

// Why a version cannot follow the one in force, where a number says it.
client::result<void> check_order(const std::optional<site::published>& current, const protocol::gids& next) {
    const auto now = current ? current->gids.versie : 0;
    if (next.versie == now + 1) return {};
    if (next.versie <= now)
        return client::refuse(
            fmt::format("Version {} is in force already, and this is {} {}; make a draft of "
                        "that one.",
                        now, next.versie == now ? "another version" : "version", next.versie));
    return client::refuse(
        fmt::format("This is version {}, and version {} is in force: publish those in between "
                    "first, in order.",
                    next.versie, now));
}

client::result<std::string> to_site(const directory_publish_options& options,
                                    const signed_directory& directory) {
    auto site = site::open(options.data, options.url);
    if (!site) return std::unexpected(site.error());
    auto read = protocol::read_gids(directory.token, (*site)->config().roots);
    if (!read && read.error() == protocol::errc::bad_signature) {
        auto parts = crypto::read_jws(directory.token);
        return client::refuse(
            fmt::format("{} is not signed by a root that is pinned here, but by the key {}: see "
                        "'root' in {}/bakend.toml, and docs/trust.md where the root changes.",
                        options.file, parts ? client::escaped_line(parts->kid) : "of nobody", options.data));
    }
    if (!read) return std::unexpected(client::refusal(read.error()));
    auto current = (*site)->current();
    if (!current) return std::unexpected(current.error());
    if (*current && (*current)->gids.hash == read->hash) return (*site)->asked();
    if (auto ok = check_order(*current, *read); !ok) return std::unexpected(ok.error());
    if (auto ok = (*site)->publish(*read, directory.table); !ok) return std::unexpected(ok.error());
    return (*site)->asked();
}

}  // namespace

client::result<directory_published> directory_publish(const directory_publish_options& options) {
    auto text = client::read_file(options.file);
    if (!text) return std::unexpected(text.error());
    auto directory = read_body(*text, options.file);
    if (!directory) return std::unexpected(directory.error());
    auto asked = options.data.empty() ? to_server(options, *directory) : to_site(options, *directory);
    if (!asked) return std::unexpected(asked.error());
    auto out = claimed(directory->token);
    out.asked = std::move(*asked);
    return out;
}

}  // namespace admin
