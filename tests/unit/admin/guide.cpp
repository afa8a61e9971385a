// guide-check: over the data as shipped, and over a directory of one's own that stands in for a file of it.
#include "server/admin/guide/text_numbers.hpp"
#include "tests/checkout.hpp"
#include "tests/unit/admin/changed_data.hpp"

using namespace changed_data;

TEST_CASE("the data as shipped may go live, and what nobody verified is told") {
    const auto found = admin::look_through_guide(checkout::schema, today);
    CAPTURE(all(found.faults));
    CHECK(found.faults.empty());
    CHECK(found.version == guide::data_files(checkout::schema).version());
    const auto notes = all(found.notes);
    CHECK(notes.contains("organisaties.toml:"));
    CHECK(notes.contains("FairWork was never verified, nobody sees it"));
    CHECK(notes.contains("VR18"));
}

TEST_CASE("ten months after it was verified a fact is told to be due, after twelve to have lapsed") {
    const auto on = [](const char* day) {
        return all(admin::look_through_guide(checkout::schema, *protocol::day::parse(day)).notes);
    };
    CHECK_FALSE(on("2027-08-31").contains("verify it again"));
    CHECK(on("2027-09-01").contains("CoMensha was last verified on 2026-11-01: verify it again"));
    CHECK(on("2027-09-01").contains("Veilig Thuis was last verified on 2026-11-01: verify it again\n"));
    CHECK(on("2027-11-01").contains("CoMensha was last verified on 2026-11-01: nobody sees it"));
    CHECK(on("2027-11-01").contains("Veilig Thuis was last verified on 2026-11-01: it is shown because"));
}

TEST_CASE("municipalities that cannot be read hide no fault of the rest") {
    own here("places/regios.tsv", "\t", " ");
    here.write("hulpp.toml", "");
    const auto faults = all(here.found().faults);
    CAPTURE(faults);
    CHECK(faults.contains("places/regios.tsv:"));
    CHECK(faults.contains("there is no file schema/hulpp.toml"));
    CHECK(all(here.found().notes).contains("the rest is compared with the places that were shipped"));
}

TEST_CASE("what the routing cannot mean is a fault") {
    const auto faults = [](const char* file, const char* from, const char* to) {
        return all(own(file, from, to).found().faults);
    };
    CHECK(faults("loketten.json", R"("opsporing": false, "achtervang": null)",
                 R"("opsporing": false, "achtervang": "zorg")")
              .contains("the fallbacks go in a circle, from landelijk back to landelijk"));
    CHECK(faults("loketten.json", R"("achtervang": "landelijk")", R"("achtervang": "maan")")
              .contains("the fallback of noord-nederland is maan, which is not a desk here"));
    CHECK(faults("loketten.json", R"("id": "oost-nederland")", R"("id": "noord-nederland")")
              .contains("the desk noord-nederland is here twice"));
    CHECK(faults("routering.json", R"("eerste": "nla")", R"("eerste": "maan")")
              .contains("maan is not a desk of loketten.json"));
    CHECK(faults("routering.json", R"({"als": {"minderjarig": ["ja"]}, "spoed": true},)",
                 R"({"als": {"minderjarig": ["ja"]}, "spoed": true},
                    {"als": {"minderjarig": ["ja"], "vorm": ["orgaan"]}, "spoed": true},)")
              .contains("/regels/2: the rule never changes who gets a report"));
    CHECK(faults("routering.json", "{", "[").contains("routering.json"));
    CHECK(faults("bezetting.json", "{", "[").contains("bezetting.json"));
}

