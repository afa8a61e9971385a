// Who signed a request: what is believed, and every reason not to.
#include "server/trust/authenticate.hpp"
#include "tests/bench/stores.hpp"
#include "tests/unit/trust/world.hpp"

using namespace world;

namespace {

// A request, signed by whoever is named; what follows may be changed before it is sent.
struct sent {
    crypto::signed_message message{"POST", "meldpunt.example", "/v1/loketten/rotterdam/meldingen", "?", {}};
    std::string body = "{\"a\":1}";
    std::string input, signature;

    void sign(const crypto::sign_keys& keys, const std::string& keyid, std::int64_t created) {
        crypto::block<16> nonce{};
        auto fresh = crypto::uuid::random();
        std::copy(fresh.bytes.begin(), fresh.bytes.end(), nonce.begin());
        message.fields.clear();
        if (!body.empty())
            message.fields = {{"content-digest", crypto::content_digest(crypto::as_bytes(body))}};
        auto signed_as = crypto::sign_request(message, keys, keyid, created, nonce);
        input = signed_as.signature_input;
        signature = signed_as.signature;
    }
    [[nodiscard]] trust::signed_request request() const {
        trust::signed_request out{message, input, signature, std::nullopt, crypto::as_bytes(body)};
        for (const auto& [name, value] : message.fields)
            if (name == "content-digest") out.content_digest = value;
        return out;
    }
};

bool believed(country& nl, const sent& one, const std::string& desk = "rotterdam") {
    auto answer = run_now(nl.gate->identify(one.request(), desk));
    if (!answer) CHECK(answer.error() != trust::not_identified::store);
    return answer.has_value();
}

sent by_member(const country& nl, std::int64_t created) {
    sent out;
    out.sign(nl.rotterdam.sign, nl.rotterdam.keyid(), created);
    return out;
}

// Long after the start, so that the start second is not what is judged.
constexpr std::int64_t long_after = 3600;

}  // namespace

TEST_CASE("a member is who their signature says, with what the trail needs of it") {
    country nl;
    nl.clock.at += long_after;
    auto one = by_member(nl, nl.clock.at);
    auto who = run_now(nl.gate->identify(one.request(), "rotterdam")).value();
    CHECK(who.desk == "rotterdam");
    CHECK(who.who == nl.rotterdam.lid.text());
    CHECK(who.lid == nl.rotterdam.lid);
    CHECK(who.rol == "medewerker");
    CHECK_FALSE(who.lead);
    CHECK(crypto::verify(crypto::as_bytes(who.signature_base), who.signature, nl.rotterdam.sign.public_key));
    CHECK(who.signature_base.starts_with("\"@method\": POST\n\"@authority\": meldpunt.example\n"));
    // At another desk they are still who they are; the api refuses.
    CHECK(run_now(nl.gate->identify(by_member(nl, nl.clock.at).request(), "zorg")).value().desk ==
          "rotterdam");
}

TEST_CASE("when somebody last signed is said of requests that are believed, by their signer's clock") {
    country nl;
    nl.clock.at += long_after;
    CHECK_FALSE(nl.gate->last_signed());
    sent stranger;
    stranger.sign(nl.rotterdam.sign, "lid:" + crypto::uuid::random().text(), nl.clock.at);
    CHECK_FALSE(believed(nl, stranger));
    CHECK_FALSE(believed(nl, by_member(nl, nl.clock.at + 8 * 86400)));
    CHECK_FALSE(nl.gate->last_signed());
    CHECK(believed(nl, by_member(nl, nl.clock.at - 200)));
    CHECK(nl.gate->last_signed() == nl.clock.at - 200);
}

