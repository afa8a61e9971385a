// Which route of a desk takes which role, row by row: written out here once more, so that a change of the
// table in the code is a change of this one too.
#include "tests/unit/api/people.hpp"

using namespace service;
using http::method;

namespace {

struct row {
    http::method method;
    std::string_view path;
    std::string_view takes;  // m medewerker, b beheerder, r regisseur, l the lead key
};

constexpr row rows[] = {
    {method::get, "/v1/loketten/{l}/meldingen", "mb"},
    {method::get, "/v1/loketten/{l}/meldingen/{id}", "mb"},
    {method::patch, "/v1/loketten/{l}/meldingen/{id}", "mb"},
    {method::del, "/v1/loketten/{l}/meldingen/{id}", "mb"},
    {method::post, "/v1/loketten/{l}/meldingen/{id}/inzagen", "mb"},
    {method::get, "/v1/loketten/{l}/sleutels", "mb"},
    {method::post, "/v1/loketten/{l}/sleutels", "bl"},
    {method::get, "/v1/loketten/{l}/leden", "mbr"},
    {method::post, "/v1/loketten/{l}/leden", "bl"},
    {method::post, "/v1/loketten/{l}/standen", "bl"},
    {method::get, "/v1/loketten/{l}/logboek", "mb"},
};

std::string with(std::string path, std::string_view name, std::string_view value) {
    const auto at = path.find(name);
    return at == std::string::npos ? path : path.replace(at, name.size(), value);
}

}  // namespace

TEST_CASE("each route of a desk takes the roles of its row and refuses the others before all else") {
    server at;
    auto& desk = at.rotterdam;
    const auto lead = enrolled(at, desk, "beheerder"), looks = enrolled(at, desk, "regisseur");
    const struct {
        char letter;
        const crypto::sign_keys& sign;
        std::string keyid;
    } all[] = {{'m', desk.sign, desk.keyid()},
               {'b', lead.sign, lead.keyid()},
               {'r', looks.sign, looks.keyid()},
               {'l', desk.lead, desk.lead_keyid()}};
    for (const auto& row : rows)
        for (const auto& who : all) {
            CAPTURE(row.path, name_of(row.method), who.letter);
            // Of no report that there is, and with nothing that such a request needs.
            auto path =
                with(with(std::string(row.path), "{l}", "rotterdam"), "{id}", crypto::uuid::random().text());
            const bool has_body = row.method == method::post || row.method == method::patch;
            const auto answer = at.signed_by(who.sign, who.keyid, row.method, path, has_body ? "{}" : "");
            CHECK((answer.status != 403) == row.takes.contains(who.letter));
            CHECK_FALSE(field(answer, "Logboek").empty());
        }
}

TEST_CASE("no route of a desk is without a row") {
    std::size_t signed_routes = 0;
    for (const auto& route : api::endpoints::table()) {
        if (!route.handler.desk) continue;
        ++signed_routes;
        CAPTURE(route.path);
        CHECK(std::ranges::any_of(
            rows, [&](const row& one) { return one.method == route.method && one.path == route.path; }));
    }
    CHECK(signed_routes == std::size(rows));
}

TEST_CASE("no epoch secret is taken for a regisseur, with the key or with the membership") {
    server at;
    auto& desk = at.rotterdam;
    const auto looks = enrolled(at, desk, "regisseur");
    const auto wrap = crypto::b64u(crypto::bytes(80, 1));
    const auto key =
        protocol::issue_epoch_key(desk.id, protocol::epoch::parse("2026-W50").value(), {}, desk.lead)
            .value()
            .key;
    const auto key_with = [&](const crypto::uuid& lid) {
        return at.lead(desk, "/v1/loketten/rotterdam/sleutels",
                       fmt::format(R"({{"sleutel":"{}","wraps":[{{"lid":"{}","sealedSecret":"{}"}}]}})",
                                   key.token, lid.text(), wrap));
    };
    CHECK(codes(key_with(looks.lid)) == std::vector<std::string>{"wrap"});
    CHECK(key_with(desk.lid).status == 201);
    const person other;
    const auto member =
        protocol::issue_membership(desk.id, other.lid, other.sign.public_key, other.box.public_key,
                                   "regisseur", at.clock.today(), desk.lead);
    const auto refused =
        at.lead(desk, "/v1/loketten/rotterdam/leden",
                fmt::format(R"({{"lid":"{}","wraps":[{{"epoch":"2026-W47","sealedSecret":"{}"}}]}})",
                            member.token, wrap));
    CHECK(codes(refused) == std::vector<std::string>{"wrap"});
    CHECK(run_now(at.store->wraps(desk.id, looks.lid.text())).value().empty());
    // Who is to become an officer gets theirs before the stand that makes them one.
    at.clock.at += 86400;
    (void)hand_in(at, desk, looks, "medewerker");
    CHECK(key_with(looks.lid).status == 200);
}
