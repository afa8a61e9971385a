// The way of a report over the three pages: who is asked what, what is shown, and what the desk opens.
#include "tests/unit/pages/site.hpp"

using namespace site;

namespace {

// The answers of the second page: all but those of the first.
fields later(const fields& all) { return without(without(all, "rol"), "minderjarig"); }

// The fields of a page, with these filled in.
fields filled(fields page, const fields& in) {
    for (const auto& [name, value] : in) page = without(std::move(page), name);
    page.insert(page.end(), in.begin(), in.end());
    return page;
}

// Through the pages as a browser goes, button by button; the check page.
http::response walked(server& at, const fields& all) {
    const auto questions = at.step(
        {{"rol", typed::value(all, "rol")}, {"minderjarig", typed::value(all, "minderjarig")}}, "vragen");
    REQUIRE(questions.status == 200);
    const auto check = at.check(filled(shown::fields(questions.content()), later(all)));
    REQUIRE(check.status == 200);
    return check;
}

fields sorted(fields all) {
    std::erase_if(all, [](const auto& one) { return one.second.empty(); });
    std::sort(all.begin(), all.end());
    return all;
}
// The answers that a page carries, in whatever order.
fields answers_on(const http::response& page) {
    auto out = shown::fields(page.content());
    for (const auto* own :
         {"nummer", "zaad", "herkomst", "lezers", "uur", "haast", "terugweg", "zonder", "gemeente-bij"})
        out = without(out, own);
    return sorted(out);
}

}  // namespace

TEST_CASE("a report goes over three pages to the desk of the place, which reads what was typed") {
    server at;
    const auto given = full();
    const auto check = walked(at, given);
    CHECK(at.stored() == 0);
    CHECK(answers_on(check) == sorted(given));
    CHECK(says(check, "merk-wat &lt;b&gt;&quot;&amp;&#39;&lt;/b&gt; {{taal}}\nline two"));
    const auto carried = shown::fields(check.content());
    CHECK(typed::value(carried, "lezers") == "rotterdam:eerste landelijk:achtervang");
    CHECK(typed::value(carried, "haast") == "ja");
    // Thursday noon in UTC is 13:00 here: somebody is at the first desk, which has two hours.
    CHECK(typed::value(carried, "uur") == std::to_string(at.clock.at / 3600 + 2));
    CHECK(shown::receipt(check.content()).empty());

    const auto done = at.send(check);
    REQUIRE(done.status == 200);
    const auto seed = crypto::seed::from(crypto::from_b64u(typed::value(carried, "zaad")).value()).value();
    const auto receipt = crypto::receipt::from(seed);
    CHECK(shown::receipt(done.content()) == receipt.groups().text());
    CHECK_FALSE(says(done, "merk-"));

    const auto ids = at.ids_at("rotterdam");
    REQUIRE(ids.size() == 1);
    CHECK(ids.front().text() == typed::value(carried, "nummer"));
    const auto report = at.opened("rotterdam", ids.front());
    for (const auto& [name, is] :
         std::vector<std::pair<std::string, std::string>>{{"taal", "en"},
                                                          {"rol", "burger"},
                                                          {"vormen", "seksueel arbeid"},
                                                          {"gemeente", "GM0599"},
                                                          {"plaats", "Rotterdam"},
                                                          {"plek", "haven"},
                                                          {"minderjarig", "onbekend"},
                                                          {"spoed", "true"},
                                                          {"wat", "merk-wat <b>\"&'</b> {{taal}}\nline two"},
                                                          {"wie", "merk-wie"},
                                                          {"waar", "merk-waar"},
                                                          {"wanneer", "merk-wanneer"},
                                                          {"voertuigen", "merk-voertuigen"},
                                                          {"online", "merk-online"},
                                                          {"politie", "liever-niet"},
                                                          {"wensen", "hulp gesprek"},
                                                          {"professional", "null"}}) {
        CAPTURE(name);
        CHECK(member(report, name) == is);
    }
    CHECK(member(report, "contact").contains("merk-veilig"));
    // The receipt that was shown opens the mailbox that the desk answers to.
    const auto mailbox = crypto::open_mailbox(receipt);
    CHECK(report.postbus()->box_key == mailbox.box.public_key);
    CHECK(report.postbus()->sign_key == mailbox.sign.public_key);
    const auto row = at.row("rotterdam", ids.front());
    CHECK(row.mailbox == mailbox.sign.public_key);
    CHECK(row.recipients[0].epoch == "2026-W47");
    CHECK(row.listed.urgent);
}

