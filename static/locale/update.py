#!/usr/bin/python3
"""Brings what translators work on up to the phrases of the program: baken.pot, and every <code>.po. What is new stands
there untranslated (nothing is guessed), what is gone is gone; en.po is filled with the English itself, and nl.po with
the Dutch that stands beside the English in the guide.

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
        text = merged(path, template)
        if path.stem == "en":
            text = po.write(entry if entry.is_header else po.identity(entry) for entry in po.read(text))
        elif path.stem == "nl":
            text = po.filled(text, guide.dutch(root))
        path.write_text(text, encoding="utf-8")
        left = sum(not all(entry.translations) for entry in po.read(text))
        if left:
            print(f"{path.relative_to(root)}: {left} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
