"""The phrases of the program as a gettext template (.pot), from where they stand:

    static/templates/*.html                    {{_ "context" "English text"}}
    server/pages, server/guide, server/lang    phrase{"context", "text"}, phrase name{"context", "text"},
                                               plural("context", "one", "many", n)
    schema/wegwijzer/*.toml                    the English of every text (guide.py)

Each is found here and written down as C with its place (#line); GNU xgettext reads that: it joins and unescapes
literals, brings together what stands in several places, and sorts. The result has no dates: it changes only where a
phrase does. A third text of a phrase is a note for translators; contexts.toml has notes for all phrases of a context.

    extract.py ROOT OUT.pot        exit 1 with a line for every phrase that cannot be extracted
"""
import dataclasses
import pathlib
import re
import subprocess
import sys
import tomllib

import guide
import po

TEMPLATES = "static/templates"
SOURCES = ("server/guide", "server/pages", "server/lang")
HEADER = """\
# The phrases of Baken's pages, in English. Made by static/locale/update.py.
msgid ""
msgstr ""
"Project-Id-Version: baken\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
KEYWORDS = {1: "pgettext_", 2: "npgettext_"}  # by the number of texts
MAY_WAIT = "May wait: until it is translated it stands in English."

QUOTED = r'"((?:[^"\\]|\\.)*)"'
PHRASE = re.compile(r"\{\{_\s*" + QUOTED + r"\s+" + QUOTED + r"(?:\s+" + QUOTED + r")?\s*\}\}", re.S)
TOKEN = re.compile(r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<raw>(?:u8)?R"(?P<mark>[^(\s]*)\((?P<inside>.*?)\)(?P=mark)")
  | (?P<string>(?:u8)?"(?:[^"\\\n]|\\.)*")
  | (?P<number>\.?\d(?:[\w.]|'(?=\w))*)
  | (?P<char>'(?:[^'\\\n]|\\.)+')
  | (?P<name>[A-Za-z_]\w*)
  | (?P<sign>\S)""", re.S | re.X)


class Faults(Exception):
    """Sentences, one for each thing that is wrong."""

    def __init__(self, sentences):
        super().__init__("\n".join(sentences))
        self.sentences = list(sentences)


def c_literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


