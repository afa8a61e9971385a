// What two versions of the data say differently, of every kind of file.
#include "server/admin/guide/file_changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "server/admin/guide/paired_rows.hpp"
#include "tests/checkout.hpp"
#include "tests/unit/admin/changed_data.hpp"

using namespace changed_data;

TEST_CASE("every value that changes is told, by its file, its entry and its key") {
    struct change {
        const char *file, *from, *to, *says;
    };
    for (const auto& [file, from, to, says] : std::initializer_list<change>{
             {"wegwijzer/organisaties.toml", "0800-2000\"", "0800-2001\"",
              "changes wegwijzer/organisaties.toml veilig-thuis: telefoon 0800-2000 → 0800-2001\n"},
             {"wegwijzer/recht.toml", "hoeft niet te blijken", "moet blijken",
              "changes wegwijzer/recht.toml minderjarig-dwang-niet-nodig: tekst.nl Bij iemand jonger dan 18"},
             {"wegwijzer/hulp.toml", "noodnummer-112", "nood-112",
              "drops wegwijzer/hulp.toml noodnummer-112\nadds wegwijzer/hulp.toml nood-112\n"},
             {"wegwijzer/signalen.toml", "geverifieerd = 2026-11-01\n", "",
              ": geverifieerd 2026-11-01 → (nothing)\n"},
             {"wegwijzer/wegwijzer.toml", "naam = \"",
              "naam = \"anders: ", "adds wegwijzer/wegwijzer.toml anders: "},
             {"bezetting.json", "08:00", "09:00",
              "changes bezetting.json landelijk: tijden 1: van 08:00 → 09:00\n"},
             {"loketten.json", R"("soort": "zorg", "opsporing": false)",
              R"("soort": "zorg", "opsporing": true)",
              "changes loketten.json zorg: opsporing false → true\n"},
             {"routering.json", R"("als": {"minderjarig": ["ja"]}, "spoed": true)",
              R"("als": {"minderjarig": ["ja"]}, "spoed": false)",
              "changes routering.json minderjarig ja: spoed true → false\n"},
             {"codes.json", R"("labels": [)", R"("labels": [{"code": "eigen"}, )", "adds codes.json eigen\n"},
             {"places/postcodes.tsv", "\n1012\tAmsterdam\tGM0363\t100\t-", "",
              "changes places/postcodes.tsv: 1 row fewer, 0 more, 0 other; fewer: 1012\n"},
             {"places/gemeenten.tsv", "2023-01-01", "2023-01-02", "0 rows fewer, 0 more, 1 other; other: GM"},
         }) {
        const own changed(file, from, to);
        const auto found = admin::compare_files(checkout::schema, {checkout::schema, changed.path});
        REQUIRE(found);
        const auto said = fmt::format("{}\n", fmt::join(found->lines, "\n"));
        CAPTURE(file, said);
        CHECK(said.contains(says));
        CHECK(found->unsaid.empty());
    }
}

TEST_CASE("a sentence more, less, changed or moved is told by itself, not with every sentence behind it") {
    const std::string name = "wegwijzer/aangifte.toml",
                      path = "changes wegwijzer/aangifte.toml wat-is-aangifte";
    const std::string more =
        "[[deel.zin]]\ntekst.nl = \"Nieuw.\"\ntekst.en = \"New.\"\nbron = \"https://baken.example\"\n\n";
    const std::string second =
        "[[deel.zin]]\ntekst.nl = \"Een melding, zoals hier, is geen aangifte. U kunt eerst melden en later "
        "kiezen.\"\ntekst.en = \"What you tell us here is not a criminal complaint. You can tell us first "
        "and "
        "decide later.\"\nbron = "
        "\"https://www.juridischloket.nl/politie-en-justitie/aangifte/aangifte-doen\"\ngeverifieerd = "
        "2026-11-01\n\n";
    const std::string third = "[[deel.zin]]\ntekst.nl = \"Iedereen kan";
    struct change {
        std::string what, from, to;
        std::vector<std::string> says;
    };
    for (const auto& [what, from, to, says] : std::initializer_list<change>{
             {"one more",
              second,
              more + second,
              {"adds wegwijzer/aangifte.toml wat-is-aangifte: zin 2: Nieuw."}},
             {"one less",
              second,
              "",
              {"drops wegwijzer/aangifte.toml wat-is-aangifte: zin 2: Een melding, zoals hier, is geen "
               "aangifte. U kunt eerst meld…"}},
             {"one changed behind one that is new",
              second + third,
              more + second + "[[deel.zin]]\ntekst.nl = \"Ieder kan",
              {path + ": zin 4: tekst.nl Iedereen kan aangifte doen: ook als u geen verblijfsrecht he… → "
                      "Ieder kan aangifte doen: ook als u geen verblijfsrecht hebt,…",
               "adds wegwijzer/aangifte.toml wat-is-aangifte: zin 2: Nieuw."}},
         }) {
        const own changed(name, from, to);
        const auto found = admin::compare_files(checkout::schema, {checkout::schema, changed.path});
        CAPTURE(what);
        REQUIRE(found);
        CHECK(found->lines == says);
    }
}

TEST_CASE("rows without a name are the ones that say most of the same") {
    const admin::values a{{"x", "1"}, {"y", "1"}}, b{{"x", "2"}, {"y", "2"}}, c{{"x", "3"}, {"y", "3"}},
        b_other{{"x", "2"}, {"y", "4"}};
    using pairs = std::vector<std::pair<std::size_t, std::size_t>>;
    const auto moved = admin::pair_rows({a, b, c}, {b, c, a});
    CHECK((moved.pairs == pairs{{0, 2}, {1, 0}, {2, 1}} && moved.other_order && moved.gone.empty() &&
           moved.added.empty()));
    const auto changed = admin::pair_rows({a, b}, {c, b_other, a});
    CHECK((changed.pairs == pairs{{0, 2}, {1, 1}} && changed.other_order &&
           changed.added == std::vector<std::size_t>{0}));
    const auto twice = admin::pair_rows({a, a}, {a});
    CHECK((twice.pairs == pairs{{0, 0}} && !twice.other_order && twice.gone == std::vector<std::size_t>{1}));
    const auto nothing = admin::pair_rows({}, {});
    CHECK((nothing.pairs.empty() && nothing.gone.empty() && nothing.added.empty() && !nothing.other_order));
    const auto apart = admin::pair_rows({a}, {b});
    CHECK((apart.pairs.empty() && apart.gone.size() == 1 && apart.added.size() == 1));
}
