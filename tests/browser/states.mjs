// Every page and every state of a page that a person can come to, as [name, answer of the server].
import { citizen, everything, victim } from "./person.mjs";
import { get, hidden, other, post, post_to } from "./wire.mjs";

const { vorm: _, wat: __, ...unfinished } = everything;
const begin = ({ rol, minderjarig }) => ({ rol, minderjarig });
const urgent = { ...citizen, vorm: ["seksueel"], spoed: ["ja"], minderjarig: "ja" };

// Who asks where to report: a teacher, a nurse, somebody it happens to.
export const teacher = { acuut: "ja", "ik-ben": "onderwijs", zie: "seksueel", minderjarig: "ja", plaats: "Ede" };
const nurse = { acuut: "nee", "ik-ben": "zorg", zie: "arbeid", minderjarig: "nee", plaats: "1315" };
const myself = { acuut: "nee", "ik-ben": "slachtoffer", zie: "onbekend", minderjarig: "onbekend" };
const where = (language, form) => post_to("wegwijzer", language, { ...form, stap: "antwoord" });
const help = (language, form) => post_to("hulp", language, { ...form, stap: "antwoord" });

async function check(language, answers) {
    const answer = await post(language, { ...answers, stap: "controle" });
    if (!answer.html.includes('name="lezers"')) throw new Error(`no check page: ${answer.status}`);
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
    "done, at work": (language) => sent(language, everything),
    "done, no way back": (language) => sent(language, victim, { terugweg: "nee" }),
    "where": (language) => get(`/${language}/wegwijzer`),
    "where, faults": (language) => where(language, {}),
    "where, which place": (language) => where(language, { ...teacher, plaats: "Bergen" }),
    "where, answers changed": (language) => post_to("wegwijzer", language, { ...nurse, stap: "vragen" }),
    "advice, teacher": (language) => where(language, teacher),
    "advice, nurse": (language) => where(language, nurse),
    "advice, own": (language) => where(language, myself),
    "help": (language) => get(`/${language}/hulp`),
    "help, near": (language) => help(language, { plaats: "Almere", situatie: ["volwassen", "buitenlands"] }),
    "help, nobody near": (language) => help(language, { plaats: "Dordrecht", situatie: ["dokter"] }),
    "help, which place": (language) => help(language, { plaats: "Bergen" }),
    "signals": (language) => get(`/${language}/signalen`),
    "complaint": (language) => get(`/${language}/aangifte`),
    "practice": (language) => get(`/${language}/oefenen`),
    "practice, cases": (language) => post_to("oefenen", language, { sector: "hotel" }),
    "practice, begin": (language) => post_to("oefenen", language, { stap: "begin" }),
    "practice, questions": (language) => post_to("oefenen", language, { ...begin(citizen), stap: "vragen" }),
    "practice, check": (language) => post_to("oefenen", language, { ...citizen, stap: "controle" }),
    "privacy": (language) => get(`/${language}/privacy`),
    "accessibility": (language) => get(`/${language}/toegankelijkheid`),
    "developers": (language) => get(`/${language}/api`),
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
