// The pages of the guide: where to report, who helps, what to notice, about a complaint, practice.
#include "crypto/hash.hpp"
#include "crypto/protocol/codes.hpp"
#include "tests/unit/pages/changed_guide.hpp"

using namespace site;

namespace {

const char* teacher = "acuut=ja&ik-ben=onderwijs&zie=seksueel&minderjarig=ja&plaats=Rotterdam&stap=antwoord";

// Where a text stands first; what is not there stands behind everything.
std::size_t place_of(const http::response& page, std::string_view text) { return page.content().find(text); }

}  // namespace

TEST_CASE("every page of the guide is there in every language, and takes only what it asks for") {
    server at({"nl", "en", "qps"});
    for (const auto* language : {"nl", "en", "qps"})
        for (const auto* page : {"wegwijzer", "hulp", "signalen", "aangifte", "oefenen", "api"}) {
            CAPTURE(language, page);
            const auto path = "/" + std::string(language) + "/" + page;
            const auto answer = at.get(path);
            CHECK(answer.status == 200);
            CHECK(field(answer, "Content-Language") == language);
            CHECK(says(answer, "tel:112"));
            // The catalogues have every text in the context that the program asks for.
            CHECK_FALSE(says(answer, "<span lang="));
            const bool takes = page != std::string_view("signalen") && page != std::string_view("aangifte") &&
                               page != std::string_view("api");
            auto posted = head(http::method::post, path);
            posted.fields.emplace_back("content-type", "application/x-www-form-urlencoded");
            CHECK(at.pages->admit(posted).has_value() == takes);
        }
}

TEST_CASE("where to report: five questions, all faults at once, and nothing lost") {
    server at;
    const auto empty = at.post("stap=antwoord", "/en/wegwijzer");
    CHECK(empty.status == 400);
    for (const auto* name : {"acuut", "ik-ben", "zie", "minderjarig"})
        CHECK(says(empty, "id=\"" + std::string(name) + "-fout\""));
    const auto half = at.post("zie=koning&ik-ben=zorg&plaats=Rotterdam&stap=antwoord", "/en/wegwijzer");
    CHECK(half.status == 400);
    CHECK(says(half, "id=\"ik-ben-zorg\" name=\"ik-ben\" value=\"zorg\" checked"));
    CHECK(says(half, "value=\"Rotterdam\""));
    CHECK(at.post("stap=antwoord&a=%00%ff&=&&&", "/en/wegwijzer").status == 400);
}

TEST_CASE("a form of the guide is no larger than that of a report") {
    server at;
    for (const auto* page : {"/en/wegwijzer", "/en/hulp"}) {
        CAPTURE(page);
        const auto answer = at.post("plaats=" + std::string(std::size_t{320} * 1024, 'a'), page);
        CHECK(answer.status == 413);
        CHECK_FALSE(says(answer, "aaaa"));
    }
}

TEST_CASE("a victim whose report goes to the police is told how it does not; a place nobody knows is told") {
    server at;
    const auto asked = [&](const std::string& who) {
        return at.post("acuut=nee&zie=seksueel&minderjarig=nee&plaats=Rotterdam&stap=antwoord&ik-ben=" + who,
                       "/en/wegwijzer");
    };
    CHECK(says(asked("slachtoffer"), "Would you rather not have the police read it?"));
    CHECK_FALSE(says(asked("zorg"), "Would you rather not have the police read it?"));
    CHECK(says(asked("zorg"), "href=\"#melden\""));
    const auto lost = at.post(
        "acuut=nee&zie=seksueel&minderjarig=nee&plaats=Nergens&gemeente=onbekend&"
        "gemeente-bij=Nergens&stap=antwoord&ik-ben=burger",
        "/en/wegwijzer");
    CHECK(says(lost, "We do not know the place you named"));
}

