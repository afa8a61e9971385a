"""Messages of gettext as text (.po, .pot): read into entries, written from entries. Only what gettext's own tools do
not serve for: knowing which message it is, to say so, and filling catalogues by rule."""
import dataclasses
import re

KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[(\d+)\])\s*(".*")$')
SLOT = re.compile(r"\{([\w-]+)\}")  # as server/html/page_template.hpp has them
UNESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
ESCAPED = {text: "\\" + sign for sign, text in UNESCAPED.items()}


@dataclasses.dataclass
class Entry:
    context: str | None = None
    text: str = ""
    plural: str | None = None
    translations: list = dataclasses.field(default_factory=list)
    flags: set = dataclasses.field(default_factory=set)
    places: list = dataclasses.field(default_factory=list)  # file:line, or file
    note: str = ""  # what extract.py says to translators
    obsolete: bool = False

    @property
    def key(self):
        return (self.context, self.text)

    @property
    def is_header(self):
        return self.context is None and self.text == ""

    def __str__(self):
        where = f" ({', '.join(self.places)})" if self.places else ""
        return f"[{self.context}] {quoted(self.text)}{where}"


def unquoted(literal):
    return re.sub(r"\\(.)", lambda found: UNESCAPED.get(found.group(1), found.group(0)), literal[1:-1])


def quoted(text):
    return '"' + "".join(ESCAPED.get(sign, sign) for sign in text) + '"'


def read(text):
    """The entries in their order, the header first where there is one."""
    entries = []
    for block in re.split(r"\n\s*\n", text):
        entry, field = Entry(), None
        for line in block.splitlines():
            if line.startswith("#~"):
                entry.obsolete, line = True, line[2:].strip()
            if line.startswith("#,"):
                entry.flags |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith("#."):
                entry.note = " ".join((entry.note + " " + line[2:]).split())
            elif line.startswith("#:"):
                entry.places += line[2:].split()
            elif found := KEYWORD.match(line):
                field = found.group(1).partition("[")[0]
                _put(entry, field, unquoted(found.group(3)), True)
            elif line.startswith('"') and field:
                _put(entry, field, unquoted(line), False)
        if field:
            entries.append(entry)
    return entries


def _put(entry, field, text, new):
    name = {"msgctxt": "context", "msgid": "text", "msgid_plural": "plural"}.get(field)
    if name:
        setattr(entry, name, text if new else getattr(entry, name) + text)
    elif new:
        entry.translations.append(text)
    else:
        entry.translations[-1] += text


def write(entries):
    return "\n".join(_block(entry) for entry in entries)


def _block(entry):
    lines = [f"#: {' '.join(entry.places)}"] if entry.places else []
    lines += [f"#, {', '.join(sorted(entry.flags))}"] if entry.flags else []
    lines += [f"msgctxt {quoted(entry.context)}"] if entry.context is not None else []
    lines.append(f"msgid {quoted(entry.text)}")
    if entry.plural is None:
        first = entry.translations[0]
        if entry.is_header:
            lines.append('msgstr ""')
            lines += [quoted(line) for line in first.splitlines(keepends=True)]
        else:
            lines.append(f"msgstr {quoted(first)}")
    else:
        lines.append(f"msgid_plural {quoted(entry.plural)}")
        lines += [f"msgstr[{form}] {quoted(text)}" for form, text in enumerate(entry.translations)]
    return "\n".join(lines) + "\n"


def filled(text, translations):
    """The catalogue's text with these translations (by key) put in. All else, remarks too, stays as it stands."""
    blocks = re.split(r"(\n\s*\n)", text)
    for place, block in enumerate(blocks):
        for entry in read(block):
            if entry.key in translations and not entry.obsolete:
                line = "msgstr " + quoted(translations[entry.key])
                blocks[place] = re.sub(r'^msgstr .*(?:\n".*)*', lambda _: line, block, flags=re.M)
    return "".join(blocks)


def identity(entry):
    """An entry translated by its own English."""
    own = [entry.text] if entry.plural is None else [entry.text, entry.plural]
    return dataclasses.replace(entry, translations=own)
