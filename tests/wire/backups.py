#!/usr/bin/python3
"""baken admin's verbs about a whole store, beside a running server: what works, what is refused, with which sentence and
which exit status. Run by tests/with_server.py.
"""
import datetime
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest
import uuid

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])


def admin(*arguments):
    done = subprocess.run([BIN / "baken-admin", *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          check=False)
    return done.returncode, done.stdout, done.stderr


class Backups(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        self.secret = self.home / "secret"
        self.secret.write_text("een lange zin")
        self.secret.chmod(0o600)
        self.plain = (DATA / "bakend.toml").read_text()
        self.addCleanup((DATA / "bakend.toml").write_text, self.plain)

    def keygen(self, name, what="reports"):
        """The line for the configuration; the server reads its own at its start only."""
        status, out, err = admin("backup-keygen", "--to", self.home / name, "--for", what, "--cost", "interactive",
                                 "--passphrase-file", self.secret)
        self.assertEqual(status, 0, err)
        return out

    def configure(self, *lines):
        (DATA / "bakend.toml").write_text(self.plain + "".join(lines))

    def done(self, *arguments):
        status, out, err = admin(*arguments)
        self.assertEqual(status, 0, err)
        return out + err

    def refused(self, status, words, *arguments):
        found, out, err = admin(*arguments)
        self.assertEqual((found, out), (status, ""), err)
        self.assertIn(words, err)
        self.assertTrue(err.startswith("baken admin: "), err)

    def backup(self, name="backup", *more):
        return self.done("backup", "--data", DATA, "--to", self.home / name, *more)

    def empty(self, name="empty"):
        self.done("init", "--data", self.home / name, "--root", DATA / "root.pub", "--schema", os.environ["BAKEN_SCHEMA"])
        return self.home / name

    def restore(self, name="backup", key="a.key", data=None, since=("--nothing-destroyed-since",), wraps=()):
        return ("restore", "--from", self.home / name, "--key", self.home / key, "--passphrase-file", self.secret, "--data",
                data or self.home / "empty", *since, *wraps)

    def ready(self):
        """Two keys, a backup, and an installation to restore it into."""
        self.configure(self.keygen("a.key"), self.keygen("w.key", "wraps"))
        self.backup()
        return self.empty()

    def test_no_key_no_backup(self):
        self.refused(1, "backup-keygen", "backup", "--data", DATA, "--to", self.home / "backup")
        self.configure(self.keygen("a.key"))
        self.refused(1, "--for wraps", "backup", "--data", DATA, "--to", self.home / "backup")
        self.assertEqual(sorted(path.name for path in self.home.iterdir()), ["a.key", "a.key.pub", "secret"])
        self.backup("backup", "--without-wraps")
        self.assertFalse((self.home / "backup.wraps").exists())

    def test_a_key_for_wraps_ends(self):
        reports, line = self.keygen("a.key"), self.keygen("w.key", "wraps")
        today = datetime.datetime.now(datetime.timezone.utc).date()
        key, last = re.search(r'"(.{43}):(.*)"', line).groups()
        self.assertEqual(last, str(today + datetime.timedelta(35)))
        for days, words in ((-1, "destroy its file"), (36, "none lives longer")):
            with self.subTest(days):
                self.configure(reports, f'wrap-backup-keys = ["{key}:{today + datetime.timedelta(days)}"]\n')
                self.refused(1, words, "backup", "--data", DATA, "--to", self.home / "backup")
        self.configure(reports, f'wrap-backup-keys = ["{key}:{today + datetime.timedelta(7)}"]\n')
        self.assertIn("make the next one now", self.backup())

    def test_files_are_new_and_private(self):
        self.ready()
        for name in ("backup", "backup.wraps", "a.key"):
            self.assertEqual((self.home / name).stat().st_mode & 0o777, 0o600)
        self.refused(1, "never overwritten", "backup", "--data", DATA, "--to", self.home / "backup")
        self.refused(1, "never overwritten", "backup-keygen", "--to", self.home / "a.key", "--passphrase-file", self.secret)
        self.refused(1, "cannot be made", "backup", "--data", DATA, "--to", self.home / "none" / "backup")

    def test_a_file_that_is_not_as_it_was_leaves_the_target_empty(self):
        data = self.ready()
        whole = (self.home / "backup").read_bytes()
        self.keygen("b.key")
        changed = {
            "cut": (whole[:-20], "end of the backup is missing"),
            "flipped": (whole[:70000] + bytes([whole[70000] ^ 1]) + whole[70001:], "damaged or changed"),
            "newer": (whole.replace(b"baken-backup 1", b"baken-backup 2", 1), "newer version"),
            "other": (b"something else\n" * 100, "not a backup"),
            "swapped": ((self.home / "backup.wraps").read_bytes(), "two files"),
        }
        before = (data / "baken.db").read_bytes()
        for name, (content, words) in changed.items():
            with self.subTest(name):
                (self.home / name).write_bytes(content)
                self.refused(1, words, *self.restore(name))
        self.refused(1, "not sealed to this key", *self.restore(key="b.key"))
        self.refused(1, "another kind", *self.restore(key="w.key"))
        self.refused(1, "another kind", *self.restore(wraps=("--wraps", self.home / "backup.wraps", "--wraps-key",
                                                             self.home / "a.key")))
        self.backup("second")
        self.refused(1, "another backup", *self.restore(wraps=("--wraps", self.home / "second.wraps", "--wraps-key",
                                                               self.home / "w.key")))
        self.refused(1, "cannot be read", *self.restore("absent"))
        self.assertEqual((data / "baken.db").read_bytes(), before)
        self.assertIn("nobody can open", self.done(*self.restore()))
        self.refused(1, "just made", *self.restore())

    def test_what_was_destroyed_does_not_come_back(self):
        data = self.ready()
        listed, ended = self.home / "listed", uuid.uuid4()
        self.refused(2, "must not come back", *self.restore(since=()))
        self.refused(2, "", *self.restore(since=("--nothing-destroyed-since", "--destroyed", listed)))
        self.assertIn("0 destroyed", self.done("destroyed", "--data", DATA, "--to", listed))
        text = listed.read_text()
        for wrong, words in (("", "cut off"), (f"{ended} 2026-01-01\n", "cut off"), ("x y\n" + text, "line 1"),
                             (f"{ended} 2026-01-01\n" + text, "does not fit"), (text + "more\n", "does not fit")):
            with self.subTest(wrong):
                (self.home / "wrong").write_text(wrong)
                self.refused(1, words, *self.restore(since=("--destroyed", self.home / "wrong")))
        with sqlite3.connect(data / "baken.db") as db:
            self.assertEqual(db.execute("SELECT count(*) FROM gids").fetchone(), (0,))
        db.close()
        second = int(time.time())  # which is as exact as a backup says when it was made
        while int(time.time()) == second:
            time.sleep(0.05)
        self.backup("newer")
        self.refused(1, "is older than", *self.restore("newer", since=("--destroyed", self.home / "backup")))
        self.done(*self.restore(since=("--destroyed", listed, "--destroyed", self.home / "newer")))
        # What a list says stands in the next one, and in every backup from then on.
        with sqlite3.connect(data / "baken.db") as db:
            db.execute("INSERT INTO vernietigd VALUES (?, 20000)", (ended.bytes,))
        db.close()
        self.done("destroyed", "--data", data, "--to", self.home / "again")
        self.assertIn(f"{ended} 2024-10-04\nend 1 ", (self.home / "again").read_text())

    def test_nobody_else_works_on_it_meanwhile(self):
        self.ready()
        self.refused(1, "Another bakend", *self.restore(data=DATA))
        database = f"sqlite:{DATA}/baken.db"
        self.refused(1, "Another bakend", "copy", "--from", database, "--to", f"sqlite:{self.home}/empty/copy.db")
        self.refused(2, "same database", "copy", "--from", database, "--to", database)
        self.refused(2, "sqlite:FILE", "copy", "--from", database, "--to", "mysql://x")
        self.refused(1, "holds something", "copy", "--from", self.copied(), "--to", f"sqlite:{self.home}/full/baken.db")
        self.refused(1, "no such file", "copy", "--from", f"sqlite:{self.home}/none.db", "--to",
                     f"sqlite:{self.home}/empty/copy.db")

    def copied(self):
        """Two installations that are not served; the address of one."""
        for name in ("full", "other"):
            data = self.empty(name)
            self.done(*self.restore(data=data))
        return f"sqlite:{self.home}/other/baken.db"

    def test_a_copy_says_what_to_write(self):
        self.ready()
        said = self.done("copy", "--from", self.copied(), "--to", f"sqlite:{self.home}/empty/copy.db")
        self.assertIn(f'store = "sqlite:{self.home}/empty/copy.db"', said)
        # bakend counts from its data directory, whoever copies from where they stand.
        done = subprocess.run([BIN / "baken-admin", "copy", "--from", "sqlite:other/baken.db", "--to", "sqlite:back.db"],
                              cwd=self.home, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f'store = "sqlite:{self.home}/back.db"', done.stdout)

    def sql(self, data, *statements):
        with sqlite3.connect(data / "baken.db") as db:
            for one in statements:
                db.execute(one)
        db.close()

    def bakend(self, data, *more):
        done = subprocess.run([BIN / "bakend", "--config", data / "bakend.toml", *more], capture_output=True, text=True,
                              timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_a_lost_database_is_not_made_anew(self):
        data = self.empty()
        status, out, _ = self.bakend(data, "--check")
        self.assertEqual(status, 0, out)
        self.assertIn("no directory is in it yet", out)
        file = data / "baken.db"
        for lose, words in ((file.unlink, "no such file"), (file.touch, "Nothing of Baken")):
            lose()
            for arguments in ((), ("--check",)):
                status, out, err = self.bakend(data, *arguments)
                self.assertEqual((status, out), (1, ""))
                self.assertIn(f"bakend: {file}: ", err)
                self.assertIn(words, err)
            self.refused(1, words, "check", "--data", data)
        self.assertEqual(file.stat().st_size, 0)
        shutil.copytree(DATA / "demo", data / "demo")
        self.refused(1, "Nothing of Baken", "demo-renew", "--data", data)
        self.assertEqual(file.stat().st_size, 0)

    def test_a_check_of_the_configuration_looks_at_the_store(self):
        data = self.ready()
        self.done(*self.restore(wraps=("--wraps", self.home / "backup.wraps", "--wraps-key", self.home / "w.key")))
        plain = (data / "bakend.toml").read_text()
        (data / "retention.toml").write_text(
            '[[profile]]\ndesks = ["nowhere"]\ncategory = "1"\napproved-by = "x"\napproved-on = 2026-01-01\nclosed = 180\n'
            'handed-over = 30\nwithdrawn = 7\n')
        ended = (self.home / "w.key.pub").read_text()[:43]
        (data / "bakend.toml").write_text(plain + 'retention = "retention.toml"\n'
                                          f'wrap-backup-keys = ["{ended}:2026-01-01"]\n')
        status, out, err = self.bakend(data, "--check")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("'nowhere' is not in the directory", err)
        self.assertIn("ended on 2026-01-01", err)
        (data / "bakend.toml").write_text(plain)
        whole = (data / "baken.db").read_bytes()
        for change, words in (("INSERT INTO migraties VALUES (9999, 'x')", "newer version"),
                              ("INSERT INTO onvoltooid VALUES (1, 'copy', 'x', 'y')", "broken off")):
            self.sql(data, change)
            status, out, err = self.bakend(data, "--check")
            self.assertEqual((status, out), (1, ""))
            self.assertIn(words, err)
            (data / "baken.db").write_bytes(whole)
        (data / "baken.db").write_bytes(b"x" * 4096 + whole[4096:])
        self.assertIn("damaged", self.bakend(data, "--check")[2])
        (data / "baken.db").write_bytes(whole)
        # Older: the newest migration is not there yet.
        self.sql(data, "DELETE FROM migraties WHERE nummer = (SELECT max(nummer) FROM migraties)")
        status, out, _ = self.bakend(data, "--check")
        self.assertEqual(status, 0)
        self.assertIn("the start brings it up", out)

    def test_a_check_says_what_it_saw(self):
        data = self.ready()
        self.done(*self.restore(wraps=("--wraps", self.home / "backup.wraps", "--wraps-key", self.home / "w.key")))
        self.assertIn("all is whole", self.done("check", "--data", data))
        whole = (data / "baken.db").read_bytes()
        for change, words, never in (
                ("UPDATE wraps SET sealed = hash WHERE rowid = (SELECT min(rowid) FROM wraps)", "1 fault\n", "1 faults"),
                ("UPDATE gids SET routering = '{}'", "not the one that it signs", "all is whole"),
                ("UPDATE leden SET token = 'x'", "a membership", "is whole"),
                ("INSERT INTO onvoltooid VALUES (1, 'restore', 'x', '')", "run the same command again", "counter"),
                ("INSERT INTO migraties VALUES (9999, 'x')", "newer version of Baken", "1 fault")):
            with self.subTest(change):
                self.sql(data, change)
                status, out, err = admin("check", "--data", data)
                self.assertEqual((status, err), (1, ""))
                self.assertIn(words, out)
                self.assertNotIn(never, out)
                (data / "baken.db").write_bytes(whole)
        (data / "baken.db").write_bytes(b"x" * 4096 + whole[4096:])
        status, out, _ = admin("check", "--data", data)
        self.assertEqual(status, 1)
        self.assertNotIn("run baken admin check", out)
        self.assertNotIn("were read", out)
        (data / "baken.db").write_bytes(whole)
        root = (data / "root.pub").read_text()
        self.addCleanup((data / "root.pub").write_text, root)
        (data / "root.pub").write_text((self.home / "a.key.pub").read_text())
        status, out, _ = admin("check", "--data", data)
        self.assertEqual(status, 1)
        self.assertIn("not signed by the root key", out)

    def test_what_is_damaged_is_carried_and_named(self):
        data = self.ready()
        wraps = ("--wraps", self.home / "backup.wraps", "--wraps-key", self.home / "w.key")
        self.done(*self.restore(wraps=wraps))
        self.sql(data, "UPDATE leden SET token = 'x' WHERE rowid = (SELECT min(rowid) FROM leden)")
        with (data / "bakend.toml").open("a") as file:
            file.writelines(one for one in (DATA / "bakend.toml").read_text().splitlines(True) if "backup-keys" in one)
        carried = (("backup", "--data", data, "--to", self.home / "hurt"),
                   ("copy", "--from", f"sqlite:{data}/baken.db", "--to", f"sqlite:{self.home}/hurt.db"))
        for command in carried:
            status, out, err = admin(*command)
            self.assertEqual(status, 1, err)
            self.assertIn("Damaged, and carried as it is: a membership: desk ", err)
            self.assertIn("1 row is damaged, named above", out)
        again = self.empty("again")
        status, out, err = admin(*self.restore("hurt", data=again, wraps=(
            "--wraps", self.home / "hurt.wraps", "--wraps-key", self.home / "w.key")))
        self.assertEqual(status, 1, err)
        self.assertIn("1 row is damaged", out)
        self.assertEqual(self.bakend(again, "--check")[0], 0)


if __name__ == "__main__":
    unittest.main()
