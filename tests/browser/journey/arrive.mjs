// Somebody opens the bare address: which language, what stands first, what it says.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { desktop, launch, phone, url, visit } from "../browser.mjs";

const browser = await launch();
after(() => browser.close());

const texts = {
    nl: [/^Mensenhandel melden$/, /zonder naam/, /op slot.* wie het kan lezen.* kunnen niet beloven/],
    en: [/^Report human trafficking$/, /without your name/, /We lock what you write.* who can read it.* cannot promise/],
};
const by_browser = [["nl-NL", "nl"], ["nl-BE", "nl"], ["en-US", "en"], ["en", "en"], ["de-DE", "en"]];

for (const [locale, language] of by_browser)
    test(`the bare address leads a browser in ${locale} to /${language}`, async () => {
        const page = await visit(browser, { locale });
        await page.goto(`${url}/`);
        assert.equal(page.url(), `${url}/${language}`);
        assert.equal(await page.locator("html").getAttribute("lang"), language);
        await page.context().close();
    });

for (const [language, sentences] of Object.entries(texts))
    for (const [device, viewport] of Object.entries({ phone, desktop })) {
        test(`112 and the number for day and night come before anything else: ${language}, ${device}`, async () => {
            const page = await visit(browser, { viewport });
            await page.goto(`${url}/${language}`);
            const calls = await page.locator("a[href^='tel:']").evaluateAll((all) => all.map((one) => one.href));
            assert.deepEqual(calls.slice(0, 2), ["tel:112", "tel:08002000"]);
            const heading = await page.locator("h1").boundingBox();
            for (const number of ["112", "08002000"]) {
                const box = await page.locator(`a[href='tel:${number}']`).first().boundingBox();
                assert.ok(box.y >= 0 && box.y + box.height <= heading.y, `${number} does not stand above the heading`);
            }
            // Nothing but the way past them and the way out can be reached before them.
            const first = await page.locator("a, button, input").evaluateAll((all) => all.map((one) => one.href));
            assert.equal(first[0], `${url}/${language}#inhoud`);
            assert.match(first[1], /buienradar/);  // the way out
            assert.equal(first[2], "tel:112");
            await page.context().close();
        });

        test(`it says what this is, who reads it, what cannot be promised: ${language}, ${device}`, async () => {
            const page = await visit(browser, { viewport });
            await page.goto(`${url}/${language}`);
            const said = await page.locator("h1, h1 ~ p:not(.baken-actions):has(~ h2)").allTextContents();
            assert.equal(said.length, sentences.length);
            sentences.forEach((sentence, n) => assert.match(said[n], sentence));
            await page.context().close();
        });
    }

test("one press leads from there to the form", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl`);
    const [form] = await Promise.all([page.context().waitForEvent("page"),
                                      page.locator("main .nl-button--primary").click()]);
    await form.waitForURL(`${url}/nl/melden`);
    // In a tab of its own: closing it ends its history, and it cannot reach the one it came from.
    assert.ok(await form.evaluate(() => window.opener === null));
    assert.equal(page.url(), `${url}/nl`);
    await page.context().close();
});

for (const language of Object.keys(texts))
    test(`the way to the form stands in the first screen of a small phone: ${language}`, async () => {
        const viewport = { width: 360, height: 640 };
        const page = await visit(browser, { viewport });
        await page.goto(`${url}/${language}`);
        const button = await page.locator("main .nl-button--primary").boundingBox();
        const exit = await page.locator(".baken-exit").boundingBox();
        assert.ok(button.y + button.height <= exit.y, `it ends at ${button.y + button.height}, the exit begins at ${exit.y}`);
        await page.context().close();
    });

test("who is behind it can be read on a page of its own, and from a form in a tab of its own", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl/melden`);
    const opened = page.context().waitForEvent("page");
    await page.locator("footer a").first().click();
    const privacy = await opened;
    await privacy.waitForURL(`${url}/nl/privacy`);
    assert.match(await privacy.locator("main").innerText(), /Dit is een demonstratie/);
    assert.equal(page.url(), `${url}/nl/melden`);
    await page.context().close();
});
