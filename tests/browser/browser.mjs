// A real Chromium against the running server. It trusts the server's own certificate and no other, runs no script of a
// page unless a context asks for it, and every page tells what it asked for, so that a test can look at it.
import assert from "node:assert/strict";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

export const url = process.env.BAKEN_URL;

export const phone = { width: 320, height: 640 };
export const desktop = { width: 1280, height: 900 };

function own_certificate() {
    const key = new X509Certificate(readFileSync(process.env.BAKEN_CA)).publicKey;
    return createHash("sha256").update(key.export({ type: "spki", format: "der" })).digest("base64");
}

export function launch(more = []) {
    return chromium.launch({
        executablePath: process.env.BAKEN_CHROMIUM ?? "/usr/bin/chromium",
        chromiumSandbox: process.getuid() !== 0,
        args: [
            "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
            `--ignore-certificate-errors-spki-list=${own_certificate()}`, ...more,
        ],
    });
}

// A page in a context of its own. `page.asked` lists every request it makes, in order.
export async function visit(browser, { locale = "nl-NL", viewport = phone, ...more } = {}) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale, viewport, ...more });
    return tab(context);
}

export async function tab(context) {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.asked = [];
    page.on("request", (request) => page.asked.push(request));
    return page;
}

// Presses what sends a form or follows a link, and waits for the page it leads to. The answer.
export async function press(page, what) {
    const arrived = page.waitForNavigation();
    await page.locator(what).click();
    return arrived;
}

// The button of a page's own form that leads on to `code`; not that of a language, nor the unseen one for Enter.
export const step = (code) => `main button[name=stap][value=${code}]:not([formaction])`;

// Back, then Reload. A browser that kept the page shows it; else it shows one of its own, which asks whether to send again.
export async function back_and_reload(page) {
    const asks = page.waitForEvent("domcontentloaded").catch(() => null);
    const kept = await page.goBack().then(() => true, (error) => {
        assert.match(String(error), /ERR_CACHE_MISS/);
        return false;
    });
    if (!kept) await asks;
    await page.reload();
}