TEST_CASE("each is asked what fits, and a desk gets it as a victim's, a citizen's or a professional's") {
    const auto* role = GENERATE("burger", "slachtoffer", "professional");
    const auto* minor = GENERATE("ja", "nee", "onbekend");
    CAPTURE(role, minor);
    server at;
    const bool self = std::string_view(role) == "slachtoffer",
               at_work = std::string_view(role) == "professional";
    const bool young = std::string_view(minor) == "ja";
    const auto page = at.step({{"rol", role}, {"minderjarig", minor}}, "vragen");
    REQUIRE(page.status == 200);
    CHECK(says(page, "What is happening?") == self);
    CHECK(says(page, "What did you see or hear?") == !self);
    CHECK(says(page, "name=\"grondslag\"") == at_work);
    CHECK(says(page, "You are under 18") == (self && young));
    CHECK(says(page, "tel:08000432") == (self && young));
    CHECK(says(page, "What concerns somebody under 18") == (!self && young));
    // Nothing is chosen for anybody.
    CHECK(answers_on(page) == sorted({{"rol", role}, {"minderjarig", minor}}));

    auto given = with(with(full_at_work(), "rol", role), "minderjarig", minor);
    const auto done = at.send(walked(at, given));
    CHECK(done.status == 200);
    const auto report = at.only("rotterdam");
    CHECK(member(report, "rol") == role);
    CHECK(member(report, "minderjarig") == minor);
    CHECK(member(report, "professional").contains("merk-organisatie") == at_work);
    CHECK(protocol::to_text(report.members()).contains("merk-organisatie") == at_work);
}

TEST_CASE("the number is drawn for the questions, the seed for the check page, and both go with the report") {
    server at;
    const auto questions = at.step({{"rol", "burger"}, {"minderjarig", "nee"}}, "vragen");
    auto carried = shown::fields(questions.content());
    const auto number = typed::value(carried, "nummer");
    CHECK(crypto::uuid::parse(number).has_value());
    const auto no_seed = [&](const http::response& page) {
        CHECK(typed::values(shown::fields(page.content()), "nummer") == std::vector{number});
        for (const auto* name : {"zaad", "herkomst"})
            CHECK(typed::values(shown::fields(page.content()), name).empty());
    };
    no_seed(questions);
    no_seed(at.check(carried));  // with faults: the form again
    const auto drawn = shown::fields(at.check(filled(carried, later(full()))).content());
    CHECK(typed::value(drawn, "nummer") == number);
    const auto same = [&](const http::response& page) {
        const auto fields = shown::fields(page.content());
        for (const auto* name : {"nummer", "zaad", "herkomst"})
            CHECK(typed::values(fields, name) == typed::values(drawn, name));
        return fields;
    };
    const auto origin = crypto::uuid::parse(typed::value(drawn, "herkomst")).value();
    const auto seed = crypto::seed::from(crypto::from_b64u(typed::value(drawn, "zaad")).value()).value();
    CHECK(at.mailboxes.gave_out(origin, seed));
    carried = same(at.step(drawn, "begin"));
    carried = same(at.step(carried, "vragen"));
    carried = same(at.check(carried));
    const auto other = shown::fields(at.check(full()).content());
    for (const auto* name : {"nummer", "zaad"}) CHECK(typed::value(other, name) != typed::value(drawn, name));
}

TEST_CASE("the first page: both questions unanswered, and nothing else, is said at once") {
    server at;
    const auto blank = at.get("/en/melden");
    CHECK(blank.status == 200);
    CHECK(shown::fields(blank.content()).empty());
    CHECK(shown::faults(blank.content()).empty());
    CHECK(shown::buttons(blank.content()) == fields{{"stap", "vragen"}});
    const auto wrong = at.step({}, "vragen");
    CHECK(wrong.status == 400);
    CHECK(shown::faults(wrong.content()) == std::vector<std::string>{"rol", "minderjarig"});
    // A step that nobody has, or none, is the first page without a word.
    for (const auto* step : {"", "onzin", "Versturen"}) {
        const auto first = at.step(least(), step);
        CHECK(first.status == 200);
        CHECK(shown::faults(first.content()).empty());
        CHECK(answers_on(first) == sorted(least()));
    }
}