TEST_CASE("a victim is told which number is the police; no sentence of the law stands there twice") {
    server at;
    const auto asked = [&](const std::string& who) {
        return at.post("acuut=ja&zie=arbeid&minderjarig=nee&plaats=&stap=antwoord&ik-ben=" + who,
                       "/en/wegwijzer");
    };
    const auto own = asked("slachtoffer");
    REQUIRE(own.status == 200);
    const auto kinds_in = [](const http::response& page) {
        const auto advice = page.content().substr(0, page.content().find("id=\"melden\""));
        return std::pair(advice.contains("This is the labour inspectorate. It is not the police"),
                         advice.contains("These are the border police"));
    };
    CHECK(kinds_in(own) == std::pair(true, true));
    CHECK(kinds_in(asked("zorg")) == std::pair(false, false));
    // Who would read it is called the same as in the form.
    CHECK(says(asked("zorg"), "This is a care organisation. It is not the police"));
    // Help before the border police, for whom leaving the country may be its work.
    CHECK(place_of(own, "tel:0334481186") < place_of(own, "tel:08001814"));
    const std::string law = "A possible victim without a right of residence";
    REQUIRE(says(own, law));
    CHECK_FALSE(own.content().substr(place_of(own, law) + 1).contains(law));
}

TEST_CASE("an answer of the guide is no receipt: nothing was reported, nobody is promised, no day is named") {
    server at({"nl", "en"});
    for (const auto& who : protocol::codes::rol)
        for (const auto* rest : {"&acuut=ja&zie=seksueel&minderjarig=nee&plaats=Rotterdam",
                                 "&acuut=nee&zie=arbeid&minderjarig=onbekend"}) {
            CAPTURE(who, rest);
            const auto page =
                at.post("ik-ben=" + std::string(who) + rest + "&stap=antwoord", "/en/wegwijzer");
            REQUIRE(page.status == 200);
            CHECK(says(page, "You have not reported anything yet."));
            for (const auto* never :
                 {"You get an answer", "Somebody is there", "Nobody is there", "fficer of the desk",
                  "It has arrived", "Verified on", "are coordinator"})
                CHECK_FALSE(says(page, never));
            // The day on which the facts were checked stands there once, and no other.
            const std::string_view content = page.content();
            const auto day = content.find("2026");
            REQUIRE(day != content.npos);
            CHECK(content.substr(0, day).ends_with("Facts on this page checked on: 1 November "));
            CHECK_FALSE(content.substr(day + 1).contains("2026"));
        }
}

TEST_CASE("whose age is under 18 is called je on a page of their own, everybody else u") {
    server at({"nl"});
    const auto asked = [&](const std::string& who, const std::string& minor) {
        return at.post("acuut=nee&zie=seksueel&stap=antwoord&ik-ben=" + who + "&minderjarig=" + minor,
                       "/nl/wegwijzer");
    };
    const auto child = asked("slachtoffer", "ja");
    CHECK(says(child, "Je hebt nog niets gemeld."));
    const auto content = child.content();
    const auto main = content.substr(0, content.find("</main>")).substr(content.find("<main"));
    for (const auto* formal : {" u ", " uw ", "U hebt", "U kunt", "Wilt u"})
        CHECK_FALSE(main.contains(formal));
    for (const auto& [who, minor] :
         {std::pair{"slachtoffer", "nee"}, {"slachtoffer", "onbekend"}, {"onderwijs", "ja"}}) {
        CHECK(says(asked(who, minor), "U hebt nog niets gemeld."));
        CHECK_FALSE(says(asked(who, minor), "Je hebt nog niets gemeld."));
    }
}

TEST_CASE("nothing is named that does not fit, and no source that is not one") {
    server at;
    for (const auto& who : protocol::codes::rol)
        for (const auto& vorm : protocol::codes::vorm) {
            CAPTURE(who, vorm);
            const auto page = at.post("acuut=nee&minderjarig=nee&stap=antwoord&ik-ben=" + std::string(who) +
                                          "&zie=" + std::string(vorm),
                                      "/en/wegwijzer");
            if (vorm == "arbeid" || vorm == "crimineel") CHECK_FALSE(says(page, "0800-0188"));
            if (vorm == "seksueel") CHECK(says(page, "0800-0188"));
            for (const auto* elsewhere :
                 {"vtti.vt.edu", "privacy-web.nl", "dejuncto.nl", "gemeente.nu", "nu.nl"})
                CHECK_FALSE(says(page, elsewhere));
        }
}

