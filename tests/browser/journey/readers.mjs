// The page before sending: every organisation that can read it, whether it is police, until when somebody is there and
// by which day it answers; leaving one out, and taking it back.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, visit } from "../browser.mjs";
import { open } from "../desk.mjs";
import { answer, citizen, filled_in, send, to_check } from "../person.mjs";

const browser = await launch();
after(() => browser.close());

const in_a_hurry = { ...citizen, vorm: ["seksueel"], minderjarig: "ja" };
const desks = (page) => page.locator(".baken-desk h3").allInnerTexts();
const leave_out = (id) => `button[name=zonder-erbij][value=${id}]`;
const take_back = (id) => `button[name=zonder-weg][value=${id}]`;
const day = /(maan|dins|woens|donder|vrij|zater|zon)dag \d+ [a-z]+ \d{4}/;

async function sentences(page, name) {
    const desk = page.locator(".baken-desk", { has: page.locator("h3", { hasText: name }) });
    return (await desk.locator("p").allInnerTexts()).join("\n");
}

test("each organisation says what it is, until when somebody is there and by which day it answers", async () => {
    const page = await visit(browser);
    await to_check(page, in_a_hurry);
    assert.deepEqual(await desks(page), ["Politie Oost-Nederland", "Landelijk loket"]);
    const police = await sentences(page, "Politie Oost-Nederland");
    assert.match(police, /Dit is de politie/);
    assert.match(police, /als eerste/);
    assert.match(police, /Er is nu iemand\. Tot: /);
    assert.match(police, day);
    assert.match(police, new RegExp(`Uiterlijk: ${day.source}`));
    const fallback = await sentences(page, "Landelijk loket");
    assert.match(fallback, /geen politie en geen opsporing/);
    assert.match(fallback, /alleen als het eerste loket/);
    await page.context().close();
});

test("an inspectorate that investigates is not called the police", async () => {
    const page = await visit(browser);
    await to_check(page, citizen);
    assert.deepEqual(await desks(page), ["Nederlandse Arbeidsinspectie", "Politie Oost-Nederland"]);
    const said = await sentences(page, "Nederlandse Arbeidsinspectie");
    assert.match(said, /geen politie, wel opsporing/);
    await page.context().close();
});

test("the confirmation names the same organisations", async () => {
    const page = await visit(browser);
    await to_check(page, in_a_hurry);
    const before = await page.locator(".baken-desks").first().locator("h3, p").allInnerTexts();
    await press(page, step("versturen"));
    const after_sending = await page.locator(".baken-desks").locator("h3, p").allInnerTexts();
    assert.deepEqual(before.filter((one) => !/Weglaten kan hier niet/.test(one)), after_sending);
    await page.context().close();
});

test("an organisation left out gets nothing; the report goes elsewhere", async () => {
    const page = await visit(browser);
    await to_check(page, in_a_hurry);
    await press(page, leave_out("oost-nederland"));
    assert.deepEqual(await desks(page), ["Landelijk loket"]);
    const [id] = (await filled_in(page)).nummer;
    await press(page, step("versturen"));
    assert.deepEqual(open("landelijk", id).melding.ontvangers.map((one) => one.voor), ["loket:landelijk"]);
    assert.throws(() => open("oost-nederland", id));
    await page.context().close();
});

test("leaving out can be undone, and holds while the answers are changed", async () => {
    const page = await visit(browser);
    await to_check(page, in_a_hurry);
    await press(page, leave_out("oost-nederland"));
    await press(page, step("vragen"));
    await answer(page, { wat: "Anders gezegd." });
    await press(page, step("controle"));
    assert.deepEqual(await desks(page), ["Landelijk loket"]);
    await press(page, take_back("oost-nederland"));
    assert.deepEqual(await desks(page), ["Politie Oost-Nederland", "Landelijk loket"]);
    assert.ok((await page.locator(".baken-own").allTextContents()).includes("Anders gezegd."));
    await page.context().close();
});

test("the national desk cannot be left out, by no button and by no altered one", async () => {
    const page = await visit(browser);
    await to_check(page, in_a_hurry);
    assert.equal(await page.locator(leave_out("landelijk")).count(), 0);
    assert.match(await sentences(page, "Landelijk loket"), /Weglaten kan hier niet/);
    await page.locator(leave_out("oost-nederland")).evaluate((button) => (button.value = "landelijk"));
    await press(page, leave_out("landelijk"));
    assert.deepEqual(await desks(page), ["Politie Oost-Nederland", "Landelijk loket"]);
    await page.context().close();
});

test("when somebody is there, no page says that nobody reads it now", async () => {
    const page = await visit(browser);
    await send(page, { ...in_a_hurry, spoed: ["ja"] });
    assert.doesNotMatch(await page.locator("main").innerText(), /niemand leest/i);
    await page.context().close();
});
