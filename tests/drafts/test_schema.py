"""The published schema of a draft (docs/contract/melding.schema.json) accepts what the reader accepts and refuses what it
refuses: every member with every value of a table, alone and in objects inside.

    test_schema.py ROOT JUDGE
"""
import json
import pathlib
import subprocess
import sys

import jsonschema

ROOT, JUDGE = pathlib.Path(sys.argv[1]), sys.argv[2]
SCHEMA = json.loads((ROOT / "docs/contract/melding.schema.json").read_text(encoding="utf-8"))
LEAST = {"rol": "burger", "vormen": ["arbeid"], "minderjarig": "nee", "wat": "Zeven mensen."}
GONE = object()
CODES = ["burger", "slachtoffer", "zorg", "jeugd", "anders", "professional", "seksueel", "arbeid", "adoptie", "onbekend", "ja", "nee",
         "liever-niet", "weet-niet", "hulp", "gesprek", "aangifte", "alleen-melden", "luchthaven", "haven", "grens",
         "niet-gevraagd", "boef", "Ja", "JA "]
TEXTS = ["", " ", "a", "\t\n", "\u2003", "\u3164", "\u200b\u00a0", "\u2800", "\U000e0041", "\ufe0f", "\u200d", "\u202e", "\u0301",
         "é", "می\u200cخواهم", "👨\u200d👩\u200d👧", ".", "GM0599", "GM599", "GM05990", "gm0599", "GM0599\n", " GM0599", "GM٠٥٩٩", "nl", "x" * 35,
         "x" * 36, "x" * 64, "x" * 65, "x" * 200000, "x" * 200001]
LISTS = [[], ["arbeid"], ["arbeid", "seksueel"], ["arbeid", "arbeid"], ["boef"], ["hulp"], ["hulp", "hulp"], ["hulp", "gesprek"],
         [None], [1], [["arbeid"]], "arbeid", {"0": "arbeid"},
         ["seksueel", "arbeid", "crimineel", "dienstverlening", "orgaan", "huwelijk", "draagmoederschap", "adoptie", "onbekend"],
         ["hulp", "gesprek", "aangifte", "alleen-melden"], ["hulp", "gesprek", "aangifte", "alleen-melden", "hulp"]]
ODD = [None, True, False, 0, 1, -1, {}, [], {"x": 1}]
OBJECTS = {"contact": ["naam", "telefoon", "email", "veilig", "adres"],
           "professional": ["organisatie", "functie", "toestemming", "beroepsgeheim", "grondslag", "naam"]}
SEALED = ["type", "versie", "id", "bijlagen", "ontvangers", "gids", "postbus", "herkomst"]


def drafts():
    yield {}
    for odd in ODD:
        yield odd
    members = sorted(SCHEMA["properties"]) + SEALED + ["onbekend", ""]
    for name in members:
        for value in [GONE, *CODES, *TEXTS, *LISTS, *ODD]:
            draft = dict(LEAST)
            draft.pop(name, None)
            if value is not GONE:
                draft[name] = value
            yield draft
    for name, inside in OBJECTS.items():
        for member in inside:
            for value in [*CODES, *TEXTS, *ODD, ["a"]]:
                yield {**LEAST, name: {member: value}}
    yield json.loads((ROOT / "schema/examples/report.json").read_text(encoding="utf-8"))
    yield {**LEAST, **{name: None for name in SCHEMA["properties"] if name not in LEAST}}


def main():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    schema = jsonschema.Draft202012Validator(SCHEMA)
    table = list(drafts())
    lines = "".join(json.dumps(draft) + "\n" for draft in table)
    judged = subprocess.run([JUDGE], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(judged) == len(table), (len(judged), len(table))
    wrong = []
    taken = 0
    for draft, said in zip(table, judged):
        taken += said == "yes"
        if schema.is_valid(draft) != (said == "yes"):
            wrong.append(f"{json.dumps(draft)[:300]}: the reader says {said}, the schema says "
                         f"{[error.message[:100] for error in schema.iter_errors(draft)] or 'yes'}")
    assert taken > 100 and len(table) - taken > 500, (taken, len(table))
    print("\n".join(wrong) if wrong else f"{len(table)} drafts, {taken} of them taken, judged alike by schema and reader")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
