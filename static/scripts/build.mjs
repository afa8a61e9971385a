// Makes the one script of the pages: bundled and made small, for the browsers that the style sheet is made for.
//
//   node static/scripts/build.mjs OUT_FILE
//
// The same input gives the same bytes. What a strict policy would not let run, or would let out, stops the build.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

import { browsers } from "../styles/browsers.mjs";

const [out] = process.argv.slice(2);
if (!out) {
    console.error("usage: build.mjs OUT_FILE");
    process.exit(2);
}

const made = buildSync({
    entryPoints: [fileURLToPath(new URL("suggest.ts", import.meta.url))],
    bundle: true, minify: true, format: "iife", charset: "ascii", target: browsers, write: false, logLevel: "warning",
});
const code = made.outputFiles[0].text;
const refused = code.match(/https?:|\beval\b|\bFunction\b|innerHTML|localStorage|sessionStorage|document\.cookie|sendBeacon/);
if (refused) throw new Error(`the script would hold "${refused[0]}"`);
if (made.warnings.length > 0) process.exit(1);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, code);
console.log(`${out}: ${Buffer.byteLength(code)} bytes, ${gzipSync(code, { level: 9 }).length} with gzip`);
