// The pages as bytes, by a client that trusts the server's certificate alone. A form is a list of [name, value], or an
// object of texts and lists of codes.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";

const agent = new Agent({ ca: readFileSync(process.env.BAKEN_CA), keepAlive: true, maxSockets: 4 });

function ask(method, path, headers, body) {
    return new Promise((resolve, reject) => {
        const asking = request(new URL(path, process.env.BAKEN_URL), { agent, method, headers }, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("end", () => {
                const bytes = Buffer.concat(parts);
                resolve({ status: answer.statusCode, headers: answer.headers, bytes, html: bytes.toString("utf8") });
            });
        });
        asking.on("error", reject);
        asking.end(body);
    });
}

export const get = (path, headers = {}) => ask("GET", path, headers);
export const other = (method, path) => ask(method, path, {});

export function post(language, form, type = "application/x-www-form-urlencoded", page = "melden") {
    const pairs = Array.isArray(form) ? form
        : Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    const body = Buffer.isBuffer(form) ? form : Buffer.from(new URLSearchParams(pairs).toString());
    return ask("POST", `/${language}/${page}`, { "Content-Type": type, "Content-Length": body.length }, body);
}

// A form of another page than that of a report.
export const post_to = (page, language, form) => post(language, form, undefined, page);

const signs = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => signs[name]);

// The hidden inputs of a page, as [name, value].
export const hidden = (html) =>
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) =>
        [name, unescaped(value)]);
