// The pages where there is little room: 320 px, 400 % zoom of a small screen, and text set wider by its reader.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, phone, visit } from "../browser.mjs";
import { states } from "../states.mjs";
import { clipped, show } from "./look.mjs";

const browser = await launch();
after(() => browser.close());

// WCAG 2.2, 1.4.12: line height 1.5, after paragraphs 2, between letters 0.12 and between words 0.16 of the size.
const spaced = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
                p { margin-block-end: 2em !important }`;

const wanted = ["start", "begin, faults", "questions, professional", "questions, filled in", "questions, faults",
                "questions, which place", "questions, youth", "check, urgent", "check, everything",
                "check, one left out", "done", "done, urgent", "sent before"];

async function nothing_is_lost(page, language, style = "") {
    const found = [];
    for await (const [name, answer] of states(language, wanted)) {
        await show(page, name, language, answer);
        await page.evaluate((css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
            for (const one of document.querySelectorAll("details")) one.open = true;
        }, style);
        found.push(...(await clipped(page)).map((one) => `${name}: ${one}`));
    }
    assert.deepEqual(found, []);
}

for (const language of ["nl", "en", "qps"]) {
    test(`nothing scrolls sideways or is cut off at 320 px: ${language}`, async () => {
        const page = await visit(browser, { viewport: phone });
        await nothing_is_lost(page, language);
        await page.context().close();
    });

    test(`nothing scrolls sideways or is cut off at 400 % of 1280 by 1024, with wider text: ${language}`, async () => {
        const page = await visit(browser, { viewport: { width: 320, height: 256 } });
        await nothing_is_lost(page, language, spaced);
        await page.context().close();
    });
}

test("at 400 % the way out leaves room to read", async () => {
    const page = await visit(browser, { viewport: { width: 320, height: 256 } });
    for await (const [name, answer] of states("nl", ["start", "questions, citizen", "check, urgent", "done"])) {
        await show(page, name, "nl", answer);
        const box = await page.locator(".baken-exit").boundingBox();
        assert.ok(box.height <= 256 / 3 && box.y + box.height <= 256, name);
    }
    await page.context().close();
});

const pressed = "a, button, summary, .baken-choice, input[type=text], textarea";
const in_a_line = "a:not(.nl-button, .baken-exit, .baken-language)";

// Runs in the page: what is lower than it should be, 24 px for a link in a line of text and 44 for all else.
function too_small({ pressed, in_a_line }) {
    const found = [];
    for (const one of document.querySelectorAll(pressed)) {
        if (one.matches(".baken-unseen, .baken-skip")) continue;
        const { height, width } = one.getBoundingClientRect(), least = one.matches(in_a_line) ? 24 : 44;
        if (height < least - 0.5 || width < 24) found.push(`${one.outerHTML.slice(0, 90)} is ${width} by ${height}`);
    }
    return found;
}

test("what is pressed is large: 24 px at the least, buttons and choices 44 px", async () => {
    const page = await visit(browser, { viewport: phone });
    for await (const [name, answer] of states("nl", wanted)) {
        await show(page, name, "nl", answer);
        await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
        assert.deepEqual(await page.evaluate(too_small, { pressed, in_a_line }), [], name);
    }
    await page.context().close();
});
