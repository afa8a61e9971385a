// Leaves of the custom properties those that reach a page: directly, or through others.
import value_parser from "postcss-value-parser";

const is_custom = (declaration) => declaration.prop.startsWith("--");

function references(value) {
    const names = [];
    value_parser(value).walk((node) => {
        if (node.type === "function" && node.value === "var") names.push(node.nodes[0].value);
    });
    return names;
}

export function cut_properties(sheet) {
    drop_overridden(sheet);
    take_fallbacks(sheet);
    drop_unread(sheet);
}

// The tokens stand on :root, and the theme after them on :root again: of two the later one counts.
function drop_overridden(sheet) {
    const last = new Map();
    for (const rule of sheet.nodes.filter((node) => node.type === "rule" && node.selector === ":root")) {
        rule.each((declaration) => {
            last.get(declaration.prop)?.remove();
            last.set(declaration.prop, declaration);
        });
    }
}

// var(--x, y) is y where nothing ever sets --x, and var(--x) where :root does.
function take_fallbacks(sheet) {
    const set = new Set();
    const at_root = new Map();
    sheet.walkDecls(/^--/, (declaration) => {
        set.add(declaration.prop);
        const { parent } = declaration;
        if (parent.selector === ":root" && parent.parent === sheet) at_root.set(declaration.prop, declaration.value);
    });
    const always = (name) => at_root.has(name) && references(at_root.get(name)).every(always);
    const resolve = (nodes) =>
        nodes.flatMap((node) => {
            if (node.type !== "function") return [node];
            const comma = node.nodes.findIndex((part) => part.type === "div" && part.value === ",");
            if (node.value === "var" && comma > 0) {
                const name = node.nodes[0].value;
                if (!set.has(name)) return resolve(node.nodes.slice(comma + 1));
                if (always(name)) return [{ ...node, nodes: node.nodes.slice(0, comma) }];
            }
            return [{ ...node, nodes: resolve(node.nodes) }];
        });
    sheet.walkDecls((declaration) => {
        declaration.value = value_parser.stringify(resolve(value_parser(declaration.value).nodes)).trim();
    });
}

function drop_unread(sheet) {
    const values = new Map();
    const pending = [];
    sheet.walkDecls((declaration) => {
        if (!is_custom(declaration)) pending.push(...references(declaration.value));
        else values.set(declaration.prop, [...(values.get(declaration.prop) ?? []), declaration.value]);
    });
    const read = new Set();
    while (pending.length > 0) {
        const name = pending.pop();
        if (read.has(name)) continue;
        read.add(name);
        for (const value of values.get(name) ?? []) pending.push(...references(value));
    }
    sheet.walkDecls(/^--/, (declaration) => {
        if (!read.has(declaration.prop)) declaration.remove();
    });
}
