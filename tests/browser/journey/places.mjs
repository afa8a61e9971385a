// Where it is: a place of which there are two asks which one; a place that is not known is no dead end.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, visit } from "../browser.mjs";
import { answer, citizen, to_check, to_questions } from "../person.mjs";

const browser = await launch();
after(() => browser.close());

const minor = { ...citizen, vorm: ["seksueel"] };
const desks = (page) => page.locator(".baken-desk h3").allInnerTexts();
const offered = (page) => page.locator("main [name=gemeente]").evaluateAll((all) => all.map((one) => one.value));

async function ends_at(page, place, ...names) {
    const answered = await to_check(page, { ...minor, plaats: place });
    assert.equal(answered.status(), 200, place);
    assert.deepEqual(await desks(page), names, place);
}

test("a postcode with or without letters, a place, a municipality, an address", async () => {
    const page = await visit(browser);
    await ends_at(page, "1012 AB", "Politie Amsterdam");
    await ends_at(page, "1012ab", "Politie Amsterdam");
    await ends_at(page, "1012", "Politie Amsterdam");
    await ends_at(page, "s-gravenhage", "Politie Den Haag");
    await ends_at(page, "Dorpsstraat 5, Ede", "Politie Oost-Nederland");
    await page.context().close();
});

for (const [place, ...choices] of [["Bergen", "GM0373", "GM0893"], ["Hengelo", "GM0164", "GM1876"]])
    test(`${place}: there are two, so it asks, and the answer decides`, async () => {
        const page = await visit(browser);
        const answered = await to_check(page, { ...minor, plaats: place });
        assert.equal(answered.status(), 400);
        assert.deepEqual(await offered(page), [...choices, "onbekend"]);
        await answer(page, { gemeente: choices[1] });
        await press(page, step("controle"));
        assert.match(await page.title(), /^Kijk het na/);
        assert.ok((await page.locator(".baken-answers").innerText()).includes(place));
        await page.context().close();
    });

test("a choice does not outlive the text that it was made for", async () => {
    const page = await visit(browser);
    await to_check(page, { ...minor, plaats: "Bergen" });
    await answer(page, { gemeente: "GM0893" });
    await press(page, step("controle"));
    assert.deepEqual(await desks(page), ["Politie Limburg"]);
    await press(page, step("vragen"));
    await answer(page, { plaats: "Groningen" });
    await press(page, step("controle"));
    assert.deepEqual(await desks(page), ["Politie Noord-Nederland"]);
    await page.context().close();
});

test("a place that nobody knows can stay as it was typed", async () => {
    const page = await visit(browser);
    await to_check(page, { ...minor, plaats: "Nergenshuizen" });
    assert.deepEqual(await offered(page), ["buitenland", "onbekend"]);
    await answer(page, { gemeente: "onbekend" });
    await press(page, step("controle"));
    assert.deepEqual(await desks(page), ["Landelijk loket"]);
    assert.ok((await page.locator(".baken-own").allTextContents()).includes("Nergenshuizen"));
    await page.context().close();
});

test("no place at all, and only online, reach the national desk; an airport reaches the border police", async () => {
    const page = await visit(browser);
    const { plaats: _, ...nowhere } = minor;
    await to_check(page, nowhere);
    assert.deepEqual(await desks(page), ["Landelijk loket"]);
    await to_check(page, { ...nowhere, plek: "online" });
    assert.deepEqual(await desks(page), ["Landelijk loket"]);
    await to_questions(page, { ...nowhere });
    await answer(page, { ...nowhere, plek: "luchthaven", plaats: "Haarlemmermeer" });
    await press(page, step("controle"));
    assert.equal((await desks(page))[0], "Koninklijke Marechaussee");
    await page.context().close();
});
