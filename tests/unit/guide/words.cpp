// The context of a text: what it is and to whom it is said.
#include "server/guide/words.hpp"

#include <catch2/catch.hpp>

TEST_CASE("a text has the context of its file and key, and one of its own where the Dutch says je") {
    struct row {
        std::string_view file, key, dutch, context;
    };
    const row rows[] = {
        {"schema/wegwijzer/hulp.toml", "wat", "Bent u daar?", "guide, to a victim, help"},
        {"hulp.toml", "wat", "Ben JE daar?", "guide, to a victim, help, to a young person (je)"},
        {"a/b.c/hulp.toml", "veilig", "Zeg jouw naam niet.",
         "guide, to a victim, asking for help safely, to a young person (je)"},
        {"hulp.toml", "wat", "Jeugd, een objectief project, jé.", "guide, to a victim, help"},
        {"recht.toml", "tekst", "je", "guide, what the law says, to a young person (je)"},
        {"taken.toml", "naam", "", "guide, to a team that reads reports, other crime"},
        {"hulp.toml", "naam", "Drugs", "guide"},
        {"anders.toml", "wat", "Drugs", "guide"},
        {"", "", "", "guide"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.file, row.key, row.dutch);
        CHECK(guide::context_of(row.file, row.key, row.dutch) == row.context);
    }
}
