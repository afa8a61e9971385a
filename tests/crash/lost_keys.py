#!/usr/bin/python3
"""Every key file of a desk is lost. New leads are named by the root, make members and keys, and the desk works again; what it
did not read is closed for good, but an urgent report opens at its fallback desk once the first one left it unread too long.
The drill of docs/trust.md. lost_keys.py BIN SCHEMA

Hours pass by a clock of the programs' own (libfaketime).
"""
import json
import os
import shutil
import sys
import tempfile

from clock import Clock
from destruction import Place
from installation import Installation, poll

DESK, FALLBACK, TEXT = "rotterdam", "landelijk", "Wat nog niemand las."
UNOPENED = "nobody of their desk opened urgent reports by their hour"


def new_leads(place, server):
    """Two leads with keys of their own, named in a directory that the root signs; nothing of the old ones is needed."""
    keys = {}
    for name in ("een", "twee"):
        file = place.home / f"{name}.key"
        place.done("baken", "desk", "keygen", "--loket", DESK, "--rol", "beheerder", "--out", file, "--cost", "interactive",
                   "--passphrase-file", place.words)
        keys[name] = json.loads((place.home / f"{name}.key.pub").read_text())["beheerder"]
    draft, signed = place.home / "draft", place.home / "gids.json"
    place.done("baken-admin", "directory-draft", "--data", server.data, "--to", draft)
    desks = json.loads((draft / "loketten.json").read_text())
    next(desk for desk in desks["loketten"] if desk["id"] == DESK)["beheerders"] = list(keys.values())
    (draft / "loketten.json").write_text(json.dumps(desks))
    place.done("baken-admin", "directory-sign", draft, "--root-key", server.data / "demo/root.key", "--passphrase-file",
               server.data / "demo/passphrase", "--to", signed, "--yes")
    place.done("baken-admin", "directory-publish", signed, "--data", server.data)


def as_lead(place, server, verb, *arguments):
    return place.run("baken", "desk", verb, *arguments, "--server", f"https://localhost:{server.port}", "--root",
                     server.data / "root.pub", "--cacert", server.data / "tls/cert.pem", "--loket", DESK, "--key",
                     place.home / "een.key", "--passphrase-file", place.words, "--state", place.home / "state")


def refused(ended, words):
    assert ended.returncode == 1 and words in ended.stderr, (ended.returncode, ended.stderr)


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        clock = Clock(home)
        clock.set(0)
        os.environ.pop("BAKEN_DEMONSTRATION", None)
        os.environ.update(clock.environment)
        server = Installation(bin_dir, schema, home)
        place = Place(bin_dir, schema, home)
        server.start()
        try:
            unread, urgent = place.submit(server, TEXT), place.submit(server, TEXT, minderjarig="ja")
            shutil.rmtree(server.data / "demo" / DESK)  # every key of the desk, and who remembers them

            new_leads(place, server)
            cards = [place.home / f"{name}.key.pub" for name in ("een", "twee")]
            for verb, given in (("enrol", (*cards, "--yes")), ("keys", ("--yes",))):
                ended = as_lead(place, server, verb, *given)
                assert ended.returncode == 0, (verb, ended.stderr)
            fresh = place.submit(server, TEXT)
            opened = as_lead(place, server, "open", fresh)
            assert opened.returncode == 0 and TEXT in opened.stdout, opened.stderr
            refused(as_lead(place, server, "open", unread), "sealed to a key that your desk lost")
            trail = as_lead(place, server, "audit")
            assert trail.returncode == 0, trail.stderr

            # Nobody opened the urgent one, which the new leads could not open either: after its hours it is the
            # fallback desk's too.
            fallback = ("baken", "desk", "open", urgent, "--profile", server.data / f"demo/{FALLBACK}/medewerker.toml")
            refused(place.run(*fallback), "has no report")
            server.stop()
            clock.set(1)
            server.start()
            poll(lambda: place.run(*fallback).returncode == 0, 30 * server.slow, "nothing was released to the fallback desk")
            assert TEXT in place.run(*fallback).stdout
            print("all keys of a desk were lost: it reads what comes, its unread report is closed, the urgent one opened at "
                  "the fallback desk")
            assert server.lines(UNOPENED), server.lines()
            server.stop(faults=[UNOPENED])
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
