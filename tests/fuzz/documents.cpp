// Any members in a document that somebody of ours signed: directory, epoch key, membership, stand, daily
// head, and a wrap under the key. It counts for nothing, or it is within its bounds; written again it says
// the same, and the same bytes once more.
#include "crypto/protocol/documents.hpp"

#include <array>
#include <set>

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/daily_head.hpp"
#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/sealing.hpp"
#include "tests/fuzz/overlaid.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;

const crypto::sign_keys& signer() {
    static const auto out = crypto::sign_keys::from(crypto::seed());
    return out;
}
const std::array<crypto::sign_public, 1>& trusted() {
    static const std::array<crypto::sign_public, 1> out{signer().public_key};
    return out;
}
const crypto::box_keys& box() {
    static const auto out = crypto::box_keys::from(crypto::seed());
    return out;
}

void judge(const gids& g) {
    must(g.versie >= 1 && (g.versie == 1) == g.vorige.empty() && g.datum <= g.tot &&
         g.tot - g.datum <= gids_days);
    must(g.loketten.size() <= 1000);
    std::set<std::string> ids;
    for (const auto& desk : g.loketten) {
        must(is_desk_id(desk.id) && ids.insert(desk.id).second && g.desk(desk.id) == &desk);
        must(!desk.achtervang || (g.desk(*desk.achtervang) && *desk.achtervang != desk.id));
        must(std::set(desk.beheerders.begin(), desk.beheerders.end()).size() == desk.beheerders.size());
    }
    must(follows(nullptr, g, "{}").error() != errc::bad_document);
}
void judge(const epoch_key& k) {
    must(is_desk_id(k.loket) && k.tot() - k.van() == 7 && crypto::can_seal_to(k.public_key));
    must(crypto::seal_box(trusted()[0], k.public_key).has_value());
    // Nobody's secret but its own opens a wrap of it.
    const auto wrapped = wrap(box(), box().public_key).value();
    const auto opened = open_wrap(wrapped.view(), box(), k);
    must(opened.has_value() == (k.public_key == box().public_key));
}
void judge(const membership& m) {
    must(is_desk_id(m.loket) && m.van <= m.tot && m.tot - m.van <= membership_days);
    must(crypto::uuid::parse(m.lid.text()) == m.lid && crypto::seal_box(m.sign_key, m.box_key).has_value());
}
void judge(const stand& s) {
    must(is_desk_id(s.loket) && s.versie >= 1 && (s.versie == 1) == s.vorige.empty());
    must(s.datum <= s.tot && s.tot - s.datum <= stand_days && s.leden.size() <= 1000 &&
         s.sleutels.size() <= 1000);
    must(follows(nullptr, s).has_value() == (s.versie == 1));
}
void judge(const daily_head& d) {
    must(is_desk_id(d.loket) && d.head.regel >= 1 && read_head(write_head(d.head)) == d.head);
}

template <class Read>
void take(std::string_view typ, const std::string& payload, Read read) {
    const auto token = crypto::sign_jws(typ, payload, signer());
    auto document = read(token);
    if (!document) return;
    must(document->token == token && document->hash == crypto::hash_text(crypto::as_bytes(token)));
    must(document->signer == signer().public_key);
    judge(*document);
    sign_document(*document, signer());
    auto again = read(document->token);
    must(again.has_value());
    judge(*again);
    sign_document(*again, signer());
    must(again->token == document->token);
}

struct bases {
    json::object gids, epoch_key, membership, stand, head;
    bases() {
        const auto hash = crypto::hash_text({}), key = crypto::b64u(trusted()[0]),
                   lock = crypto::b64u(box().public_key);
        const json::array leads{json::string(key)};
        gids = {{"versie", 2},
                {"vorige", hash},
                {"datum", "2026-11-18"},
                {"tot", "2026-12-18"},
                {"logboek", key},
                {"routering", hash},
                {"loketten", json::array{json::object{{"id", "a"},
                                                      {"naam", "A"},
                                                      {"soort", "zorg"},
                                                      {"opsporing", false},
                                                      {"beheerders", leads},
                                                      {"achtervang", nullptr}}}}};
        epoch_key = {{"loket", "a"},
                     {"epoch", "2026-W47"},
                     {"publicKey", lock},
                     {"van", "2026-11-16"},
                     {"tot", "2026-11-23"}};
        membership = {{"loket", "a"},        {"lid", "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4"},
                      {"signKey", key},      {"boxKey", lock},
                      {"rol", "medewerker"}, {"van", "2026-11-18"},
                      {"tot", "2026-12-18"}};
        stand = {{"loket", "a"},
                 {"versie", 2},
                 {"vorige", hash},
                 {"datum", "2026-11-18"},
                 {"tot", "2026-12-18"},
                 {"leden", json::array{json::string(hash)}},
                 {"sleutels", json::array{json::string(hash)}}};
        head = {{"loket", "a"}, {"datum", "2026-11-18"}, {"regel", 7}, {"hash", hash}};
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bases base;
    const auto text = crypto::as_text({data, size});
    take(typ_gids, overlaid(base.gids, text), [](auto& token) { return read_gids(token, trusted()); });
    take(typ_epoch_key, overlaid(base.epoch_key, text),
         [](auto& token) { return read_epoch_key(token, trusted()); });
    take(typ_membership, overlaid(base.membership, text),
         [](auto& token) { return read_membership(token, trusted()); });
    take(typ_stand, overlaid(base.stand, text), [](auto& token) { return read_stand(token, trusted()); });
    take(typ_head, overlaid(base.head, text),
         [](auto& token) { return read_daily_head(token, trusted()[0]); });
    // What is sealed to an officer as the secret of a week.
    const auto wrapped = crypto::seal_box({data, size}, box().public_key).value();
    epoch_key week;
    week.public_key = box().public_key;
    const auto opened = open_wrap(wrapped.view(), box(), week);
    must(!opened || opened->public_key == week.public_key);
    return 0;
}
