#!/usr/bin/python3
"""What the tests of baken admin's verbs about a whole store share: keys for backups, a backup of the running server, and
empty installations beside it.
"""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import started

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])


def admin(*arguments):
    done = subprocess.run([BIN / "baken-admin", *map(str, arguments)], capture_output=True, text=True, timeout=120,
                          check=False)
    return done.returncode, done.stdout, done.stderr


class Stores(unittest.TestCase):
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

    def trial(self, name="backup", key="a.key", wraps=None):
        wraps = ("--wraps", self.home / f"{name}.wraps", "--wraps-key", self.home / "w.key") if wraps is None else wraps
        return ("restore", "--dry-run", "--from", self.home / name, "--key", self.home / key, "--passphrase-file", self.secret,
                *wraps)

    def ready(self):
        """Two keys, a backup, and an installation to restore it into."""
        self.configure(self.keygen("a.key"), self.keygen("w.key", "wraps"))
        self.backup()
        return self.empty()

    def sql(self, data, *statements):
        with sqlite3.connect(data / "baken.db") as db:
            for one in statements:
                db.execute(one)
        db.close()

    def bakend(self, data, *more):
        return started.bakend(BIN, data / "bakend.toml", *more)

    def right_log_key(self, data):
        """That of the installation whose backup was restored."""
        shutil.copyfile(DATA / "logboek.key", data / "logboek.key")
