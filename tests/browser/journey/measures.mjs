// The way to Send on a phone grows no longer. The goal for a citizen is 900 words and 12 screens (docs/performance.md):
// whoever shortens the form lowers these, nobody raises them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "../browser.mjs";
import { way_of } from "../measures.mjs";

const browser = await launch();
after(() => browser.close());

const most = {
    citizen: { words: 1_520, screens: 22, taps: 7 },
    victim: { words: 1_490, screens: 22, taps: 7 },
    professional: { words: 1_650, screens: 25, taps: 7 },
};

for (const who of Object.keys(most))
    for (const language of ["nl", "en"])
        test(`${who}, ${language}: no more words, screens and taps than there were`, async () => {
            const way = await way_of(browser, who, language);
            for (const [what, limit] of Object.entries(most[who]))
                assert.ok(way[what] <= limit, `${what}: ${way[what]}, at most ${limit}`);
        });
