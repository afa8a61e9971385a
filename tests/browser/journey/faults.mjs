// What is missing or wrong shows on the same page: all of it at once, next to its field and in a summary, and
// everything typed is still there.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, url, visit } from "../browser.mjs";
import { answer, everything, filled_in, to_questions, victim } from "../person.mjs";

const browser = await launch();
after(() => browser.close());

// Every fault is in the summary, its link leads to the field, and the field is described by the same words.
async function tells(page, names) {
    assert.match(await page.title(), /^Kijk nog eens - /);
    const links = page.locator(".baken-summary a");
    assert.deepEqual(await links.evaluateAll((all) => all.map((one) => one.hash.slice(1))), names);
    for (const name of names) {
        const field = page.locator(`[id="${name}"]`);
        const described = (await field.getAttribute("aria-describedby")).split(" ");
        assert.ok(described.includes(`${name}-fout`), name);
        const words = await page.locator(`[id="${name}-fout"]`).innerText();
        assert.ok(words.length > 10 && (await links.nth(names.indexOf(name)).innerText()).endsWith(words), name);
        await links.nth(names.indexOf(name)).click();
        assert.equal(await field.evaluate((one) => one === document.activeElement), true, name);
        const box = await field.boundingBox();
        assert.ok(box.y >= 0 && box.y < page.viewportSize().height, `${name} did not come into view`);
    }
}

test("page one: both questions at once", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl/melden`);
    const answered = await press(page, step("vragen"));
    assert.equal(answered.status(), 400);
    await tells(page, ["rol", "minderjarig"]);
    await answer(page, { rol: "burger" });
    await press(page, step("vragen"));
    await tells(page, ["minderjarig"]);
    assert.equal(await page.locator("#rol-burger").isChecked(), true);
    await page.context().close();
});

test("page two: every fault at once", async () => {
    const page = await visit(browser);
    await to_questions(page, victim);
    await answer(page, { plaats: "Nergenshuizen" });
    const answered = await press(page, step("controle"));
    assert.equal(answered.status(), 400);
    await tells(page, ["wat", "vorm", "gemeente"]);
    await page.context().close();
});

test("everything typed is still there, to the last sign, and in the groups that fold", async () => {
    const page = await visit(browser);
    const { vorm: _, ...rest } = everything;
    await to_questions(page, rest);
    await answer(page, rest);
    await press(page, step("controle"));
    await tells(page, ["vorm"]);
    const kept = await filled_in(page);
    for (const [name, value] of Object.entries(rest)) assert.deepEqual(kept[name], [value].flat(), name);
    assert.equal(await page.locator("details:not([open])").count(), 0);
    await page.context().close();
});

test("what looks empty is empty, and what is chosen but not offered is a fault", async () => {
    const page = await visit(browser);
    await to_questions(page, victim);
    await answer(page, { vorm: ["onbekend"], wat: " \u00a0\n\u200b " });
    await page.locator("#politie-ja").evaluate((one) => (one.value = "misschien"));
    await answer(page, { politie: "misschien" });
    await press(page, step("controle"));
    await tells(page, ["wat", "politie"]);
    await page.context().close();
});

test("a text that is far too long comes back whole", async () => {
    const page = await visit(browser);
    const long = "lang verhaal ".repeat(1700);
    await to_questions(page, victim);
    await answer(page, { ...victim, wie: long });
    await press(page, step("controle"));
    await tells(page, ["wie"]);
    assert.deepEqual((await filled_in(page)).wie, [long]);
    await page.context().close();
});
