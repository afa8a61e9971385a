// A small country to test the server's rooms in: a root, three desks with leads and officers, a store in a
// directory of its own and a clock that stands where it is put. All documents are real ones, all of it goes
// in by the registry.
#pragma once

#include <memory>
#include <string>

#include "crypto/jws.hpp"
#include "crypto/protocol/issue.hpp"
#include "crypto/protocol/sealing.hpp"
#include "server/trust/authenticate.hpp"
#include "server/trust/registry.hpp"
#include "tests/unit/store/samples.hpp"

namespace world {

using async::run_now;

class set_clock final : public protocol::clock {
  public:
    std::int64_t at = 0;
    [[nodiscard]] std::int64_t now() const override { return at; }
    void put(std::string_view day, std::int64_t seconds = 43200) {
        at = std::int64_t{protocol::day::parse(day).value().number} * 86400 + seconds;
    }
};

// "landelijk" is standaard; "rotterdam" falls back on it; "zorg" is nobody's fallback.
inline const std::string& table() {
    static const std::string bytes =
        R"({"versie":1,"datum":"2026-11-16","standaard":"landelijk","gemeenten":{"GM0599":{"regio":"rotterdam"}},"regels":[]})";
    return bytes;
}

struct desk {
    explicit desk(std::string named) : id(std::move(named)) {}
    std::string id;
    crypto::sign_keys lead = crypto::sign_keys::random(), second_lead = crypto::sign_keys::random();
    crypto::sign_keys sign = crypto::sign_keys::random();
    crypto::box_keys box = crypto::box_keys::random();
    crypto::uuid lid = crypto::uuid::random();
    std::vector<std::string> leden, sleutels;  // hashes that the next stand lists
    std::vector<protocol::epoch_key> keys;
    std::optional<protocol::stand> stand;

    [[nodiscard]] std::string keyid() const { return "lid:" + lid.text(); }
    [[nodiscard]] std::string lead_keyid() const { return "beheerder:" + crypto::kid(lead.public_key); }
    [[nodiscard]] const protocol::epoch_key& key(std::string_view week) const {
        for (const auto& one : keys)
            if (one.epoch.text() == week) return one;
        throw std::out_of_range("no such week");
    }
};

// Trail lines of a test name what was done.
inline store::trail_write line(const std::string& desk, std::string what) {
    return samples::line(desk, std::move(what));
}

class country {
  public:
    // Thursday 2026-11-19 at noon, in week 2026-W47; every desk has a member and keys of W46 to W48,
    // all in force.
    country() {
        clock.put("2026-11-19");
        open();
        publish_gids();
        for (auto* one : {&rotterdam, &landelijk, &zorg}) furnish(*one);
    }

    // The same files by a new process.
    void open() {
        gate = nullptr;
        registry = nullptr;
        store = nullptr;
        store = samples::open(dir / "baken.db");
        registry = std::make_unique<trust::registry>(*store, std::vector{root.public_key}, clock);
        REQUIRE(run_now(registry->reload()));
        gate = std::make_unique<trust::gatekeeper>(*registry, *store, clock);
        REQUIRE(run_now(gate->open()));
    }

    // The next directory with the desks as they are now; not handed in.
    [[nodiscard]] protocol::gids next_gids() const {
        protocol::gids out;
        out.versie = gids ? gids->versie + 1 : 1;
        out.vorige = gids ? gids->hash : std::string();
        out.datum = clock.today();
        out.tot = out.datum + protocol::gids_days;
        out.logboek = root.public_key;
        out.routering = crypto::hash_text(crypto::as_bytes(table()));
        for (const auto* one : {&rotterdam, &landelijk, &zorg})
            out.loketten.push_back(
                {one->id,
                 one->id,
                 one == &rotterdam ? "politie" : "zorg",
                 one == &rotterdam,
                 {one->lead.public_key, one->second_lead.public_key},
                 one == &rotterdam ? std::optional<std::string>("landelijk") : std::nullopt});
        return out;
    }
    void publish_gids() {
        auto next = next_gids();
        protocol::sign_document(next, root);
        REQUIRE(run_now(registry->take_gids(next.token, table())));
        gids = next;
    }

    void furnish(desk& one) {
        hand_in_member(one);
        for (const char* week : {"2026-W46", "2026-W47", "2026-W48"}) hand_in_key(one, week);
        publish_stand(one);
    }
    protocol::membership hand_in_member(desk& one) {
        auto member = protocol::issue_membership(one.id, one.lid, one.sign.public_key, one.box.public_key,
                                                 "medewerker", clock.today(), one.lead);
        REQUIRE(run_now(registry->take_membership(one.id, member.token, {}, line(one.id, "lid"))));
        one.leden.push_back(member.hash);
        return member;
    }
    void hand_in_key(desk& one, std::string_view week) {
        auto issued =
            protocol::issue_epoch_key(one.id, protocol::epoch::parse(week).value(), {}, one.lead).value();
        REQUIRE(run_now(registry->take_epoch_key(one.id, issued.key.token, {}, line(one.id, "sleutel"))));
        one.sleutels.push_back(issued.key.hash);
        one.keys.push_back(std::move(issued.key));
    }
    protocol::stand next_stand(const desk& one) const {
        return protocol::issue_stand(one.stand, one.id, one.leden, one.sleutels, clock.today(), one.lead);
    }
    void publish_stand(desk& one) {
        auto next = next_stand(one);
        REQUIRE(run_now(registry->take_stand(one.id, next.token, line(one.id, "stand"))));
        one.stand = next;
    }

    scratch dir;
    set_clock clock;
    crypto::sign_keys root = crypto::sign_keys::random();
    desk rotterdam{"rotterdam"}, landelijk{"landelijk"}, zorg{"zorg"};
    std::optional<protocol::gids> gids;
    std::unique_ptr<store::store> store;
    std::unique_ptr<trust::registry> registry;
    std::unique_ptr<trust::gatekeeper> gate;
};

}  // namespace world
