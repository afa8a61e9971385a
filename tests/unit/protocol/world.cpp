#include "world.hpp"

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"

namespace world {

country::country() {
    for (const char* desk : {"rotterdam", "zorg", "landelijk"})
        leads.emplace(desk, crypto::sign_keys::random());
    table = R"({"versie":1,"datum":"2026-11-01","standaard":"landelijk",
"gemeenten":{"GM0599":{"regio":"rotterdam","zorg":"zorg"}},
"regels":[{"als":{"politie":["liever-niet"],"rol":["slachtoffer"]},"eerste":"@zorg","zonder":["opsporing"]},
{"als":{"minderjarig":["ja"]},"spoed":true}]})";
}

protocol::gids country::gids(const protocol::gids* previous,
                             const std::function<void(protocol::gids&)>& change) const {
    protocol::gids out;
    out.versie = previous ? previous->versie + 1 : 1;
    out.vorige = previous ? previous->hash : std::string();
    out.datum = today - 10;
    out.tot = today + 60;
    out.logboek = stranger.public_key;
    out.routering = crypto::hash_text(crypto::as_bytes(table));
    for (const auto& [id, soort, opsporing, fallback] :
         {std::tuple("rotterdam", "politie", true, "landelijk"),
          std::tuple("zorg", "zorg", false, "landelijk"), std::tuple("landelijk", "landelijk", false, "")}) {
        protocol::desk_entry desk{id, "Loket", soort, opsporing, {lead(id).public_key}, std::nullopt};
        if (*fallback) desk.achtervang = fallback;
        out.loketten.push_back(std::move(desk));
    }
    if (change) change(out);
    sign_document(out, root);
    return out;
}

week_key country::key(std::string_view desk, protocol::epoch week, const crypto::sign_keys* signer) const {
    week_key out;
    out.secret = crypto::box_keys::random();
    out.document.loket = desk;
    out.document.epoch = week;
    out.document.public_key = out.secret.public_key;
    sign_document(out.document, signer ? *signer : lead(desk));
    return out;
}

protocol::stand country::stand(std::string_view desk, const protocol::stand* previous,
                               const std::vector<protocol::epoch_key>& keys,
                               const std::function<void(protocol::stand&)>& change) const {
    protocol::stand out;
    out.loket = desk;
    out.versie = previous ? previous->versie + 1 : 1;
    out.vorige = previous ? previous->hash : std::string();
    out.datum = today - 1;
    out.tot = today + 30;
    for (const auto& key : keys) out.sleutels.push_back(key.hash);
    if (change) change(out);
    sign_document(out, lead(desk));
    return out;
}

std::string answer(const protocol::gids& gids, const std::vector<std::string>& stands,
                   const std::vector<std::string>& keys) {
    auto list = [](const std::vector<std::string>& tokens) {
        protocol::json::array out;
        for (const auto& token : tokens) out.push_back(protocol::json::string(token));
        return out;
    };
    return protocol::to_text(
        protocol::json::object{{"gids", gids.token}, {"standen", list(stands)}, {"sleutels", list(keys)}});
}

std::string resigned(std::string_view token, const crypto::sign_keys& key,
                     const std::function<void(protocol::json::object&)>& change, std::string_view typ) {
    auto parts = crypto::read_jws(token).value();
    auto payload = protocol::parse_object(parts.payload).value();
    change(payload);
    return crypto::sign_jws(typ.empty() ? std::string_view(parts.typ) : typ, protocol::to_text(payload), key);
}

}  // namespace world
