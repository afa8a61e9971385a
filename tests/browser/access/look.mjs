// Shows a state of a page, taken from the wire, at its own address in Chromium.
import { url } from "../browser.mjs";

export async function show(page, name, language, answer) {
    const address = `${url}/${language}${name === "start" ? "" : "/melden"}`;
    await page.route(address, (route) => route.fulfill({ status: 200, contentType: "text/html; charset=utf-8",
                                                         body: answer.bytes }), { times: 1 });
    await page.goto(address);
}

// What sticks out of the page sideways, or shows less than it holds: none of it can be read whole.
export function clipped(page) {
    return page.evaluate(() => {
        const root = document.documentElement, found = [];
        if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
        for (const one of document.body.querySelectorAll("*")) {
            if (one.closest(".baken-unseen, details:not([open]) > :not(summary)")) continue;
            const box = one.getBoundingClientRect();
            const name = `${one.tagName} ${one.className} "${one.textContent.trim().slice(0, 40)}"`;
            if (box.width > 0 && (box.left < -1 || box.right > root.clientWidth + 1)) found.push(`${name} sticks out`);
            if (one.tagName !== "TEXTAREA" && one.tagName !== "INPUT" && one.clientWidth > 0 &&
                getComputedStyle(one).display !== "inline" &&
                (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 3) &&
                getComputedStyle(one).overflow !== "visible")
                found.push(`${name} is clipped`);
        }
        return found;
    });
}
