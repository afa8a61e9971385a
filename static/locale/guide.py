"""The texts of the guide (schema/wegwijzer/*.toml) as phrases. There a text is a table with its Dutch and its English:

    tekst.nl = "…"                 or      tekst = {nl = "…", en = "…"}
    tekst.en = "…"

The English is the phrase; its context says what it is and to whom it is said, from the file, the key and the Dutch
"je" (as server/guide/words.cpp has it). The Dutch beside it goes into nl.po, so that it is written once; any
further language translates it as it does the pages. What stands beside a text on the page is told in its note.
"""
import collections
import dataclasses
import re
import tomllib

import guide_readers
import po

FOLDER = "schema/wegwijzer"
# By file and key, as in server/guide/words.cpp.
CONTEXTS = {
    ("organisaties", "wat"): "guide, what an organisation does",
    ("organisaties", "bereikbaar"): "guide, when somebody answers",
    ("wegwijzer", "waarom"): "guide, what to do now",
    ("recht", "tekst"): "guide, what the law says",
    ("aangifte", "titel"): "guide, to a victim, criminal complaint, heading",
    ("aangifte", "tekst"): "guide, to a victim, criminal complaint",
    ("hulp", "wat"): "guide, to a victim, help",
    ("hulp", "veilig"): "guide, to a victim, asking for help safely",
    ("hulp", "bereikbaar"): "guide, when somebody answers",
    ("signalen", "naam"): "guide, place of work",
    ("signalen", "tekst"): "guide, to a citizen, sign",
    ("beroepen", "tekst"): "guide, to a professional",
    ("taken", "tekst"): "guide, to a team that reads reports",
    ("taken", "naam"): "guide, to a team that reads reports, other crime",
    ("oefenen", "verhaal"): "guide, practice, case",
    ("oefenen", "uitleg"): "guide, practice, answer",
}
OTHER = "guide"
# Where a text says je in Dutch, it is said to somebody under 18 or little older.
INFORMAL = {"je", "jij", "jou", "jouw", "jezelf"}
INFORMAL_CONTEXT = ", to a young person (je)"
SAID = re.compile(r"""(?:^|[\s.{,])(?:nl|en)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')""")


@dataclasses.dataclass(frozen=True)
class Text:
    name: str  # of the file
    line: int
    en: str
    nl: str
    context: str
    note: str = ""
    wanted: bool = True  # victims or citizens read it: a language has it, or there is no build

    @property
    def key(self):
        return (self.context, self.en)

    def __str__(self):
        return f"{self.name}:{self.line}"


def read(path, name, faults):
    """The source and what it holds; nothing where it is no TOML."""
    raw = path.read_bytes()
    try:
        source = raw.decode("utf-8")
        return source, tomllib.loads(source)
    except UnicodeDecodeError as refused:
        line, reason = raw.count(b"\n", 0, refused.start) + 1, "not UTF-8"
    except tomllib.TOMLDecodeError as refused:
        found = re.search(r"at line (\d+)", str(refused))  # else it is the end of the file
        line, reason = int(found.group(1)) if found else len(source.splitlines()), str(refused)
    faults.append(f"{name}:{line}: cannot be read as TOML: {reason}")
    return "", {}


def lines_of(source):
    """The lines on which each text stands; tomllib does not say."""
    lines = collections.defaultdict(list)
    for number, line in enumerate(source.split("\n"), 1):
        for literal in [] if line.lstrip().startswith("#") else SAID.findall(line):
            try:
                lines[tomllib.loads(f"text = {literal}")["text"]].append(number)
            except tomllib.TOMLDecodeError:
                pass  # what only looks like a text, inside another
    return lines


def tables(inside, path=()):
    """The tables that are a text, however deep, each with the keys and the tables that lead to it."""
    if isinstance(inside, dict) and inside.keys() & {"nl", "en"}:
        yield inside, path
    elif isinstance(inside, dict):
        for key, one in inside.items():
            yield from tables(one, (*path, (key, inside)))
    elif isinstance(inside, list):
        for one in inside:
            yield from tables(one, path)


def context_of(file, key, nl):
    words = re.findall(r"[^\W\d_]+", nl.lower())
    return CONTEXTS.get((file, key), OTHER) + (INFORMAL_CONTEXT if INFORMAL & set(words) else "")


def texts(root, faults):
    """Every text, file by file; a sentence in `faults` for each that is not as it must be."""
    first, files = {}, {}
    for path in sorted((root / FOLDER).glob("*.toml")):
        files[path.stem] = (path.relative_to(root).as_posix(), *read(path, path.relative_to(root).as_posix(), faults))
    readers = guide_readers.Readers({stem: inside for stem, (_, _, inside) in files.items()})
    for stem, (name, source, inside) in files.items():
        lines = lines_of(source)
        for table, path in tables(inside):
            said = {code: table[code] for code in ("en", "nl") if isinstance(table.get(code), str)}
            # A text over several lines is not found: then the file alone is right.
            line = next((lines[one].pop(0) for one in said.values() if lines[one]), 1)
            lacking = [code for code in ("en", "nl") if not said.get(code, "").strip()]
            if lacking:
                faults.append(f"{name}:{line}: a text without `{'` and `'.join(lacking)}`")
                continue
            key, entry = path[-1] if path else ("", {})
            text = Text(name, line, **said, context=context_of(stem, key, said["nl"]),
                        note=readers.note(stem, entry), wanted=readers.wanted(stem, entry))
            other = first.setdefault(text.key, text)
            if other.nl != text.nl:
                faults.append(f"{text}: {po.quoted(text.en)} is {po.quoted(text.nl)} here and {po.quoted(other.nl)} in "
                              f"{other}: one English text has one Dutch in each context")
            yield text


def dutch(root):
    """The Dutch of every phrase of the guide, by its key."""
    return {text.key: text.nl for text in texts(root, [])}
