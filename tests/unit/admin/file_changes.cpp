// What two versions of the data say differently, of every kind of file.
#include "server/admin/file_changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
        const auto found = admin::compare_files(BAKEN_SCHEMA, {BAKEN_SCHEMA, changed.path});
        REQUIRE(found);
        const auto said = fmt::format("{}\n", fmt::join(found->lines, "\n"));
        CAPTURE(file, said);
        CHECK(said.contains(says));
        CHECK(found->unsaid.empty());
    }
}