TEST_CASE("faults come back all at once, with everything that was typed still there") {
    server at;
    auto given = with(without(full_at_work(), "wat"), "wie", std::string(20'001, 'x'));
    given = with(with(given, "plaats", "Bergen"), "politie", "nooit");
    for (const auto* step : {"controle", "versturen"}) {
        // Sending a page that was never checked changes nothing about that.
        const auto page = at.step(given, step);
        CHECK(page.status == 400);
        CHECK(shown::faults(page.content()) == std::vector<std::string>{"wat", "wie", "politie", "gemeente"});
        CHECK(answers_on(page) == sorted(without(given, "politie")));
        CHECK(says(page, "Shorten it to about 20000 characters"));
        CHECK(says(page, "aria-invalid=\"true\""));
    }
    // Without the first two answers the first page asks for them, and carries the rest.
    const auto first = at.check(later(full()));
    CHECK(first.status == 400);
    CHECK(shown::faults(first.content()) == std::vector<std::string>{"rol", "minderjarig"});
    CHECK(answers_on(first) == sorted(later(full())));
    CHECK(at.stored() == 0);
}

TEST_CASE("an ambiguous place is asked about; the answer holds for the text it was given to") {
    server at;
    const auto given = with(least(), "plaats", "Bergen");
    const auto asked = at.check(given);
    CHECK(asked.status == 400);
    CHECK(shown::faults(asked.content()) == std::vector<std::string>{"gemeente"});
    CHECK(says(asked, "There is more than one place of that name"));
    const auto chosen = with(shown::fields(asked.content()), "gemeente", "GM0893");
    const auto check = at.check(chosen);
    REQUIRE(check.status == 200);
    CHECK(says(check, "Bergen (L.)"));
    // Going back shows the choice; another text asks again.
    const auto back = at.step(shown::fields(check.content()), "vragen");
    CHECK(typed::value(shown::fields(back.content()), "gemeente") == "GM0893");
    const auto moved = at.check(with(shown::fields(back.content()), "plaats", "Beek"));
    CHECK(shown::faults(moved.content()) == std::vector<std::string>{"gemeente"});
    CHECK(typed::values(shown::fields(moved.content()), "gemeente").empty());
    const auto retyped = at.check(with(shown::fields(back.content()), "plaats", "bergen"));
    CHECK(shown::faults(retyped.content()) == std::vector<std::string>{"gemeente"});

    CHECK(at.send(check).status == 200);
    const auto report = at.only("landelijk");  // the table of this country knows one municipality
    CHECK(member(report, "gemeente") == "GM0893");
    CHECK(member(report, "plaats") == "Bergen");
}

TEST_CASE("a place that nobody knows may stay as it was typed: the report goes to the desk for all of them") {
    server at;
    const auto given = with(least(), "plaats", "de blauwe loods");
    const auto asked = at.check(given);
    CHECK(shown::faults(asked.content()) == std::vector<std::string>{"gemeente"});
    CHECK(says(asked, "We do not know this place"));
    const auto check = at.check(with(shown::fields(asked.content()), "gemeente", "onbekend"));
    REQUIRE(check.status == 200);
    CHECK(at.send(check).status == 200);
    const auto report = at.only("landelijk");
    CHECK(member(report, "gemeente") == "null");
    CHECK(member(report, "plaats") == "de blauwe loods");
}

TEST_CASE("an organisation is left out, and may read it after all; the last one cannot be left out") {
    server at;
    const auto press = [&](const http::response& page, std::string name, std::string value) {
        const auto out =
            at.post(typed::body(and_also(shown::fields(page.content()), std::move(name), std::move(value))));
        CHECK(out.status == 200);
        CHECK(answers_on(out) == answers_on(page));
        return out;
    };
    const auto readers = [](const http::response& page) {
        return typed::value(shown::fields(page.content()), "lezers");
    };
    const auto check = at.check(with(full(), "politie", "ja"));
    CHECK(typed::values(shown::buttons(check.content()), "zonder-erbij") ==
          std::vector<std::string>{"rotterdam"});
    CHECK(says(check, "You cannot leave out this one"));

    const auto left = press(check, "zonder-erbij", "rotterdam");
    CHECK(readers(left) == "landelijk:eerste");
    CHECK(typed::values(shown::buttons(left.content()), "zonder-weg") ==
          std::vector<std::string>{"rotterdam"});
    CHECK(readers(press(left, "zonder-weg", "rotterdam")) == "rotterdam:eerste landelijk:achtervang");
    for (const auto* nobody : {"landelijk", "niemand", "", "rotterdam"}) {
        const auto page = press(left, "zonder-erbij", nobody);
        CHECK(readers(page) == "landelijk:eerste");
        CHECK(typed::values(shown::buttons(page.content()), "zonder-weg") ==
              std::vector<std::string>{"rotterdam"});
    }
    // It stays left out on the way back to the questions.
    const auto back = at.step(shown::fields(left.content()), "vragen");
    CHECK(typed::values(shown::fields(back.content()), "zonder") == std::vector<std::string>{"rotterdam"});
    CHECK(readers(at.check(shown::fields(back.content()))) == "landelijk:eerste");

    CHECK(at.send(left).status == 200);
    CHECK(at.ids_at("rotterdam").empty());
    CHECK(member(at.only("landelijk"), "wie") == "merk-wie");
}

TEST_CASE("no way back in: no receipt, no mailbox, and no derivation that somebody would wait for") {
    server at;
    const auto page = at.check(full());
    CHECK(typed::value(shown::fields(page.content()), "terugweg") == "ja");
    const auto derived = at.mailboxes.derived();
    const auto done = at.step(with(shown::fields(page.content()), "terugweg", "nee"), "versturen");
    REQUIRE(done.status == 200);
    CHECK(shown::receipt(done.content()).empty());
    CHECK(says(done, "You did not want a code"));
    CHECK(at.mailboxes.derived() == derived);
    CHECK_FALSE(at.only("rotterdam").postbus());
    CHECK_FALSE(at.row("rotterdam", at.ids_at("rotterdam").front()).mailbox);
    // The choice holds through the other pages.
    const auto fresh = shown::fields(at.check(full()).content());
    const auto again = at.step(with(fresh, "terugweg", "nee"), "vragen");
    CHECK(typed::value(shown::fields(at.check(shown::fields(again.content())).content()), "terugweg") ==
          "nee");
}

TEST_CASE("an urgent report at night: before sending and after it the page says until when nobody reads it") {
    server at;
    at.open_pages(*at.store, *at.registry, {"en"}, handbook(), site::days_only());
    at.clock.put("2026-11-19", 23 * 3600);
    const auto* sentence = "nobody reads it yet. Somebody reads it from: Friday 20 November 2026, 09:00.";
    const auto check = at.check(full());
    CHECK(says(check, sentence));
    const auto done = at.send(check);
    CHECK(done.status == 200);
    CHECK(says(done, sentence));
    CHECK_FALSE(says(at.check(without(full(), "spoed")), sentence));
    at.clock.at += 12 * 3600;
    CHECK_FALSE(says(at.check(full()), "nobody reads it yet"));
}

TEST_CASE("an urgent report at night: where somebody is at the fallback desk, that one reads it at once") {
    server at;
    at.clock.put("2026-11-19", 23 * 3600);
    const auto* sentence = "So this team can read it at once.";
    const auto check = at.check(full());
    CHECK(says(check, sentence));
    CHECK(typed::value(shown::fields(check.content()), "uur") == std::to_string(at.clock.at / 3600));
    const auto done = at.send(check);
    CHECK(done.status == 200);
    CHECK(says(done, sentence));
    for (const auto* page : {&check, &done}) CHECK_FALSE(says(*page, "nobody reads it yet"));
    CHECK_FALSE(says(at.check(without(full(), "spoed")), sentence));
    at.clock.at += 12 * 3600;
    CHECK_FALSE(says(at.check(full()), sentence));
}

TEST_CASE("the check page says in large print where it happens, and the report says the same") {
    const struct {
        std::string place, choice, spot, shown, gemeente, plek;
    } rows[] = {
        {"Ede", "", "", "Ede", "GM0228", "null"},
        {"", "", "", "no place named", "null", "null"},
        {"Parijs", "buitenland", "plaats", "Outside the Netherlands", "null", "anders"},
        {"Nergenshuizen", "onbekend", "", "a place that we do not know", "null", "null"},
        {"Schiphol", "luchthaven", "", "Airport, Haarlemmermeer", "GM0394", "luchthaven"},
        {"Schiphol", "GM0394", "plaats", "Haarlemmermeer", "GM0394", "null"},
        {"Schiphol", "", "luchthaven", "Airport, Haarlemmermeer", "GM0394", "luchthaven"},
        {"Elst", "GM0340", "", "Rhenen", "GM0340", "null"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.place, row.choice, row.spot);
        server at;
        auto given = with(with(least(), "plaats", row.place), "plek", row.spot);
        if (!row.choice.empty()) {
            const auto asked = at.check(given);
            CHECK(shown::faults(asked.content()) == std::vector<std::string>{"gemeente"});
            given = with(shown::fields(asked.content()), "gemeente", row.choice);
        }
        const auto check = at.check(given);
        REQUIRE(check.status == 200);
        CHECK(says(check, "<strong translate=\"no\">" + row.shown + "</strong>"));
        REQUIRE(at.send(check).status == 200);
        const auto report = at.only("landelijk");
        CHECK(member(report, "gemeente") == row.gemeente);
        CHECK(member(report, "plek") == row.plek);
    }
}
