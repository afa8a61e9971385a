#!/usr/bin/python3
"""Brings what translators work on up to the phrases of the program: baken.pot, and every <code>.po. What is new stands
there untranslated (nothing is guessed), what is gone is gone, and what moved to another context keeps its translation;
en.po is filled with the English itself, and nl.po with the Dutch that stands beside the English in the guide.

    update.py [ROOT]
"""
import pathlib
import subprocess
import sys

import extract
import guide
import po


def merged(catalogue, template):
    """The catalogue's text with the template's messages, each with the translation it had."""
    merge = subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--output-file=-", catalogue,
                            template], check=True, capture_output=True).stdout
    return subprocess.run(["msgattrib", "--no-obsolete", "--no-wrap", "--output-file=-", "-"], input=merge, check=True,
                          capture_output=True).stdout.decode()


def moved(before, after):
    """The translations of texts that stood in one other context only and are gone from it, by their new key."""
    keys, gone = {entry.key for entry in after}, {}
    for entry in before:
        if entry.key not in keys and entry.plural is None and all(entry.translations) and "fuzzy" not in entry.flags:
            gone.setdefault(entry.text, set()).add(entry.translations[0])
    return {entry.key: next(iter(gone[entry.text])) for entry in after
            if entry.plural is None and not any(entry.translations) and len(gone.get(entry.text, ())) == 1}


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    locale = root / "static/locale"
    try:
        text = extract.extract(root, lines=False)
    except extract.Faults as faults:
        print(faults, file=sys.stderr)
        return 1
    template = locale / "baken.pot"
    template.write_text(text, encoding="utf-8")
    for path in sorted(locale.glob("*.po")):
        before = po.read(path.read_text(encoding="utf-8"))
        text = merged(path, template)
        text = po.filled(text, moved(before, po.read(text)))
        if path.stem == "en":
            text = po.write(entry if entry.is_header else po.identity(entry) for entry in po.read(text))
        elif path.stem == "nl":
            text = po.filled(text, guide.dutch(root))
        path.write_text(text, encoding="utf-8")
        left = [entry for entry in po.read(text) if not all(entry.translations)]
        may_wait = sum(extract.MAY_WAIT in entry.note for entry in left)
        if left:
            print(f"{path.relative_to(root)}: {len(left)} to translate" + f", {may_wait} of them may wait" * bool(may_wait))
    return 0


if __name__ == "__main__":
    sys.exit(main())
