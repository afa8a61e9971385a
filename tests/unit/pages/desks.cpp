// Who reads a report and when: what travels with the check page, and what it says.
#include "server/pages/desks.hpp"

#include <catch2/catch.hpp>

#include "server/pages/desk_kinds.hpp"
#include "tests/unit/lang/mo.hpp"
#include "tests/unit/pages/site.hpp"

using pages::readers;

namespace {

const lang::languages& english() {
    static const auto languages = [] {
        static const auto bytes = tests::mo("nplurals=2; plural=(n != 1);", {});
        return lang::languages::load(std::vector<lang::catalogue>{{"en", bytes}}).value();
    }();
    return languages;
}

pages::screen check_screen() {
    return pages::screen(pages::sheet::check,
                         {english(), english().all()[0], "style", "icon", "script", shipped::handbook().get(),
                          *protocol::day::parse("2026-11-22")});
}

const html::view::value& at(const html::view& view, std::string_view name) {
    for (std::size_t i = 0; i < view.shape().size(); ++i)
        if (view.shape()[i].name == name) return view.at(i);
    throw std::logic_error("no such slot");
}
std::string text(const html::view& view, std::string_view name) { return std::string(at(view, name).text); }
// The flags among these that are set.
std::string flags(const html::view& view, std::initializer_list<std::string_view> names) {
    std::string out;
    for (auto name : names)
        if (at(view, name).flag) out += (out.empty() ? "" : " ") + std::string(name);
    return out;
}

protocol::gids directory() {
    protocol::gids out;
    out.loketten = {{"rotterdam", "Politie Rotterdam", "politie", true, {}, "landelijk"},
                    {"kmar", "Koninklijke Marechaussee", "grens", true, {}, std::nullopt},
                    {"nla", "Nederlandse Arbeidsinspectie", "arbeid", true, {}, std::nullopt},
                    {"zorg", "Zorgcoördinatie", "zorg", false, {}, std::nullopt},
                    {"landelijk", "Landelijk loket", "landelijk", false, {}, std::nullopt}};
    return out;
}

// Seconds of a UTC time; in November the Netherlands are an hour ahead.
std::int64_t utc(std::string_view day, std::int64_t hour, std::int64_t minute = 0) {
    return std::int64_t{protocol::day::parse(day)->number} * 86400 + hour * 3600 + minute * 60;
}

// What a page was made of lives as long as it: a view holds views.
struct page {
    readers list;
    protocol::gids gids = directory();
    pages::screen screen = check_screen();
    page(readers shown, std::int64_t now, bool urgent = false, bool choosing = true)
        : list(std::move(shown)) {
        const pages::desk_facts facts{gids, *site::staffing().get(), now, "landelijk", {}};
        const pages::desk_wording wording{choosing, true, urgent, {}};
        put_desks(screen, list, facts, wording);
        put_night(screen, list, facts, wording);
    }
    [[nodiscard]] const html::view& desk(std::size_t place) const {
        return at(screen.view, "loketten").items.at(place);
    }
};

const readers two = {{"rotterdam", "eerste"}, {"landelijk", "achtervang"}};
// Neither is there at night.
const readers closed = {{"rotterdam", "eerste"}, {"zorg", "achtervang"}};

}  // namespace

TEST_CASE("readers travel with the check page as they are") {
    for (const auto& list :
         {readers{{"landelijk", "eerste"}}, two,
          readers{{"kmar", "eerste"}, {"rotterdam", "mede"}, {"zorg", "mede"}, {"landelijk", "achtervang"}}})
        CHECK(pages::read_readers(pages::written(list)) == list);
    CHECK(pages::written(two) == "rotterdam:eerste landelijk:achtervang");
}

TEST_CASE("readers: what is not ours is nothing") {
    for (const auto* text :
         {"", " ", "rotterdam", "rotterdam:", ":eerste", "rotterdam:mede", "rotterdam:baas",
          "rotterdam:eerste:", "Rotterdam:eerste", "rot terdam:eerste", "rotterdam:eerste  zorg:mede",
          " rotterdam:eerste", "rotterdam:eerste zorg", "<b>:eerste", "rotterdam:eerste\nzorg:mede",
          "a:eerste b:mede c:mede d:mede e:mede"}) {
        CAPTURE(text);
        CHECK_FALSE(pages::read_readers(text).has_value());
    }
}

