// Each endpoint once the way it should go and once the ways it should not; send() holds every status
// against the document.
#include <algorithm>

#include "crypto/protocol/trail.hpp"
#include "server/inbox/cursor.hpp"
#include "tests/unit/api/service.hpp"

using http::method;
using service::codes;
using service::field;
using service::json;

namespace {

std::string body_of(const protocol::json::object& object) { return protocol::to_text(object); }

std::string posted(const service::server& at, crypto::uuid id = crypto::uuid::random(),
                   std::string week = "2026-W47", bool urgent = false) {
    protocol::recipient to;
    to.voor = "loket:rotterdam";
    to.rol = "eerste";
    to.epoch = protocol::epoch::parse(week);
    to.sleutel = crypto::key_mark(at.rotterdam.key("2026-W47").public_key);
    to.sealed_key = samples::sealed(96, 1);
    protocol::posted_report out;
    out.envelope.id = id;
    out.envelope.ontvangers.push_back(std::move(to));
    out.envelope.body = samples::sealed(4096, 7);
    out.spoed = urgent;
    return protocol::write_posted_report(out);
}

}  // namespace

TEST_CASE("public data: 200 with an ETag, 304 to who has it, 404 for what is not there") {
    service::server at;
    for (const char* target :
         {"/v1/openapi.json", "/v1/sleutelgids", "/v1/sleutelgids/1", "/v1/loketten/rotterdam/standen/1",
          "/v1/routering", "/v1/gemeenten?zoek=rotterdam", "/v1/gemeenten?postcode=3011"}) {
        CAPTURE(target);
        auto first = at.get(target);
        CHECK(first.status == 200);
        auto tag = field(first, "ETag");
        REQUIRE(tag.size() > 2);
        auto again = at.send(service::head(method::get, target, {{"if-none-match", tag}}));
        CHECK(again.status == 304);
        CHECK(again.content().empty());
        CHECK(at.send(service::head(method::get, target, {{"if-none-match", "\"x\""}})).status == 200);
        CHECK(field(first, "Access-Control-Allow-Origin") == "*");
    }
    CHECK(at.get("/v1/routering").content() == world::table());
    CHECK(json(at.get("/v1/sleutelgids/1")).at("gids") == boost::json::string(at.gids->token));
    CHECK(json(at.get("/v1/loketten/zorg/standen/1")).at("stand") ==
          boost::json::string(at.zorg.stand->token));
    for (const char* target : {"/v1/sleutelgids/2", "/v1/sleutelgids/0", "/v1/sleutelgids/01",
                               "/v1/sleutelgids/-1", "/v1/sleutelgids/x", "/v1/sleutelgids/9999999999999999",
                               "/v1/loketten/rotterdam/standen/2", "/v1/loketten/nowhere/standen/1"}) {
        CAPTURE(target);
        CHECK(at.get(target).status == 404);
    }
}

TEST_CASE("municipalities: by name and postcode; every fault of the query at once") {
    service::server at;
    CHECK(json(at.get("/v1/gemeenten?zoek=rotterdam")).at("gemeenten").as_array().at(0).at("code") ==
          "GM0599");
    CHECK(json(at.get("/v1/gemeenten?zoek=rotterdam")).at("gemeenten").as_array().at(0).at("gissing") ==
          false);
    for (const char* target :
         {"/v1/gemeenten?zoek=rotterdan", "/v1/gemeenten?zoek=rotterdan&postcode=3011"}) {
        CAPTURE(target);
        const auto guessed = json(at.get(target)).at("gemeenten").as_array();
        REQUIRE(guessed.size() == 1);
        CHECK(guessed[0].at("code") == "GM0599");
        CHECK(guessed[0].at("gissing") == true);
    }
    CHECK(json(at.get("/v1/gemeenten?zoek=rotterdan&postcode=1012")).at("gemeenten").as_array().empty());
    CHECK(json(at.get("/v1/gemeenten?postcode=1012")).at("gemeenten").as_array().at(0).at("gissing") ==
          false);
    CHECK(json(at.get("/v1/gemeenten")).at("gemeenten").as_array().size() > 300);
    auto bad = at.get("/v1/gemeenten?postcode=x&zoek=a&zoek=b&vreemd=1");
    CHECK(bad.status == 400);
    CHECK(codes(bad) == std::vector<std::string>{"dubbel", "formaat", "onbekend-lid"});
}

