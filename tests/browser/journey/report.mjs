// The three pages as different people go through them: what they are asked, what is never asked, and that a desk reads
// every field as it was typed.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, url, visit } from "../browser.mjs";
import { open } from "../desk.mjs";
import { answer, citizen, everything, filled_in, texts, to_check, to_questions, victim } from "../person.mjs";

const browser = await launch();
after(() => browser.close());

const codes = (page, name) =>
    page.locator(`main [name="${name}"]`).evaluateAll((all) => all.map((one) => one.value));

test("it asks: about you, somebody else, or seen at work; and nobody must call themselves a victim", async () => {
    for (const [language, word] of [["nl", /slachtoffer/i], ["en", /victim/i]]) {
        const page = await visit(browser);
        await page.goto(`${url}/${language}/melden`);
        assert.deepEqual(await codes(page, "rol"), ["slachtoffer", "burger", "professional"]);
        assert.deepEqual(await codes(page, "minderjarig"), ["ja", "nee", "onbekend"]);
        assert.doesNotMatch(await page.locator("body").innerText(), word);
        await to_questions(page, victim, language);
        assert.doesNotMatch(await page.locator("body").innerText(), word);
        await page.context().close();
    }
});

test("page two asks what, where, in which words, and what is wished; the rest is optional", async () => {
    const page = await visit(browser);
    await to_questions(page, citizen);
    assert.equal((await codes(page, "vorm")).length, 9);
    assert.ok((await codes(page, "vorm")).includes("onbekend"));
    assert.deepEqual(await codes(page, "plek"),
                     ["plaats", "luchthaven", "haven", "grens", "online", "anders", "onbekend"]);
    assert.deepEqual(await codes(page, "wens"), ["hulp", "gesprek", "aangifte", "alleen-melden"]);
    for (const name of ["wie", "waar", "wanneer", "voertuigen", "online", "naam", "telefoon", "email", "veilig"])
        assert.equal(await page.locator(`details [name=${name}]`).count(), 1, name);
    for (const name of ["organisatie", "functie", "toestemming", "beroepsgeheim", "grondslag"])
        assert.equal(await page.locator(`[name=${name}]`).count(), 0, `${name} is asked of a citizen`);
    await page.context().close();
});

test("nothing is chosen beforehand, the police least of all", async () => {
    const page = await visit(browser);
    await page.goto(`${url}/nl/melden`);
    assert.equal(await page.locator("input:checked").count(), 0);
    for (const who of [citizen, victim, everything]) {
        await to_questions(page, who);
        assert.deepEqual(await codes(page, "politie"), ["ja", "liever-niet", "weet-niet"]);
        assert.equal(await page.locator("input:checked").count(), 0);
        const said = await page.locator("#politie").innerText();
        assert.match(said, /levensgevaar/);
    }
    await page.context().close();
});

test("a citizen's report arrives", async () => {
    const page = await visit(browser);
    await to_check(page, citizen);
    const [id] = (await filled_in(page)).nummer;
    await press(page, step("versturen"));
    const { melding, alarmen } = open("oost-nederland", id);
    assert.deepEqual(alarmen, []);
    assert.equal(melding.rol, "burger");
    assert.equal(melding.wat, citizen.wat);
    assert.equal(melding.gemeente, "GM0228");
    await page.context().close();
});

test("somebody's own report is asked about in other words, and goes past the police who would rather not", async () => {
    const page = await visit(browser);
    await to_questions(page, victim);
    assert.match(await page.locator("label[for=wat]").innerText(), /^Wat gebeurt er\?/);
    await answer(page, { ...victim, plaats: "Ede", politie: "liever-niet" });
    await press(page, step("controle"));
    const [id] = (await filled_in(page)).nummer;
    const said = await page.locator(".baken-desks").innerText();
    assert.match(said, /Zorgloket/);
    assert.match(said, /geen politie en geen opsporing/);
    assert.doesNotMatch(said, /Politie/);
    await press(page, step("versturen"));
    assert.equal(open("zorg", id).melding.politie, "liever-niet");
    await page.context().close();
});

test("who is under 18 is told who reads this and who may be told, in their own form of address", async () => {
    const page = await visit(browser);
    await to_questions(page, { ...victim, minderjarig: "ja" });
    const told = await page.locator(".utrecht-alert--info").innerText();
    assert.match(told, /Je bent jonger dan 18/);
    assert.match(told, /De mensen van de organisaties/);
    assert.match(told, /Veilig Thuis, de jeugdbescherming of de politie/);
    assert.equal(await page.locator(".utrecht-alert--info a[href='tel:08000432']").count(), 1);
    await to_questions(page, { ...citizen, minderjarig: "ja" });
    assert.doesNotMatch(await page.locator("main").innerText(), /Je bent jonger dan 18/);
    assert.equal(await page.locator(".utrecht-alert--info a[href='tel:08002000']").count(), 1);
    await page.context().close();
});

test("a professional gives organisation, role, consent, secrecy and ground, by choosing", async () => {
    const page = await visit(browser);
    await to_questions(page, everything);
    for (const name of ["functie", "toestemming", "beroepsgeheim", "grondslag"])
        assert.equal(await page.locator(`[name=${name}]:not([type=radio])`).count(), 0, name);
    assert.equal(await page.locator("input[type=text][name=organisatie]").count(), 1);
    await page.context().close();
});

test("a desk reads what was typed in every field, in any script", async () => {
    const page = await visit(browser);
    await to_check(page, everything);
    const shown = await page.locator(".baken-own").allTextContents();
    for (const name of texts) assert.ok(shown.includes(everything[name]), `the check page does not show ${name}`);
    const [id] = (await filled_in(page)).nummer;
    await press(page, step("versturen"));
    const { melding, alarmen } = open("oost-nederland", id);
    assert.deepEqual(alarmen, []);
    const { vormen: vorm, wensen: wens, contact, professional, ...rest } = melding;
    const read = { ...rest, ...contact, ...professional, vorm, wens };
    for (const name of [...texts, "rol", "minderjarig", "vorm", "wens", "politie", "toestemming", "grondslag"])
        assert.deepEqual(read[name], everything[name], name);
    assert.equal(read.functie, "zorg of opvang");
    assert.equal(read.beroepsgeheim, true);
    assert.equal(read.spoed, true);
    assert.equal(read.taal, "nl");
    await page.context().close();
});

test("where a reporter's words show nothing translates, checks or remembers them", async () => {
    const page = await visit(browser);
    await to_questions(page, everything);
    const careless = await page.locator("main").locator("textarea, input[type=text]").evaluateAll((all) =>
        all.filter((one) => one.translate || one.spellcheck || one.autocomplete !== "off").map((one) => one.name));
    assert.deepEqual(careless, []);
    assert.equal(await page.locator("form").getAttribute("autocomplete"), "off");
    await to_check(page, everything);
    assert.equal(await page.locator(".baken-own:not([translate=no])").count(), 0);
    await press(page, step("versturen"));
    assert.equal(await page.locator(".baken-receipt").getAttribute("translate"), "no");
    await page.context().close();
});
