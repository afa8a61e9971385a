// Going back and changing the language in the middle: everything typed stays.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, url, visit } from "../browser.mjs";
import { answer, everything, filled_in, to_check, to_questions } from "../person.mjs";

const browser = await launch();
after(() => browser.close());

const in_language = (code) => `button[formaction='/${code}/melden']`;

async function still_there(page, answers) {
    const kept = await filled_in(page);
    for (const [name, value] of Object.entries(answers)) assert.deepEqual(kept[name], [value].flat(), name);
}

test("the blank form changes its language by a plain link", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl/melden`);
    await page.locator(".baken-languages a[hreflang=en]").click();
    await page.waitForURL(`${url}/en/melden`);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.context().close();
});

test("the language changes on every page, half filled in, and everything typed stays", async () => {
    const page = await visit(browser);
    await to_questions(page, everything);
    const { vorm: _, ...half } = everything;
    await answer(page, half);
    await press(page, in_language("en"));
    assert.equal(page.url(), `${url}/en/melden`);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await still_there(page, half);
    await press(page, in_language("qps"));
    assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
    await still_there(page, half);
    await answer(page, everything);
    await press(page, step("controle"));
    await page.locator("#terugweg-nee").check();
    await press(page, "button[name=zonder-erbij]");
    await press(page, in_language("nl"));
    assert.match(await page.title(), /^Kijk het na/);
    await still_there(page, { ...everything, zonder: "oost-nederland", terugweg: "nee" });
    await page.context().close();
});

test("nothing on the confirmation leads to another language without the code", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    await press(page, step("versturen"));
    const code = await page.locator(".baken-receipt").innerText();
    const [start] = await Promise.all([page.context().waitForEvent("page"),
                                       page.locator(".baken-languages [lang=en]").click()]);
    await start.waitForURL(`${url}/en`);
    assert.equal(await page.locator(".baken-receipt").count(), 1, "the code is gone");
    assert.equal(await page.locator(".baken-receipt").innerText(), code);
    await page.context().close();
});

test("the buttons that go back lose nothing, from the last page to the first and forth again", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    await press(page, step("vragen"));
    await still_there(page, everything);
    await press(page, step("begin"));
    await still_there(page, everything);
    await press(page, step("vragen"));
    await press(page, step("controle"));
    await still_there(page, everything);
    await page.context().close();
});

// Nothing is kept anywhere, so a browser that goes back shows a page of its own, which asks whether to send again.
async function travel(page, way) {
    const asks = page.waitForEvent("domcontentloaded");
    await assert.rejects(page[way](), /ERR_CACHE_MISS/);
    await asks;
    await page.reload();
}

test("after the browser's own back and forth the page shows everything again", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    const before = await filled_in(page);
    await travel(page, "goBack");
    assert.match(await page.title(), /^Vragen/);
    await travel(page, "goForward");
    assert.match(await page.title(), /^Kijk het na/);
    const { zaad, herkomst, ...same } = await filled_in(page);
    assert.deepEqual(same, Object.fromEntries(Object.entries(before).filter(([name]) => name in same)));
    assert.equal(zaad.length + herkomst.length, 2);
    await page.context().close();
});

test("after the browser's own back and forth the confirmation shows the same code", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    await press(page, step("versturen"));
    const code = await page.locator(".baken-receipt").innerText();
    await travel(page, "goBack");
    assert.match(await page.title(), /^Dit is al verstuurd/);
    await travel(page, "goForward");
    assert.equal(await page.locator(".baken-receipt").innerText(), code);
    await page.context().close();
});

test("who changes their mind about whom it is about keeps what they typed", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    await press(page, step("vragen"));
    await press(page, step("begin"));
    await answer(page, { rol: "slachtoffer" });
    await press(page, step("vragen"));
    await still_there(page, { ...everything, rol: "slachtoffer" });
    await page.context().close();
});

test("Enter in a field goes on; it sends nothing and changes no language", async () => {
    const page = await visit(browser);
    await to_questions(page, everything, "en");
    await answer(page, everything);
    const arrived = page.waitForNavigation();
    await page.locator("#plaats").press("Enter");
    await arrived;
    assert.match(await page.title(), /^Look it over/);
    assert.equal(page.url(), `${url}/en/melden`);
    const again = page.waitForNavigation();
    await page.locator("#terugweg-ja").press("Enter");
    await again;
    assert.match(await page.title(), /^Look it over/);
    await page.context().close();
});
