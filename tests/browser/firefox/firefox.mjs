// Debian's Firefox ESR, the engine of Tor Browser, over WebDriver BiDi. Scripts of pages are off by preference. What
// the protocol itself asks of a document still runs, but nothing that waits for a promise, so everything is pressed as a
// hand does it: the pointer goes to where it stands, keys are typed.
import puppeteer from "puppeteer-core";

export const url = process.env.BAKEN_URL;
export const phone = { width: 360, height: 640 };

const patience = 30_000;

export function launch(more = {}) {
    return puppeteer.launch({
        browser: "firefox",
        executablePath: process.env.BAKEN_FIREFOX ?? "/usr/bin/firefox-esr",
        headless: true,
        acceptInsecureCerts: true,
        // More pages at once on two cores than Firefox would like.
        protocolTimeout: 2 * patience,
        extraPrefsFirefox: { "javascript.enabled": false, "intl.accept_languages": "nl", ...more },
    });
}

export async function open(browser, path, viewport = phone) {
    const page = await browser.newPage();
    await page.setViewport(viewport);
    page.answer = await page.goto(url + path);
    return page;
}

export const text = (page, what) => page.evaluate((at) => document.querySelector(at)?.innerText ?? "", what);
export const count = (page, what) => page.evaluate((at) => document.querySelectorAll(at).length, what);
export const value = (page, what) => page.evaluate((at) => document.querySelector(at)?.value ?? null, what);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Brings it into sight and says where its middle is, once the page has come to rest there.
async function middle(page, what) {
    const look = () => page.evaluate((selector) => {
        const one = document.querySelector(selector);
        if (!one) return null;
        one.scrollIntoView({ block: "center", behavior: "instant" });
        const box = one.getClientRects()[0];
        return box && { x: box.x + Math.min(box.width / 2, 40), y: box.y + box.height / 2 };
    }, what);
    for (let before, now = await look(); ; before = now, now = await look()) {
        if (!now) throw new Error(`${what} is not to be seen on ${await page.title()}`);
        if (before && before.x === now.x && before.y === now.y) return now;
        await pause(100);
    }
}

export async function click(page, what) {
    const { x, y } = await middle(page, what);
    await page.mouse.click(x, y);
}

// Presses what leads to another page, and waits until that is there.
export async function press(page, what) {
    await leave(page, () => click(page, what));
}

// The same by keyboard: Enter on what has the focus.
export const enter = (page) => leave(page, () => page.keyboard.press("Enter"));

export async function leave(page, how) {
    await page.evaluate(() => document.documentElement.setAttribute("data-seen", ""));
    await how();
    const until = Date.now() + patience;
    while (Date.now() < until) {
        // Between two pages there is none to ask.
        const there = await page.evaluate(() => document.readyState === "complete" &&
            !document.documentElement.hasAttribute("data-seen")).catch(() => false);
        if (there) return;
        await pause(50);
    }
    throw new Error(`no other page came after ${await page.title()}`);
}

export const step = (code) => `main button[name=stap][value=${code}]:not([formaction])`;

async function fill(page, name, given) {
    const field = `main [name="${name}"]:not([type=hidden])`;
    const folded = `details:not([open]):has([name="${name}"]) > summary`;
    if (await count(page, folded) > 0) await click(page, folded);
    const kind = await page.evaluate((at) => document.querySelector(at).type, field);
    if (kind === "radio" || kind === "checkbox") {
        for (const one of [given].flat()) await click(page, `${field}[value="${one}"]`);
        return;
    }
    await click(page, field);
    await page.keyboard.type(given);
}

// Everything of `answers` that this page asks.
export async function answer(page, answers) {
    for (const [name, given] of Object.entries(answers))
        if (await count(page, `main [name="${name}"]:not([type=hidden])`) > 0) await fill(page, name, given);
}
