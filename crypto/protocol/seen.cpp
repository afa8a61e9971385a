#include "crypto/protocol/seen.hpp"

#include <algorithm>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/faults.hpp"

namespace protocol {
namespace {

constexpr std::int64_t most_skipped = 1000;
constexpr std::size_t most_heads = 1000;  // of a desk, besides the one that was followed

// Walks back from the newest directory to the last one seen. What was skipped need only fit by hash: the
// newest, signed by a pinned root, vouches for its whole chain. So a client goes on over versions that a root
// signed which it has dropped since.
std::expected<void, errc> walk_gids(const gids& newest, seen& memory, const skipped& fetch) {
    if (newest.versie < memory.least) return std::unexpected(errc::gids_older);
    if (memory.gids.empty()) {
        memory.gids[newest.versie] = newest.hash;
        return {};
    }
    auto [last, last_hash] = *memory.gids.rbegin();
    if (newest.versie < last) return std::unexpected(errc::gids_older);
    if (newest.versie == last) {
        if (newest.hash != last_hash) return std::unexpected(errc::gids_forked);
        return {};
    }
    if (newest.versie - last > most_skipped) return std::unexpected(errc::gids_chain);
    std::map<std::int64_t, std::string> between;
    std::string wanted = newest.vorige;
    for (auto versie = newest.versie - 1; versie > last; --versie) {
        auto token = fetch.gids(versie);
        auto before = token ? forerunner(*token, wanted) : std::nullopt;
        if (!before) return std::unexpected(errc::gids_chain);
        between[versie] = std::exchange(wanted, std::move(*before));
    }
    if (wanted != last_hash) return std::unexpected(errc::gids_chain);
    memory.gids.merge(between);
    memory.gids[newest.versie] = newest.hash;
    return {};
}

// The same for a desk's stands, whose leads may have changed between two visits.
std::expected<void, errc> walk_stand(const stand& newest, seen& memory, const skipped& fetch) {
    auto at = memory.stands.find(newest.loket);
    if (at != memory.stands.end()) {
        const auto& last = at->second;
        if (newest.versie < last.versie) return std::unexpected(errc::stand_older);
        if (newest.versie == last.versie && newest.hash != last.hash)
            return std::unexpected(errc::stand_forked);
        if (newest.versie - last.versie > most_skipped) return std::unexpected(errc::stand_chain);
        std::string wanted = newest.vorige;
        for (auto versie = newest.versie - 1; versie > last.versie; --versie) {
            auto token = fetch.stand(newest.loket, versie);
            auto before = token ? forerunner(*token, wanted) : std::nullopt;
            if (!before) return std::unexpected(errc::stand_chain);
            wanted = std::move(*before);
        }
        if (newest.versie > last.versie && wanted != last.hash) return std::unexpected(errc::stand_chain);
    }
    memory.stands[newest.loket] = {newest.versie, newest.hash};
    return {};
}

}  // namespace

std::optional<std::string> forerunner(std::string_view token, std::string_view hash) {
    if (crypto::hash_text(crypto::as_bytes(token)) != hash) return std::nullopt;
    auto parts = crypto::read_jws(token);
    if (!parts) return std::nullopt;
    auto payload = parse_object(parts->payload);
    if (!payload) return std::nullopt;
    faults found;
    reading r(*payload, "", found, unknown::ignore);
    auto out = r.text("vorige", 64);
    if (!found.empty()) return std::nullopt;
    return out;
}

bool seen::knows(const directory_mark& mark) const {
    auto at = gids.find(mark.versie);
    return at != gids.end() && at->second == mark.hash;
}

std::expected<seen, errc> seen::read(std::string_view json_text) {
    auto object = parse_object(json_text);
    if (!object) return std::unexpected(object.error());
    faults found;
    reading r(*object, "", found, unknown::ignore);
    seen out;
    auto marks = [&](std::string_view name, std::string_view number, auto&& take) {
        r.each(name, 100000, [&](const json::value& value, std::string at) {
            if (!value.is_object())
                return found.push_back({std::move(at), "type", "This must be an object."});
            reading one(value.as_object(), std::move(at), found, unknown::ignore);
            auto loket = one.text_or_empty("loket", 40);
            take(loket, one.integer(number), one.text("hash", 64));
        });
    };
    marks("gids", "versie", [&](auto&, auto versie, auto hash) { out.gids[versie] = hash; });
    marks("standen", "versie",
          [&](auto& desk, auto versie, auto hash) { out.stands[desk] = {versie, hash}; });
    marks("logboeken", "regel",
          [&](auto& desk, auto regel, auto hash) { out.trails[desk].push_back({regel, hash}); });
    if (r.has("gevolgd"))
        r.each("gevolgd", 100000, [&](const json::value& value, std::string at) {
            if (!value.is_object())
                return found.push_back({std::move(at), "type", "This must be an object."});
            reading one(value.as_object(), std::move(at), found, unknown::ignore);
            auto desk = one.text("loket", 40);
            out.followed[desk] = one.integer("uur");
        });
    for (auto& [desk, heads] : out.trails) std::ranges::sort(heads, {}, &trail_head::regel);
    if (!found.empty()) return std::unexpected(errc::bad_document);
    return out;
}

std::string seen::write() const {
    json::array directories, standings, heads;
    for (const auto& [versie, hash] : gids)
        directories.push_back(json::object{{"versie", versie}, {"hash", hash}});
    for (const auto& [desk, mark] : stands)
        standings.push_back(json::object{{"loket", desk}, {"versie", mark.versie}, {"hash", mark.hash}});
    for (const auto& [desk, some] : trails)
        for (const auto& head : some)
            heads.push_back(json::object{{"loket", desk}, {"regel", head.regel}, {"hash", head.hash}});
    json::array hours;
    for (const auto& [desk, hour] : followed) hours.push_back(json::object{{"loket", desk}, {"uur", hour}});
    json::object out;
    out["gevolgd"] = std::move(hours);
    out["gids"] = std::move(directories);
    out["standen"] = std::move(standings);
    out["logboeken"] = std::move(heads);
    return to_text(out) + "\n";
}

std::expected<directory, errc> verify_directory(std::string_view answer,
                                                std::span<const crypto::sign_public> roots, day today,
                                                seen& memory, const skipped& fetch) {
    auto object = parse_object(answer);
    if (!object) return std::unexpected(object.error());
    faults found;
    reading r(*object, "", found, unknown::ignore);
    auto token = r.text("gids", 524288);
    auto stands = r.texts("standen", 10000, 262144);
    auto keys = r.texts("sleutels", 100000, 8192);
    if (!found.empty()) return std::unexpected(errc::bad_document);
    auto newest = read_gids(token, roots);
    if (!newest) return std::unexpected(newest.error());
    if (today > newest->tot) return std::unexpected(errc::gids_expired);
    if (auto ok = walk_gids(*newest, memory, fetch); !ok) return std::unexpected(ok.error());

    directory out(std::move(*newest));
    for (const auto& stand_token : stands) (void)out.take(stand_token, keys, {});
    // A desk whose stand is withheld, signed by a lead who is no longer one, or contradicts what was seen
    // here has no keys: reports go to its fallback. That is not a reason to stop a reporter.
    for (const auto& desk : out.newest().loketten) {
        const auto* state = out.desk(desk.id);
        if (!state && memory.stands.contains(desk.id)) out.distrust(desk.id, errc::stand_withheld);
        if (!state) continue;
        if (auto ok = walk_stand(*state->stand, memory, fetch); !ok) out.distrust(desk.id, ok.error());
    }
    return out;
}

std::expected<void, errc> remember_head(seen& memory, std::string_view desk, const trail_head& head) {
    auto& heads = memory.trails[std::string(desk)];
    if (!heads.empty()) {
        const auto& last = heads.back();
        if (head.regel < last.regel || (head.regel == last.regel && head.hash != last.hash))
            return std::unexpected(errc::trail_rolled_back);
        if (head == last) return {};
    }
    heads.push_back(head);
    // The one that was followed stays, and so do the newest.
    if (heads.size() > most_heads + 1) heads.erase(heads.begin() + 1);
    return {};
}

std::expected<void, errc> trail_followed::take(std::string_view bytes) {
    if (auto line = read_line(bytes, at_); !line) return std::unexpected(line.error());
    at_ = head_of(at_.regel + 1, bytes);
    for (const auto& seen : heads_)
        if (seen.regel == at_.regel && seen.hash != at_.hash) return std::unexpected(errc::trail_rolled_back);
    return {};
}

std::expected<void, errc> trail_followed::end() const {
    if (at_.regel < heads_.back().regel) return std::unexpected(errc::trail_rolled_back);
    return {};
}

void remember_followed(seen& memory, std::string_view desk, const trail_head& at,
                       std::span<const trail_head> judged) {
    auto& heads = memory.trails[std::string(desk)];
    const auto unjudged = [&](const trail_head& one) {
        return one.regel < at.regel && std::ranges::find(judged, one) == judged.end();
    };
    if (std::ranges::any_of(heads, unjudged)) return;
    std::erase_if(heads, [&](const trail_head& one) { return one.regel <= at.regel; });
    heads.insert(heads.begin(), at);
}

}  // namespace protocol
