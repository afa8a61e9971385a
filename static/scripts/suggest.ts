// Offers names of municipalities and places while somebody types where it is. The names come in one list, the same for
// everybody, fetched when the field gets the focus; what is typed is compared here and goes nowhere. The browser's own
// list under a field shows them, so that it works as people, and what reads the screen to them, know it. Without this the
// field is what it was: any text will do.

interface Place {
    name: string;
    spellings: string[];
}

const most = 8;
const shortest_inside = 3;  // a letter or two inside a word would find half the country

const letters: Record<string, string> = {
    æ: "ae", œ: "oe", ĳ: "ij", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i",
};

// As the server compares (server/guide/fold): lower case, without accents; apostrophes and signs that nobody sees vanish,
// every other sign becomes a space.
function fold(text: string): string {
    return text.toLowerCase().normalize("NFD")
        .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff'`\u00b4\u02bc\u2018-\u201b\u2032]/g, "")
        .replace(/[æœĳßøłđðþı]/g, (one) => letters[one])
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
}

// "'s-Gravenhage" also without its first letter, and in one word; "St." also as "Sint", and the other way round.
function spellings(folded: string): string[] {
    const out = [folded];
    if (/^[st] /.test(folded)) out.push(folded.slice(2), folded[0] + folded.slice(2));
    if (folded.startsWith("st ")) out.push(`sint ${folded.slice(3)}`);
    if (folded.startsWith("sint ")) out.push(`st ${folded.slice(5)}`);
    return out;
}

// The whole name, its beginning, that of a later word, inside a word; 4: not at all.
function rank(spelling: string, sought: string): number {
    if (spelling === sought) return 0;
    if (spelling.startsWith(sought)) return 1;
    if (spelling.includes(` ${sought}`)) return 2;
    return sought.length >= shortest_inside && spelling.includes(sought) ? 3 : 4;
}

function find(places: Place[], typed: string): string[] {
    const sought = fold(typed);
    if (sought === "") return [];
    const found: string[][] = [[], [], [], [], []];
    for (const { name, spellings } of places) found[Math.min(...spellings.map((one) => rank(one, sought)))].push(name);
    return found.slice(0, 4).flat().slice(0, most);
}

// A browser shows only what holds the letters as they were typed: where accents or a hyphen differ they stand behind the
// name, in what is shown and not in what is chosen.
function option(name: string, typed: string): HTMLOptionElement {
    const out = document.createElement("option");
    out.value = name;
    if (!name.toLowerCase().includes(typed.toLowerCase())) out.label = `${name} (${typed})`;
    return out;
}

async function fetched(): Promise<Place[]> {
    const answer = await fetch("/plaatsen.json", { credentials: "omit" });
    if (!answer.ok) throw new Error();
    const names: string[] = await answer.json();
    return names.map((name) => ({ name, spellings: spellings(fold(name)) }));
}

function suggest(field: HTMLInputElement) {
    let places: Place[] | undefined;
    let asked = false;
    const list = document.createElement("datalist");
    list.id = "plaats-namen";
    list.translate = false;
    field.after(list);
    field.setAttribute("list", list.id);

    const show = () => list.replaceChildren(...find(places ?? [], field.value).map((name) => option(name, field.value)));
    const load = async () => {
        if (asked) return;
        asked = true;
        try {
            places = await fetched();
            show();
        } catch {
            asked = false;  // with the next focus; until then one types as without this
        }
    };
    field.addEventListener("focus", load);
    field.addEventListener("input", show);
    if (document.activeElement === field) load();
}

const field = document.querySelector<HTMLInputElement>("input#plaats");
if (field) suggest(field);
