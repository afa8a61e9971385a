"""The texts of the guide (schema/wegwijzer/*.toml) as phrases. There a text is a table with its Dutch and its English:

    tekst.nl = "…"                 or      tekst = {nl = "…", en = "…"}
    tekst.en = "…"

The English is the phrase, in the context that server/guide/handbook/words.hpp names. The Dutch beside it goes into
nl.po, so that it is written once; any further language translates it as it does the pages.
"""
import collections
import dataclasses
import re
import tomllib

import po

FOLDER = "schema/wegwijzer"
CONTEXT = "guide"
SAID = re.compile(r"""(?:^|[\s.{,])(?:nl|en)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')""")


@dataclasses.dataclass(frozen=True)
class Text:
    name: str  # of the file
    line: int
    en: str
    nl: str

    @property
    def key(self):
        return (CONTEXT, self.en)

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


def tables(inside):
    """The tables that are a text, however deep."""
    if isinstance(inside, dict) and inside.keys() & {"nl", "en"}:
        yield inside
    elif isinstance(inside, (dict, list)):
        for one in inside.values() if isinstance(inside, dict) else inside:
            yield from tables(one)


def texts(root, faults):
    """Every text, file by file; a sentence in `faults` for each that is not as it must be."""
    first = {}
    for path in sorted((root / FOLDER).glob("*.toml")):
        name = path.relative_to(root).as_posix()
        source, inside = read(path, name, faults)
        lines = lines_of(source)
        for table in tables(inside):
            said = {code: table[code] for code in ("en", "nl") if isinstance(table.get(code), str)}
            # A text over several lines is not found: then the file alone is right.
            line = next((lines[one].pop(0) for one in said.values() if lines[one]), 1)
            lacking = [code for code in ("en", "nl") if not said.get(code, "").strip()]
            if lacking:
                faults.append(f"{name}:{line}: a text without `{'` and `'.join(lacking)}`")
                continue
            text = Text(name, line, **said)
            other = first.setdefault(text.en, text)
            if other.nl != text.nl:
                faults.append(f"{text}: {po.quoted(text.en)} is {po.quoted(text.nl)} here and {po.quoted(other.nl)} in "
                              f"{other}: one English text has one Dutch")
            yield text


def dutch(root):
    """The Dutch of every phrase of the guide, by its key."""
    return {text.key: text.nl for text in texts(root, [])}