TEST_CASE("help: what a report means for who has no papers, of the kinds of desk of which a source says it") {
    server at;
    const auto told = [&](const std::string& ticked) {
        return at.post(ticked + "stap=antwoord", "/en/hulp");
    };
    const std::string sentence =
        "Without residence papers:</strong> The police offer a possible victim a reflection period";
    CHECK(says(told("situatie=zonder-papieren&"), sentence));
    const auto all = told("");
    REQUIRE(says(all, sentence));
    CHECK_FALSE(all.content().substr(all.content().find(sentence) + 1).contains(sentence));
    CHECK(says(all, "Without residence papers:</strong> The border police offer"));
    CHECK_FALSE(says(told("situatie=volwassen&"), "Without residence papers:"));
    const auto& law = handbook().get()->recht;
    for (const auto* kind : {"arbeid", "zorg", "landelijk", "gemeente", ""})
        CHECK(guide::without_papers(law, kind, at.clock.today()) == nullptr);
    CHECK(guide::without_papers(law, "politie", at.clock.today() + 400) == nullptr);
}

TEST_CASE("signals: every kind and every place of work can be jumped to, from a list and from elsewhere") {
    server at;
    const auto page = at.get("/en/signalen");
    for (const auto* id :
         {"overal", "vorm-arbeid", "vorm-seksueel", "nagelstudio", "hotel", "landbouw", "bouw"}) {
        CAPTURE(id);
        CHECK(says(page, "href=\"#" + std::string(id) + "\""));
        CHECK(says(page, "id=\"" + std::string(id) + "\""));
    }
}

TEST_CASE("the answer is in the order of urgency, and one button opens the form with all of it") {
    server at;
    const auto answer = at.post(teacher, "/en/wegwijzer");
    REQUIRE(answer.status == 200);
    const auto advice = answer.content().substr(answer.content().find("baken-advice"));
    CHECK(advice.find("tel:112") < advice.find("tel:08000188"));
    CHECK(advice.find("tel:08000188") < advice.find("tel:08002000"));
    CHECK(says(answer, "If you report it here: who would read it"));
    CHECK_FALSE(says(answer, "You did not name a place"));
    typed::fields form = shown::fields(answer.content().substr(0, answer.content().find("id=\"melding\"")));
    const auto has = [&](std::string_view name, std::string_view value) {
        return std::ranges::any_of(form,
                                   [&](const auto& one) { return one.first == name && one.second == value; });
    };
    CHECK(has("rol", "professional"));
    CHECK(has("functie", "onderwijs"));
    CHECK(has("vorm", "seksueel"));
    CHECK(has("spoed", "ja"));
    form.emplace_back("stap", "vragen");
    const auto questions = at.post(typed::body(form));
    CHECK(questions.status == 200);
    CHECK(says(questions, "id=\"vorm-seksueel\" name=\"vorm\" value=\"seksueel\" checked"));
    CHECK(says(questions, "value=\"Rotterdam\""));
    CHECK(at.stored() == 0);
}

TEST_CASE("a place of several is asked about, and one that is unknown is no dead end") {
    server at;
    const std::string rest = "&acuut=nee&ik-ben=burger&zie=arbeid&minderjarig=nee&stap=antwoord";
    const auto many = at.post("plaats=Bergen" + rest, "/en/wegwijzer");
    CHECK(many.status == 400);
    CHECK(says(many, "name=\"gemeente\""));
    const auto chosen =
        at.post("plaats=Nergenshuizen&gemeente=onbekend&gemeente-bij=Nergenshuizen" + rest, "/en/wegwijzer");
    CHECK(chosen.status == 200);
    CHECK(says(chosen, "landelijk"));
}

