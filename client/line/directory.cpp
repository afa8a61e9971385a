#include "client/line/directory.hpp"

#include <fmt/format.h>

#include "client/here/escaped.hpp"
#include "client/line/patience.hpp"
#include "client/line/problem.hpp"
#include "client/line/unanswered.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace client {
namespace {

// An earlier document that stands alone in an object under this name; nothing where the server does not
// give it. lost: why it may be given in a while.
std::optional<std::string> fetch_token(http& line, std::string target, std::string_view name,
                                       std::optional<refusal>* lost = nullptr) {
    auto got = fetch(line, std::move(target), "An earlier document was not fetched");
    if (!got && lost && got.error().passing) lost->emplace(got.error());
    if (!got) return std::nullopt;
    auto object = protocol::parse_object(got->body);
    if (!object) return std::nullopt;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    auto token = r.text(name, 524288);
    if (!found.empty()) return std::nullopt;
    return token;
}

protocol::skipped fetching(http& line, std::optional<refusal>& lost) {
    return {.gids = [&line, &lost](
                        std::int64_t versie) { return fetch_token(line, gids_path(versie), "gids", &lost); },
            .stand =
                [&line, &lost](std::string_view desk, std::int64_t versie) {
                    return fetch_token(line, stand_path(desk, versie), "stand", &lost);
                }};
}

// Of a directory that no pinned root signed. The mark it names is the server's word, and only helps to ask.
refusal not_signed_by(const pinned_roots& roots, const http& line, std::string_view body) {
    std::string signer = "nobody that it names";
    if (auto object = protocol::parse_object(body)) {
        protocol::faults found;
        protocol::reading r(*object, "", found, protocol::unknown::ignore);
        if (auto parts = crypto::read_jws(r.text("gids", 524288)))
            signer = fmt::format("the key with mark {}", escaped_line(parts->kid));
    }
    std::string trusted;
    for (std::size_t i = 0; i < roots.keys.size() && i < roots.files.size(); ++i)
        trusted +=
            fmt::format("{}{} (mark {})", i > 0 ? " and " : "", roots.files[i], crypto::kid(roots.keys[i]));
    const auto place = roots.profile.empty() ? std::string("--root once more, for the new key's file")
                                             : fmt::format(
                                                   "the new key's file to root in {0} (root = [\"old.pub\", "
                                                   "\"new.pub\"])",
                                                   roots.profile);
    refusal out(fmt::format(
        "The directory of {} is signed by {}, and not by the root key that is trusted here: {}. Ask your "
        "administrator, by voice or in person, whether the root key changed and what its mark is. If it did, "
        "add {}; "
        "if not, do not trust this server.",
        line.server().origin(), signer, trusted, place));
    out.code = "not-trusted";
    return out;
}

struct tokens {
    std::vector<std::string> stands, keys;
};

result<tokens> tokens_in(std::string_view body) {
    auto object = protocol::parse_object(body);
    if (!object) return std::unexpected(object.error());
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    tokens out{r.texts("standen", 10000, 262144), r.texts("sleutels", 100000, 8192)};
    if (!found.empty()) return std::unexpected(protocol::errc::bad_document);
    return out;
}

}  // namespace

std::string gids_path(std::int64_t versie) { return fmt::format("/v1/sleutelgids/{}", versie); }

std::string stand_path(std::string_view desk, std::int64_t versie) {
    return fmt::format("/v1/loketten/{}/standen/{}", desk, versie);
}

std::optional<std::string> fetch_stand(http& line, std::string_view desk, std::int64_t versie) {
    return fetch_token(line, stand_path(desk, versie), "stand");
}

result<answer> fetch(http& line, std::string target, std::string_view what) {
    request asked;
    asked.target = std::move(target);
    auto got = send_patiently(line, [&] { return asked; }, {});
    if (!got) return std::unexpected(unanswered(line, got.error()));
    if (got->answer.status != 200) return std::unexpected(refused(what, got->answer));
    return std::move(got->answer);
}

result<published> fetch_directory(http& line, const state& memory, const pinned_roots& roots,
                                  protocol::day today) {
    std::optional<protocol::directory> directory;
    tokens came_with;
    // Under the lock, so that no other program sees a newer one between the fetching and the comparing.
    auto verified = memory.change([&](protocol::seen& seen) -> result<void> {
        auto got = fetch(line, "/v1/sleutelgids", "The directory was not fetched");
        if (!got) return std::unexpected(got.error());
        // A connection that was lost says nothing about the server's word.
        std::optional<refusal> lost;
        auto read = protocol::verify_directory(got->body, roots, today, seen, fetching(line, lost));
        if (lost) return std::unexpected(std::move(*lost));
        if (!read && read.error() == protocol::errc::bad_signature)
            return std::unexpected(not_signed_by(roots, line, got->body));
        if (!read) return std::unexpected(read.error());
        auto documents = tokens_in(got->body);
        if (!documents) return std::unexpected(documents.error());
        directory = std::move(*read);
        came_with = std::move(*documents);
        return {};
    });
    if (!verified) return std::unexpected(verified.error());

    auto table_bytes = fetch(line, "/v1/routering", "The routing table was not fetched");
    if (!table_bytes) return std::unexpected(table_bytes.error());
    if (crypto::hash_text(crypto::as_bytes(table_bytes->body)) != directory->newest().routering)
        return std::unexpected(protocol::errc::routing_hash);
    auto table = protocol::routing_table::read(table_bytes->body);
    if (!table) return std::unexpected(table.error());
    for (const auto& desk : table->desks())
        if (!directory->newest().desk(desk)) return std::unexpected(protocol::errc::gids_desk);
    return published{std::move(*directory), std::move(came_with.stands), std::move(came_with.keys),
                     std::move(*table)};
}

result<std::vector<protocol::gids>> fetch_history(http& line, const protocol::gids& newest) {
    std::vector<protocol::gids> out{newest};
    while (out.back().versie > 1) {
        const auto versie = out.back().versie - 1;
        auto token = fetch_token(line, gids_path(versie), "gids");
        if (!token)
            return refuse(
                fmt::format("Version {} of the directory was not fetched from {}, and what was signed under "
                            "it cannot be judged without it; try again, or tell the administrator.",
                            versie, line.server().origin()));
        auto read = protocol::read_gids_before(*token, out.back());
        if (!read) return refuse(fmt::format("Version {} of the directory: {}", versie, text(read.error())));
        out.push_back(std::move(*read));
    }
    return out;
}

result<bool> was_published(http& line, const state& memory, const protocol::directory_mark& mark) {
    constexpr std::int64_t most_steps = 1000;
    bool found = false;
    auto walked = memory.change([&](protocol::seen& seen) -> result<void> {
        auto above = seen.gids.lower_bound(mark.versie);
        if (above == seen.gids.end()) return {};
        std::int64_t versie = above->first;
        std::string hash = above->second;
        for (auto steps = versie - mark.versie; versie > mark.versie && steps <= most_steps; --versie) {
            auto token = fetch_token(line, gids_path(versie), "gids");
            auto before = token ? protocol::forerunner(*token, hash) : std::nullopt;
            if (!before) return {};
            hash = *before;
            seen.gids[versie - 1] = hash;
        }
        found = seen.knows(mark);
        return {};
    });
    if (!walked) return std::unexpected(walked.error());
    return found;
}

}  // namespace client
