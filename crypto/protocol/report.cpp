#include "crypto/protocol/report.hpp"

#include <set>

#include "base/text/signs.hpp"
#include "crypto/protocol/codes.hpp"
#include "crypto/protocol/json_fault.hpp"

namespace protocol {
namespace {

constexpr std::size_t most_text = 200000;
constexpr std::string_view free_texts[] = {"wie", "waar", "wanneer", "voertuigen", "online"};

template <std::size_t N>
std::string coded(reading& r, faults& found, std::string_view name,
                  const std::array<std::string_view, N>& list) {
    auto before = found.size();
    auto value = r.text(name, 64);
    // An empty text is no code either; where the member itself was wrong, that was said already.
    if (found.size() != before || codes::among(list, value)) return value;
    std::string all;
    for (auto code : list) all += (all.empty() ? "" : ", ") + std::string(code);
    r.add(name, "onbekende-code", "This must be one of: " + all + ".");
    return {};
}

template <std::size_t N>
json::array coded_list(reading& r, faults& found, std::string_view name,
                       const std::array<std::string_view, N>& list, std::size_t least) {
    json::array out(wiping_storage());
    auto before = found.size();
    std::set<std::string> seen;
    for (auto& value : r.texts(name, N, 64)) {
        if (!codes::among(list, value))
            r.add(name, "onbekende-code", "There is a code here that is not known.");
        else if (!seen.insert(value).second)
            r.add(name, "dubbel", "A code is here twice.");
        else
            out.push_back(json::string(value));
    }
    if (out.size() < least && found.size() == before)
        r.add(name, "vereist", "Name at least one, or 'onbekend'.");
    return out;
}

bool is_municipality(std::string_view code) {
    return code.size() == 6 && code.starts_with("GM") &&
           std::all_of(code.begin() + 2, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Copies a free text where it is given; keeps a text empty otherwise.
void copy_text(reading& r, json::object& out, std::string_view name) {
    out[name] = r.text_or_empty(name, most_text);
}

void read_contact(reading& r, json::object& out, faults& found) {
    out["contact"] = nullptr;
    const auto* object = r.object_or_null("contact");
    if (!object) return;
    reading inner(*object, "/contact", found, unknown::refuse);
    json::object contact(wiping_storage());
    for (std::string_view name : {"naam", "telefoon", "email", "veilig"}) copy_text(inner, contact, name);
    inner.finish();
    out["contact"] = std::move(contact);
}

void read_professional(reading& r, json::object& out, faults& found) {
    out["professional"] = nullptr;
    const auto* object = r.object_or_null("professional");
    if (!object) return;
    reading inner(*object, "/professional", found, unknown::refuse);
    json::object professional(wiping_storage());
    copy_text(inner, professional, "organisatie");
    copy_text(inner, professional, "functie");
    professional["toestemming"] =
        inner.has("toestemming") ? coded(inner, found, "toestemming", codes::toestemming) : "niet-gevraagd";
    professional["beroepsgeheim"] = nullptr;
    if (const auto* secret = object->if_contains("beroepsgeheim"); secret && !secret->is_null())
        professional["beroepsgeheim"] = inner.boolean("beroepsgeheim");
    else
        (void)inner.text_or_null("beroepsgeheim");  // nobody said
    auto ground = inner.text_or_null("grondslag", 64);
    if (ground)
        professional["grondslag"] = *ground;
    else
        professional["grondslag"] = nullptr;
    inner.finish();
    out["professional"] = std::move(professional);
}

void read_place(reading& r, json::object& out) {
    auto gemeente = r.text_or_null("gemeente", 64);
    if (gemeente && !is_municipality(*gemeente))
        r.add("gemeente", "formaat", "A municipality is its code, as GM0599; look it up at /v1/gemeenten.");
    if (gemeente)
        out["gemeente"] = *gemeente;
    else
        out["gemeente"] = nullptr;
    copy_text(r, out, "plaats");
    out["plek"] = nullptr;
    if (auto plek = r.text_or_null("plek", 64)) {
        if (!codes::among(codes::plek, *plek))
            r.add("plek", "onbekende-code",
                  "This must be one of: luchthaven, haven, grens, anders; or null.");
        out["plek"] = *plek;
    }
}

}  // namespace

std::expected<report, faults> report::draft(std::string_view json_text) {
    auto object = parse_object(json_text);
    if (object) return draft(*object);
    const auto why = fault_of_json(json_text);
    return std::unexpected(faults{{"", "json", why ? text(*why) : "This must be one JSON object: { … }."}});
}

std::expected<report, faults> report::draft(const json::object& written) {
    faults found;
    reading r(written, "", found, unknown::refuse);
    report out;
    auto& m = out.members_;
    m["type"] = "melding";
    m["versie"] = 1;
    m["id"] = nullptr;
    m["taal"] = r.has("taal") ? r.text("taal", 35) : std::string("nl");
    const auto* rol = written.if_contains("rol");
    bool professional = rol && *rol == "professional";  // the report's own word for the other eight
    m["rol"] = professional ? r.text("rol", 64)
                            : std::string(codes::report_role(coded(r, found, "rol", codes::rol)));
    m["vormen"] = coded_list(r, found, "vormen", codes::vorm, 1);
    read_place(r, m);
    m["minderjarig"] = coded(r, found, "minderjarig", codes::minderjarig);
    m["spoed"] = r.boolean_or("spoed", false);
    auto before = found.size();
    auto wat = r.text("wat", most_text);
    if (found.size() == before && base::blank(wat))
        r.add("wat", "vereist", "Say in your own words what was seen.");
    m["wat"] = wat;
    for (auto name : free_texts) copy_text(r, m, name);
    read_contact(r, m, found);
    read_professional(r, m, found);
    m["politie"] = r.has("politie") ? coded(r, found, "politie", codes::politie) : "weet-niet";
    m["wensen"] =
        r.has("wensen") ? coded_list(r, found, "wensen", codes::wens, 0) : json::array(wiping_storage());
    r.finish();
    if (!found.empty()) return std::unexpected(std::move(found));
    return out;
}

std::expected<report, errc> report::read(const crypto::plain& json_text) {
    auto object = parse_object(json_text.text());
    if (!object) return std::unexpected(object.error());
    faults found;
    reading r(*object, "", found, unknown::ignore);
    if (r.text("type", 64) != "melding") return std::unexpected(errc::wrong_report);
    if (r.integer("versie") != 1) return std::unexpected(errc::unknown_version);
    report out;
    out.id_ = r.id("id");
    (void)r.text("rol", 64);
    (void)r.texts("vormen", 64);
    (void)r.text("minderjarig", 64);
    (void)r.text("wat", 300000);
    if (!found.empty()) return std::unexpected(errc::bad_document);
    out.members_ = std::move(*object);
    return out;
}

routed_facts report::facts() const {
    faults ignored;
    reading r(members_, "", ignored, unknown::ignore);
    routed_facts out;
    out.vormen = r.texts("vormen", 64);
    out.rol = r.text_or_empty("rol");
    out.minderjarig = r.text_or_empty("minderjarig");
    out.politie = r.text_or_empty("politie");
    out.spoed = spoed();
    out.gemeente = r.text_or_empty("gemeente");
    out.plek = r.text_or_empty("plek");
    return out;
}

bool report::spoed() const {
    const auto* value = members_.if_contains("spoed");
    return value && value->is_bool() && value->as_bool();
}

std::vector<routed_desk> report::ontvangers() const {
    std::vector<routed_desk> out;
    const auto* value = members_.if_contains("ontvangers");
    if (!value || !value->is_array()) return out;
    for (const auto& one : value->as_array()) {
        if (!one.is_object()) continue;
        faults ignored;
        reading r(one.as_object(), "", ignored, unknown::ignore);
        auto voor = r.text_or_empty("voor");
        if (voor.starts_with("loket:")) out.push_back({voor.substr(6), r.text_or_empty("rol")});
    }
    return out;
}

directory_mark report::gids() const {
    const auto* value = members_.if_contains("gids");
    if (!value || !value->is_object()) return {};
    faults ignored;
    reading r(value->as_object(), "", ignored, unknown::ignore);
    return {r.integer("versie"), r.text_or_empty("hash")};
}

std::optional<mailbox_keys> report::postbus() const {
    const auto* value = members_.if_contains("postbus");
    if (!value || !value->is_object()) return std::nullopt;
    faults found;
    reading r(value->as_object(), "", found, unknown::ignore);
    mailbox_keys out{r.block<32>("boxKey"), r.block<32>("signKey")};
    if (!found.empty()) return std::nullopt;
    return out;
}

crypto::plain report::complete(const crypto::uuid& id, const decision& decision, const directory_mark& gids,
                               const std::optional<mailbox_keys>& postbus) {
    id_ = id;
    members_["id"] = id.text();
    members_["spoed"] = decision.spoed;
    members_["bijlagen"] = json::array();
    json::array desks;
    for (const auto& desk : decision.ontvangers)
        desks.push_back(json::object{{"voor", "loket:" + desk.desk}, {"rol", desk.rol}});
    members_["ontvangers"] = std::move(desks);
    members_["gids"] = json::object{{"versie", gids.versie}, {"hash", gids.hash}};
    members_["postbus"] = nullptr;
    if (postbus)
        members_["postbus"] = json::object{{"boxKey", crypto::b64u(postbus->box_key)},
                                           {"signKey", crypto::b64u(postbus->sign_key)}};
    return to_plain(members_);
}

}  // namespace protocol
