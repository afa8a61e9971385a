// Sending: the code once, in six groups of four, with advice; no code for who wants no way back; and the same
// confirmation however often the same page is sent.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, tab, url, visit } from "../browser.mjs";
import { listed, open } from "../desk.mjs";
import { citizen, filled_in, to_check } from "../person.mjs";
import { post } from "../wire.mjs";

const browser = await launch();
after(() => browser.close());

// A desk that no other test sends to, so that what it lists is what happened here.
const report = { ...citizen, vorm: ["huwelijk"], plaats: "Middelburg" };
const desk = "zeeland-west-brabant";
const code = (page) => page.locator(".baken-receipt").innerText();
const six_groups_of_four = /^\d{4}( \d{4}){5}$/;

async function arrives_once(id, before) {
    const ids = listed(desk).map((one) => one.id);
    assert.deepEqual(ids.filter((one) => !before.includes(one)), [id]);
}
const ids_before = () => listed(desk).map((one) => one.id);

test("the confirmation shows the code in six groups of four, with advice, and what happens next", async () => {
    const page = await visit(browser);
    await to_check(page, report);
    const [id] = (await filled_in(page)).nummer;
    const answered = await press(page, step("versturen"));
    assert.equal(answered.status(), 200);
    assert.match(await code(page), six_groups_of_four);
    const said = await page.locator("main").innerText();
    for (const advice of [/U ziet hem alleen hier/, /telefoonnummers in een oude lijst/, /schermafbeelding/, /Wie uw code vindt/,
                          /Politie Zeeland-West-Brabant/, /Wat er nu gebeurt/, /niet langer bewaren dan nodig/, /Sluit dit tabblad/])
        assert.match(said, advice);
    assert.ok(!said.includes(report.wat), "the confirmation repeats what was written");
    assert.notEqual(open(desk, id).melding.postbus, null);
    await page.context().close();
});

test("no way back in: no code is shown and the desk sees no mailbox", async () => {
    const page = await visit(browser);
    await to_check(page, report);
    const [id] = (await filled_in(page)).nummer;
    await page.locator("#terugweg-nee").check();
    await press(page, step("versturen"));
    assert.equal(await page.locator(".baken-receipt").count(), 0);
    assert.doesNotMatch(await page.locator("main").innerText(), /\d{4} \d{4}/);
    assert.equal(open(desk, id).melding.postbus ?? null, null);
    await page.context().close();
});

test("the choice for no way back stays through the other pages", async () => {
    const page = await visit(browser);
    await to_check(page, report);
    await page.locator("#terugweg-nee").check();
    await press(page, step("vragen"));
    await press(page, step("controle"));
    assert.equal(await page.locator("#terugweg-nee").isChecked(), true);
    await page.context().close();
});

test("a double click sends one report and shows one code", async () => {
    const page = await visit(browser);
    const before = ids_before();
    await to_check(page, report);
    const [id] = (await filled_in(page)).nummer;
    await page.locator(step("versturen")).dblclick();
    await page.locator(".baken-receipt").waitFor();
    assert.match(await code(page), six_groups_of_four);
    await arrives_once(id, before);
    await page.context().close();
});

test("the same page sent four times at once shows one code, and so does the press after them", async () => {
    const page = await visit(browser);
    const before = ids_before();
    await to_check(page, report);
    const [id] = (await filled_in(page)).nummer;
    const sent = new Promise((known) => page.route(`${url}/nl/melden`, (route) => {
        known(route.request().postDataBuffer());
        return route.abort("aborted");
    }, { times: 1 }));
    await page.locator(step("versturen")).click();
    const bytes = await sent;
    const answers = await Promise.all([1, 2, 3, 4].map(() => post("nl", bytes)));
    const groups = ({ html }) => [...html.matchAll(/<span>(\d{4})<\/span>/g)].map(([, group]) => group);
    const codes = answers.map((one) => groups(one).join(" "));
    await press(page, step("versturen"));
    assert.deepEqual(codes, Array(4).fill(await code(page)));
    await arrives_once(id, before);
    await page.context().close();
});

test("a reload of the confirmation shows the same code", async () => {
    const page = await visit(browser);
    const before = ids_before();
    await to_check(page, report);
    const [id] = (await filled_in(page)).nummer;
    await press(page, step("versturen"));
    const shown = await code(page);
    for (let n = 0; n < 2; ++n) {
        const answered = await page.reload();
        assert.equal(answered.request().method(), "POST");
        assert.equal(await code(page), shown);
    }
    await arrives_once(id, before);
    await page.context().close();
});

test("a second tab with the same page shows the same code", async () => {
    const first = await visit(browser);
    const before = ids_before();
    const html = await (await to_check(first, report)).body();
    const [id] = (await filled_in(first)).nummer;
    const second = await tab(first.context());
    await second.route(`${url}/nl/melden`, (route) => route.fulfill({ contentType: "text/html", body: html }),
                       { times: 1 });
    await second.goto(`${url}/nl/melden`);
    await press(first, step("versturen"));
    await press(second, step("versturen"));
    assert.equal(await code(second), await code(first));
    await arrives_once(id, before);
    await first.context().close();
});

test("two reports have two codes", async () => {
    const codes = new Set();
    for (let n = 0; n < 2; ++n) {
        const page = await visit(browser);
        await to_check(page, report);
        await press(page, step("versturen"));
        codes.add(await code(page));
        await page.context().close();
    }
    assert.equal(codes.size, 2);
});