TEST_CASE("desks: names, whether it is police, the role, and when somebody is there") {
    const page day(two, utc("2026-11-19", 12));  // Thursday, 13:00
    REQUIRE(at(day.screen.view, "loketten").items.size() == 2);
    const auto& first = day.desk(0);
    CHECK(text(first, "naam") == "Politie Rotterdam");
    CHECK(text(first, "id") == "rotterdam");
    CHECK(text(first, "aard") == "This is the police. They investigate crimes.");
    CHECK(flags(first, {"eerste", "mede", "achtervang", "staat-vast"}) == "eerste");
    CHECK(text(first, "aanwezig") == "Somebody is there now. Until: Thursday 19 November 2026, 17:00.");
    CHECK(text(first, "antwoord") == "You get an answer. At the latest: Monday 23 November 2026.");
    const auto& second = day.desk(1);
    CHECK(text(second, "aard") ==
          "This is the national team. It is not the police and investigates no crimes.");
    CHECK(flags(second, {"eerste", "mede", "achtervang", "staat-vast"}) == "achtervang staat-vast");
    CHECK(text(second, "aanwezig") == "Somebody is there day and night.");
    CHECK(text(second, "antwoord") == "You get an answer. At the latest: Thursday 19 November 2026.");
}

TEST_CASE("desks: who investigates is told apart from who is police") {
    const page day({{"kmar", "eerste"}, {"nla", "mede"}, {"zorg", "mede"}}, utc("2026-11-19", 12));
    CHECK(text(day.desk(0), "aard") ==
          "These are the border police (Marechaussee). They are police and investigate crimes.");
    CHECK(text(day.desk(1), "aard") ==
          "This is the labour inspectorate. It is not the police, but it does investigate crimes at work.");
    CHECK(text(day.desk(2), "aard") ==
          "This is a care organisation. It is not the police and investigates no crimes.");
}

TEST_CASE("kinds: what a desk does goes before what its kind usually does") {
    const auto says = [](std::string_view soort, bool opsporing) {
        return pages::kind_of_organisation(soort, opsporing).text;
    };
    for (const auto* soort : {"gemeente", "veiligheidshuis", "politie", "grens", "arbeid", "maan", ""}) {
        CAPTURE(soort);
        CHECK(says(soort, false) == "This is not the police, and it investigates no crimes.");
    }
    for (const auto* soort : {"gemeente", "veiligheidshuis", "zorg", "landelijk", "maan", ""}) {
        CAPTURE(soort);
        CHECK(says(soort, true) == "This is not the police, but it does investigate crimes.");
    }
}

TEST_CASE("desks: the evening before a weekend says when somebody is there again") {
    const page evening(two, utc("2026-11-20", 16, 30));  // Friday, 17:30
    CHECK(text(evening.desk(0), "aanwezig") ==
          "Nobody is there now. Next time somebody is there: Monday 23 November 2026, 09:00.");
    CHECK(text(evening.desk(0), "antwoord") ==
          "You get an answer. At the latest: Wednesday 25 November 2026.");
}

TEST_CASE("desks: one that no directory knows any more is named by its id, and is not said to be police") {
    const page gone({{"weg", "eerste"}}, utc("2026-11-19", 12), false);
    CHECK(text(gone.desk(0), "naam") == "weg");
    CHECK(text(gone.desk(0), "aard") == "We do not know this organisation any more.");
    CHECK(flags(gone.desk(0), {"eerste", "mede", "achtervang"}) == "eerste");
}

