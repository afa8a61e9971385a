// What the templates use: the names of classes, of elements and of attributes. A class name that is put together from
// slots cannot be seen here and would lose its rules in silence, so it is refused.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const remark_or_phrase = /\{\{(!|_)(?:"[^"]*"|[^"}])*\}\}/g;
const section_or_include = /\{\{[#^/>][^}]*\}\}/g;

export function used(directory) {
    const found = { classes: new Set(), elements: new Set(["html", "body"]), attributes: new Set() };
    for (const name of readdirSync(directory).sort()) {
        if (!name.endsWith(".html")) continue;
        const text = readFileSync(join(directory, name), "utf8")
            .replace(remark_or_phrase, "")
            .replace(section_or_include, " ");
        for (const [, element, rest] of text.matchAll(/<([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g)) {
            found.elements.add(element);
            for (const [, attribute, value] of rest.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)) {
                found.attributes.add(attribute);
                if (attribute !== "class") continue;
                if (value?.includes("{{")) throw new Error(`${name}: a class name is written whole: "${value}"`);
                for (const each of value?.split(/\s+/).filter(Boolean) ?? []) found.classes.add(each);
            }
        }
    }
    return found;
}
