"""Every citation of the contract names a heading that is there: "protocol §3", "protocol §§3, 8", "api.md, PATCH".

    citations.py ROOT        exit 1 with a line for every citation that leads nowhere

It first tries itself on planted citations, so that a pattern that finds nothing is a failure and no silence.
"""
import pathlib
import re
import sys

KINDS = {".hpp", ".cpp", ".py", ".mjs", ".ts", ".sql", ".md", ".txt", ".cmake", ".html", ".toml"}
SKIPPED = {"build", "node_modules", ".git", "var"}
# A comment may break a citation over two lines, with its marks in between.
BREAK = re.compile(r"\s*\n\s*(?://|--|#|\*)?\s*")
PROTOCOL = re.compile(r"\bprotocol(?:\.md)?,? §§?\s*([0-9]+(?:(?:, | and |–)[0-9]+)*)")
API = re.compile(r"\bapi\.md, ([^).;:\"`]+)")
NUMBER = re.compile(r"[0-9]+")


def sections(text):
    return {int(number) for number in re.findall(r"^## ([0-9]+)\. ", text, re.M)}


def names(text):
    """Headings, the names that begin a paragraph in bold, and the calls of the tables."""
    found = re.findall(r"^#{2,3} (.+?)(?: ○)?$", text, re.M)
    found += re.findall(r"^\*\*(.+?)\.?\*\*", text, re.M)
    return [name.lower() for name in found]


def dangling(text, protocol, api):
    """The citations in `text` that name nothing."""
    flat = BREAK.sub(" ", text)
    for cited in PROTOCOL.finditer(flat):
        if any(int(number) not in protocol for number in NUMBER.findall(cited.group(1))):
            yield cited.group(0)
    for cited in API.finditer(flat):
        words = cited.group(1).strip().lower()
        if not any(words == name or words.startswith(name + " ") for name in api):
            yield cited.group(0)


def planted(protocol, api):
    """What must be found, and what must not."""
    bad = ["protocol §99", "protocol §§3, 98", "as api.md, No such part", "protocol\n// §97", "api.md, PATCHED"]
    good = ["protocol §3", "protocol §§3, 8", "(api.md, PATCH)", "api.md, POST /v1/meldingen", "(api.md, PATCH and\n// DELETE)"]
    return ([text for text in bad if not list(dangling(text, protocol, api))] +
            [text for text in good if list(dangling(text, protocol, api))])


def main(root):
    contract = root / "docs" / "contract"
    protocol = sections((contract / "protocol.md").read_text())
    api = names((contract / "api.md").read_text())
    wrong = planted(protocol, api)
    if wrong:
        sys.exit(f"citations.py does not judge its own examples right: {wrong}")
    faults, cited = [], 0
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix not in KINDS or SKIPPED & set(inside.parts) or not path.is_file() or path.name == "citations.py":
            continue
        text = path.read_text(errors="replace")
        cited += len(PROTOCOL.findall(text)) + len(API.findall(text))
        faults += [f"{inside}: {fault}" for fault in dangling(text, protocol, api)]
    print(*faults, sep="\n")
    print(f"{cited} citations, {len(faults)} that lead nowhere")
    return 1 if faults or cited < 50 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
