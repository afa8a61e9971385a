// The core journeys in Firefox, without script: report as a citizen and as a victim, faults, the way out, the guide,
// another language, right to left.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { citizen, victim } from "../person.mjs";
import { answer, count, enter, launch, open, press, step, text, url, value } from "./firefox.mjs";

const browser = await launch();
after(() => browser.close());

test("no script of a page runs", async () => {
    const page = await open(browser, "/nl/hulp");
    assert.equal(await count(page, "script"), 1);
    // It gives the field a list of suggestions where it runs.
    assert.equal(await count(page, "main [name=plaats][role], main [name=plaats][list]"), 0);
    await page.close();
});

for (const [who, answers] of Object.entries({ citizen, victim }))
    test(`a ${who} reports, sees who reads it, and reaches the confirmation`, async () => {
        const page = await open(browser, "/nl/melden");
        await answer(page, answers);
        await press(page, step("vragen"));
        await answer(page, answers);
        await press(page, step("controle"));
        assert.match(await page.title(), /^Kijk het na/);
        assert.ok(await count(page, ".baken-desk h3") > 0);
        assert.ok((await text(page, "main")).includes(answers.wat));
        await press(page, step("versturen"));
        assert.equal(await count(page, "main form"), 0);
        assert.equal(await text(page, "h1"), "Wat u vertelde, is aangekomen");
        assert.ok(!(await text(page, "main")).includes(answers.wat));
        await page.close();
    });

test("what is missing is said, what was typed stays, and the link leads to the question", async () => {
    const page = await open(browser, "/nl/melden");
    await press(page, step("vragen"));
    assert.ok(await count(page, ".utrecht-form-field--invalid") === 2);
    await answer(page, citizen);
    await press(page, step("vragen"));
    await answer(page, { wat: "Ik zag iets, maar weet niet wat." });
    await press(page, step("controle"));
    assert.equal(await value(page, "main [name=wat]"), "Ik zag iets, maar weet niet wat.");
    assert.ok(await count(page, ".utrecht-form-field--invalid #vorm, #vorm[aria-describedby]") > 0);
    await page.close();
});

test("a place of which there are two is asked about", async () => {
    const page = await open(browser, "/nl/melden");
    await answer(page, citizen);
    await press(page, step("vragen"));
    await answer(page, { ...citizen, plaats: "Bergen" });
    await press(page, step("controle"));
    assert.equal(await count(page, "main [name=gemeente]"), 3);
    await answer(page, { gemeente: "GM0893" });
    await press(page, step("controle"));
    assert.match(await page.title(), /^Kijk het na/);
    await page.close();
});

test("the way out is near for the keyboard and leads away", async () => {
    const page = await open(browser, "/nl/melden");
    const away = await page.evaluate(() => document.querySelector(".baken-exit")?.href ?? "");
    assert.ok(away && !away.startsWith(url), away);
    for (let stops = 0; stops < 2; ++stops) await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
    assert.match(focused, /baken-exit/);
    await page.close();
});

test("the guide answers", async () => {
    const page = await open(browser, "/nl/wegwijzer");
    await answer(page, { acuut: "nee", "ik-ben": "burger", zie: "arbeid", minderjarig: "nee", plaats: "Ede" });
    await press(page, step("antwoord"));
    assert.match(await text(page, "main"), /Oost-Nederland/);
    await page.close();
});

test("another language keeps what was typed, and one that runs from right to left turns the page", async () => {
    const page = await open(browser, "/nl/melden");
    await answer(page, citizen);
    await press(page, step("vragen"));
    await answer(page, { wat: citizen.wat });
    await press(page, "button[lang=en], button[value^='en']");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.equal(await value(page, "main [name=wat]"), citizen.wat);
    await page.close();
    const other = await open(browser, "/qps");
    assert.equal(await other.evaluate(() => getComputedStyle(document.body).direction), "rtl");
    assert.ok(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await other.close();
});

test("a report is sent by keyboard alone", async () => {
    const page = await open(browser, "/nl/melden");
    const to = async (what) => {
        for (let stops = 0; stops < 60; ++stops) {
            await page.keyboard.press("Tab");
            if (await page.evaluate((at) => document.activeElement.matches(at), what)) return;
        }
        throw new Error(`no way to ${what}`);
    };
    await to("[name=rol]");
    await page.keyboard.press(" ");
    await to("[name=minderjarig]");
    await page.keyboard.press(" ");
    await to(step("vragen"));
    await enter(page);
    assert.ok(await count(page, "main [name=wat]") === 1);
    await page.close();
});
