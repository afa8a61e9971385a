#!/usr/bin/python3
"""What an administrator gets wrong, and the sentence that says what is wrong and what to do: beside a running server. Run by
tests/with_server.py.
"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])


def run(program, *arguments):
    done = subprocess.run([BIN / program, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def baken(*arguments):
    return run("baken", *arguments)


class Administrators(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)

    def refused(self, result, status, *words):
        """That exit status, nothing on standard output, and a sentence with these words."""
        self.assertEqual(result[0], status, result)
        self.assertEqual(result[1], "")
        for word in words:
            self.assertIn(word, result[2])

    def add_desk(self, name, lead):
        return baken("admin", "desk-add", "--data", DATA, "--id", name, "--name", "Proef", "--kind", "politie", "--lead", lead)

    def test_a_lead_key_out_of_the_card(self):
        def card(desk, role):
            key = self.home / f"{desk}-{role}.key"
            self.assertEqual(baken("desk", "keygen", "--loket", desk, "--rol", role, "--out", key, "--cost", "interactive",
                                   "--passphrase-file", DATA / "demo/passphrase")[0], 0)
            return f"{key}.pub"
        status, out, err = self.add_desk("kaartstad", card("kaartstad", "beheerder"))
        self.assertEqual(status, 0, err)
        key = json.loads((self.home / "kaartstad-beheerder.key.pub").read_text())["beheerder"]
        self.assertIn(f"kaartstad-beheerder.key.pub: lead key {key}; compare it", err)
        self.refused(self.add_desk("kaartdorp", card("kaartdorp", "medewerker")), 2, "not of a lead")
        self.refused(self.add_desk("kaartdorp", f"{self.home}/kaartstad-beheerder.key.pub"), 2,
                     "of desk kaartstad, not of kaartdorp")
        self.refused(self.add_desk("kaartdorp", self.home / "none.pub"), 2, "No such file")

    def test_wrong_use_of_an_admin_verb_points_to_its_own_help(self):
        for verb in ("init", "backup", "copy", "directory-sign", "places-import", "declaration"):
            self.refused(run("baken-admin", verb), 2, f"see baken admin {verb} --help.")
        self.refused(run("bakend", "--confg", "x"), 2, "did you mean --config?")

    def test_who_may_not_read_the_data_directory_is_named(self):
        nobody = ("/usr/sbin/runuser", "-u", "nobody", "--")
        if os.geteuid() != 0 or subprocess.run([*nobody, "test", "-x", BIN / "bakend"], check=False).returncode != 0:
            self.skipTest("nobody cannot run the programs here")
        data = self.home / "data"
        shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm"))
        self.home.chmod(0o755)
        data.chmod(0o700)
        for arguments in (("backup", "--data", data, "--to", self.home / "b"), ("check", "--data", data),
                          ("destroyed", "--data", data, "--to", self.home / "d"), ("demo-renew", "--data", data),
                          ("directory-draft", "--data", data, "--to", self.home / "x"), ("retention", "--data", data),
                          ("guide-check", "--data", data), ("guide-diff", data / "demo", data / "demo"), ("init", "--data", data, "--demo"),
                          ("init", "--data", self.home / "new", "--demo")):
            done = subprocess.run([*nobody, BIN / "baken-admin", *map(str, arguments)],
                                  capture_output=True, text=True, timeout=60, check=False)
            with self.subTest(arguments[0]):
                self.assertIn(done.returncode, (1, 2), done)
                self.assertIn("by user nobody: Permission denied", done.stderr)
                self.assertNotIn("of its own", done.stderr)
        done = subprocess.run([*nobody, BIN / "bakend", "--config", data / "bakend.toml"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("it cannot be read by user nobody: Permission denied", done.stderr)


if __name__ == "__main__":
    unittest.main()
