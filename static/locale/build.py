"""The catalogues as the program takes them (.mo), and nothing less than whole: every phrase of the program is in every
language, translated, or there is no build. Only what professionals and developers read may wait, and only in a language
that is neither English nor Dutch: the pages show it in English, and this says how much it is.

    build.py ROOT OUTDIR    writes OUTDIR/<code>.mo for every static/locale/<code>.po, and OUTDIR/qps.mo (pseudo.py);
                            exit 1 with a line for every message that is not as it must be
"""
import collections
import pathlib
import subprocess
import sys

import extract
import guide
import po
import pseudo

UPDATE = "run static/locale/update.py"
LOCALE = "static/locale"
WHOLE = ("en", "nl")


def waits(wanted, entry, code):
    """Whether nothing of this message is translated, and need not be yet."""
    return code not in WHOLE and extract.MAY_WAIT in wanted.note and not any(entry.translations)


def message_faults(wanted, entry, own):
    """What is wrong with one translation of what the program asks for; `own` is what the program itself says, if it
    does, in the catalogue's language."""
    if "fuzzy" in entry.flags:
        yield "is a guess: read it, then take the mark `fuzzy` away"
    if entry.plural != wanted.plural:
        yield f"has another plural in the program: {UPDATE}"
        return
    if own and entry.translations != own:
        yield f"is not what the program itself says: {UPDATE}"
        return
    if not all(entry.translations):
        yield "is not translated"
        return
    for text in entry.translations:
        if (text[:1].isspace(), text[-1:].isspace()) != (entry.text[:1].isspace(), entry.text[-1:].isspace()):
            yield f"begins or ends with a blank, or lacks one: {po.quoted(text)}"
        # Which forms of a plural may do without {n} depends on the rule: that is msgfmt's to know.
        if entry.plural is None and set(po.SLOT.findall(text)) != set(po.SLOT.findall(entry.text)):
            yield f"has other slots: {po.quoted(text)}"


def said_by_the_program(template, root):
    """By language, what it says in that language itself, by key: all of the English, the Dutch of the guide."""
    english = {entry.key: po.identity(entry).translations for entry in template}
    return {"en": english, "nl": {key: [text] for key, text in guide.dutch(root).items()}}


def catalogue_faults(template, entries, code, own):
    """The differences between a catalogue and the template, message by message."""
    header = next((entry for entry in entries if entry.is_header), None)
    fields = header.translations[0].splitlines() if header and header.translations else []
    if f"Language: {code}" not in fields or not any(field.startswith("Plural-Forms: nplurals=") for field in fields):
        yield f'its header lacks "Language: {code}" or "Plural-Forms: nplurals=…"'
    elif "fuzzy" in header.flags:
        yield "its header is marked `fuzzy`: take the mark away"
    here = {entry.key: entry for entry in entries if not entry.is_header and not entry.obsolete}
    wanted = {entry.key: entry for entry in template if not entry.is_header}
    for key, entry in wanted.items():
        if key not in here:
            yield f"{entry} is missing: {UPDATE}, then translate it"
        elif not waits(entry, here[key], code):
            yield from (f"{entry} {fault}" for fault in message_faults(entry, here[key], own.get(key)))
    for key in here.keys() - wanted.keys():
        yield f"{here[key]} stands nowhere in the program: {UPDATE}"
    for entry in entries:
        if entry.obsolete:
            yield f"{entry} is obsolete: {UPDATE}"


def waiting(template, entries, code):
    """By context, how many phrases stand in English, and of how many words they are."""
    wanted = {entry.key: entry for entry in template}
    found = collections.defaultdict(list)
    for entry in entries:
        if entry.key in wanted and not entry.is_header and waits(wanted[entry.key], entry, code):
            found[entry.context].append(len(entry.text.split()))
    return [f"[{context}] {len(words)} not translated ({sum(words)} words): in English until then"
            for context, words in sorted(found.items())]


def write_if_new(path, data):
    """A file that stays as it was keeps its time, and what is made of it is not made again."""
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def compiled(text):
    """The bytes of a catalogue; msgfmt checks formats, plurals and the header."""
    run = subprocess.run(["msgfmt", "--check", "--output-file=-", "-"], input=text.encode(), capture_output=True)
    if run.returncode:
        raise extract.Faults(["msgfmt: " + run.stderr.decode().strip()])
    return run.stdout


def flagged(template, entries):
    """The catalogue with the template's flags: what msgfmt compares is not for the catalogue to say."""
    flags = {entry.key: entry.flags for entry in template}
    for entry in entries:
        entry.flags = flags.get(entry.key, set())
    return po.write(entries)


def build(root, outdir):
    """Every sentence that stands in the way of the catalogues; none, and they are written. What waits is printed."""
    template = po.read(extract.extract(root))
    made, faults = {"qps": compiled(pseudo.catalogue(template))}, []
    own = said_by_the_program(template, root)
    for path in sorted((root / LOCALE).glob("*.po")):
        entries, name = po.read(path.read_text(encoding="utf-8")), path.relative_to(root)
        found = list(catalogue_faults(template, entries, path.stem, own.get(path.stem, {})))
        if not found:
            for sentence in waiting(template, entries, path.stem):
                print(f"{name}: {sentence}")
            try:
                made[path.stem] = compiled(flagged(template, entries))
            except extract.Faults as refused:
                found = refused.sentences
        faults += [f"{name}: {fault}" for fault in found]
    kept = root / LOCALE / "baken.pot"
    keys = {entry.key for entry in po.read(kept.read_text(encoding="utf-8"))} if kept.exists() else None
    if keys != {entry.key for entry in template}:
        faults.append(f"{kept.relative_to(root)}: other phrases than those of the program: {UPDATE}")
    if not faults:
        outdir.mkdir(parents=True, exist_ok=True)
        for code, data in made.items():
            write_if_new(outdir / f"{code}.mo", data)
    return faults


def main():
    try:
        faults = build(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    except extract.Faults as found:
        faults = found.sentences
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
