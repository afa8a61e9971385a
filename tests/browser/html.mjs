// The bytes of every page in every state and language: valid HTML, small enough, and of a length that tells nothing.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { citizen, victim } from "./person.mjs";
import { names, states } from "./states.mjs";
import { get, hidden, post } from "./wire.mjs";

const vnu = createRequire(import.meta.url)("vnu-jar");
const languages = ["nl", "en", "qps"];
const step = 16 * 1024, most_page = 20 * 1024, most_style = 15 * 1024;
const fixed = ["start", "begin", "where", "help", "signals", "complaint", "practice", "developers",
               "privacy", "accessibility"];
const refused = ["not here", "wrong method", "wrong type", "too large"];  // made beforehand, like the fixed ones
const is_static = (name) => fixed.includes(name) || refused.includes(name);

const pages = [];
for (const language of languages)
    for await (const [name, answer] of states(language)) pages.push({ name, language, ...answer });

// What the W3C's checker finds: each sentence once, with how often and where first.
async function check(all) {
    const dir = await mkdtemp(join(tmpdir(), "baken-html-"));
    const file = ({ name, language }) => `${name.replaceAll(/\W+/g, "-")}.${language}.html`;
    for (const page of all) await writeFile(join(dir, file(page)), page.bytes);
    const paths = all.map((page) => join(dir, file(page)));
    try {
        const ran = promisify(execFile)("java", ["-Xss1m", "-jar", vnu, "--format", "json", "--stdout", ...paths],
                                        { maxBuffer: 1 << 26 });
        const { stdout } = await ran.catch((failed) => failed);
        const { messages } = JSON.parse(stdout);
        const first = new Map(), times = new Map();
        for (const { url, lastLine, message } of messages) {
            // The pseudo-language has the letters of another one.
            if (url.endsWith(".qps.html") && message.includes("appears to be written in")) continue;
            if (!first.has(message)) first.set(message, `${url.split("/").at(-1)}:${lastLine}`);
            times.set(message, (times.get(message) ?? 0) + 1);
        }
        return [...first].map(([message, where]) => `${where} and ${times.get(message) - 1} more: ${message}`);
    } finally {
        await rm(dir, { recursive: true });
    }
}

test("every page in every state and language is valid HTML", async () => {
    assert.equal(pages.length, names.length * languages.length);
    assert.deepEqual(await check(pages), []);
});

test("the checker finds a fault where there is one", async () => {
    const bytes = Buffer.from("<!doctype html><title>x</title><p id=a id=b>");
    assert.ok((await check([{ name: "broken", language: "nl", bytes }])).length > 0);
});

test("no page is larger than 20 KiB with gzip, nor the style sheet than 15", async () => {
    for (const { name, language, bytes } of pages)
        assert.ok(gzipSync(bytes).length <= most_page, `${name} ${language}`);
    const [, sheet] = pages[0].html.match(/<link rel="stylesheet" href="([^"]+)"/);
    for (const [coding, plain] of [["gzip", gunzipSync], ["br", brotliDecompressSync]]) {
        const style = await get(sheet, { "Accept-Encoding": coding });
        assert.equal(style.headers["content-encoding"], coding);
        assert.ok(style.bytes.length <= most_style, `${style.bytes.length} bytes with ${coding}`);
        assert.match(plain(style.bytes).toString(), /\.baken-exit/);
        assert.match(style.headers["cache-control"], /max-age=31536000/);
    }
});

test("the fixed pages come compressed, the others plain and in steps of 16 KiB", async () => {
    for (const { name, headers, bytes } of pages.filter((page) => !is_static(page.name))) {
        assert.equal(headers["content-encoding"], undefined, name);
        assert.equal(Number(headers["content-length"]), bytes.length);
        assert.equal(bytes.length % step, 0, `${name}: ${bytes.length}`);
    }
    for (const path of ["/nl", "/nl/melden", "/nl/nergens"]) {
        const page = await get(path, { "Accept-Encoding": "gzip, br" });
        assert.equal(page.headers["content-encoding"], "br");
        assert.ok(page.bytes.length <= most_page);
    }
});

test("a compressed page does not differ from the plain one", async () => {
    for (const path of ["/nl", "/en/melden", "/en/nowhere"]) {
        const plain = await get(path);
        assert.ok(gunzipSync((await get(path, { "Accept-Encoding": "gzip" })).bytes).equals(plain.bytes));
        assert.ok(brotliDecompressSync((await get(path, { "Accept-Encoding": "br" })).bytes).equals(plain.bytes));
    }
});

// Who listens to the line sees lengths. Whom it is about, what, where and how urgent must not show in them.
const journeys = [
    citizen,
    victim,
    { ...victim, minderjarig: "ja", spoed: ["ja"], vorm: ["seksueel"], plaats: "Ede" },
    { ...citizen, plek: "luchthaven", plaats: "Haarlemmermeer", politie: "ja", wens: ["aangifte"] },
    { ...citizen, rol: "professional", plaats: "", wat: "Een paar zinnen. ".repeat(40) },
];

for (const language of languages)
    test(`the length of a page does not tell one report from another: ${language}`, async () => {
        const lengths = { vragen: new Set(), controle: new Set(), versturen: new Set() };
        for (const answers of journeys) {
            const { rol, minderjarig } = answers;
            lengths.vragen.add((await post(language, { rol, minderjarig, stap: "vragen" })).bytes.length);
            const checked = await post(language, { ...answers, stap: "controle" });
            lengths.controle.add(checked.bytes.length);
            const fields = Object.fromEntries(hidden(checked.html));
            const terugweg = answers === victim ? "nee" : "ja";
            const done = await post(language, { ...answers, ...fields, terugweg, stap: "versturen" });
            lengths.versturen.add(done.bytes.length);
        }
        for (const [name, seen] of Object.entries(lengths)) assert.equal(seen.size, 1, `${name}: ${[...seen]}`);
    });