TEST_CASE("what the law asks is said to who has that profession, the list of a desk to officers alone") {
    server at;
    const auto as = [&](const std::string& who) {
        return at.post("acuut=nee&zie=arbeid&minderjarig=nee&stap=antwoord&ik-ben=" + who, "/en/wegwijzer");
    };
    const auto nurse = as("zorg"), officer = as("politie"), citizen = as("burger");
    CHECK(says(nurse, "May I report this?"));
    CHECK_FALSE(says(citizen, "May I report this?"));
    CHECK(says(officer, "What your team goes through"));
    CHECK_FALSE(says(nurse, "What your team goes through"));
}

TEST_CASE("help: day and night first, then what is near; a demonstration's entry says that it is one") {
    server at;
    const auto near = at.post("plaats=Almere&situatie=volwassen&stap=antwoord", "/en/hulp");
    REQUIRE(near.status == 200);
    CHECK(says(near, "Flevoland"));
    const std::string made_up = "Demonstration: this is old or made up";
    CHECK(place_of(near, "level-3\">Veilig Thuis</h3>") < place_of(near, made_up));
    CHECK(place_of(near, made_up) < place_of(near, "CoMensha"));
    // One sentence for every region, and the name of the region or of its part.
    const auto region_of = [&](const std::string& place) {
        return at.post("plaats=" + place + "&situatie=volwassen&stap=antwoord", "/en/hulp");
    };
    CHECK(says(near, "Region: <bdi lang=\"nl\">Flevoland</bdi>"));
    CHECK(says(region_of("Rotterdam"), "Region: <bdi lang=\"nl\">gemeente Rotterdam</bdi>"));
    CHECK_FALSE(says(region_of("Dordrecht"), "Region: <bdi"));
    const auto far = at.post("plaats=Dordrecht&situatie=dokter&stap=antwoord", "/en/hulp");
    CHECK(says(far, "For what you ticked we know nobody in this region"));
    CHECK(says(far, "tel:08000188"));
    CHECK(at.post("plaats=Bergen&stap=antwoord", "/en/hulp").status == 400);
    CHECK(at.post("stap=antwoord", "/en/hulp").status == 200);
}

TEST_CASE("help: who says an age is not told of what is for the other age alone") {
    server at;
    const auto told = [&](const std::string& ticked) {
        return at.post("situatie=buitenlands" + ticked + "&stap=antwoord", "/en/hulp");
    };
    const char *for_children = "Are you under 18, and in the Netherlands without your parents?",
               *for_adults = "Are you an adult, and Dutch or an EU citizen?", *for_both = "tel:112";
    for (const auto* ticked : {"", "&situatie=volwassen&situatie=minderjarig"}) {
        CHECK(says(told(ticked), for_children));
        CHECK(says(told(std::string(ticked) + "&situatie=met-kinderen"), for_adults));
    }
    const auto adult = told("&situatie=volwassen"),
               child = told("&situatie=minderjarig&situatie=met-kinderen");
    CHECK_FALSE(says(adult, for_children));
    CHECK(says(adult, for_adults));
    CHECK(says(adult, for_both));
    CHECK(says(child, for_children));
    CHECK_FALSE(says(child, for_adults));
    CHECK(says(child, for_both));
}

TEST_CASE("help: languages are called what their speakers call them; of whom none is known, that is said") {
    server at;
    async::held<guide::handbook> told(handbook().get());
    at.open_pages(*at.store, *at.registry, {"en"}, told);
    const auto asked = [&] { return at.post("situatie=minderjarig&stap=antwoord", "/en/hulp"); };
    CHECK(says(asked(), "We do not know which languages all of them speak."));
    CHECK_FALSE(says(asked(), "Languages:"));
    told.set(guide_with("hulp", "id = \"kindertelefoon\"\n",
                        "id = \"kindertelefoon\"\ntalen = [\"nl\", \"ar\"]\n"));
    CHECK(says(asked(), "Languages: <bdi lang=\"nl\">Nederlands</bdi>, <bdi lang=\"ar\">العربية</bdi></li>"));
}

