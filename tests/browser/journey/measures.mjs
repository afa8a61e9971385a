// The way to Send on a phone stays short: 900 words and 12 screens for a citizen, and on its own page Send ends within two
// screens, for who answers the least (docs/performance.md). Whoever shortens the form lowers these, nobody raises them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "../browser.mjs";
import { way_of } from "../measures.mjs";

const browser = await launch();
after(() => browser.close());

const most = {
    citizen: { words: 900, screens: 12, taps: 7, send: 2 },
    victim: { words: 900, screens: 12, taps: 7, send: 2 },
    professional: { words: 1_020, screens: 14.5, taps: 7, send: 2 },
};

for (const who of Object.keys(most))
    for (const language of ["nl", "en"])
        test(`${who}, ${language}: no more words, screens and taps than these, and Send is near`, async () => {
            const way = await way_of(browser, who, language);
            for (const [what, limit] of Object.entries(most[who]))
                assert.ok(way[what] <= limit, `${what}: ${way[what]}, at most ${limit}`);
        });