TEST_CASE("a lead is known by a lead key of the newest directory") {
    country nl;
    nl.clock.at += long_after;
    sent one;
    one.sign(nl.rotterdam.second_lead, "beheerder:" + crypto::kid(nl.rotterdam.second_lead.public_key),
             nl.clock.at);
    auto who = run_now(nl.gate->identify(one.request(), "rotterdam")).value();
    CHECK(who.lead);
    CHECK(who.desk == "rotterdam");
    CHECK(who.who == "beheerder:" + crypto::kid(nl.rotterdam.second_lead.public_key));
    CHECK_FALSE(who.lid);
    CHECK(who.rol.empty());

    one.sign(nl.rotterdam.lead, nl.rotterdam.lead_keyid(), nl.clock.at);
    CHECK(believed(nl, one));
    auto keyid = nl.rotterdam.lead_keyid();
    auto old = std::exchange(nl.rotterdam.lead, crypto::sign_keys::random());
    nl.publish_gids();
    one.sign(old, keyid, nl.clock.at);
    CHECK_FALSE(believed(nl, one));
    one.sign(nl.rotterdam.lead, nl.rotterdam.lead_keyid(), nl.clock.at);
    CHECK(believed(nl, one));
}

TEST_CASE("created may lie 300 seconds from the clock, either way; beyond it that is said, whoever signed") {
    country nl;
    nl.clock.at += long_after;
    for (auto [off, good] :
         {std::pair{-301, false}, {-300, true}, {0, true}, {300, true}, {301, false}, {86400, false}}) {
        CAPTURE(off);
        const auto why = [&](const sent& one) {
            auto answer = run_now(nl.gate->identify(one.request(), "rotterdam"));
            return answer ? std::nullopt : std::optional(answer.error());
        };
        CHECK(why(by_member(nl, nl.clock.at + off)) ==
              (good ? std::nullopt : std::optional(trust::not_identified::other_time)));
        sent stranger;
        stranger.sign(crypto::sign_keys::random(), "lid:" + crypto::uuid::random().text(), nl.clock.at + off);
        CHECK(why(stranger) ==
              (good ? trust::not_identified::not_believed : trust::not_identified::other_time));
    }
}

TEST_CASE("nothing up to the second of the start is believed") {
    country nl;
    auto start = nl.clock.at;
    nl.clock.at += 5;
    CHECK_FALSE(believed(nl, by_member(nl, start - 1)));
    CHECK_FALSE(believed(nl, by_member(nl, start)));
    CHECK(believed(nl, by_member(nl, start + 1)));
}

TEST_CASE("a request is believed once, whatever its created, and until it is too old anyway") {
    country nl;
    nl.clock.at += long_after;
    for (std::int64_t off : {-300, -1, 0, 1, 300}) {
        CAPTURE(off);
        auto one = by_member(nl, nl.clock.at + off);
        CHECK(believed(nl, one));
        CHECK_FALSE(believed(nl, one));
    }
    auto ahead = by_member(nl, nl.clock.at + 300);
    CHECK(believed(nl, ahead));
    nl.clock.at += 600;  // the last second in which its created is timely
    CHECK_FALSE(believed(nl, ahead));
}

TEST_CASE("signed ahead of the clock and replayed after a restart: refused") {
    country nl;
    nl.clock.at += long_after;
    auto ahead = by_member(nl, nl.clock.at + 200), behind = by_member(nl, nl.clock.at),
         fresh = by_member(nl, nl.clock.at + 200);
    CHECK(believed(nl, ahead));
    CHECK(believed(nl, behind));
    nl.clock.at += 10;
    nl.open();
    nl.clock.at += 5;
    CHECK_FALSE(believed(nl, ahead));
    CHECK_FALSE(believed(nl, behind));  // by its created
    CHECK(believed(nl, fresh));         // the restart alone refuses nobody who was not there before
    // The store forgets what is past, once it keeps something new.
    nl.clock.at += 7200;
    CHECK(believed(nl, by_member(nl, nl.clock.at + 1)));
    CHECK(run_now(nl.store->kept_nonces()).value().size() == 1);
}

TEST_CASE("a nonce whose signature did not hold is not used up") {
    country nl;
    nl.clock.at += long_after;
    auto one = by_member(nl, nl.clock.at);
    auto forged = one;
    forged.signature[20] = forged.signature[20] == 'A' ? 'B' : 'A';
    CHECK_FALSE(believed(nl, forged));
    CHECK(believed(nl, one));
}