TEST_CASE("a report: 201, the same bytes 200, other bytes 409, faults 400") {
    service::server at;
    auto id = crypto::uuid::random();
    auto text = posted(at, id);
    CHECK(text.size() == 8192);
    auto first = at.post("/v1/meldingen", text);
    CHECK(first.status == 201);
    CHECK(json(first) == boost::json::object{{"id", id.text()}, {"ontvangen", "2026-11-19"}});
    at.clock.put("2026-11-20");
    auto again = at.post("/v1/meldingen", text);
    CHECK(again.status == 200);
    CHECK(json(again) == json(first));
    CHECK(at.post("/v1/meldingen", text + " ").status == 409);
    CHECK(codes(at.post("/v1/meldingen", "{\"id\":1,\"id\":2}")) == std::vector<std::string>{"json"});
    // All at once, and before anything is compared with what is stored.
    auto many = posted(at, id, "2026-W45");
    many.replace(many.find("baken-1"), 7, "baken-2");
    CHECK(codes(at.post("/v1/meldingen", many)) == std::vector<std::string>{"waarde", "tijdvak"});
}

TEST_CASE("load: searches wait first, then reports; urgent ones, what seals them and desks go on") {
    service::server at;
    struct row {
        double pressure;
        bool searches, reports;
    };
    const auto by = GENERATE(row{0.49, true, true}, row{0.5, false, true}, row{0.75, false, false});
    CAPTURE(by.pressure);
    at.pressure = by.pressure;
    const auto admits = [&](method m, std::string target) {
        return at.endpoints
            ->admit(service::head(m, std::move(target), {{"content-type", "application/json"}}))
            .has_value();
    };
    for (const char* target : {"/v1/gemeenten", "/v1/openapi.json"})
        CHECK(admits(method::get, target) == by.searches);
    for (const char* target : {"/v1/sleutelgids", "/v1/routering", "/v1/loketten/rotterdam/standen/1",
                               "/v1/loketten/rotterdam/meldingen", "/v1/loketten/rotterdam/sleutels"})
        CHECK(admits(method::get, target));
    CHECK(admits(method::post, "/v1/meldingen"));
    const auto ordinary = at.post("/v1/meldingen", posted(at));
    CHECK(ordinary.status == (by.reports ? 201 : 503));
    CHECK(field(ordinary, "Retry-After") == (by.reports ? "" : "5"));
    CHECK(at.post("/v1/meldingen", posted(at, crypto::uuid::random(), "2026-W47", true)).status == 201);
}

