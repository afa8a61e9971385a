#!/usr/bin/python3
"""A report that was destroyed is unreadable to all keys together: weeks later somebody has every key file of every desk with
its passphrase, the whole data directory, every backup that was kept and every backup key that still exists, and cannot
open it. What was not destroyed opens, and before its last backup key is gone so does the destroyed one: the attack works.
destruction.py BIN SCHEMA

The weeks pass by a clock of the programs' own (libfaketime).
"""
import contextlib
import datetime
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

from clock import Clock
from installation import Installation, poll
from with_server import free_port

SECRET = "Wat alleen dit loket mag lezen."
DESK = "rotterdam"


class Place:
    """The programs, and where they find what."""

    def __init__(self, bin_dir, schema, home):
        self.bin, self.schema, self.home = pathlib.Path(bin_dir), schema, pathlib.Path(home)
        self.words = self.home / "words"
        self.words.write_text("een lange zin")
        self.words.chmod(0o600)

    def run(self, program, *arguments, text=""):
        return subprocess.run([self.bin / program, *map(str, arguments)], input=text, capture_output=True, text=True,
                              timeout=120, check=False)

    def done(self, program, *arguments, text=""):
        ended = self.run(program, *arguments, text=text)
        assert ended.returncode == 0, (arguments, ended.stdout[-500:], ended.stderr[-800:])
        return ended.stdout

    def backup_key(self, name, what):
        return self.done("baken-admin", "backup-keygen", "--to", self.home / name, "--for", what, "--cost", "interactive",
                         "--passphrase-file", self.words)

    def submit(self, server, wat, **changes):
        """The id of a report that any machine sent."""
        draft = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": wat, **changes}
        out = self.done("baken", "report", "submit", "-", "--json", "--profile", server.data / "demo/zorg/medewerker.toml",
                        text=json.dumps(draft))
        return json.loads(out)["id"]

    def restored(self, name, wraps):
        """The backup in an installation of its own. wraps: the key file that opens those, while it is there."""
        data = self.home / f"restored-{len(list(self.home.glob('restored-*')))}"
        self.done("baken-admin", "init", "--data", data, "--root", self.home / "data/root.pub", "--schema", self.schema,
                  "--port", free_port())
        opened = ("--wraps", f"{name}.wraps", "--wraps-key", wraps) if wraps else ()
        self.done("baken-admin", "restore", "--from", name, "--key", self.home / "reports.key", "--passphrase-file",
                  self.words, "--data", data, "--nothing-destroyed-since", *opened)
        return data


def officers(data, desk="*"):
    """A profile for every key file of every desk, or of one."""
    return sorted((data / "demo").glob(f"{desk}/*.toml"))


def opens(place, profiles, report, server, state):
    """How many of them can open the report at this server, whatever desk they are of. state: what this attacker's machine
    remembers; another for each server, or it would refuse the older one as a liar."""
    found = 0
    for profile in profiles:
        ended = place.run("baken", "desk", "open", report, "--profile", profile, "--server",
                          f"https://localhost:{server.port}", "--cacert", server.data / "tls/cert.pem", "--state", state)
        found += ended.returncode == 0 and SECRET in ended.stdout
    return found


class Restored(Installation):
    """A server on what was restored; nothing is made anew."""

    def __init__(self, place, data):
        self.bin, self.schema, self.data, self.process = place.bin, place.schema, data, None
        self.log, self.sanitized, self.slow, self.begun = data / "log", False, 8, 0
        self.port = int((data / "bakend.toml").read_text().split('listen = ["127.0.0.1:')[1].split('"')[0])


def attack(place, people, backups, report, wraps_key):
    """The data directory as it lies there and every backup, restored with whatever still opens it; how often the report
    was opened by any key file of any desk."""
    found = 0
    for name in backups:
        server = Restored(place, place.restored(name, wraps_key if wraps_key.exists() else None))
        server.start()
        try:
            found += opens(place, people, report, server, f"{server.data}/state")
        finally:
            server.kill()
    return found


def night(place, server, profile, what):
    """The night's work is done after each start, once a member's own machine says which day it is; it is over when its
    last line stands in the trail."""
    server.stop()
    server.start()
    place.done("baken", "desk", "pull", "--profile", profile)
    poll(what, 90 * server.slow, "the night's work was not done")


def trail(server, handling):
    with contextlib.closing(sqlite3.connect(f"file:{server.data}/baken.db?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT bytes FROM logboek WHERE loket = ?", (DESK,)).fetchall()
    return [line for (line,) in rows if f'"handeling":"{handling}"' in line]


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
            reports, wraps = place.backup_key("reports.key", "reports"), place.backup_key("wraps.key", "wraps")
            with (server.data / "bakend.toml").open("a") as file:
                file.write(reports + wraps)
            mine = server.data / f"demo/{DESK}/medewerker.toml"
            gone, kept = place.submit(server, SECRET), place.submit(server, SECRET)
            first = place.home / "first"
            place.done("baken-admin", "backup", "--data", server.data, "--to", first)
            theirs, wraps_key = officers(server.data, DESK), place.home / "wraps.key"
            assert attack(place, theirs, [first], gone, wraps_key) == 3, "the attack does not work"

            # What was destroyed is gone at once; its backup still opens, and the docs say so.
            place.done("baken", "desk", "destroy", gone, "--reason", "afgerond", "--yes", "--profile", mine)
            place.done("baken", "desk", "destroy", gone, "--confirm", "--yes", "--profile",
                       server.data / f"demo/{DESK}/beheerder1.toml")
            assert opens(place, theirs, gone, server, place.home / "state") == 0
            assert attack(place, theirs, [first], gone, wraps_key) == 3

            # Weeks later: what is kept is sealed to another week, then the old week's secrets go, and the key of their
            # backups with its term.
            server.stop()
            clock.set(28)
            place.done("baken-admin", "demo-renew", "--data", server.data)
            server.start()
            today = datetime.date.fromtimestamp(time.time())
            until, week = today + datetime.timedelta(days=400), "{0.year}-W{0.week:02}".format(today.isocalendar())
            place.done("baken", "desk", "stragglers", "--before", week, "--keep", "--until", until, "--reason",
                       "rechtszaak", "--profile", mine)
            night(place, server, mine, lambda: trail(server, "sleutels-vernietigd"))
            second = place.home / "second"
            place.done("baken-admin", "backup", "--data", server.data, "--to", second)
            wraps_key.unlink()

            everybody = officers(server.data)
            assert opens(place, everybody, gone, server, place.home / "state") == 0
            assert attack(place, everybody, [first, second], gone, wraps_key) == 0, "a destroyed report was opened"
            assert opens(place, [mine], kept, server, place.home / "state") == 1
            print(f"{len(everybody)} key files of {len(list((server.data / 'demo').glob('*/')))} desks, the data "
                  "directory and both backups: the destroyed report was opened by none, the other one still opens")
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