TEST_CASE("whatever is changed after signing is not believed") {
    country nl;
    nl.clock.at += long_after;
    const auto good = by_member(nl, nl.clock.at);
    struct change {
        const char* what;
        void (*make)(sent&);
    };
    auto by = GENERATE(
        change{"body", [](sent& s) { s.body += " "; }}, change{"body gone", [](sent& s) { s.body.clear(); }},
        change{"digest", [](sent& s) { s.message.fields[0].second = crypto::content_digest({}); }},
        change{"body and digest",
               [](sent& s) {
                   s.body = "{}";
                   s.message.fields[0].second = crypto::content_digest(crypto::as_bytes(s.body));
               }},
        change{"digest gone", [](sent& s) { s.message.fields.clear(); }},
        change{"path", [](sent& s) { s.message.path += "/x"; }},
        change{"query", [](sent& s) { s.message.query = "?na=1"; }},
        change{"host", [](sent& s) { s.message.authority = "other.example"; }},
        change{"method", [](sent& s) { s.message.method = "PATCH"; }},
        change{"if-match added", [](sent& s) { s.message.fields.emplace_back("if-match", "\"1\""); }},
        change{"keyid",
               [](sent& s) {
                   s.input.replace(s.input.find("lid:") + 4, 1, "0"),
                       s.input.replace(s.input.find("lid:") + 5, 1, "f");
               }},
        change{"created",
               [](sent& s) {
                   s.input.replace(s.input.find(";nonce") - 1, 1,
                                   s.input[s.input.find(";nonce") - 1] == '0' ? "1" : "0");
               }},
        change{"signature", [](sent& s) { s.signature[10] = s.signature[10] == 'A' ? 'B' : 'A'; }},
        change{"no fields", [](sent& s) { s.input.clear(), s.signature.clear(); }});
    CAPTURE(by.what);
    auto changed = good;
    by.make(changed);
    CHECK_FALSE(believed(nl, changed));
    CHECK(believed(nl, good));
}

TEST_CASE("who is unknown, left, or has no standing is not believed") {
    country nl;
    nl.clock.at += long_after;
    sent one;
    auto try_as = [&](const crypto::sign_keys& keys, const std::string& keyid) {
        one.sign(keys, keyid, nl.clock.at);
        return believed(nl, one);
    };
    auto& at = nl.rotterdam;
    CHECK(try_as(at.sign, at.keyid()));
    CHECK_FALSE(try_as(at.sign, "lid:" + crypto::uuid::random().text()));
    CHECK_FALSE(try_as(at.sign, nl.zorg.keyid()));
    CHECK_FALSE(try_as(at.lead, at.keyid()));
    CHECK_FALSE(try_as(at.sign, at.lead_keyid()));
    for (const char* keyid :
         {"", "lid:", "lid:x", "beheerder:", "postbus:00000000000000000000000000000000", "root"})
        CHECK_FALSE(try_as(at.sign, keyid));
    CHECK_FALSE(try_as(nl.root, "beheerder:" + crypto::kid(nl.root.public_key)));

    SECTION("revoked: at once, by a stand without them") {
        at.leden.clear();
        nl.publish_stand(at);
        CHECK_FALSE(try_as(at.sign, at.keyid()));
        CHECK(try_as(nl.zorg.sign, nl.zorg.keyid()));
    }
    SECTION("the stand ends: its last day still counts, a lead key always") {
        nl.clock.put("2026-12-24", 43200);
        CHECK(try_as(at.sign, at.keyid()));
        nl.clock.put("2026-12-25", 1);
        CHECK_FALSE(try_as(at.sign, at.keyid()));
        CHECK(try_as(at.lead, at.lead_keyid()));
    }
    SECTION("the membership ends: its last day still counts") {
        auto last = protocol::day::parse("2026-11-25").value();
        auto ending = protocol::issue_membership(at.id, at.lid, at.sign.public_key, at.box.public_key,
                                                 "regisseur", nl.clock.today(), at.lead);
        ending.tot = last;
        protocol::sign_document(ending, at.lead);
        REQUIRE(run_now(nl.registry->take_membership(at.id, ending.token, {}, line(at.id, "lid"))));
        at.leden = {ending.hash};
        nl.publish_stand(at);
        nl.clock.put("2026-11-25", 86399);
        CHECK(try_as(at.sign, at.keyid()));
        nl.clock.put("2026-11-26", 0);
        CHECK_FALSE(try_as(at.sign, at.keyid()));
    }
}

