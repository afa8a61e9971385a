#!/usr/bin/python3
"""What CONTRIBUTING says of commits, of those since FIRST: commits.py [ROOT [FIRST]]. A subject is `room: what`, at most 72
signs, one change (so without a semicolon) and without a full stop; where more than 30 lines change, the body says why. A
line for every breach and status 1; 77 where there is no such history (an exported tree, a shallow clone).
"""
import pathlib
import re
import subprocess
import sys

SINCE = "cf46f330ca590114357d80ec21d22829cf665fdc"  # those before are as they are
SUBJECT, LINES = 72, 30
NO_HISTORY = 77
# What other programs write, line by line.
MADE = re.compile(r"(^|/)(package-lock\.json|[^/]*\.po|[^/]*\.pot)$|^tests/fuzz/corpus/")
MARK, PART = "\x1e", "\x1f"


def git(root, *arguments):
    done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def changed(numstat):
    """Lines taken and added, apart from those that programs write; a binary file has none."""
    total = 0
    for line in numstat.splitlines():
        added, taken, path = line.split("\t", 2)
        if added != "-" and not MADE.search(path):
            total += int(added) + int(taken)
    return total


def breaches(subject, body, lines):
    if subject.startswith('Revert "'):
        return
    if len(subject) > SUBJECT:
        yield f"its subject has {len(subject)} signs, not at most {SUBJECT}"
    if not re.match(r"[A-Za-z0-9_./-]+(, [A-Za-z0-9_./-]+)*: \S", subject):
        yield "its subject does not begin with `room: `"
    if ";" in subject:
        yield "its subject tells of several changes"
    if subject.endswith("."):
        yield "its subject ends with a full stop"
    if lines > LINES and not body.strip():
        yield f"{lines} lines change and its body does not say why"


def judged(root, first):
    """A line for each breach; None where there is no such history."""
    if git(root, "merge-base", "--is-ancestor", first, "HEAD") is None:
        return None
    log = git(root, "log", "--no-merges", "--no-renames", "--numstat", f"--format={MARK}%h{PART}%s{PART}%b{PART}",
              f"{first}..HEAD")
    found = []
    for one in log.split(MARK)[1:]:
        name, subject, body, numstat = one.split(PART)
        found += [f"{name} '{subject}': {what}" for what in breaches(subject, body, changed(numstat.strip()))]
    return found


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent
    found = judged(root, sys.argv[2] if len(sys.argv) > 2 else SINCE)
    if found is None:
        print(f"skipped: there is no history back to {SINCE[:7]}")
        return NO_HISTORY
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
