// Every page and every state of a page that a person can come to, as [name, answer of the server].
import { citizen, everything, victim } from "./person.mjs";
import { get, hidden, other, post } from "./wire.mjs";

const { vorm: _, wat: __, ...unfinished } = everything;
const begin = ({ rol, minderjarig }) => ({ rol, minderjarig });
const urgent = { ...citizen, vorm: ["seksueel"], spoed: ["ja"], minderjarig: "ja" };

async function check(language, answers) {
    const answer = await post(language, { ...answers, stap: "controle" });
    if (!answer.html.includes('name="zaad"')) throw new Error(`no check page: ${answer.status}`);
    return answer;
}

// The check page sent as it is, and with these changes.
async function sent(language, answers, changes = {}) {
    const fields = Object.fromEntries(hidden((await check(language, answers)).html));
    return post(language, { ...answers, ...fields, terugweg: "ja", ...changes, stap: "versturen" });
}

async function sent_with_other_words(language) {
    const fields = Object.fromEntries(hidden((await check(language, citizen)).html));
    await post(language, { ...citizen, ...fields, stap: "versturen" });
    return post(language, { ...citizen, ...fields, wat: "Iets anders.", stap: "versturen" });
}

const all = {
    "start": (language) => get(`/${language}`),
    "begin": (language) => get(`/${language}/melden`),
    "begin, faults": (language) => post(language, { stap: "vragen" }),
    "begin, come back to": (language) => post(language, { ...everything, stap: "begin" }),
    "questions, citizen": (language) => post(language, { ...begin(citizen), stap: "vragen" }),
    "questions, own": (language) => post(language, { ...begin(victim), stap: "vragen" }),
    "questions, youth": (language) => post(language, { ...begin(victim), minderjarig: "ja", stap: "vragen" }),
    "questions, professional": (language) => post(language, { ...begin(everything), stap: "vragen" }),
    "questions, filled in": (language) => post(language, { ...everything, stap: "vragen" }),
    "questions, faults": (language) => post(language, { ...unfinished, wie: "w".repeat(20_001), stap: "controle" }),
    "questions, which place": (language) => post(language, { ...citizen, plaats: "Bergen", stap: "controle" }),
    "questions, no such place": (language) => post(language, { ...citizen, plaats: "Nergenshuizen", stap: "controle" }),
    "check": (language) => check(language, citizen),
    "check, urgent": (language) => check(language, urgent),
    "check, everything": (language) => check(language, everything),
    "check, one left out": (language) => check(language, { ...urgent, zonder: "oost-nederland" }),
    "check, police rather not": (language) => check(language, { ...victim, plaats: "Ede", politie: "liever-niet" }),
    "check, altered": (language) => post(language, { ...citizen, zaad: "x", stap: "versturen" }),
    "check, readers changed": (language) => sent(language, citizen, { lezers: "landelijk:eerste" }),
    "done": (language) => sent(language, citizen),
    "done, urgent": (language) => sent(language, urgent),
    "done, no way back": (language) => sent(language, victim, { terugweg: "nee" }),
    "not here": (language) => get(`/${language}/nergens`),
    "wrong method": (language) => other("DELETE", `/${language}/melden`),
    "wrong type": (language) => post(language, Buffer.from("{}"), "application/json"),
    "not our form": (language) => post(language, Array.from({ length: 300 }, (_, n) => [`v${n}`, ""])),
    "too large": (language) => post(language, { wat: "w".repeat(321 * 1024) }),
    "sent before": (language) => sent_with_other_words(language),
};

export const names = Object.keys(all);

export async function* states(language, wanted = names) {
    for (const name of wanted) yield [name, await all[name](language)];
}
