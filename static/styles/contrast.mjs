// Whether a theme can be read: the contrast of every pair of colours that meet on a page, in each of its four modes
// (WCAG 2.2: 4.5 for text, 3 for lines and focus).
//
//   node static/styles/contrast.mjs [THEME_FILE]     exit 1 with a line for every pair that is too low
import { readFileSync } from "node:fs";
import postcss from "postcss";

const text = 4.5;
const line = 3;
const pairs = [
    ...["page", "panel", "notice-wash", "error-wash", "action-wash"].flatMap((ground) => [
        ["text", ground, text], ["text-soft", ground, text], ["action", ground, text],
        ["action-strong", ground, text], ["focus", ground, line],
    ]),
    ["on-action", "action", text], ["on-action", "action-strong", text],
    ["page", "text", text],
    ["error", "page", text], ["error", "error-wash", line],
    ["notice", "page", line], ["notice", "notice-wash", line],
    ["alarm", "page", text], ["alarm", "panel", text], ["alarm", "notice-wash", text], ["alarm", "error-wash", text],
    ["line", "page", line], ["line", "panel", line],
];

function luminance(hex) {
    const [r, g, b] = [1, 3, 5].map((at) => {
        const part = parseInt(hex.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
}

// The colours of a mode: what stands outside media queries, then the queries that ask for nothing but the mode.
function colours(sheet, mode) {
    const found = new Map();
    sheet.walkDecls(/^--baken-/, ({ prop, value, parent: { parent } }) => {
        const asked = parent.type === "atrule" ? parent.params.match(/prefers-[a-z-]+: [a-z]+/g) : [];
        if (!asked.every((each) => mode.includes(each)) || value.includes("var(")) return;
        if (/^#[0-9a-f]{6}$/i.test(value)) found.set(prop.slice("--baken-".length), value);
    });
    return found;
}

const file = process.argv[2] ?? new URL("theme.css", import.meta.url);
const sheet = postcss.parse(readFileSync(file, "utf8"));
const dark = "prefers-color-scheme: dark";
const more = "prefers-contrast: more";
let failed = false;
for (const [name, mode] of [["light", []], ["dark", [dark]], ["light, more", [more]], ["dark, more", [dark, more]]]) {
    const found = colours(sheet, mode);
    const measured = pairs.map(([one, other, least]) => {
        if (!found.has(one) || !found.has(other)) throw new Error(`--baken-${one} or --baken-${other} is no #rrggbb`);
        return { one, other, least, is: contrast(found.get(one), found.get(other)) };
    });
    for (const { one, other, least, is } of measured.filter(({ is, least }) => is < least)) {
        console.error(`${name}: ${one} on ${other} is ${is.toFixed(2)}, and must be ${least}`);
        failed = true;
    }
    const lowest = (least) => {
        const of_kind = measured.filter((each) => each.least === least);
        return Math.min(...of_kind.map((each) => each.is)).toFixed(2);
    };
    console.log(`${name}: text at least ${lowest(text)}, lines and focus at least ${lowest(line)}`);
}
process.exit(failed ? 1 : 0);
