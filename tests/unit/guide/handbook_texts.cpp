// What a text of the guide may hold, and what has no business in one: numbers, addresses and postcodes stand
// in members of their own, where they are verified.
#include "tests/unit/guide/standing_in.hpp"

using standing_in::change;

TEST_CASE("a text may have the joiners that its language and its pictures need") {
    const standing_in::directory own;
    own.put("hulp.toml",
            standing_in::changed(
                {"",
                 "hulp.toml",
                 "wat.nl = \"Is er nu gevaar",
                 "wat.fa = \"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\"\n"
                 "wat.hi = \"\u0915\u094d\u200d\u0937\"\n"
                 "wat.nl = \"\U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f Is er nu gevaar",
                 {}})
                .first);
    CHECK(own.faults().empty());
}

TEST_CASE("a word that ends as a street does is none") {
    const standing_in::directory own;
    own.put("hulp.toml", standing_in::changed({"",
                                               "hulp.toml",
                                               "wat.nl = \"Is er nu gevaar",
                                               "wat.nl = \"Weg 2 dagen, onderweg 24 uur? Is er nu gevaar",
                                               {}})
                             .first);
    CHECK(own.faults().empty());
}

TEST_CASE("a number, an address on the web or a postcode that has no business there is told") {
    const std::string wat = "wat.nl = \"Is er nu gevaar, of is iemand zwaar gewond?";
    standing_in::refuses(GENERATE_COPY(values<change>({
        {"no telephone",
         "organisaties.toml",
         "\"0800-0188\"",
         "\"0800-0188 (gratis)\"",
         {{0, "'0800-0188 (gratis)' is not a telephone number such as 0800-2000"}}},
        {"no telephone",
         "organisaties.toml",
         "\"0800-0188\"",
         "\"0800--0188\"",
         {{0, "is not a telephone number"}}},
        {"no telephone from abroad",
         "organisaties.toml",
         "\"+31 33 448 1186\"",
         "\"0031 33 448 1186\"",
         {{0, "is not a telephone number such as +31 70 333 4444"}}},
        {"without https",
         "organisaties.toml",
         "\"https://www.comensha.nl\"",
         "\"www.comensha.nl\"",
         {{0, "'url' must be an address that begins with https://"}}},
        {"http",
         "organisaties.toml",
         "\"https://www.comensha.nl\"",
         "\"http://www.comensha.nl\"",
         {{0, "begins with https://"}}},
        {"with a space",
         "organisaties.toml",
         "\"https://www.comensha.nl\"",
         "\"https://www.comensha.nl en meer\"",
         {{0, "begins with https://"}}},
        {"postcode",
         "hulp.toml",
         wat,
         wat + " Straat 1, 1234 AB Stad.",
         {{0, "'wat' holds a postcode: no entry may have an address"}}},
        {"postcode at the end",
         "hulp.toml",
         "Bellen is gratis.\"\n",
         "Straat 1, 1234AB\"\n",
         {{0, "'wat' holds a postcode"}}},
        {"postcode in another text",
         "hulp.toml",
         "veilig.nl = \"Zeg",
         "veilig.nl = \"1234 AB. Zeg",
         {{0, "'veilig' holds a postcode"}}},
        {"street",
         "hulp.toml",
         wat,
         wat + " Kom naar de Jan van Galenstraat 12 in Stad.",
         {{0, "'wat' holds a street with a number: no entry may have an address"}}},
        {"street with a number in English",
         "hulp.toml",
         "wat.en = \"",
         "wat.en = \"Go to Stationsplein 5a. ",
         {{-1, "'wat' holds a street with a number"}}},
        {"street in the name of a part of a region",
         "hulp.toml",
         "gebied = \"gemeente Groningen\"",
         "gebied = \"Stationsstraat 12\"",
         {{0, "'gebied' holds a street with a number"}}},
        {"street with what announces the number",
         "hulp.toml",
         wat,
         wat + " Kom naar Stationsstraat nr. 12 in Stad.",
         {{0, "'wat' holds a street with a number"}}},
        {"street with the number behind a comma",
         "hulp.toml",
         wat,
         wat + " Kom naar de Stationsstraat, huisnummer 12.",
         {{0, "'wat' holds a street with a number"}}},
        {"street and number in one word",
         "hulp.toml",
         wat,
         wat + " Kom naar Stationsstraat\u00a012 of Kerkweg12.",
         {{0, "'wat' holds a street with a number"}}},
        {"postcode with a space that does not break",
         "hulp.toml",
         wat,
         wat + " Kom naar 6711\u00a0AB.",
         {{0, "'wat' holds a postcode"}}},
        {"postcode in digits of another script",
         "hulp.toml",
         wat,
         wat + " Kom naar \u0666\u0667\u0661\u0661 AB.",
         {{0, "'wat' holds a postcode"}}},
        {"street in the hours of an organisation",
         "organisaties.toml",
         "bereikbaar.nl = \"",
         "bereikbaar.nl = \"Noorderdijk  7, ",
         {{0, "'bereikbaar' holds a street with a number"}}},
        {"a number of its own beside an organisation",
         "hulp.toml",
         "organisatie = \"csg\"",
         "organisatie = \"csg\"\ntelefoon = \"112\"",
         {{1, "'telefoon' is that of the organisation: leave it out"}}},
        {"a step that is both",
         "wegwijzer.toml",
         "organisatie = \"csg\"",
         "organisatie = \"csg\"\nloket = true",
         {{1, "a step is the report (`loket`) or a call (`organisatie`), not both"}}},
        {"a call with a source",
         "wegwijzer.toml",
         "organisatie = \"csg\"",
         "organisatie = \"csg\"\nbron = \"x\"\ngeverifieerd = 2026-11-01",
         {{1, "'bron' is for steps that are neither a call"}, {2, "'geverifieerd' is for"}}},
    })));
}
