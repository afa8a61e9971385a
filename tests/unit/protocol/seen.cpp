// A server that lies: an older directory, another one under the same number, a broken chain, keys and stands
// that no lead in force signed. What a client refuses, and what it goes on without.
#include "crypto/protocol/seen.hpp"

#include <catch2/catch.hpp>

#include "crypto/hash.hpp"
#include "crypto/protocol/issue.hpp"
#include "refusal.hpp"
#include "world.hpp"

using namespace protocol;
using world::answer;
using world::country;
using world::this_week;
using world::today;
using tokens = std::vector<std::string>;

namespace {

// What the server gives when it is asked for skipped versions.
struct archive {
    std::map<std::int64_t, std::string> gids;
    std::map<std::pair<std::string, std::int64_t>, std::string> stands;
    [[nodiscard]] skipped fetch() const {
        return {[this](std::int64_t versie) { return find(gids, versie); },
                [this](std::string_view desk, std::int64_t versie) {
                    return find(stands, std::pair(std::string(desk), versie));
                }};
    }

  private:
    template <class Map, class Key>
    static std::optional<std::string> find(const Map& map, const Key& key) {
        auto at = map.find(key);
        return at == map.end() ? std::nullopt : std::optional(at->second);
    }
};

const archive nothing;

}  // namespace

TEST_CASE("a directory is taken down from a pinned root, and remembered") {
    const country land;
    const auto gids = land.gids();
    const auto key = land.key("zorg", this_week).document;
    const auto stand = land.stand("zorg", nullptr, {key});
    seen memory;
    const auto read = verify_directory(answer(gids, {stand.token}, {key.token}), land.roots(), today, memory,
                                       nothing.fetch());
    REQUIRE(read.has_value());
    CHECK(read->usable_key("zorg", today, "landelijk")->hash == key.hash);
    CHECK(memory.knows({1, gids.hash}));
    CHECK_FALSE(memory.knows({1, crypto::hash_text({})}));
    CHECK_FALSE(memory.knows({2, gids.hash}));
    CHECK(memory.stands.at("zorg") == directory_mark{1, stand.hash});
    // The same again is no news; either of two pinned roots will do.
    const std::vector two{land.stranger.public_key, land.root.public_key};
    CHECK(verify_directory(answer(gids, {stand.token}, {}), two, today, memory, nothing.fetch()).has_value());
}

TEST_CASE("a directory of an unknown root, or one that has ended, is refused and not remembered") {
    const country land;
    const auto gids = land.gids();
    seen memory;
    auto judged = [&](const std::string& text, day when) {
        return refusal(verify_directory(text, land.roots(), when, memory, nothing.fetch()));
    };
    auto other = gids;
    sign_document(other, land.stranger);
    CHECK(judged(answer(other, {}, {}), today) == errc::bad_signature);
    sign_document(other, land.lead("zorg"));
    CHECK(judged(answer(other, {}, {}), today) == errc::bad_signature);
    CHECK(judged(answer(gids, {}, {}), gids.tot + 1) == errc::gids_expired);
    CHECK(judged("", today) == errc::bad_json);
    CHECK(judged("{}", today) == errc::bad_document);
    CHECK(judged(R"({"gids":1,"standen":[],"sleutels":[]})", today) == errc::bad_document);
    CHECK(judged(R"({"gids":"x","standen":[],"sleutels":[]})", today) == errc::bad_signature);
    const auto long_lived = land.gids(nullptr, [](protocol::gids& g) { g.tot = g.datum + 93; });
    CHECK(judged(answer(long_lived, {}, {}), today) == errc::gids_term);
    CHECK(memory.gids.empty());
    CHECK(judged(answer(gids, {}, {}), gids.tot) == std::nullopt);  // tot is inclusive
    CHECK(refusal(verify_directory(answer(gids, {}, {}), {}, today, memory, nothing.fetch())) ==
          errc::bad_signature);
}

