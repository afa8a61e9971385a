// Takes the pictures in docs/screenshots: every page narrow, wide and from right to left. It wants a running server:
//
//   tests/with_server.py --hours closed --config "languages = ['nl', 'en', 'qps']" build/release/bin schema \
//       npm --prefix tests/browser run shots [-- DIRECTORY]
//
// Given a directory it writes there, and more pages and looks (dark, forced colours, English), to be looked through;
// what people print it writes as PDF as well.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch, visit } from "./browser.mjs";
import { show } from "./access/look.mjs";
import { states } from "./states.mjs";

const pages = {
    "start": "start", "begin": "begin", "faults": "begin, faults", "questions": "questions, own",
    "where": "where", "advice": "advice, teacher", "help": "help, near",
    "youth": "questions, youth", "check": "check, urgent", "done": "done", "message": "not here",
};
const more_pages = {
    "signals": "signals", "complaint": "complaint", "practice": "practice, cases", "practice-check": "practice, check",
    "advice-nurse": "advice, nurse", "advice-own": "advice, own", "help-far": "help, nobody near",
    "developers": "developers", "privacy": "privacy", "accessibility": "accessibility", "proof": "done, at work",
    "place": "questions, which place", "filled-in": "questions, filled in", "left-out": "check, one left out",
};
const paper = { top: "1cm", right: "1cm", bottom: "1cm", left: "1cm" };
const printed = ["advice", "advice-nurse", "advice-own", "signals", "practice", "proof"];
const phone = { width: 360, height: 740 }, desktop = { width: 1280, height: 900 };
const published_looks = {
    "narrow": { language: "nl", viewport: phone },
    "wide": { language: "nl", viewport: desktop },
    "right-to-left": { language: "qps", viewport: phone },
};
const more_looks = {
    "dark": { language: "nl", viewport: phone, colorScheme: "dark" },
    "forced": { language: "nl", viewport: phone, forcedColors: "active" },
    "english": { language: "en", viewport: phone },
    "right-to-left-wide": { language: "qps", viewport: desktop },
};

// As tall as the page is, so that the way out lies at its end and not across it.
async function picture(page, viewport) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 50 });
    await page.setViewportSize(viewport);
    return Buffer.from(data, "base64");
}

const out = process.argv[2] ?? fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const all = process.argv[2] !== undefined;
const wanted = { ...pages, ...(all && more_pages) };
const looks = { ...published_looks, ...(all && more_looks) };
await mkdir(out, { recursive: true });
const browser = await launch();
for (const [look, { language, ...options }] of Object.entries(looks)) {
    const page = await visit(browser, options);
    for (const [name, state] of Object.entries(wanted)) {
        for await (const [, answer] of states(language, [state])) {
            await show(page, state, language, answer);
            await writeFile(`${out}/${name}-${look}.webp`, await picture(page, options.viewport));
            if (all && look === "wide" && printed.includes(name))
                await page.pdf({ path: `${out}/${name}.pdf`, format: "A4", margin: paper });
        }
    }
    await page.context().close();
}
await browser.close();