TEST_CASE("a key or a code of the routing that nobody knows is a fault that names rule and word") {
    const auto says = [](const char* from, const char* to, const std::string& what) {
        const auto faults = own("routering.json", from, to).found().faults;
        CAPTURE(to, all(faults));
        CHECK(on_a_line(faults, "routering.json", what));
    };
    says(R"({"als": {"minderjarig": ["ja"]}, "spoed": true})", R"({"spoed": true})", "/regels");
    says(R"("zonder": [)", R"("zondr": [)", "/regels/0: there is no key 'zondr' here; there are als, eerste");
    says(R"("mede": ["@regio"]},)", R"("meede": ["@regio"]},)", "/regels/2: there is no key 'meede' here");
    says(R"("standaard": "landelijk",)", R"("standard": "landelijk",)", "/: there is no key 'standard' here");
    says(R"("standaard": "landelijk",)", "", "/standaard: This member is required");
    says(R"("standaard": "landelijk",)", R"("standaard": "",)", "/standaard: '' is not a desk's id");
    says(R"("haven", "grens")", R"("haven", "grenz")",
         "/regels/2/als/plek: there is no code 'grenz'; there are luchthaven, haven, grens, anders");
    says(R"(["arbeid"])", R"(["arbyd"])", "/regels/3/als/alleenVorm: there is no code 'arbyd'");
    says(R"(["opsporing"])", R"(["politie"])",
         "/regels/0/zonder: there is no code 'politie'; there are opspo");
    says(R"("plek": )", R"("plaats": )", "/regels/2/als: there is no condition 'plaats'");
    says(R"({"minderjarig": ["ja"]}, "spoed": true)", R"({"gemeente": ["GM9999"]}, "spoed": true)",
         "/regels/1/als/gemeente: there is no municipality 'GM9999'");
    says(R"("spoed": true)", R"("spoed": true, "mede": ["nla"])", "/regels/1: 'mede' does nothing");
    says("{", "[", "column 11: here or just before it a comma");
}

TEST_CASE("a kind of desk that nobody knows, a key too, and a police desk that would not investigate") {
    const auto says = [](const char* from, const char* to, const std::string& what) {
        const auto faults = own("loketten.json", from, to).found().faults;
        CAPTURE(to, all(faults));
        CHECK(on_a_line(faults, "loketten.json", what));
    };
    says(R"("soort": "zorg")", R"("soort": "zorgg")", "/loketten/11/soort: there is no code 'zorgg'");
    says(R"("achtervang": null)", R"("achtervng": null)", "/loketten/10: there is no key 'achtervng' here");
    says(R"("opsporing": true)", R"("opsporing": false)", "noord-nederland is of the kind politie, which");
    says("{", "[", "column 11: here or just before it a comma");
}

TEST_CASE("a victim who would rather not have the police read it gets no desk that investigates") {
    const auto says = [](const char* file, const char* from, const char* to, const std::string& what) {
        const auto faults = all(own(file, from, to).found().faults);
        CAPTURE(to, faults);
        CHECK(faults.contains("a victim who answers that the police should rather not read it: " + what));
    };
    says("routering.json", R"("mede": [], "zonder": ["opsporing"])", R"("mede": ["@regio"])", "");
    says("routering.json", R"(, "rol": ["slachtoffer"]})",
         R"(, "rol": ["slachtoffer"], "minderjarig": ["ja"]})", "");
    // The fallback of the care desk, where that has no key.
    own both("routering.json", R"(, "zonder": ["opsporing"])", "");
    auto desks = shipped::file("loketten.json");
    const std::string care = R"("soort": "zorg", "opsporing": false, "achtervang": "landelijk")";
    desks.replace(desks.find(care), care.size(),
                  R"("soort": "zorg", "opsporing": false, "achtervang": "nla")");
    both.write("loketten.json", desks);
    CHECK(all(both.found().faults).contains("nla may read it, which investigates (GM"));
}

TEST_CASE("the desk of last resort does not investigate, also where no desk can be sealed to") {
    const own one("loketten.json", R"("soort": "landelijk", "opsporing": false)",
                  R"("soort": "landelijk", "opsporing": true)");
    const auto faults = all(one.found().faults);
    CAPTURE(faults);
    CHECK(faults.contains("landelijk may read it, which investigates"));
}

TEST_CASE("a number in a text is that of somebody whom somebody verifies") {
    const own one("wegwijzer/organisaties.toml", "telefoon = \"0800-2000\"", "telefoon = \"0800-2001\"");
    const auto faults = all(one.found().faults);
    CAPTURE(faults);
    CHECK(faults.contains("oefenen.toml:"));
    CHECK(faults.contains("a text has the number 0800-2000, which is nobody's"));
}