TEST_CASE("an officer of two desks is of the one the request is about") {
    country nl;
    nl.clock.at += long_after;
    auto& first = nl.rotterdam;
    auto second = protocol::issue_membership("zorg", first.lid, first.sign.public_key, first.box.public_key,
                                             "beheerder", nl.clock.today(), nl.zorg.lead);
    REQUIRE(run_now(nl.registry->take_membership("zorg", second.token, {}, line("zorg", "lid"))));
    nl.zorg.leden.push_back(second.hash);
    nl.publish_stand(nl.zorg);
    for (const std::string desk : {"rotterdam", "zorg"}) {
        auto who = run_now(nl.gate->identify(by_member(nl, nl.clock.at).request(), desk)).value();
        CHECK(who.desk == desk);
        CHECK(who.rol == (desk == "zorg" ? "beheerder" : "medewerker"));
    }
}

namespace {

// The store as one that other servers write into too, and how often it was asked for what they changed.
class shared_store final : public bench::changed_store {
  public:
    using changed_store::changed_store;
    bool shared() const override { return true; }
    ::store::result<::store::added_report> add_report(::store::new_report report) override {
        return behind_.add_report(std::move(report));
    }
    ::store::result<std::int64_t> generation() override {
        ++asked;
        return changed_store::generation();
    }
    int asked = 0;
};

}  // namespace

TEST_CASE(
    "who cannot sign costs the database nothing, and who is unknown not more than a few looks a second") {
    country nl;
    nl.clock.at += long_after;
    shared_store store(*nl.store);
    trust::registry registry(store, {nl.root.public_key}, nl.clock);
    REQUIRE(run_now(registry.reload()));
    trust::gatekeeper gate(registry, store, nl.clock);
    const auto good = by_member(nl, nl.clock.at);
    auto forged = good, late = by_member(nl, nl.clock.at - 400);
    forged.signature[10] = forged.signature[10] == 'A' ? 'B' : 'A';
    const int before = store.asked;
    for (const auto* one : {&forged, &late})
        for (int i = 0; i < 10; ++i) CHECK_FALSE(run_now(gate.identify(one->request(), "rotterdam")));
    CHECK(store.asked == before);
    CHECK(run_now(gate.identify(good.request(), "rotterdam")));
    CHECK(store.asked == before + 1);
    sent stranger;
    for (int i = 0; i < 200; ++i) {
        stranger.sign(nl.rotterdam.sign, "lid:" + crypto::uuid::random().text(), nl.clock.at);
        CHECK_FALSE(run_now(gate.identify(stranger.request(), "rotterdam")));
    }
    CHECK(store.asked > before + 1);
    CHECK(store.asked < before + 190);
}

TEST_CASE("who came in through another server is believed at once") {
    country nl;
    nl.clock.at += long_after;
    shared_store store(*nl.store);
    trust::registry registry(store, {nl.root.public_key}, nl.clock);
    REQUIRE(run_now(registry.reload()));
    trust::gatekeeper gate(registry, store, nl.clock);
    nl.rotterdam.sign = crypto::sign_keys::random();
    nl.rotterdam.lid = crypto::uuid::random();
    nl.hand_in_member(nl.rotterdam);
    nl.publish_stand(nl.rotterdam);
    CHECK(run_now(gate.identify(by_member(nl, nl.clock.at).request(), "rotterdam")));
}
