// Makes the one style sheet of the pages: the packages, the theme and our own rules, cut to what the templates use.
//
//   node static/styles/build.mjs TEMPLATES_DIR OUT_FILE
//
// The same input gives the same bytes. What a page must not carry (an address to fetch, a font) stops the build.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { transformSync } from "esbuild";
import postcss from "postcss";

import { browsers } from "./browsers.mjs";
import { cut_properties } from "./cut_properties.mjs";
import { cut_rules } from "./cut_rules.mjs";
import { used } from "./used.mjs";

const utrecht = [
    "root", "body", "page-header", "page-footer", "form-field", "form-field-description", "form-field-error-message",
    "form-fieldset", "form-label", "textbox", "textarea", "alert", "unordered-list",
];
const candidate = ["button", "heading", "link", "paragraph", "skip-link"];

// Later files win, so our own rules come last.
const files = [
    "../node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
    "theme.css",
    ...utrecht.map((name) => `../node_modules/@utrecht/${name}-css/dist/index.css`),
    ...candidate.map((name) => `../node_modules/@nl-design-system-candidate/${name}-css/dist/${name}.css`),
    "page.css",
    "text.css",
    "forms.css",
    "print.css",
];

const notice =
    "/*! Contains parts of NL Design System, EUPL-1.2: (c) Frameless B.V., Gemeente Utrecht, " +
    "NL Design System Community. Source: static/styles of this project. */\n";

function read(file) {
    const path = new URL(file, import.meta.url);
    const sheet = postcss.parse(readFileSync(path, "utf8"), { from: path.pathname });
    sheet.walkComments((comment) => comment.remove());
    sheet.walkAtRules("charset", (rule) => rule.remove());
    sheet.walkRules(".voorbeeld-theme", (rule) => (rule.selector = ":root"));
    return sheet;
}

function drop_empty(sheet) {
    const is_empty = (node) => node.nodes?.length === 0;
    sheet.walkRules((rule) => is_empty(rule) && rule.remove());
    sheet.walkAtRules((rule) => is_empty(rule) && rule.remove());
}

function refuse_foreign(css) {
    const found = css.match(/url\(|@import|@font-face|expression\(/i);
    if (found) throw new Error(`the style sheet would hold "${found[0]}"`);
}

// A name in a template that no rule knows is a slip of the pen more often than not.
function unknown(sheet, classes) {
    const known = new Set();
    sheet.walkRules((rule) => {
        for (const [, name] of rule.selector.matchAll(/\.([\w-]+)/g)) known.add(name);
    });
    return [...classes].filter((name) => !known.has(name)).sort();
}

const [templates, out] = process.argv.slice(2);
if (!templates || !out) {
    console.error("usage: build.mjs TEMPLATES_DIR OUT_FILE");
    process.exit(2);
}

const sheet = postcss.root();
for (const file of files) sheet.append(read(file).nodes);
const in_use = used(templates);
cut_rules(sheet, in_use);
cut_properties(sheet);
drop_empty(sheet);

const { code } = transformSync(sheet.toString(), { loader: "css", minify: true, target: browsers });
refuse_foreign(code);
const css = notice + code;
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, css);

const without_rule = unknown(sheet, in_use.classes);
if (without_rule.length > 0) console.error(`classes without a rule: ${without_rule.join(" ")}`);
console.log(`${out}: ${Buffer.byteLength(css)} bytes, ${gzipSync(css, { level: 9 }).length} with gzip`);