TEST_CASE("an older directory, or another under a number seen before, is refused") {
    const country land;
    const auto first = land.gids(), second = land.gids(&first);
    const auto fork = land.gids(&first, [](gids& g) { g.tot = g.tot + 1; });
    seen memory;
    auto judged = [&](const gids& g) {
        return refusal(verify_directory(answer(g, {}, {}), land.roots(), today, memory, nothing.fetch()));
    };
    REQUIRE(judged(first) == std::nullopt);
    REQUIRE(judged(second) == std::nullopt);
    CHECK(judged(first) == errc::gids_older);
    CHECK(judged(fork) == errc::gids_forked);
    CHECK(judged(second) == std::nullopt);
    CHECK(memory.gids.size() == 2);
    CHECK(memory.knows({2, second.hash}));
}

TEST_CASE("the chain of directories must fit, over every version that was skipped") {
    const country land;
    const auto first = land.gids(), second = land.gids(&first), third = land.gids(&second),
               fourth = land.gids(&third);
    const auto forked_second = land.gids(&first, [](gids& g) { g.tot = g.tot + 1; }),
               after_fork = land.gids(&forked_second);
    auto judged = [&](const gids& newest, const archive& held) {
        seen memory;
        memory.gids[1] = first.hash;
        auto out =
            refusal(verify_directory(answer(newest, {}, {}), land.roots(), today, memory, held.fetch()));
        // What was refused is not remembered.
        CHECK(memory.gids.size() == (out ? 1U : static_cast<std::size_t>(newest.versie)));
        return out;
    };
    const archive honest{{{2, second.token}, {3, third.token}}, {}};
    CHECK(judged(second, nothing) == std::nullopt);
    CHECK(judged(fourth, honest) == std::nullopt);
    CHECK(judged(fourth, nothing) == errc::gids_chain);
    CHECK(judged(fourth, {{{2, second.token}}, {}}) == errc::gids_chain);
    CHECK(judged(fourth, {{{2, forked_second.token}, {3, third.token}}, {}}) == errc::gids_chain);
    CHECK(judged(fourth, {{{2, second.token}, {3, after_fork.token}}, {}}) == errc::gids_chain);
    CHECK(judged(fourth, {{{2, third.token}, {3, second.token}}, {}}) == errc::gids_chain);
    CHECK(judged(third, {{{2, forked_second.token}}, {}}) == errc::gids_chain);
    auto by_stranger = second;
    sign_document(by_stranger, land.stranger);
    CHECK(judged(third, {{{2, by_stranger.token}}, {}}) == errc::gids_chain);
    // By a root that was dropped since: the pinned one that signed the next vouches for it.
    const auto after_stranger = land.gids(&by_stranger);
    CHECK(judged(after_stranger, {{{2, by_stranger.token}}, {}}) == std::nullopt);
    CHECK(judged(after_stranger, {{{2, second.token}}, {}}) == errc::gids_chain);
    CHECK(judged(by_stranger, nothing) == errc::bad_signature);
    const auto astray = land.gids(&first, [](gids& g) { g.vorige = crypto::hash_text({}); });
    CHECK(judged(astray, nothing) == errc::gids_chain);
    const auto far = land.gids(&first, [](gids& g) { g.versie = 1'000'000'000; });
    CHECK(judged(far, honest) == errc::gids_chain);
}

TEST_CASE("a desk with an older stand, another under the same number, or a broken chain is distrusted") {
    const country land;
    const auto gids = land.gids();
    const auto first = land.stand("zorg", nullptr, {}), second = land.stand("zorg", &first, {}),
               third = land.stand("zorg", &second, {});
    const auto fork = land.stand("zorg", &first, {}, [](stand& s) { s.tot = s.tot + 1; }),
               after_fork = land.stand("zorg", &fork, {});
    auto judged = [&](const stand& before, const tokens& shown, const archive& held = nothing) {
        seen memory;
        memory.stands["zorg"] = {before.versie, before.hash};
        const auto read =
            verify_directory(answer(gids, shown, {}), land.roots(), today, memory, held.fetch()).value();
        const auto why = read.distrusted("zorg");
        // Of one that is not believed nothing is kept, and nothing is learnt.
        CHECK((read.desk("zorg") == nullptr) == why.has_value());
        if (why) CHECK(memory.stands.at("zorg") == directory_mark{before.versie, before.hash});
        CHECK_FALSE(read.distrusted("rotterdam"));
        return why;
    };
    CHECK(judged(second, {}) == errc::stand_withheld);
    CHECK(judged(second, {"x"}) == errc::stand_withheld);
    CHECK(judged(first, {second.token}) == std::nullopt);
    CHECK(judged(second, {second.token}) == std::nullopt);
    CHECK(judged(second, {first.token}) == errc::stand_older);
    CHECK(judged(second, {fork.token}) == errc::stand_forked);
    CHECK(judged(second, {after_fork.token}) == errc::stand_chain);
    CHECK(judged(first, {third.token}, {{}, {{{"zorg", 2}, second.token}}}) == std::nullopt);
    CHECK(judged(first, {third.token}) == errc::stand_chain);
    CHECK(judged(first, {third.token}, {{}, {{{"zorg", 2}, fork.token}}}) == errc::stand_chain);
    CHECK(judged(first, {third.token}, {{}, {{{"zorg", 2}, "no token"}}}) == errc::stand_chain);
    CHECK(judged(first, {third.token}, {{}, {{{"rotterdam", 2}, second.token}}}) == errc::stand_chain);
    const auto far = land.stand("zorg", &first, {}, [](stand& s) { s.versie = 1'000'000'000; });
    CHECK(judged(first, {far.token}) == errc::stand_chain);
    // A newer stand does not hide an older one shown beside it, in whichever order.
    CHECK(judged(second, {third.token, first.token}) == errc::stand_older);
}

TEST_CASE("stands skipped between two leads fit by hash alone: the newest is signed by a lead in force") {
    const country land;
    const auto gids = land.gids();
    const auto first = land.stand("zorg", nullptr, {});
    auto second = land.stand("zorg", &first, {});
    sign_document(second, land.stranger);  // a lead at the time, not one now
    const auto third = land.stand("zorg", &second, {});
    seen memory;
    memory.stands["zorg"] = {1, first.hash};
    const archive held{{}, {{{"zorg", 2}, second.token}}};
    CHECK(verify_directory(answer(gids, {third.token}, {}), land.roots(), today, memory, held.fetch())
              .has_value());
}

TEST_CASE("a desk whose stand no lead in force signed has no keys; the rest of the country goes on") {
    const country land;
    const auto gids = land.gids();
    const auto key = land.key("zorg", this_week).document, other = land.key("rotterdam", this_week).document;
    auto former = land.stand("zorg", nullptr, {key});
    sign_document(former, land.stranger);
    const auto neighbour = land.stand("rotterdam", nullptr, {other});
    for (const tokens& stands :
         {tokens{former.token, neighbour.token}, tokens{neighbour.token}, tokens{"x", neighbour.token}}) {
        seen memory;
        memory.stands["zorg"] = {5, crypto::hash_text({})};
        const auto read = verify_directory(answer(gids, stands, {key.token, other.token}), land.roots(),
                                           today, memory, nothing.fetch());
        REQUIRE(read.has_value());
        CHECK(read->usable_key("zorg", today, "landelijk") == nullptr);
        CHECK(read->distrusted("zorg") == errc::stand_withheld);
        CHECK(read->usable_key("rotterdam", today, "landelijk") != nullptr);
        CHECK(memory.stands.at("zorg").versie == 5);  // nor is what was seen before forgotten
    }
}

TEST_CASE("a lead who left the directory can put nothing in force any more") {
    const country land;
    const auto heir = crypto::sign_keys::random();
    const auto before = land.gids();
    const auto after = land.gids(&before, [&](gids& g) { g.loketten[1].beheerders = {heir.public_key}; });
    const auto key = land.key("zorg", this_week).document;
    const auto stand = land.stand("zorg", nullptr, {key});
    seen memory;
    auto read = verify_directory(answer(before, {stand.token}, {key.token}), land.roots(), today, memory,
                                 nothing.fetch());
    CHECK(read->usable_key("zorg", today, "landelijk") != nullptr);
    read = verify_directory(answer(after, {stand.token}, {key.token}), land.roots(), today, memory,
                            nothing.fetch());
    CHECK(read->usable_key("zorg", today, "landelijk") == nullptr);
    // The heir's stand counts, the former lead's key in it does not.
    auto next = land.stand("zorg", &stand, {key});
    sign_document(next, heir);
    read = verify_directory(answer(after, {next.token}, {key.token}), land.roots(), today, memory,
                            nothing.fetch());
    CHECK(read->desk("zorg")->in_force(today));
    CHECK(read->usable_key("zorg", today, "landelijk") == nullptr);
}

TEST_CASE("a key that is slipped in, is of another desk or week, or stands there doubly is not used") {
    const country land;
    const auto gids = land.gids();
    const auto good = land.key("zorg", this_week).document, second = land.key("zorg", this_week).document;
    const auto slipped = land.key("zorg", this_week, &land.stranger).document;
    const auto elsewhere = land.key("rotterdam", this_week).document;
    const auto next_week = land.key("zorg", this_week.next()).document;
    const auto odd_window =
        world::resigned(next_week.token, land.lead("zorg"), [](json::object& o) { o["epoch"] = "2026-W47"; });
    auto used = [&](const std::vector<std::string>& listed, const tokens& shown) -> std::string {
        auto stand = land.stand("zorg", nullptr, {}, [&](protocol::stand& s) {
            for (const auto& token : listed) s.sleutels.push_back(crypto::hash_text(crypto::as_bytes(token)));
        });
        seen memory;
        auto read = verify_directory(answer(gids, {stand.token}, shown), land.roots(), today, memory,
                                     nothing.fetch());
        const auto* key = read.value().usable_key("zorg", today, "landelijk");
        return key ? key->token : "";
    };
    CHECK(used({good.token}, {good.token}) == good.token);
    CHECK(used({good.token}, {second.token}).empty());
    CHECK(used({slipped.token}, {slipped.token}).empty());
    CHECK(used({elsewhere.token}, {elsewhere.token}).empty());
    CHECK(used({odd_window}, {odd_window}).empty());
    CHECK(used({next_week.token}, {next_week.token}).empty());
    CHECK(used({good.token, second.token}, {good.token, second.token}).empty());
    CHECK(used({good.token, slipped.token}, {slipped.token, good.token}) == good.token);
    CHECK(used({good.token}, {good.token, good.token, good.token}) == good.token);
    CHECK(used({good.token}, {"", "x", "a.b.c", good.token}) == good.token);
}

TEST_CASE("what was seen is written and read back") {
    seen memory;
    memory.gids = {{1, crypto::hash_text({})}, {7, crypto::hash_text(crypto::as_bytes("7"))}};
    memory.stands["zorg"] = {3, crypto::hash_text({})};
    memory.trails["zorg"] = {{17, crypto::hash_text({})}, {19, crypto::hash_text(crypto::as_bytes("19"))}};
    memory.trails["rotterdam"] = {{}};
    memory.followed["zorg"] = 495123;
    const auto again = seen::read(memory.write()).value();
    CHECK(again.gids == memory.gids);
    CHECK(again.stands == memory.stands);
    CHECK(again.trails == memory.trails);
    CHECK(again.followed == memory.followed);
    CHECK(seen::read(seen().write()).value().gids.empty());
    CHECK(refusal(seen::read("")) == errc::bad_json);
    CHECK(refusal(seen::read("{}")) == errc::bad_document);
    CHECK(refusal(seen::read(R"({"gids":[1],"standen":[],"logboeken":[]})")) == errc::bad_document);
    CHECK(refusal(seen::read(R"({"gids":[{"versie":"1","hash":"x"}],"standen":[],"logboeken":[]})")) ==
          errc::bad_document);
    CHECK(refusal(seen::read(R"({"gids":[],"standen":[{"loket":"zorg","versie":1}],"logboeken":[]})")) ==
          errc::bad_document);
}

TEST_CASE("a trail only grows") {
    seen memory;
    const auto hash = crypto::hash_text({}), other = crypto::hash_text(crypto::as_bytes("other"));
    CHECK(remember_head(memory, "zorg", {}).has_value());
    CHECK(remember_head(memory, "zorg", {3, hash}).has_value());
    CHECK(remember_head(memory, "zorg", {3, hash}).has_value());
    CHECK(refusal(remember_head(memory, "zorg", {3, other})) == errc::trail_rolled_back);
    CHECK(refusal(remember_head(memory, "zorg", {2, hash})) == errc::trail_rolled_back);
    CHECK(refusal(remember_head(memory, "zorg", {})) == errc::trail_rolled_back);
    CHECK(memory.trails.at("zorg").back() == trail_head{3, hash});
    CHECK(remember_head(memory, "zorg", {4, other}).has_value());
    CHECK(remember_head(memory, "rotterdam", {1, hash}).has_value());  // each desk's trail is its own
    CHECK(memory.trails.at("zorg").back() == trail_head{4, other});
}

TEST_CASE("a trail that was cut and grew again does not contain what was seen of it") {
    const auto grown = [](int lines, std::string_view by) {
        std::vector<std::string> out;
        trail_head at;
        for (int i = 0; i < lines; ++i) {
            trail_entry entry;
            entry.dag = day::parse("2026-11-22").value();
            entry.lid = by;
            entry.handeling = "melding-opgehaald";
            out.push_back(write_line(entry, at));
            at = head_of(at.regel + 1, out.back());
        }
        return out;
    };
    const auto head = [](const std::vector<std::string>& lines, std::int64_t regel) {
        return head_of(regel, lines[static_cast<std::size_t>(regel - 1)]);
    };
    const auto honest = grown(9, "a");
    seen memory;
    for (const int regel : {2, 5, 7}) REQUIRE(remember_head(memory, "zorg", head(honest, regel)));
    const auto follow = [&](const std::vector<std::string>& lines) -> std::expected<trail_head, errc> {
        trail_followed followed(memory.trails.at("zorg"));
        for (auto i = static_cast<std::size_t>(followed.at().regel); i < lines.size(); ++i)
            if (auto ok = followed.take(lines[i]); !ok) return std::unexpected(ok.error());
        if (auto ok = followed.end(); !ok) return std::unexpected(ok.error());
        return followed.at();
    };
    CHECK(follow(honest) == head(honest, 9));
    CHECK(refusal(follow({honest.begin(), honest.begin() + 6})) == errc::trail_rolled_back);
    auto cut = honest;
    cut.resize(4);
    trail_head at = head(honest, 4);
    for (const auto& line : grown(9, "b")) {
        auto entry = parse_line(line).value();
        cut.push_back(write_line(entry, at));
        at = head_of(at.regel + 1, cut.back());
    }
    CHECK(remember_head(memory, "zorg", at).has_value());  // longer than what was seen
    CHECK(refusal(follow(cut)) == errc::trail_rolled_back);
    CHECK(refusal(follow(grown(20, "b"))) == errc::trail_broken);
    memory.trails.at("zorg").pop_back();
    const std::vector all{head(honest, 2), head(honest, 5), head(honest, 7)};
    remember_followed(memory, "zorg", head(honest, 5), std::span(all).first(1));
    CHECK(memory.trails.at("zorg") == std::vector{head(honest, 5), head(honest, 7)});
    CHECK(memory.trails.at("zorg") == std::vector{head(honest, 5), head(honest, 7)});
    remember_followed(memory, "zorg", head(honest, 9), {});  // 5 and 7 another program saw meanwhile
    CHECK(memory.trails.at("zorg").size() == 2);
    remember_followed(memory, "zorg", head(honest, 9), all);
    CHECK(memory.trails.at("zorg") == std::vector{head(honest, 9)});
}

TEST_CASE("of very many heads the one that was followed and the newest are kept") {
    seen memory;
    const auto hash = crypto::hash_text({});
    for (int regel = 1; regel <= 5000; ++regel) REQUIRE(remember_head(memory, "zorg", {regel, hash}));
    const auto& heads = memory.trails.at("zorg");
    CHECK(heads.size() == 1001);
    CHECK(heads.front().regel == 1);
    CHECK(heads[1].regel == 4001);
    CHECK(heads.back().regel == 5000);
}
