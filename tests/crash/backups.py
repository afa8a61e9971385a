#!/usr/bin/python3
"""A backup of a server under load, restored into an installation that is empty: every report that was acknowledged
before it began is there. And kill -9 of backup, restore and copy at any moment, each then done again; copied into
PostgreSQL and back, nothing changed. backups.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1 makes it 25 rounds.
"""
import base64
import hashlib
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid

from installation import Installation
from people import People
import with_postgres

BEFORE, MEANWHILE, MORE = 40, 40, 3000
MARK = "Merkteken dat nergens staat Zq7"
TABLES = ("gids", "standen", "leden", "sleutels", "wraps", "logboek", "vernietigd", "tellers", "meldingen", "ontvangers")


class Keeper:
    """Whoever makes backups of an installation, with keys that lie elsewhere."""

    def __init__(self, server, home):
        self.server, self.home = server, home
        self.secret = home / "secret"
        self.secret.write_text("een lange zin")
        self.secret.chmod(0o600)
        with (server.data / "bakend.toml").open("a") as file:
            for what in ("reports", "wraps"):
                file.write(self.run("backup-keygen", "--to", home / f"{what}.key", "--for", what, "--cost", "interactive",
                                    "--passphrase-file", self.secret))

    def command(self, *arguments):
        return [self.server.bin / "baken-admin", *map(str, arguments)]

    def run(self, *arguments):
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def backup(self, name="backup"):
        return ["backup", "--data", self.server.data, "--to", self.home / name]

    def restore(self, name="backup", data=None):
        return ["restore", "--from", self.home / name, "--key", self.home / "reports.key", "--wraps",
                self.home / f"{name}.wraps", "--wraps-key", self.home / "wraps.key", "--passphrase-file", self.secret,
                "--data", data or self.server.data, "--nothing-destroyed-since"]

    def killed(self, arguments, after):
        """Whether it was still at work then."""
        process = subprocess.Popen(self.command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(after)  # the moment is the test
        process.kill()
        return process.wait() == -9


def rows(file):
    """Everything of a database, but the numbers of rows, which need not be the same."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
        out = {table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES[:-2]}
        names = [row[1] for row in db.execute("PRAGMA table_info(meldingen)") if row[1] != "rij"]
        out["meldingen"] = sorted(db.execute(f"SELECT {', '.join(names)} FROM meldingen"))
        names = [f"o.{row[1]}" for row in db.execute("PRAGMA table_info(ontvangers)") if row[1] != "melding"]
        out["ontvangers"] = sorted(db.execute(f"SELECT m.id, {', '.join(names)} FROM ontvangers o "
                                              "JOIN meldingen m ON m.rij = o.melding"))
    db.close()
    return out


def fill(file, count):
    """More reports, of a desk that nobody asks for."""
    with sqlite3.connect(file) as db:
        for _ in range(count):
            body, key = os.urandom(4096), os.urandom(96)
            row = db.execute("INSERT INTO meldingen (id, verzoek, dag, spoed, status, revisie, hash, body) "
                             "VALUES (?, ?, 20778, 0, 'nieuw', 1, ?, ?)",
                             (uuid.uuid4().bytes, os.urandom(32), hashlib.sha256(body).digest(), body)).lastrowid
            db.execute("INSERT INTO ontvangers (melding, loket, rol, epoch, sleutel, sealed, vrij, hash) "
                       "VALUES (?, 'niemand', 'eerste', '2026-W47', ?, ?, 1, ?)",
                       (row, os.urandom(8), key, hashlib.sha256(key).digest()))
    db.close()


def nothing_readable(file, posts):
    all_bytes = file.read_bytes()
    known = [MARK, "rotterdam", "baken-gids", posts[0].id]
    for needle in [*(one.encode() for one in known), *(base64.b64encode(one.encode())[:-4] for one in known),
                   uuid.UUID(posts[0].id).bytes]:
        assert needle not in all_bytes, f"{needle} stands in {file}"


def under_load(server, keeper, people):
    posts = people.made(BEFORE, 3)
    posts.append(people.checked(MARK, people.visitor.connect()))
    people.posts.append(posts[-1])
    people.send(posts)
    assert sum(post.taken for post in posts) > BEFORE / 2  # a machine that is busy may refuse some
    late = people.made(MEANWHILE, 0)
    sending = threading.Thread(target=people.send, args=(late,))
    sending.start()
    print(keeper.run(*keeper.backup()).strip())
    sending.join()
    nothing_readable(keeper.home / "backup", posts)
    nothing_readable(keeper.home / "backup.wraps", posts)
    server.stop()
    for post in late:
        post.taken = False  # acknowledged once the backup had begun: it may be there, or be sent again
    for file in server.data.glob("baken.db*"):
        file.rename(keeper.home / file.name)
    print(keeper.run(*keeper.restore()).strip())
    server.start()
    people.nothing_lost()
    server.stop()
    server.is_whole()


def kill_backups(keeper, chance, rounds):
    killed = 0
    for number in range(rounds):
        name = f"killed-{number}"
        killed += keeper.killed(keeper.backup(name), chance.uniform(0.0, 0.15))
        if not (keeper.home / name).exists():
            keeper.run(*keeper.backup(name))
        for part in (name, f"{name}.wraps"):
            assert (keeper.home / part).exists() and not (keeper.home / f"{part}.new").exists(), part
            (keeper.home / part).unlink()
    return killed


def unfinished(data):
    with sqlite3.connect(f"file:{data}/baken.db?mode=ro", uri=True) as db:
        try:
            found = db.execute("SELECT werk FROM onvoltooid").fetchall()
        except sqlite3.OperationalError:  # not migrated yet
            found = []
    db.close()
    return found


def kill_restores(server, keeper, chance, rounds):
    keeper.run(*keeper.backup("whole"))
    wanted = rows(server.data / "baken.db")
    killed = 0
    for number in range(rounds):
        data = keeper.home / f"restored-{number}"
        keeper.run("init", "--data", data, "--root", server.data / "root.pub", "--schema", server.schema)
        for _ in range(2):
            killed += keeper.killed(keeper.restore("whole", data), chance.uniform(0.1, 0.6))
            if not unfinished(data):
                continue
            start = subprocess.run([server.bin / "bakend", "--config", data / "bakend.toml"], capture_output=True, text=True,
                                   timeout=60, check=False)
            assert start.returncode == 1 and "broken off" in start.stderr, start
            check = subprocess.run(keeper.command("check", "--data", data), capture_output=True, text=True, timeout=60,
                                   check=False)
            assert check.returncode == 1 and "run the same command again" in check.stdout, check
            assert "changed the database" not in check.stdout, check
        with sqlite3.connect(data / "baken.db") as db:
            complete = not unfinished(data) and db.execute("SELECT count(*) FROM meldingen").fetchone()[0] > 0
        db.close()
        if not complete:
            keeper.run(*keeper.restore("whole", data))
        assert rows(data / "baken.db") == wanted
    return killed


def kill_copies(server, keeper, chance, rounds, cluster):
    first, killed, resumed = server.data / "baken.db", 0, 0
    wanted = rows(first)
    for number in range(rounds):
        cluster.sql(f"CREATE DATABASE copy_{number} TEMPLATE template0")
        middle, last = cluster.uri(f"copy_{number}"), keeper.home / f"copy-{number}" / "last.db"
        last.parent.mkdir()
        for source, target in ((f"sqlite:{first}", middle), (middle, f"sqlite:{last}")):
            command = ["copy", "--from", source, "--to", target]
            done = False
            for _ in range(2):
                done = done or not keeper.killed(command, chance.uniform(0.1, 0.5))
                killed += not done
            while not done:
                ran = subprocess.run(keeper.command(*command), capture_output=True, text=True, timeout=600, check=False)
                # Killed after its last step it was complete, and what it made is looked at below.
                done = ran.returncode == 0 or "holds something already" in ran.stderr
                resumed += "going on where it was" in ran.stderr
                # PostgreSQL notices a moment later that whoever held the lock was killed.
                assert done or "stop it first" in ran.stderr, ran
        assert rows(last) == wanted
        cluster.sql(f"DROP DATABASE copy_{number}")
    return killed, resumed


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 25 if os.environ.get("BAKEN_LONG") else 3
    chance = random.Random(20261122)
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home, with_postgres.cluster() as cluster:
        server = Installation(bin_dir, schema, home)
        keeper = Keeper(server, pathlib.Path(home))
        server.start()
        try:
            under_load(server, keeper, People(server))
        finally:
            server.kill()
        fill(server.data / "baken.db", MORE)
        print(f"{kill_backups(keeper, chance, 4 * rounds)} of {4 * rounds} backups were killed at work")
        print(f"{kill_restores(server, keeper, chance, rounds)} of {2 * rounds} restores were killed at work")
        killed, resumed = kill_copies(server, keeper, chance, rounds, cluster)
        print(f"{killed} of {4 * rounds} copies were killed at work, {resumed} went on where they were")


if __name__ == "__main__":
    main()