TEST_CASE(
    "no room: 503 with the code vol, before the body where its length says so; smaller ones are taken") {
    service::server at;
    at.volume.see({admission::volume::mebibyte, 100'000 * admission::volume::mebibyte});
    auto refused = at.post("/v1/meldingen", posted(at));
    CHECK(refused.status == 503);
    CHECK(codes(refused) == std::vector<std::string>{"vol"});
    CHECK(field(refused, "Retry-After") == "60");
    CHECK(at.post("/v1/meldingen", posted(at, crypto::uuid::random(), "2026-W47", true)).status == 201);
    for (const auto& [length, room] : {std::pair{8192UL, true}, {24576, false}, {352256, false}}) {
        auto head = service::head(method::post, "/v1/meldingen", {{"content-type", "application/json"}});
        head.content_length = length;
        const auto admitted = at.endpoints->admit(head);
        REQUIRE(admitted.has_value() == room);
        if (!room) CHECK(codes(admitted.error()) == std::vector<std::string>{"vol"});
    }
}

TEST_CASE("load: large reports wait with who only reads, whatever they call themselves") {
    service::server at;
    at.pressure = 0.5;
    for (const auto& [length, taken] : {std::pair{24576UL, true}, {90112, false}, {352256, false}}) {
        auto head = service::head(method::post, "/v1/meldingen", {{"content-type", "application/json"}});
        head.content_length = length;
        CHECK(at.endpoints->admit(head).has_value() == taken);
    }
}

TEST_CASE("what is refused, and the same bytes again, take no room") {
    service::server at;
    admission::volume tight({.hour = 64 * admission::volume::mebibyte});
    api::endpoints endpoints(api::parts{*at.store,
                                        *at.registry,
                                        *at.gate,
                                        service::gemeenten(),
                                        service::codes(),
                                        service::handbook(),
                                        at.clock,
                                        at.load,
                                        tight,
                                        service::staffing(),
                                        {}});
    const std::string large = std::string("{\"spoed\":false}") + std::string(352'000, ' ');
    for (int i = 0; i < 20; ++i) {
        http::request request{service::head(method::post, "/v1/meldingen"), {}};
        request.body.assign(large.begin(), large.end());
        CHECK(world::run_now(endpoints.answer(request)).status == 400);
    }
}

TEST_CASE("a directory: 201, then 409, with a fault 400; in force at once") {
    service::server at;
    auto next = at.next_gids();
    protocol::sign_document(next, at.root);
    auto body =
        body_of({{"gids", next.token}, {"routering", crypto::b64u(crypto::as_bytes(world::table()))}});
    CHECK(codes(at.post("/v1/sleutelgids", body_of({{"gids", next.token}, {"routering", "AAAA"}}))) ==
          std::vector<std::string>{"hash"});
    CHECK(codes(at.post("/v1/sleutelgids", "{\"gids\":1,\"meer\":2}")) ==
          std::vector<std::string>{"type", "vereist", "onbekend-lid"});
    auto taken = at.post("/v1/sleutelgids", body);
    CHECK(taken.status == 201);
    CHECK(json(taken).at("hash") == boost::json::string(next.hash));
    CHECK(at.post("/v1/sleutelgids", body).status == 409);
    CHECK(json(at.get("/v1/sleutelgids")).at("gids") == boost::json::string(next.token));
}

TEST_CASE("who may call what: 401, 403 and 404, with one text for every 401") {
    service::server at;
    const std::string list = "/v1/loketten/rotterdam/meldingen";
    auto unsigned_answer = at.get(list);
    CHECK(unsigned_answer.status == 401);
    CHECK(field(unsigned_answer, "WWW-Authenticate") == "Signature");
    auto stranger = at.signed_by(crypto::sign_keys::random(), at.rotterdam.keyid(), method::get, list);
    CHECK(stranger.status == 401);
    CHECK(stranger.content() == unsigned_answer.content());
    CHECK(at.member(at.zorg, list).status == 403);
    CHECK(at.member(at.rotterdam, "/v1/loketten/nowhere/meldingen").status == 404);
    CHECK(at.signed_by(at.rotterdam.lead, at.rotterdam.lead_keyid(), method::get, list).status == 403);
    auto stand = body_of({{"stand", at.next_stand(at.rotterdam).token}});
    CHECK(at.signed_by(at.rotterdam.sign, at.rotterdam.keyid(), method::post,
                       "/v1/loketten/rotterdam/standen", stand)
              .status == 403);
    CHECK(at.lead(at.zorg, "/v1/loketten/rotterdam/standen", stand).status == 403);
    CHECK(at.lead(at.rotterdam, "/v1/loketten/rotterdam/standen", stand).status == 201);
}

TEST_CASE("a desk's list: parameters, cursor and body; faults all at once") {
    service::server at;
    const std::string list = "/v1/loketten/rotterdam/meldingen";
    auto id = crypto::uuid::random();
    REQUIRE(at.post("/v1/meldingen", posted(at, id)).status == 201);
    auto trail = samples::run_now(at.store->head("rotterdam")).value().line;
    auto all = at.member(at.rotterdam, list + "?status=nieuw&aantal=200&wacht=0&metBody=false");
    CHECK(json(all).at("meldingen").as_array().at(0).at("id") == boost::json::string(id.text()));
    CHECK(field(all, "Logboek")
              .starts_with("regel=" + std::to_string(trail) + ", "));  // a plain list leaves no line
    auto cursor = std::string(json(all).at("cursor").as_string());
    CHECK(json(at.member(at.rotterdam, list + "?na=" + cursor)).at("meldingen").as_array().empty());
    auto with_body = at.member(at.rotterdam, list + "?metBody=true");
    CHECK(json(with_body).at("meldingen").as_array().at(0).as_object().contains("body"));
    CHECK(field(with_body, "Logboek").starts_with("regel=" + std::to_string(trail + 1) + ", "));
    auto bad = at.member(at.rotterdam, list + "?na=x&status=oud&aantal=0&wacht=61&metBody=ja&meer=1");
    CHECK(bad.status == 400);
    CHECK(codes(bad) == std::vector<std::string>{"formaat", "onbekende-code", "waarde", "waarde", "formaat",
                                                 "onbekend-lid"});
}

TEST_CASE("one report: ETag and a line in the trail first; not there is 404 and leaves a line too") {
    service::server at;
    auto id = crypto::uuid::random();
    REQUIRE(at.post("/v1/meldingen", posted(at, id)).status == 201);
    const std::string list = "/v1/loketten/rotterdam/meldingen/";
    auto before = samples::run_now(at.store->head("rotterdam")).value();
    auto found = at.member(at.rotterdam, list + id.text());
    CHECK(found.status == 200);
    CHECK(field(found, "ETag") == "\"1\"");
    CHECK(at.member(at.rotterdam, list + crypto::uuid::random().text()).status == 404);
    CHECK(at.member(at.rotterdam, list + "no-uuid").status == 404);

    auto answer = at.member(at.rotterdam, "/v1/loketten/rotterdam/logboek?na=" + std::to_string(before.line));
    CHECK(codes(at.member(at.rotterdam, "/v1/loketten/rotterdam/logboek?na=-1")) ==
          std::vector<std::string>{"waarde"});
    auto lines = json(answer).at("regels").as_array();
    REQUIRE(lines.size() == 4);  // the reading itself is the fourth
    protocol::trail_head head{before.line, before.hash};
    for (const auto& one : lines) {
        auto bytes = crypto::from_b64u(std::string(one.as_string())).value();
        auto line = protocol::read_line(crypto::as_text(bytes), head).value();
        CHECK(line.lid == at.rotterdam.lid.text());
        CHECK(crypto::verify(crypto::as_bytes(line.signature_base), line.signature,
                             at.rotterdam.sign.public_key));
        if (head.regel == before.line) CHECK(line.object == id.text());
        head = protocol::head_of(line.regel, crypto::as_text(bytes));
    }
    CHECK(field(answer, "Logboek") == protocol::write_head(head));
}

TEST_CASE(
    "documents of a desk: 201, again 200, 409 and 400, each with the trail's head; fetched by members") {
    service::server at;
    auto& desk = at.rotterdam;
    const std::string base = "/v1/loketten/rotterdam/";
    auto line = [&] { return samples::run_now(at.store->head("rotterdam")).value().line; };
    auto member = protocol::issue_membership("rotterdam", crypto::uuid::random(), desk.sign.public_key,
                                             desk.box.public_key, "medewerker", at.clock.today(), desk.lead);
    protocol::json::array wraps{protocol::json::object{
        {"epoch", "2026-W47"}, {"sealedSecret", crypto::b64u(samples::sealed(80, 1).view())}}};
    auto body = body_of({{"lid", member.token}, {"wraps", wraps}});
    auto before = line();
    auto taken = at.lead(desk, base + "leden", body);
    CHECK(taken.status == 201);
    CHECK(json(taken).at("hash") == boost::json::string(member.hash));
    CHECK(field(taken, "Logboek").starts_with("regel=" + std::to_string(before + 1) + ", "));
    CHECK(at.lead(desk, base + "leden", body).status == 200);
    CHECK(codes(at.lead(desk, base + "leden",
                        "{\"lid\":1,\"wraps\":[1,{\"epoch\":\"x\",\"sealedSecret\":\"AAAA\"}],\"y\":1}")) ==
          std::vector<std::string>{"type", "type", "lengte", "onbekend-lid"});
    CHECK(codes(at.lead(desk, base + "leden", "no json")) == std::vector<std::string>{"json"});
    CHECK(line() == before + 3);  // what was refused left its line as well, the same again none

    auto key =
        protocol::issue_epoch_key("rotterdam", protocol::epoch::parse("2026-W49").value(), {}, desk.lead)
            .value()
            .key;
    protocol::json::array for_member{protocol::json::object{
        {"lid", desk.lid.text()}, {"sealedSecret", crypto::b64u(samples::sealed(80, 2).view())}}};
    CHECK(at.lead(desk, base + "sleutels", body_of({{"sleutel", key.token}, {"wraps", for_member}})).status ==
          201);
    CHECK(codes(at.lead(desk, base + "sleutels", body_of({{"sleutel", key.token}, {"wraps", wraps}}))) ==
          std::vector<std::string>{"vereist", "onbekend-lid"});
    auto late = at.next_stand(desk);
    late.versie = 9;
    protocol::sign_document(late, desk.lead);
    CHECK(at.lead(desk, base + "standen", body_of({{"stand", late.token}})).status == 409);

    // A wrap is handed out from the Sunday before its week, to its own member.
    auto secret_on = [&](std::string_view day) {
        at.clock.put(day);
        auto rows = json(at.member(desk, base + "sleutels")).at("sleutels").as_array();
        for (const auto& row : rows)
            if (row.at("sleutel") == boost::json::string(key.token)) return !row.at("sealedSecret").is_null();
        throw std::logic_error("the key is not listed");
    };
    CHECK_FALSE(secret_on("2026-11-28"));
    CHECK(secret_on("2026-11-29"));
    auto members = json(at.member(desk, base + "leden"));
    CHECK(members.at("leden").as_array().size() == 2);
    CHECK(members.at("stand") == boost::json::string(desk.stand->token));
}

TEST_CASE("a thousand faults are told as some of them and the word that there are more") {
    protocol::faults found(
        1000, protocol::fault{"/wraps/0/lid", "wrap", "This desk was never handed such a member."});
    auto answer = api::bad_input("body", found);
    auto all = codes(answer);
    CHECK(all.size() == 201);
    CHECK(std::count(all.begin(), all.end(), std::string("te-veel")) == 1);
}