@dataclasses.dataclass
class Call:
    """A phrase where it stands: its literals in C, a context and one text, or two."""

    name: str
    line: int
    note: str
    literals: list

    def said(self, place):
        """One of the literals, as the text that it is."""
        return "".join(po.unquoted(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', self.literals[place]))

    @property
    def context(self):
        return self.said(0)

    def written(self, notes):
        """As xgettext reads it, with these notes besides its own."""
        slots = [slot for text in self.literals[1:] for slot in po.SLOT.findall(text)]
        # Else the format is not Python's, and build.py compares alone.
        brace = slots and all(map(str.isidentifier, slots))
        flags = "no-c-format" + (", python-brace-format" if brace else "")
        remark = " ".join(" ".join(note.replace("*/", "* /").split()) for note in (*notes, self.note) if note)
        remark = f"/* {remark} */ " if remark else ""
        call = f"{KEYWORDS[len(self.literals) - 1]}({', '.join(self.literals)})"
        return f'#line {self.line} "{self.name}"\n{remark}/* xgettext:{flags} */ {call};\n'


def unescaped(text):
    return re.sub(r'\\(["\\])', r"\1", text)


def template_phrases(name, text, faults):
    """The calls of one template."""
    at = 0
    while (start := text.find("{{_", at)) >= 0:
        line, at = text.count("\n", 0, start) + 1, start + 3
        found = PHRASE.match(text, start)
        if found and found.group(1) and found.group(2) and found.group(3) != "":
            context, phrase, note = (unescaped(part or "") for part in found.groups())
            yield Call(name, line, note, [c_literal(context), c_literal(phrase)])
            at = found.end()
        else:
            faults.append(f'{name}:{line}: a phrase is written {{{{_ "context" "English text"}}}}, with a third text as a '
                          "note for translators")


def tokens(text):
    """Kind, C spelling and line of what is no blank."""
    line, at = 1, 0
    for found in TOKEN.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        kind, spelling = found.lastgroup, found.group(0)
        if found.group("raw"):
            kind, spelling = "string", c_literal(found.group("inside"))
        yield ("string" if found.group("string") else kind), spelling.removeprefix("u8"), line


def literals_after(code, at):
    """The strings in a list that begins at `at`, adjacent literals as one, and the place behind them."""
    found, place = [], at
    while place < len(code) and code[place][0] == "string":
        end = place
        while end < len(code) and code[end][0] == "string":
            end += 1
        found.append(" ".join(spelling for _, spelling, _ in code[place:end]))
        place = end + 1 if end < len(code) and code[end][1] == "," else end
    return found, place


def opening(code, at):
    """The place behind `phrase {`, `phrase name{`, `phrase name = {` or `plural (`, where one begins at `at`."""
    mark = {"phrase": "{", "plural": "("}.get(code[at][1])
    if mark == "{":
        at += code[at + 1][0] == "name"
        at += code[at + 1][1] == "="
    return at + 2 if mark and code[at + 1][1] == mark else None


def source_phrases(name, text, faults):
    """The calls of one C++ source. What is no literal (a declaration, a text handed on) is no phrase."""
    code = [token for token in tokens(text) if token[0] != "comment"] + [("end", "", 0)] * 3
    for at, (_, spelling, line) in enumerate(code[:-3]):
        start = opening(code, at)
        if not start or code[start][0] != "string":
            continue
        literals, end = literals_after(code, start)
        wanted, close = ((2, 3), code[end][1] == "}") if spelling == "phrase" else ((3,), code[end - 1][1] == ",")
        if len(literals) not in wanted or not close:
            faults.append(f"{name}:{line}: the texts of a {spelling} are string literals, "
                          f"{' or '.join(map(str, wanted))} of them")
        elif '""' in literals:
            faults.append(f"{name}:{line}: a {spelling} with an empty text")
        else:
            note = literals.pop() if spelling == "phrase" and len(literals) == 3 else ""
            yield Call(name, code[start][2], Call("", 0, "", [note]).context, literals)


@dataclasses.dataclass
class Notes:
    """What contexts.toml says: of a context its note and whether its phrases may wait, of a term what it means."""

    contexts: dict
    terms: list

    @classmethod
    def read(cls, root):
        path = root / "static/locale/contexts.toml"
        listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return cls({one["name"]: one for one in listed.get("context", [])},
                   [(re.compile(one["en"], re.I), one["note"]) for one in listed.get("term", [])])

    def of(self, call):
        terms = [note for term, note in self.terms if term.search(call.said(1))]
        return (self.contexts.get(call.context, {}).get("note", ""), *terms)

    def may_wait(self, call):
        return self.contexts.get(call.context, {}).get("may-wait", False)


def calls(root):
    faults, found, notes = [], [], Notes.read(root)
    for path in sorted((root / TEMPLATES).rglob("*.html")):
        found += template_phrases(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"), faults)
    for room in SOURCES:
        for path in sorted([*(root / room).rglob("*.cpp"), *(root / room).rglob("*.hpp")]):
            found += source_phrases(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"), faults)
    out = [call.written((MAY_WAIT * notes.may_wait(call), *notes.of(call))) for call in found]
    texts = list(guide.texts(root, faults))
    wanted = {text.key for text in texts if text.wanted}
    for text in texts:
        call = Call(text.name, text.line, text.note, [c_literal(part) for part in text.key])
        out.append(call.written((MAY_WAIT * (text.key not in wanted), *notes.of(call))))
    if faults:
        raise Faults(faults)
    return "".join(out)


def extract(root, lines=True):
    """The template's text. Without lines the places are files only: what is kept changes as seldom as can be."""
    command = ["xgettext", "--language=C", "--from-code=UTF-8", "--keyword", "--keyword=pgettext_:1c,2",
               "--keyword=npgettext_:1c,2,3", "--no-wrap", "--sort-by-file", "--add-comments",
               f"--add-location={'full' if lines else 'file'}", "--output=-", "-"]
    run = subprocess.run(command, input=calls(root), capture_output=True, encoding="utf-8")
    if run.returncode:
        raise Faults([f"xgettext: {run.stderr.strip()}"])
    # That a text is no C format is said to xgettext, which would guess; nobody after it guesses.
    found = re.sub(r"^#, no-c-format\n", "", run.stdout.partition("\n\n")[2], flags=re.M)
    return HEADER + found.replace("#, no-c-format, ", "#, ")


def main():
    try:
        pathlib.Path(sys.argv[2]).write_text(extract(pathlib.Path(sys.argv[1])), encoding="utf-8")
    except Faults as faults:
        print(faults, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
