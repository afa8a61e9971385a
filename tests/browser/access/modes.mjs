// The same pages in forced colours, on paper, with less motion, and from right to left.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { desktop, launch, phone, visit } from "../browser.mjs";
import { states } from "../states.mjs";
import { clipped, show } from "./look.mjs";

const browser = await launch();
after(() => browser.close());

const wanted = ["start", "questions, faults", "check, urgent", "check, everything", "done"];

// Blocks of text that lie over each other; the way out and what only the keyboard reaches lie over the page on purpose.
const text = "h1, h2, h3, p, legend, dt, dd, summary, main button, label, input[type=text], textarea";
const overlapping = (page) => page.evaluate((text) => {
    const blocks = [...document.querySelectorAll(text)]
        .filter((one) => one.checkVisibility() && !one.closest(".baken-exit, .baken-skip, .baken-unseen"))
        .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1);
    const found = [];
    blocks.forEach(([a, x], n) => blocks.slice(n + 1).forEach(([b, y]) => {
        const high = Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top);
        const wide = Math.min(x.right, y.right) - Math.max(x.left, y.left);
        if (high > 2 && wide > 2 && !a.contains(b) && !b.contains(a))
            found.push(`${a.outerHTML.slice(0, 60)} and ${b.outerHTML.slice(0, 60)}`);
    }));
    return found;
}, text);

const modes = {
    "forced colours": { forcedColors: "active" },
    "forced colours, dark": { forcedColors: "active", colorScheme: "dark" },
    "dark": { colorScheme: "dark" },
    "less motion": { reducedMotion: "reduce" },
    "paper": { media: "print" },
};

for (const [mode, media] of Object.entries(modes))
    test(`${mode}: nothing overlaps or is cut off`, async () => {
        const page = await visit(browser, { viewport: phone });
        await page.emulateMedia(media);
        for (const viewport of [phone, desktop]) {
            await page.setViewportSize(viewport);
            for await (const [name, answer] of states("nl", wanted)) {
                await show(page, name, "nl", answer);
                assert.deepEqual(await overlapping(page), [], name);
                assert.deepEqual(await clipped(page), [], name);
            }
        }
        await page.context().close();
    });

test("on paper stand the text and the code, and nothing that can only be pressed", async () => {
    const page = await visit(browser);
    await page.emulateMedia({ media: "print" });
    for await (const [name, answer] of states("nl", ["start", "check, everything", "done"])) {
        await show(page, name, "nl", answer);
        for (const what of [".baken-exit", "main button", ".baken-languages"])
            assert.equal(await page.locator(what).filter({ visible: true }).count(), 0, `${name}: ${what}`);
        assert.equal(await page.locator("h1").isVisible(), true);
        assert.equal(await page.locator("a[href='tel:112']").first().isVisible(), true);
    }
    assert.equal(await page.locator(".baken-receipt").isVisible(), true);
    await page.context().close();
});

const edged = "main button, .utrecht-alert, input[type=text], textarea, .baken-exit, .baken-desk";
test("in forced colours what is chosen, wrong, focused or pressed still has an edge", async () => {
    const page = await visit(browser);
    await page.emulateMedia({ forcedColors: "active" });
    for await (const [name, answer] of states("nl", ["questions, faults", "check, urgent"])) {
        await show(page, name, "nl", answer);
        const bare = await page.locator(edged).filter({ visible: true }).evaluateAll((all) =>
            all.filter((one) => getComputedStyle(one).borderBlockStartStyle === "none")
                .map((one) => one.outerHTML.slice(0, 80)));
        assert.deepEqual(bare, [], name);
    }
    await page.context().close();
});

test("nothing moves", async () => {
    const page = await visit(browser);
    for await (const [name, answer] of states("nl", ["start", "questions, filled in", "check, urgent"])) {
        await show(page, name, "nl", answer);
        const moving = await page.locator("*").evaluateAll((all) => all.filter((one) => {
            const { animationName, transitionDuration } = getComputedStyle(one);
            return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
        }).map((one) => one.outerHTML.slice(0, 60)));
        assert.deepEqual(moving, [], name);
    }
    await page.context().close();
});

test("from right to left the page is mirrored, and numbers and codes are not", async () => {
    const page = await visit(browser, { viewport: desktop });
    for await (const [name, answer] of states("qps", ["start", "questions, faults", "done"])) {
        await show(page, name, "qps", answer);
        const heading = await page.locator("h1").evaluate((one) => {
            const range = document.createRange();
            range.selectNodeContents(one);
            const text = range.getBoundingClientRect(), box = one.getBoundingClientRect();
            return [text.right - box.right, text.left - box.left];
        });
        assert.ok(Math.abs(heading[0]) < 2, `${name}: the heading does not begin at the right`);
        for (const number of await page.locator(".baken-phone, .baken-receipt").all())
            assert.equal(await number.evaluate((one) => getComputedStyle(one).direction), "ltr");
    }
    const groups = await page.locator(".baken-receipt span").evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()));
    assert.ok(groups.slice(1).every((box, n) => box.left > groups[n].left || box.top > groups[n].top));
    await page.context().close();
});
