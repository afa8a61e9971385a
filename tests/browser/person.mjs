// What people answer, and how they do it: they tick, type and unfold, as a page offers it.
import { press, step, url } from "./browser.mjs";

export const begin = ["rol", "minderjarig"];

export const citizen = { rol: "burger", minderjarig: "nee", vorm: ["arbeid"], plaats: "Ede", wat: "Ik zag iets." };
export const victim = { rol: "slachtoffer", minderjarig: "nee", vorm: ["onbekend"], wat: "Het gebeurt mij." };

// Lines, quotes, signs of markup, three scripts of which one runs the other way, and a sign of two surrogates.
export const scripts = "Regel één\n\n  \"aangehaald\" & 'zo' <b>{{wat}}</b>\nمرحبا بالعالم\nሰላም ለዓለም\n😀 слово";

// Every question that somebody who saw it at work is asked.
export const everything = {
    rol: "professional",
    minderjarig: "ja",
    vorm: ["seksueel", "crimineel"],
    spoed: ["ja"],
    plek: "plaats",
    plaats: "Dorpsstraat 5, Ede",
    wat: scripts,
    wie: "Drie mannen; één heet \"Rik\".\nرجل",
    waar: "Boven de winkel <hoek>",
    wanneer: "Elke nacht\nna 23:00",
    voertuigen: "12-AB-34, wit & roestig",
    online: "@naam_1 op 'iets' ሰላም",
    naam: "M. (niet mijn naam)",
    telefoon: "+31 6 1234 5678",
    email: "iemand@example.org",
    veilig: "Alleen op dinsdag\nnooit inspreken 😀",
    functie: "zorg",
    organisatie: "Opvang 't Huis \"Oost\"",
    toestemming: "niet-gevraagd",
    beroepsgeheim: "ja",
    grondslag: "meldcode",
    wens: ["hulp", "gesprek"],
    politie: "weet-niet",
};

export const texts = [
    "plaats", "wat", "wie", "waar", "wanneer", "voertuigen", "online", "naam", "telefoon", "email", "veilig",
    "organisatie",
];

async function fill(page, name, value) {
    const field = page.locator(`main [name="${name}"]`);
    const folded = page.locator(`details:not([open]):has([name="${name}"]) > summary`);
    if (await folded.count() > 0) await folded.click();
    if (texts.includes(name)) return field.fill(value);
    for (const one of [value].flat()) await page.locator(`main [name="${name}"][value="${one}"]`).check();
}

// Everything of `answers` that this page asks.
export async function answer(page, answers) {
    for (const [name, value] of Object.entries(answers))
        if (await page.locator(`main [name="${name}"]:not([type=hidden])`).count() > 0) await fill(page, name, value);
}

export async function to_questions(page, answers, language = "nl") {
    await page.goto(`${url}/${language}/melden`);
    await answer(page, answers);
    return press(page, step("vragen"));
}

export async function to_check(page, answers, language = "nl") {
    await to_questions(page, answers, language);
    await answer(page, answers);
    return press(page, step("controle"));
}

export async function send(page, answers, language = "nl") {
    await to_check(page, answers, language);
    return press(page, step("versturen"));
}

// What stands in the fields of this page, hidden ones too, by name: texts, or the codes that are chosen.
export function filled_in(page) {
    return page.locator("form#melding").evaluate((form) => {
        const out = {};
        for (const field of form.elements) {
            if (!field.name || field.type === "submit" || !field.value) continue;
            if (/radio|checkbox/.test(field.type) && !field.checked) continue;
            (out[field.name] ??= []).push(field.value);
        }
        return out;
    });
}
