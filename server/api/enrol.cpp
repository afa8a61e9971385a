// A desk's documents of trust: its members, epoch keys and standing, handed in by a lead and fetched by
// members.
#include "crypto/hash.hpp"
#include "server/api/endpoints.hpp"

namespace api {
namespace {

namespace json = protocol::json;

constexpr std::size_t wrap_size = 80;  // crypto_box_seal of 32 bytes
constexpr std::size_t most_wraps = 1000;

desk_answer refuse(http::response response) { return {std::move(response), {}}; }

// The answer to a document that was handed in.
desk_answer filed(std::expected<trust::taken, trust::refused> taken, std::int64_t now) {
    if (!taken) {
        using enum trust::refused::kind;
        if (taken.error().why == conflict)
            return refuse(
                api::conflict("The document does not follow the newest of its kind; fetch that first."));
        if (taken.error().why == store) return refuse(overloaded());
        if (taken.error().why == too_many)
            return refuse(api::too_many(
                "Two hundred documents of this desk wait for a stand that lists them: hand that in first.",
                now));
        return refuse(bad_input("body", taken.error().faults));
    }
    json::object out;
    out["hash"] = taken->hash;
    return {json_answer(taken->fresh ? 201 : 200, out), std::move(taken->head)};
}

struct handed_in {
    std::string token;
    std::vector<store::wrap_row> wraps;
};

// {"<name>":jws} with its wraps, each named by an epoch or a member. document: the member that holds the JWS.
std::expected<handed_in, http::response> read_document(const http::request& request,
                                                       std::string_view document,
                                                       std::string_view wrap_name) {
    protocol::faults found;
    auto object =
        protocol::parse_object({reinterpret_cast<const char*>(request.body.data()), request.body.size()});
    if (!object) {
        found.push_back({"", "json", std::string(protocol::text(object.error()))});
        return std::unexpected(bad_input("body", found));
    }
    protocol::reading r(*object, "", found, protocol::unknown::refuse);
    handed_in out;
    out.token = r.text(document, 262144);
    if (!wrap_name.empty())
        r.each("wraps", most_wraps, [&](const json::value& value, std::string at) {
            if (!value.is_object())
                return found.push_back({std::move(at), "type", "A wrap must be an object."});
            protocol::reading one(value.as_object(), std::move(at), found, protocol::unknown::refuse);
            store::wrap_row wrap;
            auto name = one.text(wrap_name, 64);
            (wrap_name == "epoch" ? wrap.epoch : wrap.lid) = name;
            auto sealed = one.binary("sealedSecret");
            if (!sealed.empty() && sealed.size() != wrap_size)
                one.add("sealedSecret", "lengte", "A sealed secret is 80 bytes in base64url.");
            one.finish();
            wrap.sealed = crypto::sealed::received(std::move(sealed));
            out.wraps.push_back(std::move(wrap));
        });
    r.finish();
    if (!found.empty()) return std::unexpected(bad_input("body", found));
    return out;
}

}  // namespace

async::task<desk_answer> endpoints::keys(desk_call call) {
    auto wraps = co_await parts_.store.wraps(call.desk(), call.caller.who);
    if (!wraps) co_return refuse(from_store(wraps.error()));
    auto today = parts_.clock.today();
    json::array rows;
    auto files = call.now->files.find(call.desk());
    if (files != call.now->files.end()) {
        for (const auto& [hash, key] : files->second.keys) {
            json::object row;
            row["sleutel"] = key->token;
            row["sealedSecret"] = nullptr;
            // A wrap is handed out from the day before its week, not sooner (§1).
            for (const auto& wrap : *wraps)
                if (wrap.key_hash == hash && key->van() - 1 <= today)
                    row["sealedSecret"] = crypto::b64u(wrap.sealed.view());
            rows.push_back(std::move(row));
        }
        for (const auto& token : files->second.former_keys)
            rows.push_back(json::object{{"sleutel", token}, {"sealedSecret", nullptr}});
    }
    json::object out;
    out["sleutels"] = std::move(rows);
    co_return desk_answer{json_answer(200, out), {}};
}

async::task<desk_answer> endpoints::members(desk_call call) {
    json::array rows;
    auto files = call.now->files.find(call.desk());
    if (files != call.now->files.end()) {
        for (const auto& [hash, member] : files->second.memberships)
            rows.push_back(json::string(member->token));
        for (const auto& token : files->second.former) rows.push_back(json::string(token));
    }
    json::object out;
    out["leden"] = std::move(rows);
    out["stand"] = nullptr;
    if (const auto* state = call.now->directory.desk(call.desk())) out["stand"] = state->stand->token;
    co_return desk_answer{json_answer(200, out), {}};
}

async::task<desk_answer> endpoints::post_member(desk_call call) {
    auto read = read_document(call.request, "lid", "epoch");
    if (!read) co_return refuse(std::move(read.error()));
    auto trail = line(call, crypto::hash_text(crypto::as_bytes(read->token)));
    auto taken = co_await parts_.registry.take_membership(call.desk(), std::move(read->token),
                                                          std::move(read->wraps), std::move(trail));
    co_return filed(std::move(taken), parts_.clock.now());
}

async::task<desk_answer> endpoints::post_key(desk_call call) {
    auto read = read_document(call.request, "sleutel", "lid");
    if (!read) co_return refuse(std::move(read.error()));
    auto trail = line(call, crypto::hash_text(crypto::as_bytes(read->token)));
    auto taken = co_await parts_.registry.take_epoch_key(call.desk(), std::move(read->token),
                                                         std::move(read->wraps), std::move(trail));
    co_return filed(std::move(taken), parts_.clock.now());
}

async::task<desk_answer> endpoints::post_stand(desk_call call) {
    auto read = read_document(call.request, "stand", {});
    if (!read) co_return refuse(std::move(read.error()));
    auto trail = line(call, crypto::hash_text(crypto::as_bytes(read->token)));
    auto taken = co_await parts_.registry.take_stand(call.desk(), std::move(read->token), std::move(trail));
    // Who left by it may be holding a call.
    if (taken) parts_.store.arrivals().ring(call.desk());
    co_return filed(std::move(taken), parts_.clock.now());
}

}  // namespace api
