// What the guide knows, for programs elsewhere: where to report, who helps, what to notice. Nothing here is
// about anybody: what is asked are codes and a place.
#include <algorithm>

#include "base/municipalities/went_up.hpp"
#include "crypto/protocol/codes.hpp"
#include "server/api/endpoints.hpp"
#include "server/api/parameters.hpp"
#include "server/intake/route.hpp"

namespace api {
namespace {

namespace codes = protocol::codes;
namespace json = protocol::json;

constexpr unsigned one_hour = 3600;
constexpr std::array<std::string_view, 2> yes_no{"ja", "nee"};

struct place {
    const guide::gemeente* gemeente = nullptr;
    std::string asked;  // where that is an older one's code: it, and
    std::optional<municipalities::successor> went_up;
};

// The place of a query: `gemeente` is a CBS code, also of a municipality that went up in another one; of a
// postcode that touches several municipalities it is the main one. A postcode nobody knows is no place,
// because those made after the data are not in it.
place place_of(parameters& query, const guide::gemeenten& gemeenten) {
    const auto code = query.text("gemeente"), postcode = query.text("postcode");
    place out;
    if (postcode && !postcode->empty()) {
        const auto found = gemeenten.by_postcode(*postcode);
        if (!found)
            query.add("postcode", "formaat", "A postcode is four digits, or four digits and two letters.");
        else if (!found->empty())
            out.gemeente = found->front().gemeente;
    }
    if (!code || code->empty()) return out;
    out.gemeente = gemeenten.find(*code);
    if (out.gemeente) return out;
    out.went_up = municipalities::went_up_in(*code);
    if (out.went_up) out.gemeente = gemeenten.find(out.went_up->into);
    if (out.gemeente)
        out.asked = *code;
    else
        query.add("gemeente", "onbekende-code",
                  "No municipality has this code, and none that went up in another one since 2013 had it; "
                  "GET /v1/gemeenten finds codes such as GM0344.");
    return out;
}

// Where the code asked for is an older one's: whose answer this is, and why.
void append_successor(std::string& body, const place& place) {
    if (place.asked.empty()) return;
    const json::object before{
        {"code", place.asked}, {"naam", place.went_up->name}, {"sinds", place.went_up->since}};
    const json::object now{
        {"code", place.gemeente->code}, {"naam", place.gemeente->naam}, {"opgegaan", before}};
    body += R"(,"gemeente":)" + protocol::to_text(now);
}

http::response guide_answer(const http::head& head, std::string body, tongue tongue) {
    auto out = asked_answer(head, std::move(body), one_hour);
    out.with("Content-Language", std::string(code_of(tongue)));
    out.with("Vary", "Accept-Language");
    return out;
}

tongue tongue_of(const http::head& head) { return api::tongue_of(head.one("accept-language").value_or("")); }

}  // namespace

std::shared_ptr<const told> endpoints::told_today() {
    auto now = parts_.handbook.get();
    const auto today = parts_.clock.today();
    auto out = told_.get();
    if (out && out->is_of(now.get(), today)) return out;
    out = std::make_shared<const told>(std::move(now), today);
    told_.set(out);
    return out;
}

async::task<http::response> endpoints::where_to_report(call call) {
    parameters query(call.request.head.query);
    const auto gemeenten = parts_.gemeenten.get();
    guide::situation of;
    const auto place = place_of(query, *gemeenten);
    of.gemeente = place.gemeente;
    of.rol = query.one_of("rol", codes::rol, of.rol);
    of.vorm = query.one_of("vorm", codes::vorm, of.vorm);
    of.minderjarig = query.one_of("minderjarig", codes::minderjarig, of.minderjarig);
    of.acuut = query.one_of("acuut", yes_no, "nee") == "ja";
    if (auto found = query.finish(); !found.empty()) co_return bad_input("query", found);

    const auto trust = parts_.registry.now();
    if (!trust) co_return not_found("No directory has been published yet.");
    const auto told = told_today();
    const auto tongue = tongue_of(call.request.head);
    const auto today = parts_.clock.today();
    const auto decision = intake::route(of, *trust, today);
    const auto& gids = trust->directory.newest();
    const auto& desk = decision.ontvangers.front().desk;
    const auto* entry = gids.desk(desk);

    std::string body = R"({"stappen":[)";
    for (const auto* step : told->of().wegwijzer.steps_for(of, today)) {
        if (body.back() == '}') body += ',';
        told->append_step(body, *step, tongue,
                          {entry ? entry->naam : desk, entry && entry->opsporing, gids.datum});
    }
    body += R"(],"loket":")" + desk + '"';
    append_successor(body, place);
    body += '}';
    co_return guide_answer(call.request.head, std::move(body), tongue);
}

async::task<http::response> endpoints::help(call call) {
    parameters query(call.request.head.query);
    const auto gemeenten = parts_.gemeenten.get();
    const auto place = place_of(query, *gemeenten);
    const auto whom = query.one_of("doelgroep", guide::help_for, "");
    if (auto found = query.finish(); !found.empty()) co_return bad_input("query", found);

    const auto told = told_today();
    const auto tongue = tongue_of(call.request.head);
    const std::string_view region = place.gemeente ? std::string_view(place.gemeente->veiligheidsregio) : "";
    bool local = false;
    std::string body = R"({"hulpaanbod":[)";
    for (const auto* one : told->helpers()) {
        const auto& text = told->help(*one, tongue);
        if (text.empty() || !one->is_for(whom) || !one->is_in(region)) continue;
        if (body.back() == '}') body += ',';
        body += text;
        local = local || !one->regio.empty();
    }
    body += R"(],"regio":)";
    body += place.gemeente ? "\"" + place.gemeente->veiligheidsregio + "\"" : std::string("null");
    body += std::string(R"(,"plaatselijk":)") + (local ? "true" : "false");
    append_successor(body, place);
    body += '}';
    co_return guide_answer(call.request.head, std::move(body), tongue);
}

async::task<http::response> endpoints::signals(call call) {
    parameters query(call.request.head.query);
    const auto told = told_today();
    const auto vorm = query.one_of("vorm", codes::vorm, "");
    std::vector<std::string_view> places;
    for (const auto& one : told->of().signalen.plekken) places.push_back(one.code);
    const auto place = query.one_of("plek", places, "");
    if (auto found = query.finish(); !found.empty()) co_return bad_input("query", found);

    const auto tongue = tongue_of(call.request.head);
    const auto& all = told->of().signalen.all;
    std::string body = R"({"signalen":[)";
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& text = told->signal(i, tongue);
        if (text.empty() || !all[i].fits(vorm, place)) continue;
        if (body.back() == '}') body += ',';
        body += text;
    }
    body += R"(],"toelichting":)";
    body +=
        tongue == tongue::nl
            ? R"("Een signaal is een aanwijzing, geen bewijs. Het gaat om de combinatie. Geen signaal zien bewijst niets."})"
            : R"("A sign is not proof. It is the combination that counts. Seeing no sign does not prove anything."})";
    co_return guide_answer(call.request.head, std::move(body), tongue);
}

}  // namespace api
