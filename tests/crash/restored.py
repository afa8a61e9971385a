#!/usr/bin/python3
"""The database of before goes back into its place, as after a restored backup: who saw more refuses, a reporter's report goes
to the fallback with an alarm, and once the desk's people said that it was restored everything works as it did. What was
signed in between is handed in again as it was, with new keys after it: wraps are kept nowhere. restored.py BIN SCHEMA
"""
import json
import shutil
import sys
import tempfile

from destruction import Place
from installation import Installation

DESK, TEXT = "rotterdam", "Wat er was."


def officer(place, server, verb, *arguments, person="medewerker"):
    return place.run("baken", "desk", verb, *arguments, "--profile", server.data / f"demo/{DESK}/{person}.toml")


def good(ended, *words):
    assert ended.returncode == 0, (ended.stdout[-500:], ended.stderr[-800:])
    for word in words:
        assert word in ended.stdout, (word, ended.stdout, ended.stderr)


def refused(ended, *words):
    assert ended.returncode == 1, (ended.returncode, ended.stdout, ended.stderr)
    for word in words:
        assert word in ended.stderr, (word, ended.stderr)


def submit(place, server):
    """What a reporter is told who has reported before."""
    draft = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": TEXT}
    ended = place.run("baken", "report", "submit", "-", "--json", "--profile", server.data / "demo/zorg/medewerker.toml",
                      text=json.dumps(draft))
    good(ended)
    said = json.loads(ended.stdout)
    return said["id"], [one["voor"] for one in said["ontvangers"]], ended.stderr


def newcomer(place, server):
    """A member who is enrolled after the backup; how they run a verb."""
    place.done("baken", "desk", "keygen", "--loket", DESK, "--rol", "medewerker", "--out", place.home / "nieuw.key", "--cost",
               "interactive", "--passphrase-file", place.words)
    good(officer(place, server, "enrol", place.home / "nieuw.key.pub", "--yes", person="beheerder1"))
    return lambda verb, *arguments: place.run(
        "baken", "desk", verb, *arguments, "--server", f"https://localhost:{server.port}", "--root", server.data / "root.pub",
        "--cacert", server.data / "tls/cert.pem", "--loket", DESK, "--key", place.home / "nieuw.key", "--passphrase-file",
        place.words, "--state", place.home / "state")


def never_taken(server, before):
    """Among what the lead's machine kept since, a standing that it signed and that another came before: killed before it was
    sent, say. Handed in again it would be the second one under its number."""
    from liar import demo_key  # which asks the environment of a running server
    from witness import jws, trust
    kept = server.data / f"demo/{DESK}/beheerder1.state/handed-in-{DESK}"
    lines = kept.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if i >= before and line.startswith("standen "))
    true = jws.peek(json.loads(lines[at].removeprefix("standen "))["stand"])
    other = jws.sign(trust.STAND, demo_key(f"{DESK}/beheerder1.key")["top"], {**true, "sleutels": true["sleutels"][:1]})
    lines.insert(at, "standen " + json.dumps({"stand": other}, separators=(",", ":")))
    kept.write_text("\n".join(lines) + "\n")


def kept_lines(server):
    return len((server.data / f"demo/{DESK}/beheerder1.state/handed-in-{DESK}").read_text().splitlines())


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        server = Installation(bin_dir, schema, home)
        place = Place(bin_dir, schema, home)
        server.start()
        try:
            good(officer(place, server, "keys", "--yes", person="beheerder1"))
            early = submit(place, server)[0]
            good(officer(place, server, "open", early), TEXT)
            server.stop()
            kept = kept_lines(server)
            shutil.copy(server.data / "baken.db", place.home / "before.db")
            server.start()
            good(officer(place, server, "keys", "--yes", "--weeks", 10, person="beheerder1"))
            new = newcomer(place, server)
            late, to, said = submit(place, server)
            assert to == [f"loket:{DESK}"] and not said, (to, said)
            good(officer(place, server, "open", late), TEXT)
            good(new("open", late), TEXT)
            server.stop()

            shutil.copy(place.home / "before.db", server.data / "baken.db")
            server.start()
            never_taken(server, kept)
            _, to, said = submit(place, server)
            assert to == ["loket:landelijk"] and f"desk {DESK} is passed over" in said, (to, said)
            refused(officer(place, server, "open", early), "baken desk restored")
            refused(officer(place, server, "restored"), "--yes")
            refused(officer(place, server, "restored", "--yes"), "an older standing", "A lead")
            good(officer(place, server, "restored", "--yes", person="beheerder1"), "documents that the server had lost",
                 "of those that came back nobody has the secret")
            good(officer(place, server, "restored", "--yes"), "The standing of desk")
            good(new("restored", "--yes"), "The standing of desk")
            good(officer(place, server, "open", early), TEXT)
            refused(officer(place, server, "open", late), "has no report")  # which no backup held
            again, to, said = submit(place, server)
            assert to == [f"loket:{DESK}"] and not said, (to, said)
            good(new("open", again), TEXT)
            good(officer(place, server, "pull"), again)
            good(officer(place, server, "audit"), "whole")
            good(officer(place, server, "restored", "--yes", person="beheerder1"), "Handed in 0 documents")
            server.stop()
            server.is_whole()
            print("a database of before came back: nothing was believed until people said so, and then all was as it was")
        finally:
            server.kill()


if __name__ == "__main__":
    main()
