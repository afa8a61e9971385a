// A server that answers anything: a chain of directories, stands and keys of which any part may be left
// out, doubled, changed or signed by another. What comes out was signed all the way down, and what was
// seen never goes back.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/protocol/json.hpp"
#include "crypto/protocol/seen.hpp"
#include "tests/fuzz/draws.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;

const day today = *day::parse("2026-11-18");

crypto::sign_keys keys(std::uint8_t number) {
    crypto::seed seed;
    seed.span()[0] = number;
    return crypto::sign_keys::from(seed);
}

// An honest past: four directories, four stands and four keys of the desk zorg.
struct past {
    crypto::sign_keys root = keys(1), lead = keys(2), stranger = keys(3);
    std::vector<gids> directories;
    std::vector<stand> stands;
    std::vector<epoch_key> epoch_keys;

    past() {
        for (int i = 0; i < 4; ++i) {
            gids g;
            g.versie = i + 1;
            g.vorige = i ? directories.back().hash : "";
            g.datum = today - 20 + i;
            g.tot = today + 40;
            g.routering = crypto::hash_text({});
            g.loketten = {{"zorg", "Zorg", "zorg", false, {lead.public_key}, std::nullopt}};
            sign_document(g, root);
            directories.push_back(g);

            epoch_key k;
            k.loket = "zorg";
            k.epoch = epoch::of(today).next(i - 1);
            k.public_key[0] = static_cast<std::uint8_t>(i + 9);
            sign_document(k, lead);
            epoch_keys.push_back(k);

            stand s;
            s.loket = "zorg";
            s.versie = i + 1;
            s.vorige = i ? stands.back().hash : "";
            s.datum = today - 20 + i;
            s.tot = s.datum + 30;
            for (const auto& key : epoch_keys) s.sleutels.push_back(key.hash);
            sign_document(s, lead);
            stands.push_back(s);
        }
    }
};

const past& honest() {
    static const past out;
    return out;
}

// The token as it is, or with one byte changed, cut short, or its payload signed by a stranger.
std::string shown(const std::string& token, draws& d) {
    auto out = token;
    switch (d.next(8)) {
        case 0:
            out[(d.next(256) * 256 + d.next(256)) % out.size()] ^= static_cast<char>(1 << d.next(8));
            break;
        case 1:
            out.resize(d.next(256) % out.size());
            break;
        case 2: {
            const auto parts = crypto::read_jws(token).value();
            out = crypto::sign_jws(parts.typ, parts.payload, honest().stranger);
            break;
        }
        default:
            break;
    }
    return out;
}

template <class Documents>
std::string any_of(const Documents& documents, draws& d) {
    return shown(documents[d.next(static_cast<unsigned>(documents.size()))].token, d);
}

std::string answer(draws& d) {
    json::array stands, epoch_keys;
    for (unsigned i = d.next(3); i > 0; --i) stands.push_back(json::string(any_of(honest().stands, d)));
    for (unsigned i = d.next(6); i > 0; --i)
        epoch_keys.push_back(json::string(any_of(honest().epoch_keys, d)));
    const auto gids = json::string(any_of(honest().directories, d));
    auto out = to_text(json::object{{"gids", gids}, {"standen", stands}, {"sleutels", epoch_keys}});
    if (d.next(16) == 1) out[d.next(256) % out.size()] ^= 1;
    return out;
}

template <class Documents>
bool has(const Documents& documents, const std::string& hash) {
    return std::any_of(documents.begin(), documents.end(), [&](const auto& one) { return one.hash == hash; });
}

// Everything a client now believes was said by somebody who may say it.
void judge(const directory& believed, const seen& memory) {
    must(has(honest().directories, believed.newest().hash));
    must(memory.gids.rbegin()->second == believed.newest().hash);
    const auto* desk = believed.desk("zorg");
    if (!desk) return;
    must(has(honest().stands, desk->stand->hash) && memory.stands.at("zorg").hash == desk->stand->hash);
    for (const auto& key : desk->keys) {
        must(has(honest().epoch_keys, key.hash));
        must(std::count(desk->stand->sleutels.begin(), desk->stand->sleutels.end(), key.hash) == 1);
        must(std::count_if(desk->keys.begin(), desk->keys.end(),
                           [&](const auto& k) { return k.epoch == key.epoch; }) == 1);
    }
    if (const auto* key = believed.usable_key("zorg", today, "landelijk"))
        must(key->epoch == epoch::of(today));
}

void judge(const seen& before, const seen& after) {
    for (const auto& [versie, hash] : before.gids) must(after.gids.at(versie) == hash);
    for (const auto& [desk, mark] : before.stands) must(after.stands.at(desk).versie >= mark.versie);
    for (const auto& [versie, hash] : after.gids)
        must(honest().directories.at(static_cast<std::size_t>(versie - 1)).hash == hash);
    const auto again = seen::read(after.write()).value();
    must(again.gids == after.gids && again.stands == after.stands && again.trails == after.trails);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    draws d{{data, size}};
    const std::vector<crypto::sign_public> roots{honest().root.public_key};
    seen memory;
    for (int visit = 0; visit < 4 && !d.rest.empty(); ++visit) {
        const seen before = memory;
        const skipped fetch{[&](std::int64_t) -> std::optional<std::string> {
                                if (d.next(8) == 0) return std::nullopt;
                                return any_of(honest().directories, d);
                            },
                            [&](std::string_view, std::int64_t versie) -> std::optional<std::string> {
                                if (d.next(3) == 0) return any_of(honest().stands, d);
                                return honest().stands.at(static_cast<std::size_t>(versie - 1)).token;
                            }};
        const auto read = verify_directory(answer(d), roots, today, memory, fetch);
        if (read) judge(*read, memory);
        judge(before, memory);
    }
    // And what was never signed by anyone of ours.
    (void)verify_directory(crypto::as_text({data, size}), roots, today, memory, {});
    if (auto read = seen::read(crypto::as_text({data, size})))
        must(seen::read(read->write())->gids == read->gids);
    return 0;
}
