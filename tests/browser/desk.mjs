// What a desk sees, through the program an officer uses.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

function baken(desk, ...words) {
    const profile = join(process.env.BAKEN_DATA, "demo", desk, "medewerker.toml");
    return execFileSync(join(process.env.BAKEN_BIN, "baken"), ["desk", ...words, "--json", "--profile", profile], {
        encoding: "utf8",
    });
}

// Every report the desk lists, the newest state of each.
export function listed(desk) {
    const rows = baken(desk, "pull").split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return [...new Map(rows.map((row) => [row.id, row])).values()];
}

// {"melding": what the reporter says, "alarmen": […], …}
export const open = (desk, id) => JSON.parse(baken(desk, "open", id));
