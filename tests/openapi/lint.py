#!/usr/bin/python3
"""The linter of the interface: lint.py [FILE]. Each fault on a line of its own, with the rule and the place; 1 where there
is one. Without FILE schema/openapi.json. That every rule finds what it is there for is test_lint.py's to show.
"""
import sys
from collections import namedtuple

import structure
from document import PUBLISHED, Document
from rules import RULES

Fault = namedtuple("Fault", "rule place text")
# What everything after it relies on comes first.
FORM = {"openapi/form": structure.form, "openapi/references": structure.references}
NAMES = {"openapi/operation-ids": structure.operation_ids, "openapi/parameters": structure.parameters,
         "openapi/names": structure.names, "openapi/examples": structure.examples}


def faults(root):
    document, seen = Document(root), structure.Structure(root)
    found = [Fault(name, *one) for name, check in FORM.items() for one in check(document, seen)]
    return found or [Fault(name, *one) for name, check in {**NAMES, **RULES}.items() for one in check(document, seen)]


def main(file=PUBLISHED):
    found = faults(Document.load(file).root)
    for fault in found:
        print(f"{fault.rule}: {fault.place}: {fault.text}", file=sys.stderr)
    if not found:
        print(f"{len(FORM) + len(NAMES) + len(RULES)} rules, no fault")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
