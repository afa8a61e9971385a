// Where the place is asked for advice, names are offered while somebody types: found in the browser, from one list that is
// the same for everybody. What is typed goes nowhere before a button is pressed; without JavaScript nothing is different.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, press, step, tab, url, visit } from "../browser.mjs";
import { get } from "../wire.mjs";

const browser = await launch();
after(() => browser.close());

const names_address = `${url}/plaatsen.json`;
const with_script = () => visit(browser, { javaScriptEnabled: true });
const offered = (page) => page.locator("#plaats").evaluate((field) => [...field.list.options].map((one) => one.value));
const paths = (page) => page.asked.map((one) => new URL(one.url()).pathname);

async function at(page, name) {
    await page.goto(`${url}/nl/${name}`);
    const list = page.waitForResponse(names_address);
    await page.locator("#plaats").focus();
    await (await list).finished();
}

// What is offered once the field holds this; every one of it is a name that the browser will show for these letters.
async function typed(page, text) {
    await page.locator("#plaats").fill("");
    await page.locator("#plaats").pressSequentially(text);
    const shown = await page.locator("#plaats").evaluate((field) => [...field.list.options].map((one) => one.label || one.value));
    for (const label of shown) assert.ok(label.toLowerCase().includes(text.toLowerCase()), `${text}: ${label}`);
    assert.ok(shown.length <= 8);
    return offered(page);
}

for (const name of ["wegwijzer", "hulp"])
    test(`names are offered while one types: ${name}`, async () => {
        const page = await with_script();
        await at(page, name);
        assert.deepEqual(await offered(page), []);
        const bor = await typed(page, "bor");
        assert.equal(bor[0].slice(0, 3).toLowerCase(), "bor");
        assert.ok(bor.includes("Borger-Odoorn"), bor.join());
        assert.ok((await typed(page, "frysl")).includes("Súdwest-Fryslân"));
        assert.equal((await typed(page, "SUDWEST FR"))[0], "Súdwest-Fryslân");
        assert.equal((await typed(page, "borger odo"))[0], "Borger-Odoorn");
        assert.equal((await typed(page, "ede"))[0], "Ede");
        assert.ok((await typed(page, "sgravenh")).includes("'s-Gravenhage"));
        assert.ok((await typed(page, "odoorn")).includes("Borger-Odoorn"));
        assert.ok((await typed(page, "terdam")).includes("Amsterdam"), "inside a word, from three letters");
        assert.ok(!(await typed(page, "te")).includes("Amsterdam"));
        assert.deepEqual(await typed(page, "Nergenshuizen"), []);
        assert.deepEqual(await typed(page, " -"), []);
        await page.context().close();
    });

test("the list is the same for everybody, comes when it is needed, and once", async () => {
    const page = await with_script();
    await page.goto(`${url}/nl/wegwijzer`);
    assert.ok(!paths(page).includes("/plaatsen.json"));
    await at(page, "wegwijzer");
    await page.locator("#acuut-nee").focus();
    await page.locator("#plaats").focus();
    await typed(page, "bor");
    assert.equal(paths(page).filter((one) => one === "/plaatsen.json").length, 1);
    await page.context().close();
});

test("nothing of what is typed is in any request before a button is pressed", async () => {
    const page = await with_script();
    await at(page, "wegwijzer");
    const before = page.asked.length;
    await typed(page, "Borger-Odoorn, Nergensstraat 7");
    await typed(page, "frysl");
    assert.equal(page.asked.length, before);
    for (const request of page.asked) {
        const all = JSON.stringify([request.url(), await request.allHeaders(), request.postData()]);
        for (const word of ["borg", "nergens", "frysl"]) assert.ok(!all.toLowerCase().includes(word), all);
        assert.equal(new URL(request.url()).origin, url);
        assert.ok(["document", "stylesheet", "image", "other", "script", "fetch"].includes(request.resourceType()));
    }
    const kept = await page.evaluate(async () => [document.cookie, localStorage.length, sessionStorage.length]);
    assert.deepEqual(kept, ["", 0, 0]);
    await page.context().close();
});

test("a name that was chosen is a place that the server knows", async () => {
    const page = await with_script();
    await at(page, "wegwijzer");
    for (const [name, code] of [["acuut", "nee"], ["ik-ben", "burger"], ["zie", "arbeid"], ["minderjarig", "nee"]])
        await page.locator(`#${name}-${code}`).check();
    const [first] = await typed(page, "sudwest");
    await page.locator("#plaats").fill(first);
    assert.equal((await press(page, step("antwoord"))).status(), 200);
    assert.match(await page.locator("main").innerText(), /Súdwest-Fryslân/);
    await page.context().close();
});

test("where the list does not come, one types as before, and the next focus asks again", async () => {
    const page = await with_script();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.route(names_address, (route) => route.abort(), { times: 1 });
    await page.goto(`${url}/nl/hulp`);
    const failed = page.waitForEvent("requestfailed");
    await page.locator("#plaats").focus();
    await failed;
    assert.deepEqual(await typed(page, "bor"), []);
    await page.locator("#plaats").blur();
    const list = page.waitForResponse(names_address);
    await page.locator("#plaats").focus();
    await (await list).finished();
    assert.ok((await typed(page, "borg")).includes("Borger-Odoorn"));
    assert.deepEqual(faults, []);
    await page.context().close();
});

test("no other script than that one runs there, and none at all on any other page", async () => {
    const page = await with_script();
    await at(page, "wegwijzer");
    await assert.rejects(page.addScriptTag({ content: "document.title = 'x'" }));
    for (const name of ["", "/melden", "/signalen", "/aangifte", "/oefenen"]) {
        await page.goto(`${url}/nl${name}`);
        assert.equal(await page.locator("script, datalist").count(), 0, name);
    }
    await page.context().close();
});

test("without JavaScript the field is what it was", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await tab(context);
    for (const name of ["wegwijzer", "hulp"]) {
        const { html } = await get(`/nl/${name}`);
        assert.ok(!html.includes("datalist") && !html.includes("list="), "the server sends no list");
        await page.goto(`${url}/nl/${name}`);
        await page.locator("#plaats").focus();
        await page.locator("#plaats").pressSequentially("Almere");
        assert.equal(await page.locator("#plaats").getAttribute("list"), null);
        assert.equal(await page.locator("datalist").count(), 0);
    }
    assert.ok(!paths(page).includes("/plaatsen.json"));
    assert.equal((await press(page, step("antwoord"))).status(), 200);
    assert.match(await page.locator("main").innerText(), /Flevoland/);
    await context.close();
});
