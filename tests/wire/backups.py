#!/usr/bin/python3
"""baken admin's verbs about a whole store, beside a running server: what works, what is refused, with which sentence and
which exit status. Run by tests/with_server.py.
"""
import datetime
import re
import shutil
import sqlite3
import subprocess
import time
import unittest
import uuid

from stores import BIN, DATA, Stores, admin


class Backups(Stores):
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
        # The reports are kept all the same, and whoever reads only the exit status learns that the wraps are not.
        for days, words in ((-1, "destroy its file"), (36, "none lives longer")):
            with self.subTest(days):
                self.configure(reports, f'wrap-backup-keys = ["{key}:{today + datetime.timedelta(days)}"]\n')
                name = f"backup{days}"
                status, out, err = admin("backup", "--data", DATA, "--to", self.home / name)
                self.assertEqual(status, 1, err)
                self.assertIn(words, err)
                self.assertIn(f"{name}.wraps was not made", err)
                self.assertIn(f"made {self.home / name}: ", out)
                self.assertFalse((self.home / f"{name}.wraps").exists())
                self.assertIn("Every byte was read", self.done(*self.trial(name, wraps=())))
        self.configure(reports, f'wrap-backup-keys = ["{key}:{today + datetime.timedelta(7)}"]\n')
        self.assertIn("make the next one now", self.backup())
        # The next one was made: nothing is left to do but destroying the old one in its time.
        self.configure(reports, f'wrap-backup-keys = ["{key}:{today + datetime.timedelta(7)}", '
                                f'"{key}:{today + datetime.timedelta(30)}"]\n')
        self.assertNotIn("make the next one now", self.backup("later"))

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
        self.refused(1, "w.key opens wraps and no reports", *self.restore(key="w.key"))
        self.refused(1, "a.key opens reports and no wraps", *self.restore(wraps=("--wraps", self.home / "backup.wraps",
                                                                                 "--wraps-key", self.home / "a.key")))
        self.refused(1, "--key and --wraps-key are swapped", *self.restore(key="w.key", wraps=(
            "--wraps", self.home / "backup.wraps", "--wraps-key", self.home / "a.key")))
        shutil.copyfile(DATA / "demo/rotterdam/medewerker.key", self.home / "officer.key")
        (self.home / "officer.key").chmod(0o600)
        self.refused(1, "another kind", *(DATA / "demo/passphrase" if word == self.secret else word
                                          for word in self.restore(key="officer.key")))
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
        self.right_log_key(again)
        status, out, err = self.bakend(again, "--check")
        self.assertEqual((status, err), (0, ""), out)


if __name__ == "__main__":
    unittest.main()
