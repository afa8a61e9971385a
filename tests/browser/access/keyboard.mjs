// A whole report with the keyboard alone, in the order in which it is read, and one always sees where one is.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, phone, url, visit } from "../browser.mjs";

const browser = await launch();
after(() => browser.close());

const focused = (page) => page.evaluate(() => {
    const one = document.activeElement;
    return { id: one.id, name: one.name ?? "", value: one.value ?? "", tag: one.tagName, type: one.type ?? "" };
});

// Presses Tab until `wanted` holds for what is focused.
async function tab_to(page, wanted) {
    for (let n = 0; n < 120; ++n) {
        await page.keyboard.press("Tab");
        const now = await focused(page);
        if (wanted(now)) return now;
    }
    throw new Error(`Tab never came to ${wanted}`);
}

async function press_on(page, value) {
    await tab_to(page, (now) => now.name === "stap" && now.value === value && now.tag === "BUTTON");
    const arrived = page.waitForNavigation();
    await page.keyboard.press("Enter");
    await arrived;
}

test("a report with the keyboard alone", async () => {
    const start = await visit(browser);
    await start.goto(`${url}/nl`);
    await tab_to(start, (now) => now.tag === "A" && now.id === "");
    for (;;) {
        const href = await start.evaluate(() => document.activeElement.getAttribute("href"));
        if (href === "/nl/melden") break;
        await start.keyboard.press("Tab");
    }
    const [page] = await Promise.all([start.context().waitForEvent("page"), start.keyboard.press("Enter")]);
    await page.waitForURL(`${url}/nl/melden`);
    await tab_to(page, (now) => now.name === "rol");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await tab_to(page, (now) => now.name === "minderjarig");
    await page.keyboard.press("Space");
    await press_on(page, "vragen");
    await tab_to(page, (now) => now.id === "wat");
    await page.keyboard.type("Ik zag iets.");
    await page.keyboard.press("Enter");
    await page.keyboard.type("En nog iets.");
    await tab_to(page, (now) => now.id === "plaats");
    await page.keyboard.type("Ede");
    await tab_to(page, (now) => now.id === "vorm-arbeid");
    await page.keyboard.press("Space");
    await tab_to(page, (now) => now.tag === "SUMMARY");
    await page.keyboard.press("Enter");
    await tab_to(page, (now) => now.id === "wie");
    await page.keyboard.type("Rik");
    await press_on(page, "controle");
    const shown = await page.locator(".baken-own").allTextContents();
    assert.deepEqual(shown, ["Ik zag iets.\nEn nog iets.", "Ede", "Rik"]);
    await press_on(page, "versturen");
    assert.match(await page.locator(".baken-receipt").innerText(), /^\d{4}( \d{4}){5}$/);
    await page.context().close();
});

test("the first Tab offers to skip to the text, and goes there", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl/melden`);
    await page.keyboard.press("Tab");
    const skip = page.locator(".baken-skip");
    const box = await skip.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.y + box.height < phone.height, "the link does not show");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).name, "rol");
    await page.context().close();
});

test("the way out is the second stop, on a page that is read and on one that is filled in", async () => {
    const page = await visit(browser);
    for (const path of ["/nl", "/nl/melden", "/nl/hulp", "/nl/privacy", "/nl/nergens"]) {
        await page.goto(url + path);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate(() => document.activeElement.className), "baken-exit", path);
    }
    await page.context().close();
});

test("the focus goes through the page in the order in which it is read, and always shows", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl/melden`);
    for (const radio of ["rol-professional", "minderjarig-ja"]) await page.locator(`#${radio}`).check();
    const arrived = page.waitForNavigation();
    await page.locator("main button[value=vragen]").click();
    await arrived;
    let last = -1;
    for (let n = 0; n < 80; ++n) {
        await page.keyboard.press("Tab");
        const now = await page.evaluate(() => {
            const one = document.activeElement, { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
            const order = [...document.querySelectorAll("*")].indexOf(one);
            const shows = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 || boxShadow !== "none";
            return { order, shows, body: one === document.body, html: one.outerHTML.slice(0, 80) };
        });
        if (now.body) break;
        assert.ok(now.shows, `no ring around ${now.html}`);
        assert.ok(now.order > last, `out of order: ${now.html}`);
        last = now.order;
    }
    assert.ok(last > 0);
    await page.context().close();
});
