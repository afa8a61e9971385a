// What Lighthouse finds on the pages that people find by searching: accessibility, best practices and search are all
// well, on a phone. Speed is measured by deploy/bench. It needs scripts to look with, so the browser runs them here.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import lighthouse from "lighthouse";
import { launch, url } from "./browser.mjs";

const port = 9223;
const browser = await launch([`--remote-debugging-port=${port}`]);
after(() => browser.close());

const categories = ["accessibility", "best-practices", "seo"];

async function measured(path) {
    const { lhr } = await lighthouse(url + path, { port, onlyCategories: categories, output: "json", logLevel: "error" });
    const failed = Object.values(lhr.audits)
        .filter((one) => one.score !== null && one.score < 1 && one.scoreDisplayMode !== "informative")
        .map((one) => `${one.id}: ${one.title}`);
    return { scores: Object.fromEntries(categories.map((one) => [one, lhr.categories[one].score * 100])), failed };
}

for (const path of ["", "/wegwijzer", "/signalen", "/hulp"])
    for (const language of ["nl", "en"])
        test(`100 for accessibility, best practices and search: /${language}${path}`, async () => {
            const { scores, failed } = await measured(`/${language}${path}`);
            assert.deepEqual(scores, { "accessibility": 100, "best-practices": 100, "seo": 100 }, failed.join("\n"));
        });

test("it finds what is not well: the form may never be listed", async () => {
    const { scores } = await measured("/nl/melden");
    assert.ok(scores.seo < 100, "search engines may list the form");
});