TEST_CASE("night: said where the report is urgent and nobody is at the first desk, and nowhere else") {
    const auto night = utc("2026-11-19", 23), day = utc("2026-11-19", 12);
    const page urgent(closed, night, true);
    CHECK(at(urgent.screen.view, "nacht").flag);
    CHECK(text(urgent.screen.view, "vanaf") ==
          "This is urgent, but nobody reads it yet. Somebody reads it from: Friday 20 November 2026, 09:00.");
    for (const auto& [list, now, is_urgent] :
         {std::tuple{closed, night, false},
          {closed, day, true},
          {two, night, true},
          {readers{{"landelijk", "eerste"}, {"rotterdam", "mede"}}, night, true}}) {
        const page other(list, now, is_urgent);
        CHECK_FALSE(at(other.screen.view, "nacht").flag);
        CHECK(text(other.screen.view, "vanaf").empty());
    }
}

TEST_CASE("desks: an answer is announced only to who can get one") {
    const auto gids = directory();
    for (const bool answers : {true, false}) {
        auto screen = check_screen();
        put_desks(screen, two, {gids, *site::staffing().get(), utc("2026-11-19", 12), "landelijk", {}},
                  {true, answers});
        for (const auto& desk : at(screen.view, "loketten").items)
            CHECK(at(desk, "antwoordt").flag == answers);
    }
}

TEST_CASE("night: nobody is there only where none who reads at once is, and the first of them counts") {
    const auto night = utc("2026-11-19", 23);
    CHECK_FALSE(
        at(page({{"rotterdam", "eerste"}, {"landelijk", "mede"}}, night, true).screen.view, "nacht").flag);
    const page both({{"rotterdam", "eerste"}, {"nla", "mede"}, {"zorg", "achtervang"}}, night, true);
    CHECK(text(both.screen.view, "vanaf") ==
          "This is urgent, but nobody reads it yet. Somebody reads it from: Friday 20 November 2026, 09:00.");
}

TEST_CASE("fallback: the page names the hour from which it reads, or that it reads at once and why") {
    constexpr auto until =
        "This team gets it only if the first team cannot open it, or has not read it in time. From: {}.";
    const auto told = [](const readers& list, std::int64_t now) {
        const page shown(list, now, true);
        CHECK(text(shown.desk(0), "wanneer").empty());
        return text(shown.desk(1), "wanneer");
    };
    // Thursday 13:01: two hours, at the full hour.
    CHECK(told(two, utc("2026-11-19", 12, 1)) == fmt::format(until, "Thursday 19 November 2026, 16:00"));
    CHECK(told(closed, utc("2026-11-19", 23)) == fmt::format(until, "Friday 20 November 2026, 09:00"));
    CHECK(told(two, utc("2026-11-19", 23)) ==
          "Nobody is at the first team now. So this team can read it at once.");
    // The day of the answer is that of the urgent one.
    const page shown(two, utc("2026-11-19", 12), true);
    CHECK(text(shown.desk(0), "antwoord") == "You get an answer. At the latest: Thursday 19 November 2026.");
}

TEST_CASE("fallback: once the report is stored, the page names the hour that the server keeps to") {
    const auto gids = directory();
    const auto told = [&](std::optional<std::int64_t> hour) {
        auto screen = check_screen();
        put_desks(screen, two, {gids, *site::staffing().get(), utc("2026-11-19", 12), "landelijk", {}},
                  {false, true, true, {true, hour}});
        return text(at(screen.view, "loketten").items.at(1), "wanneer");
    };
    CHECK_THAT(told(utc("2026-11-19", 13) / 3600), Catch::Contains("Thursday 19 November 2026, 14:00"));
    CHECK_THAT(told(utc("2026-11-19", 12) / 3600), Catch::Contains("at once"));
    // Opened, or handed over, in the meantime: no hour is named.
    CHECK(told(std::nullopt) == "This team gets it only if the first team does not read it in time.");
}

TEST_CASE("desks: of one without a standing in force nothing is promised") {
    auto screen = check_screen();
    const auto gids = directory();
    put_desks(screen, two, {gids, *site::staffing().get(), utc("2026-11-19", 12), "landelijk", {"rotterdam"}},
              pages::desk_wording());
    const auto& desks = at(screen.view, "loketten").items;
    CHECK(text(desks.at(0), "aanwezig") == "We do not know when somebody is there.");
    CHECK_FALSE(at(desks.at(0), "antwoordt").flag);
    CHECK(at(desks.at(1), "antwoordt").flag);
}