TEST_CASE("for developers: every open question with its codes, and a form that asks it") {
    server at({"nl", "en"});
    const auto page = at.get("/en/api");
    CHECK(says(page, "href=\"/v1/openapi.json\""));
    for (const auto* asked : {"gemeenten", "wegwijzer", "hulpaanbod", "signalen"}) {
        CHECK(says(page, "method=\"get\" action=\"/v1/" + std::string(asked) + "\""));
        CHECK(says(page, "https://baken.example/v1/" + std::string(asked) + "?"));
    }
    for (const auto code : protocol::codes::vorm)
        CHECK(says(page, "<option value=\"" + std::string(code) + "\""));
    CHECK(field(at.get("/api", {{"accept-language", "en"}}), "Location") == "/en/api");
    CHECK(field(at.get("/api"), "Location") == "/nl/api");
    CHECK(field(at.get("/", {{"accept-language", "en"}}), "Location") == "/en");
    CHECK(says(at.get("/en/wegwijzer"), "href=\"/en/api\""));
}

TEST_CASE("signals are always said to be hints") {
    server at;
    const auto page = at.get("/en/signalen");
    CHECK(says(page, "A sign is not proof. It can be a reason to tell us."));
    // What is not there yet is said: silence would read as "that is no human trafficking".
    CHECK(says(page, "For these kinds we have no checked signs yet"));
    CHECK(says(page, "Forced marriage"));
    for (const auto& one : handbook().get()->signalen.all)
        if (!one.bron.geverifieerd) CHECK_FALSE(says(page, one.tekst.en));
}

TEST_CASE("the practice form cannot send anything") {
    server at;
    const auto practice = "/en/oefenen";
    CHECK(says(at.post("stap=begin", practice), "This is practice"));
    auto given = typed::least();
    given.emplace_back("stap", "controle");
    const auto check = at.post(typed::body(given), practice);
    REQUIRE(check.status == 200);
    CHECK_FALSE(says(check, "value=\"versturen\""));
    CHECK_FALSE(says(check, "name=\"zaad\""));
    // Sent all the same, with everything that a real one has.
    auto real = at.check(typed::least());
    auto forged = shown::fields(real.content());
    forged.emplace_back("stap", "versturen");
    CHECK(says(at.post(typed::body(forged), practice), "This is practice"));
    CHECK(at.stored() == 0);
}

TEST_CASE("twelve cases of a place of work, each with its explanation folded away") {
    server at;
    const auto cases = at.post("sector=hotel", "/en/oefenen");
    const auto count = [&](std::string_view what) {
        std::size_t out = 0;
        for (auto from = cases.content().find(what); from != std::string_view::npos;
             from = cases.content().find(what, from + 1))
            ++out;
        return out;
    };
    CHECK(count("<details") == 12);
    CHECK(count("<details class=\"baken-more\" open") == 0);
    CHECK(at.post("sector=maan", "/en/oefenen").status == 200);
}

TEST_CASE("who reports at work gets a proof that opens nothing, and the same one again") {
    server at;
    const auto checked = at.check(full_at_work());
    const auto done = at.send(checked), again = at.send(checked);
    REQUIRE(done.status == 200);
    std::vector<crypto::uuid> ids;
    for (const auto* desk : {"rotterdam", "landelijk", "zorg"})
        for (const auto& id : at.ids_at(desk)) ids.push_back(id);
    REQUIRE_FALSE(ids.empty());
    const auto first = at.ids_at("rotterdam").empty() ? std::string("landelijk") : std::string("rotterdam");
    const auto body = at.row(first, at.ids_at(first).front()).listed.body;
    const auto fingerprint = crypto::hex(crypto::sha256(body.view()));
    for (const auto* page : {&done, &again}) {
        CHECK(says(*page, "Proof that you reported"));
        CHECK(says(*page, ids.front().text()));
        CHECK(says(*page, fingerprint));
        CHECK(says(*page, "baken-unprinted"));  // what opens something is not printed with it
    }
    CHECK_FALSE(says(at.send(at.check(typed::least())), "Proof that you reported"));
}
