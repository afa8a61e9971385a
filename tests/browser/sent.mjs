// A report that was sent, and somebody who comes to the device after the reporter: leaving fast, then Back and Reload, on
// every page of it. The server of this test shows a confirmation for a second.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { back_and_reload, launch, press, step, url, visit } from "./browser.mjs";
import { citizen, to_check } from "./person.mjs";

const browser = await launch();
after(() => browser.close());

const report = { ...citizen, wat: "merk-verhaal", wie: "merk-wie", plaats: "Middelburg" };

test("leaving fast, then Back and Reload: no word, and when the time is over no code", async () => {
    const page = await visit(browser);
    await page.route(/^(?!https:\/\/localhost)/, (route) => route.fulfill({ contentType: "text/html", body: "weer" }));
    await to_check(page, report);
    await press(page, step("versturen"));
    assert.equal(await page.locator(".baken-receipt").count(), 1);
    const code = await page.locator(".baken-receipt").innerText();
    await press(page, "a.baken-exit");
    await wait(1_500);
    for (const place of ["the confirmation", "the check page"]) {
        await back_and_reload(page);
        assert.equal(page.url(), `${url}/nl/melden`, place);
        const html = await page.content();
        assert.match(await page.locator("h1").innerText(), /al verstuurd/, place);
        for (const word of ["merk-", "Middelburg", code, code.replaceAll(" ", "")])
            assert.ok(!html.includes(word), `${place}: ${word}`);
        assert.equal(await page.locator(".baken-receipt, input, textarea").count(), 0, place);
    }
    // Before that lies the page of questions: a new and empty one.
    await back_and_reload(page);
    assert.ok(!(await page.content()).includes("merk-"));
    await page.context().close();
});
