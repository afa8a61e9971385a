"""No phrase of a page has a word of static/locale/words.toml.

    words.py ROOT        exit 1 with a line for every word that is there
"""
import pathlib
import re
import sys
import tomllib

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "static/locale"))
import po  # noqa: E402

LANGUAGES = ("en", "nl")


class Refused(Exception):
    """The list itself cannot be used."""


def read_list(text):
    """By language: (pattern, instead, contexts that may have it)."""
    out = {code: [] for code in LANGUAGES}
    for number, one in enumerate(tomllib.loads(text).get("word", []), 1):
        codes = [code for code in LANGUAGES if code in one]
        if len(codes) != 1 or one.keys() - {codes[0], "instead", "except"} or not one.get("instead"):
            raise Refused(f"word {number}: it has `en` or `nl`, `instead`, and perhaps `except`")
        try:
            pattern = re.compile(one[codes[0]], re.I)
        except re.error as refused:
            raise Refused(f"word {number}: {one[codes[0]]!r} is not a regular expression: {refused}") from None
        if pattern.search(""):
            raise Refused(f"word {number}: {one[codes[0]]!r} is found everywhere")
        out[codes[0]].append((pattern, one["instead"], tuple(one.get("except", ()))))
    return out


def found(entries, words):
    """A sentence for every word in these entries, whose translations are in the language of the words."""
    for entry in entries:
        if entry.is_header:
            continue
        for pattern, instead, others in words:
            if (entry.context or "").startswith(others):
                continue
            for text in entry.translations:
                if match := pattern.search(text):
                    where = ", ".join(entry.places)
                    yield f"{where}: [{entry.context}] {po.quoted(text)} has “{match.group(0)}”; better: {instead}"


def check(root):
    locale = root / "static/locale"
    words, out = read_list((locale / "words.toml").read_text(encoding="utf-8")), []
    for code in LANGUAGES:
        entries = po.read((locale / f"{code}.po").read_text(encoding="utf-8"))
        out += [f"{code}: {sentence}" for sentence in found(entries, words[code])]
    return out


def main():
    try:
        sentences = check(pathlib.Path(sys.argv[1]))
    except Refused as refused:
        print(f"static/locale/words.toml: {refused}")
        return 1
    print("\n".join(sentences), end="\n" if sentences else "")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
