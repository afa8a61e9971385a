"""The pseudo-language `qps`: every phrase in Hebrew letters, half as long again, from right to left. Nobody speaks it;
a page that stands in it shows what was never translated, what does not fit, and what has left and right written into
it. Digits, signs and {slots} stay as they are."""
import dataclasses
import math
import re

import po

HEADER = """\
Project-Id-Version: baken
Language: qps
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=2; plural=(n != 1);
"""
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבצדעפגהיךכלמנסףקרשתוםזץטן")
FILLING = "תוספת "  # "addition"
# Of these two the program, not a reader, wants to know.
FIXED = {("language's own name", "English"): "Pseudo", ("direction of writing: ltr or rtl", "ltr"): "rtl"}


def pseudo(text):
    """One text: its letters mapped, and words after it until there are half as many signs again."""
    parts = re.split(r"(\{[\w-]+\})", text)
    mapped = "".join(part if part.startswith("{") else part.lower().translate(LETTERS) for part in parts)
    body = mapped.rstrip()
    wanted = math.ceil(len(text.strip()) / 2)
    padding = (" " + FILLING * wanted)[:max(wanted, 2)].rstrip() if body else ""
    padding += "ת" * (wanted - len(padding))
    return body + padding + mapped[len(body):]


def catalogue(template):
    """The text of the catalogue (.po) for a template's entries."""
    entries = [po.Entry(translations=[HEADER])]
    for entry in template:
        if entry.is_header:
            continue
        english = po.identity(entry)
        texts = [FIXED.get(entry.key) or pseudo(text) for text in english.translations]
        entries.append(dataclasses.replace(english, translations=texts))
    return po.write(entries)
