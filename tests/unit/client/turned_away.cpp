// Why a server does not believe who signed: what its answer and the public directory tell.
#include "client/line/turned_away.hpp"

#include <catch2/catch.hpp>

#include "client/line/problem.hpp"
#include "crypto/protocol/issue.hpp"

using Catch::Matchers::Contains;

namespace {

const protocol::day today = protocol::day::parse("2026-11-30").value();

struct desk_world {
    crypto::sign_keys lead = crypto::sign_keys::random();
    client::published published{protocol::directory(gids()), {}, {}, table()};

    protocol::gids gids() const {
        protocol::gids out;
        out.loketten.push_back({"zorg", "Zorg", "zorg", false, {lead.public_key}, std::nullopt});
        return out;
    }
    static protocol::routing_table table() {
        return protocol::routing_table::read(
                   R"({"versie":1,"datum":"2026-11-16","standaard":"zorg","gemeenten":{},"regels":[]})")
            .value();
    }
    void stand_of(std::string_view day) {
        const auto stand =
            protocol::issue_stand(std::nullopt, "zorg", {}, {}, protocol::day::parse(day).value(), lead);
        REQUIRE(published.directory.take(stand.token, {}, {}));
    }
    [[nodiscard]] std::string why(std::string_view desk = "zorg", bool as_lead = false) const {
        return client::why_not_believed(published, desk, as_lead, today);
    }
};

client::answer refusal(int status, std::string body) {
    client::answer out;
    out.status = status;
    out.body = std::move(body);
    return out;
}

}  // namespace

TEST_CASE("a 401 names the case: no desk, no standing, one that ran out, or the key") {
    desk_world zorg;
    CHECK_THAT(zorg.why("onbekend"), Contains("no desk onbekend"));
    CHECK_THAT(zorg.why(), Contains("has no standing"));
    zorg.stand_of("2026-10-20");  // in force for 35 days
    CHECK_THAT(zorg.why(), Contains("ran out on 2026-11-24; a lead renews it: baken desk keys"));
    CHECK_THAT(zorg.why("zorg", true), Contains("lead key"));
    zorg.stand_of("2026-11-20");
    CHECK_THAT(zorg.why(), Contains("the membership may have ended"));
}

TEST_CASE("a clock that is wrong is known by the server's word alone, and says what this machine's is") {
    const auto klok = refusal(401, R"({"detail":"It says 12:00.","errors":[{"in":"header","location":)"
                                   R"("Signature-Input","code":"klok","detail":"x"}]})");
    CHECK(client::is_other_time(klok));
    CHECK_FALSE(client::is_other_time(refusal(401, R"({"detail":"x"})")));
    CHECK_FALSE(client::is_other_time(refusal(403, klok.body)));
    CHECK_THAT(client::told_other_time(1795363202, "It says 12:00."),
               Contains("clock may be wrong: it says 2026-11-22 16:00:02 UTC") && Contains("It says 12:00."));
}

TEST_CASE("what a session found out stands in the sentence instead of the guess") {
    auto answer = refusal(401, "");
    CHECK_THAT(client::refused("It was not done", answer).sentence, Contains("may have ended, or"));
    answer.why = "the standing ran out";
    CHECK(client::refused("It was not done", answer).sentence ==
          "It was not done: the standing ran out (401).");
}
