// With nobody at the desks: what is urgent says so plainly, with the moment from which somebody reads it and whom to
// call now; what is not urgent says when somebody is there again.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, visit } from "./browser.mjs";
import { citizen, to_check } from "./person.mjs";

const browser = await launch();
after(() => browser.close());

const urgent = { ...citizen, vorm: ["seksueel"], spoed: ["ja"] };
const moments = {
    nl: /gelezen vanaf: [a-z]+dag \d+ [a-z]+ \d{4}, 09:00/,
    en: /reads it from: [A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}, 09:00/,
};

for (const [language, moment] of Object.entries(moments))
    test(`an urgent report: nobody reads it before a stated time, and whom to call now: ${language}`, async () => {
        const page = await visit(browser);
        await to_check(page, urgent, language);
        const alert = page.locator(".utrecht-alert--warning");
        const calls = (box) => box.locator("a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
        assert.match(await alert.innerText(), moment);
        assert.deepEqual(await calls(alert), ["tel:112", "tel:08002000"]);
        const [box, button] = [await alert.boundingBox(), await page.locator(step("versturen")).boundingBox()];
        assert.ok(box.y < button.y, "it is said below the button that sends");
        await press(page, step("versturen"));
        assert.match(await alert.innerText(), moment);
        assert.deepEqual(await calls(alert), ["tel:112", "tel:08002000"]);
        await page.context().close();
    });

test("a report that can wait: from when somebody is there again, and by which day it answers", async () => {
    const page = await visit(browser);
    await to_check(page, { ...citizen, vorm: ["seksueel"] });
    assert.equal(await page.locator(".utrecht-alert--warning").count(), 0);
    const said = await page.locator(".baken-desk").first().innerText();
    assert.match(said, /Er is nu niemand\. Weer iemand vanaf: [a-z]+dag .*, 09:00\./);
    assert.match(said, /Er komt antwoord\. Uiterlijk: [a-z]+dag \d+ [a-z]+ \d{4}\./);
    await page.context().close();
});
