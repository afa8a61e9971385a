// Takes away the rules that no page can match. What stands inside :not() is left as it is: it cannot make a selector
// match less.
import selector_parser from "postcss-selector-parser";

// States that our pages do not have, unless an attribute brings them. What is valid is for the server to say, so a
// field that the browser alone finds wrong (empty, and required) does not look wrong before anything was sent.
const never = new Set([":invalid", ":user-invalid", ":fullscreen"]);
const by_attribute = { ":disabled": ["disabled"], ":read-only": ["readonly", "disabled"] };
const any_of = new Set([":is", ":where", ":has"]);

export function cut_rules(sheet, used) {
    const matches = (node) => {
        if (node.type === "class") return used.classes.has(node.value);
        if (node.type === "tag") return used.elements.has(node.value);
        if (node.type === "attribute") return used.attributes.has(node.attribute.toLowerCase());
        if (node.type !== "pseudo") return true;
        if (never.has(node.value)) return false;
        if (by_attribute[node.value]?.every((attribute) => !used.attributes.has(attribute))) return false;
        return !any_of.has(node.value) || keep(node);
    };
    // Drops the alternatives that cannot match, and says whether one is left.
    const keep = (list) => {
        for (const selector of [...list.nodes]) {
            if (!selector.nodes.every(matches)) selector.remove();
        }
        return list.nodes.length > 0;
    };
    sheet.walkRules((rule) => {
        if (/^(from|to|\d+%)/.test(rule.selector)) return;
        const list = selector_parser().astSync(rule.selector);
        if (keep(list)) rule.selector = list.toString().trim();
        else rule.remove();
    });
}