TEST_CASE("a number in a text is nobody's while visitors do not see whose it is") {
    const std::string text = "U kunt ook bellen met 020-760 0809.";
    own one("wegwijzer/wegwijzer.toml", "Bewijs is niet nodig", text + " Bewijs is niet nodig");
    const auto told = [&] { return all(one.found().faults); };
    CHECK(told().contains("a text has the number 020-760 0809, which is nobody's"));
    const auto with = [&](const char* more) {
        one.write(
            "wegwijzer/organisaties.toml",
            shipped::changed_file("wegwijzer/organisaties.toml", "naam = \"FairWork\"",
                                  fmt::format("naam = \"FairWork\"\ntelefoon = \"020-7600809\"{}", more))
                .text);
    };
    with("");
    CHECK(told().contains("the number 020-760 0809, that of FairWork, which was not verified"));
    with("\ngeverifieerd = 2025-11-01");
    CHECK(told().contains("the number 020-760 0809, that of FairWork, which was not verified"));
    with("\ngeverifieerd = 2026-11-01");
    CHECK(told().empty());
}

TEST_CASE("the number in a source is looked at too, and an address on the web is none") {
    const auto with = [](const char* source) {
        const own one("wegwijzer/signalen.toml", "bron = \"", fmt::format("bron = \"{}; ", source));
        return all(one.found().faults);
    };
    CHECK(with("Nagevraagd bij 033-448 1187")
              .contains("a text has the number 033-448 1187, which is nobody's"));
    CHECK(with("https://baken.example/0334481187/0800-2001").empty());
}

TEST_CASE("help that was verified and that nobody can reach is told") {
    const own one(
        "wegwijzer/hulp.toml", "id = \"jeugdhulp\"\norganisatie = \"veilig-thuis\"",
        "id = \"jeugdhulp\"\nnaam = \"J\"\nopsporing = false\nbron = \"x\"\ngeverifieerd = 2026-11-01");
    const auto found = one.found();
    CAPTURE(all(found.faults));
    CHECK(found.faults.empty());
    CHECK(all(found.notes).contains("jeugdhulp has neither telefoon nor url: nobody sees it"));
}

TEST_CASE("a desk that only municipalities lead to is missed too") {
    const own one("loketten.json", "\"id\": \"zorg\"", "\"id\": \"zorgloket\"");
    const auto faults = one.found().faults;
    CAPTURE(all(faults));
    CHECK(on_a_line(faults, "loketten.json",
                    "/loketten: there is no zorg, the desk of every municipality's @zorg"));
}

TEST_CASE("where the shipped places are broken themselves, nothing is said to be held against them") {
    const scratch all_of_it;
    std::filesystem::copy(checkout::schema, all_of_it.path, std::filesystem::copy_options::recursive);
    all_of_it.write("places/gemeenten.tsv", "x");
    const auto notes = all(admin::look_through_guide({all_of_it.path}, today).notes);
    CAPTURE(notes);
    CHECK(notes.contains("of the rest only staffing and codes were looked at"));
    CHECK_FALSE(notes.contains("compared with the places"));
}

TEST_CASE("what the program was built with cannot be replaced") {
    scratch dir;
    dir.write("openapi.json", "{}");
    dir.write("README.md", "ours");
    std::filesystem::create_directories(std::filesystem::path(dir / "migrations/sqlite"));
    const auto one =
        *std::filesystem::directory_iterator(std::string(checkout::schema) + "/migrations/sqlite");
    const auto name = "migrations/sqlite/" + one.path().filename().string();
    dir.write(name, "");
    const auto faults = all(admin::look_through_guide({checkout::schema, dir.path}, today).faults);
    CAPTURE(faults);
    CHECK(faults.contains("openapi.json: schema/openapi.json is part of the program and cannot be replaced"));
    CHECK(faults.contains("schema/" + name + " is part of the program and cannot be replaced"));
    CHECK_FALSE(faults.contains("README.md"));
}

TEST_CASE("of the codes those that people choose while they work may change, and no others") {
    const auto faults = [](const char* from, const char* to) {
        return all(own("codes.json", from, to).found().faults);
    };
    CHECK(faults(R"("labels": [)", R"("labels": [{"code": "eigen", "nl": "Eigen", "en": "Own"}, )").empty());
    CHECK(faults("Ja, jonger dan 18 jaar", "Ja")
              .contains(": /minderjarig: This is part of the program: only redenen and labels can"));
    CHECK(faults(R"("vorm": [)", R"("vormm": [], "vorm": [)").contains(": /vormm: This is part of"));
}
