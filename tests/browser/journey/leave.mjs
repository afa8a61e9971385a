// Leaving fast, and leaving nothing: the way out is in reach everywhere, and title, address, icon and device tell
// nobody what was done here.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { back_and_reload, desktop, launch, phone, press, step, url, visit } from "../browser.mjs";
import { answer, everything, to_check, to_questions, victim } from "../person.mjs";
import { states } from "../states.mjs";

const browser = await launch();
after(() => browser.close());

// What a title must not say, because it stands in the history, in the list of tabs and on the way out.
const telling = new RegExp([
    "handel", "traffick", "meld", "report", "slachtoffer", "victim", "uitbuit", "exploit", "politie", "police", "dwang",
    "dwong", "force", "misbruik", "abuse", "geweld", "violence", "seks", "sex", "misdaad", "crim", "aangifte",
    "complaint", "anoniem", "anonym", "hulp", "help", "loket", "desk",
].join("|"), "i");

// Every page of a whole report, faults too.
async function* pages_of_a_report(page, language) {
    await page.goto(`${url}/${language}/melden`);
    yield "begin";
    await press(page, step("vragen"));
    yield "begin with faults";
    await answer(page, everything);
    await press(page, step("vragen"));
    yield "questions";
    await press(page, step("controle"));
    yield "questions with faults";
    await answer(page, everything);
    await press(page, step("controle"));
    yield "check";
    await press(page, "button[name=zonder-erbij]");
    yield "check without an organisation";
    await press(page, step("versturen"));
    yield "done";
}

for (const language of ["nl", "en", "qps"])
    test(`titles and addresses tell nothing, whatever was answered: ${language}`, async () => {
        const page = await visit(browser);
        for await (const name of pages_of_a_report(page, language)) {
            assert.equal(page.url(), `${url}/${language}/melden`, name);
            assert.doesNotMatch(await page.title(), telling, name);
            assert.match(await page.title(), /Baken$/, name);
        }
        for (const request of page.asked) {
            assert.equal(new URL(request.url()).search, "", request.url());
            assert.ok(!request.headers().referer, "a referrer was sent");
        }
        await page.context().close();
    });

for (const language of ["nl", "en"])
    test(`no title tells anything, in any state of any page: ${language}`, async () => {
        for await (const [name, { html }] of states(language))
            assert.doesNotMatch(html.match(/<title>([^<]*)<\/title>/)[1], telling, name);
    });

test("a fault's link puts only the question's name behind the address, never an answer", async () => {
    const page = await visit(browser);
    await to_questions(page, victim);
    await press(page, step("controle"));
    await page.locator(".baken-summary a").first().click();
    assert.equal(page.url(), `${url}/nl/melden#wat`);
    await answer(page, victim);
    await press(page, step("controle"));
    assert.equal(page.url(), `${url}/nl/melden`);
    await page.context().close();
});

test("pages come from one origin, and leave no cookie and nothing stored", async () => {
    const page = await visit(browser);
    for await (const name of pages_of_a_report(page, "nl")) {
        const kept = await page.evaluate(async () => [
            document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
            (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
        ].filter(Boolean));
        assert.deepEqual(kept, [], name);
    }
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual([...new Set(page.asked.map((one) => new URL(one.url()).origin))], [url]);
    const kinds = new Set(page.asked.map((one) => one.resourceType()));
    for (const kind of ["document", "stylesheet", "image", "other"]) kinds.delete(kind);  // "other" is the icon
    assert.deepEqual([...kinds], []);
    await page.context().close();
});

test("no page holds a script, an inline style or anything that fetches", async () => {
    const page = await visit(browser);
    for await (const name of pages_of_a_report(page, "nl")) {
        for (const what of ["script", "style", "[style]", "iframe", "object", "embed", "img", "svg", "base"])
            assert.equal(await page.locator(what).count(), 0, `${name}: ${what}`);
    }
    await page.context().close();
});

for (const [device, viewport] of Object.entries({ phone, desktop }))
    test(`the way out is large, fixed and within reach of the thumb on every page: ${device}`, async () => {
        const page = await visit(browser, { viewport });
        for await (const name of pages_of_a_report(page, "nl")) {
            const exit = page.locator("a.baken-exit");
            assert.equal(await exit.isVisible(), true, name);
            const { hostname } = new URL(await exit.getAttribute("href"));
            assert.doesNotMatch(hostname, telling);
            for (const top of [0, 100_000]) {
                await page.evaluate((y) => window.scrollTo(0, y), top);
                const box = await exit.boundingBox();
                assert.ok(box.height >= 44 && box.width >= 44, `${name}: ${JSON.stringify(box)}`);
                assert.ok(box.y >= viewport.height * 0.6 && box.y + box.height <= viewport.height, name);
            }
        }
        await page.context().close();
    });

test("what is reached with the Tab key never lies under the way out", async () => {
    const page = await visit(browser);
    for await (const name of pages_of_a_report(page, "nl")) {
        const many = await page.locator("a, button, input:not([type=hidden]), textarea, summary").count();
        for (let n = 0; n <= many; ++n) {
            await page.keyboard.press("Tab");
            const hidden = await page.evaluate(() => {
                const one = document.activeElement, exit = document.querySelector(".baken-exit");
                if (!one || one === document.body || one === exit) return null;
                const a = one.getBoundingClientRect(), b = exit.getBoundingClientRect();
                // Of a field of many lines a browser brings the one with the caret into view.
                const bottom = one.tagName === "TEXTAREA" ? a.top + 44 : a.bottom;
                const covered = Math.min(bottom, b.bottom) > Math.max(a.top, b.top) &&
                                Math.min(a.right, b.right) > Math.max(a.left, b.left);
                return covered ? one.outerHTML.slice(0, 120) : null;
            });
            assert.equal(hidden, null, name);
        }
    }
    await page.context().close();
});

test("leaving fast after sending, then Back and Reload: the code for a while, and not a word", async () => {
    const page = await visit(browser);
    await page.route(/^(?!https:\/\/localhost)/, (route) => route.fulfill({ contentType: "text/html", body: "weer" }));
    await to_check(page, { ...everything, wat: "merk-verhaal" });
    await press(page, step("versturen"));
    const code = await page.locator(".baken-receipt").innerText();
    await press(page, "a.baken-exit");
    for (const shown of [code, null]) {
        await back_and_reload(page);
        const html = await page.content();
        for (const word of ["merk-verhaal", everything.organisatie, "12-AB-34", "Dorpsstraat"])
            assert.ok(!html.includes(word), word);
        assert.equal(await page.locator(".baken-receipt").count(), shown ? 1 : 0);
        if (shown) assert.equal(await page.locator(".baken-receipt").innerText(), shown);
    }
    await page.context().close();
});

test("the way out leads away and the pages do not stand behind it", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    await page.route(/^(?!https:\/\/localhost)/, (route) => route.fulfill({ contentType: "text/html", body: "weer" }));
    const [left] = await Promise.all([
        page.waitForRequest((request) => new URL(request.url()).origin !== url),
        page.locator("a.baken-exit").click(),
    ]);
    assert.equal(left.method(), "GET");
    assert.ok(!left.headers().referer);
    assert.equal(new URL(left.url()).search, "");
    await page.context().close();
});
