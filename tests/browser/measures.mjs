// How much stands between somebody with a phone and Send: words on the pages with every fold open, screens of 360 by
// 640, and taps (what is chosen and pressed; typing is none), from the start page to the button, without script; and how
// many screens down its page Send ends.
// Run by itself under tests/with_server.py it prints the table of docs/performance.md.
import { launch, press, step, url, visit } from "./browser.mjs";
import { answer, citizen, victim } from "./person.mjs";

const screen = { width: 360, height: 640 };

// The least that each of them answers.
export const people = {
    citizen: { ...citizen, plaats: undefined },
    victim: { ...victim, plaats: undefined },
    professional: { ...citizen, rol: "professional", plaats: undefined },
};

async function measured(page) {
    return page.evaluate((height) => {
        for (const fold of document.querySelectorAll("details")) fold.open = true;
        const words = document.body.innerText.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
        return { words, screens: document.documentElement.scrollHeight / height };
    }, screen.height);
}

async function choose(page, answers) {
    let taps = 0;
    for (const [name, given] of Object.entries(answers)) {
        if (given === undefined || await page.locator(`main [name="${name}"]:not([type=hidden])`).count() === 0) continue;
        await answer(page, { [name]: given });
        if (name !== "wat") taps += [given].flat().length;
    }
    return taps;
}

// By page and in all; a tap counts where it is made.
export async function way_of(browser, who, language) {
    const page = await visit(browser, { viewport: screen, isMobile: true, hasTouch: true });
    const pages = [];
    const at = async (name, taps) => pages.push({ name, ...await measured(page), taps });
    await page.goto(`${url}/${language}`);
    await at("start", 1);
    await page.goto(`${url}/${language}/melden`);
    let taps = await choose(page, people[who]);
    await at("begin", taps + 1);
    await press(page, step("vragen"));
    taps = await choose(page, people[who]);
    await at("questions", taps + 1);
    await press(page, step("controle"));
    await at("check", 1);
    const send = page.locator(step("versturen"));
    if (await send.count() !== 1) throw new Error(`${who} does not reach Send`);
    const { y, height } = await send.boundingBox();
    await page.context().close();
    const sum = (what) => pages.reduce((all, one) => all + one[what], 0);
    return { pages, words: sum("words"), screens: sum("screens"), taps: sum("taps"), send: (y + height) / screen.height };
}

if (process.argv[1] === import.meta.filename) {
    const browser = await launch();
    console.log("| who | language | words | screens | taps | Send ends at | words by page | screens by page |\n|---|---|---|---|---|---|---|---|");
    for (const who of Object.keys(people))
        for (const language of ["nl", "en"]) {
            const way = await way_of(browser, who, language);
            const by = (show) => way.pages.map((one) => `${one.name} ${show(one)}`).join(", ");
            console.log(`| ${who} | ${language} | ${way.words} | ${way.screens.toFixed(1)} | ${way.taps} | ${way.send.toFixed(1)} | ` +
                `${by((one) => one.words)} | ${by((one) => one.screens.toFixed(1))} |`);
        }
    await browser.close();
}
