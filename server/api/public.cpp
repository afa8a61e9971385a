// What anybody may ask, and the two writes that need no account: a directory, which its root's signature
// carries, and a report.
#include <map>

#include "crypto/protocol/envelope_json.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/parameters.hpp"
#include "server/intake/request_hash.hpp"
#include "server/intake/take_report.hpp"

namespace api {
namespace {

namespace json = protocol::json;

// Public data that must follow a change at once: readers ask each time, and get 304.
constexpr unsigned always_ask = 0;
constexpr unsigned one_hour = 3600;
constexpr std::size_t largest_table = 400000;

std::string_view text_of(const http::request& request) {
    return {reinterpret_cast<const char*>(request.body.data()), request.body.size()};
}

http::response no_directory() { return not_found("No directory has been published yet."); }

// A version in a path: digits, no leading zero.
std::optional<std::int64_t> version(std::string_view text) {
    if (text.empty() || text.size() > 15 || text[0] == '0') return std::nullopt;
    std::int64_t out = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

http::response document(const http::head& head, std::string_view name,
                        const std::expected<std::string, store::errc>& token) {
    if (!token) return from_store(token.error());
    json::object out;
    out[name] = *token;
    // A version that was published never changes.
    return public_answer(head, protocol::to_text(out), one_hour);
}

// The desk is that of the routing table in force; before the first directory, that of the shipped data.
json::object row(const guide::gemeente& gemeente, const trust::snapshot* now, std::string_view via,
                 std::optional<unsigned> percent, bool guess) {
    json::object out;
    out["code"] = gemeente.code;
    out["naam"] = gemeente.weergave;
    out["via"] = nullptr;
    if (!via.empty()) out["via"] = json::string_view(via);
    out["aandeel"] = nullptr;
    if (percent) out["aandeel"] = *percent;
    out["gissing"] = guess;
    out["loket"] = now && now->table.knows(gemeente.code) ? now->table.regio(gemeente.code) : gemeente.loket;
    return out;
}

// The answer to a report that is stored: now, or before by the same bytes.
http::response received(const crypto::uuid& id, const store::added_report& added) {
    json::object out;
    out["id"] = id.text();
    out["ontvangen"] = protocol::day{added.day}.text();
    return json_answer(added.fresh ? 201 : 200, out);
}

}  // namespace

async::task<http::response> endpoints::openapi(call call) {
    co_return public_answer(call.request.head, openapi_, openapi_hash_, one_hour);
}

async::task<http::response> endpoints::directory(call call) {
    if (auto fresh = co_await parts_.registry.freshen(); !fresh) co_return from_store(fresh.error());
    auto now = parts_.registry.published();
    if (!now.bytes) co_return no_directory();
    co_return public_answer(call.request.head, std::move(now.bytes), now.hash, always_ask);
}

async::task<http::response> endpoints::directory_version(call call) {
    auto number = version(call.parameters[0]);
    if (!number) co_return not_found("There is no such version.");
    auto token = co_await parts_.store.gids(*number);
    co_return document(call.request.head, "gids", token);
}

async::task<http::response> endpoints::stand_version(call call) {
    auto number = version(call.parameters[1]);
    if (!number) co_return not_found("There is no such version.");
    auto token = co_await parts_.store.stand(call.parameters[0], *number);
    co_return document(call.request.head, "stand", token);
}

async::task<http::response> endpoints::routing(call call) {
    if (auto fresh = co_await parts_.registry.freshen(); !fresh) co_return from_store(fresh.error());
    auto now = parts_.registry.now();
    if (!now) co_return no_directory();
    co_return public_answer(call.request.head, now->table_bytes, now->directory.newest().routering,
                            always_ask);
}

async::task<http::response> endpoints::municipalities(call call) {
    parameters query(call.request.head.query);
    auto gemeenten = parts_.gemeenten.get();
    auto now = parts_.registry.now();
    auto name = query.text("zoek"), postcode = query.text("postcode");
    json::array rows;
    if (postcode && !postcode->empty()) {
        auto found = gemeenten->by_postcode(*postcode);
        if (!found)
            query.add("postcode", "formaat", "A postcode is four digits, or four digits and two letters.");
        std::map<std::string_view, bool> named;  // by code, whether it is a guess
        if (name && !name->empty())
            for (const auto& match : gemeenten->search(*name, 400))
                named.emplace(match.gemeente->code, match.guess);
        for (const auto& one : found.value_or(std::vector<guide::gemeenten::candidate>{})) {
            const auto at = named.find(one.gemeente->code);
            if (at == named.end() && name && !name->empty()) continue;
            const bool guess = at != named.end() && at->second;
            rows.push_back(row(*one.gemeente, now.get(), one.via, one.percent, guess));
        }
    } else if (name && !name->empty()) {
        for (const auto& match : gemeenten->search(*name))
            rows.push_back(row(*match.gemeente, now.get(), match.via, std::nullopt, match.guess));
    } else {
        for (const auto& gemeente : gemeenten->all())
            rows.push_back(row(gemeente, now.get(), {}, std::nullopt, false));
    }
    if (auto found = query.finish(); !found.empty()) co_return bad_input("query", found);
    json::object out;
    out["gemeenten"] = std::move(rows);
    co_return asked_answer(call.request.head, protocol::to_text(out), one_hour);
}

async::task<http::response> endpoints::post_directory(call call) {
    protocol::faults found;
    auto object = protocol::parse_object(text_of(call.request));
    if (!object) {
        found.push_back({"", "json", std::string(protocol::text(object.error()))});
        co_return bad_input("body", found);
    }
    protocol::reading r(*object, "", found, protocol::unknown::refuse);
    auto token = r.text("gids", 524288);
    auto table = r.binary("routering");
    r.finish();
    if (table.size() > largest_table) r.add("routering", "lengte", "The routing table is too large.");
    if (!found.empty()) co_return bad_input("body", found);
    auto taken =
        co_await parts_.registry.take_gids(std::move(token), std::string(table.begin(), table.end()));
    if (!taken) {
        using enum trust::refused::kind;
        if (taken.error().why == conflict)
            co_return api::conflict("The directory does not follow the current version; fetch that first.");
        if (taken.error().why == store) co_return overloaded();
        co_return bad_input("body", taken.error().faults);
    }
    // A lead who is one no longer takes a desk's members along.
    parts_.store.arrivals().ring_all();
    json::object out;
    out["hash"] = taken->hash;
    co_return json_answer(201, out);
}

async::task<http::response> endpoints::post_report(call call) {
    auto now = parts_.registry.now();
    if (!now) co_return overloaded();
    protocol::faults found;
    auto object = protocol::parse_object(text_of(call.request));
    if (!object) {
        found.push_back({"", "json", std::string(protocol::text(object.error()))});
        co_return bad_input("body", found);
    }
    auto report = protocol::read_posted_report(*object, found);
    const auto id = report.envelope.id;
    const auto hash = intake::request_hash(call.request.body);
    const auto size = admission::class_of_request(call.request.body.size());
    auto permit = parts_.volume.take(call.request.head.sender, size, report.spoed);
    if (!permit) co_return co_await again_or(id, hash, no_room());
    if (parts_.gate.sheds(admission::importance_of(size, permit->urgent())))
        co_return co_await again_or(id, hash, overloaded());
    intake::terms terms{parts_.staffing.get(), std::nullopt};
    auto added =
        co_await intake::take_report(std::move(report), std::move(found), hash, std::move(now),
                                     parts_.clock.now(), std::move(terms), parts_.registry, parts_.store);
    if (!added) {
        if (auto* faults = std::get_if<protocol::faults>(&added.error()))
            co_return co_await again_or(id, hash, bad_input("body", *faults));
        co_return from_store(std::get<store::errc>(added.error()));
    }
    if (added->fresh) permit->keep();
    co_return received(id, *added);
}

async::task<http::response> endpoints::again_or(crypto::uuid id, crypto::block<32> request_hash,
                                                http::response refusal) {
    // Asked only where it would be refused: its week or a desk's standing may have ended since it was stored.
    auto before = co_await parts_.store.earlier_report(id, request_hash);
    if (before && *before) co_return received(id, **before);
    co_return std::move(refusal);
}

}  // namespace api
