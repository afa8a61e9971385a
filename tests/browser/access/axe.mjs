// axe-core finds nothing, on every page and in every state, in every language, narrow and wide, in light and dark. All
// of its rules run, best practices and target size too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { desktop, launch, phone, url, visit } from "../browser.mjs";
import { names, states } from "../states.mjs";
import { show } from "./look.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await launch();
after(() => browser.close());

// These three are off by default because they are new or strict; they hold here.
const rules = Object.fromEntries(["target-size", "css-orientation-lock", "label-content-name-mismatch"]
    .map((rule) => [rule, { enabled: true }]));

// axe is a script, which the pages' policy would not let in.
const with_scripts = (viewport) => visit(browser, { viewport, javaScriptEnabled: true, bypassCSP: true });

// The code of the pseudo-language is one of those for private use (RFC 5646, qaa to qtz), which axe does not know.
const known_to_be_right = /^(html-lang-valid|valid-lang): <[^>]* lang="qps"/;

async function faults(page) {
    if (!await page.evaluate(() => "axe" in window)) await page.evaluate(source);
    const found = await page.evaluate(async (options) => {
        const { violations } = await window.axe.run(document, options);
        return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
    }, { rules, resultTypes: ["violations"] });
    return found.filter((one) => !known_to_be_right.test(one));
}

for (const language of ["nl", "en", "qps"])
    test(`axe finds nothing in any of ${names.length} states: ${language}`, async () => {
        const page = await with_scripts(phone);
        const found = [];
        for await (const [name, answer] of states(language)) {
            await page.setViewportSize(phone);
            await show(page, name, language, answer);
            found.push(...(await faults(page)).map((one) => `${name}, narrow: ${one}`));
            await page.setViewportSize(desktop);
            await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
            found.push(...(await faults(page)).map((one) => `${name}, wide: ${one}`));
        }
        assert.deepEqual(found, []);
        await page.context().close();
    });

for (const scheme of [{ colorScheme: "dark" }, { contrast: "more" }, { colorScheme: "dark", contrast: "more" }])
    test(`axe finds nothing with ${JSON.stringify(scheme)}`, async () => {
        const page = await with_scripts(phone);
        await page.emulateMedia(scheme);
        const found = [];
        const wanted = ["start", "questions, faults", "questions, youth", "check, urgent", "check, one left out",
                        "done", "not here"];
        for await (const [name, answer] of states("nl", wanted)) {
            await show(page, name, "nl", answer);
            found.push(...(await faults(page)).map((one) => `${name}: ${one}`));
        }
        assert.deepEqual(found, []);
        await page.context().close();
    });

for (const name of ["wegwijzer", "hulp"])
    test(`axe finds nothing while names of places are offered: ${name}`, async () => {
        const page = await with_scripts(phone);
        await page.goto(`${url}/nl/${name}`);
        await page.locator("#plaats").pressSequentially("frysl");
        await page.locator("#plaats-namen option").first().waitFor({ state: "attached" });
        assert.deepEqual(await faults(page), []);
        await page.context().close();
    });

test("axe finds a fault where there is one", async () => {
    const page = await with_scripts(phone);
    await page.setContent("<!doctype html><html><body><input><p style='color:#ccc'>x</p></body></html>");
    assert.ok((await faults(page)).length >= 3);
    await page.context().close();
});
