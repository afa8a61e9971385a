#!/usr/bin/python3
"""Small things that people and programs type in other ways than we do: report files of other editors, codes of older lists,
passphrases of other keyboards. Run by tests/with_server.py.
"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])
REPORT = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": "Ik zag iets."}
PROFILE = DATA / "demo/rotterdam/medewerker.toml"


def baken(*arguments, text=None):
    done = subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class SmallInputs(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)

    def submit(self, draft, *flags):
        file = self.home / "draft.json"
        file.write_bytes(draft if isinstance(draft, bytes) else json.dumps(draft).encode())
        return baken("report", "submit", file, "--profile", PROFILE, *flags)

    def sent(self, draft):
        status, out, err = self.submit(draft, "--json")
        self.assertEqual(status, 0, err)
        return json.loads(out), err

    def test_a_report_file_is_refused_by_what_is_wrong_with_it(self):
        text = json.dumps(REPORT)
        for draft, says in [
                (b"\xef\xbb\xbf" + text.encode(), "byte order mark"),
                (text.encode("utf-16"), "UTF-16"),
                (text.encode("utf-16-be"), "UTF-16"),
                (text.encode("utf-16-le"), "UTF-16"),
                (text.replace("iets", "caf\u00e9").encode("latin-1"), "not UTF-8 but perhaps Latin-1"),
                (text.replace("iets", "a\\u0000b").encode(), "\\u0000 has no place in a text"),
                (text.replace("iets", "\\ud83d").encode(), "half a character"),
                (text.replace("iets", "a\0b").encode(), "NUL byte"),
                (text.replace(", ", " ", 1).encode(), "comma"),
                (text.replace("iets", "iets\n").encode(), "does not end on its line"),
                (b"", "empty")]:
            with self.subTest(says):
                status, out, err = self.submit(draft)
                self.assertEqual((status, out), (1, ""), err)
                self.assertIn(says, err)
                self.assertRegex(err, r"[Ll]ine 1, column [0-9]+: ")

    def test_a_fault_in_sixty_kilobytes_has_its_place(self):
        lines = json.dumps({**REPORT, "wat": "\n".join(["x" * 60] * 500), "wie": "y" * 30000, "waar": "hier"}, indent=1)
        broken = lines.replace('",\n "waar"', '"\n "waar"')
        line = broken[:broken.index('"waar"')].count("\n") + 1
        self.assertIn(f"Line {line}, column 2: ", self.submit(broken.encode())[2])

    def test_joiners_and_pictures_stay_as_they_were(self):
        wat = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f468\u200d\U0001f469\u200d\U0001f467"
        said, _ = self.sent({**REPORT, "wat": wat})
        status, out, err = baken("desk", "open", said["id"], "--profile", PROFILE)
        self.assertEqual(status, 0, err)
        self.assertIn(wat, out)

    def test_a_text_that_nobody_sees_is_none(self):
        for unseen in ["\u2003", "\u3164", " \u200b\ufeff", "\u2800"]:
            status, _, err = self.submit({**REPORT, "wat": unseen})
            self.assertEqual(status, 1)
            self.assertIn("/wat: Say in your own words", err)

    def test_a_municipality_that_went_up_in_another(self):
        said, err = self.sent({**REPORT, "gemeente": "GM0501"})
        self.assertEqual([one["voor"] for one in said["ontvangers"]], ["loket:rotterdam"])
        for told in (err, said["opmerkingen"][0]):
            self.assertIn("GM0501 (Brielle) is part of GM1992 since 2023-01-01", told)
        status, out, _ = baken("desk", "open", said["id"], "--profile", PROFILE)
        self.assertEqual(status, 0)
        self.assertIn("GM1992", out)
        status, out, err = self.submit({**REPORT, "gemeente": "GM0501"}, "--dry-run")
        self.assertEqual(status, 0)
        self.assertIn("rotterdam", out)
        self.assertIn("GM1992", err)

    def test_a_municipality_that_nobody_knows(self):
        said, err = self.sent({**REPORT, "gemeente": "GM9999"})
        self.assertEqual([one["voor"] for one in said["ontvangers"]], ["loket:landelijk"])
        self.assertIn("No municipality has the code GM9999", err)
        self.assertEqual(len(said["opmerkingen"]), 1)

    def test_a_desk_with_a_name_that_nobody_can_read_is_not_published(self):
        for name in ["   ", "\u3164", "Politie\u202eRotterdam", "Pol\u200ditie"]:
            done = subprocess.run([BIN / "baken-admin", "desk-add", "--data", DATA, "--id", "nieuw", "--name", name, "--kind", "zorg",
                                   "--lead", (DATA / "root.pub").read_text().strip()], capture_output=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn(b"A desk's name", done.stderr)

    def passphrase(self, data):
        file = self.home / "passphrase"
        file.write_bytes(data)
        file.chmod(0o600)
        return file

    def test_a_passphrase_file_of_another_editor(self):
        secret = (DATA / "demo/passphrase").read_bytes().strip()
        for data in [secret, secret + b"\n", secret + b"\r\n", b"\xef\xbb\xbf" + secret + b"\r\n"]:
            status, _, err = baken("desk", "pull", "--profile", PROFILE, "--passphrase-file", self.passphrase(data))
            self.assertEqual(status, 0, err)
        file = self.passphrase(secret + b"\nsecond line\n")
        status, _, err = baken("desk", "pull", "--profile", PROFILE, "--passphrase-file", file)
        self.assertEqual(status, 1)
        self.assertIn(f"{file} holds more than one line", err)
        file = self.passphrase(b"not this one\n")
        self.assertIn(f"the passphrase in {file} does not open it", baken("desk", "pull", "--profile", PROFILE, "--passphrase-file", file)[2])

    def test_a_passphrase_of_another_keyboard(self):
        key = self.home / "own.key"
        for made, typed in [("caf\u00e9 au lait", "cafe\u0301 au lait"), ("cafe\u0301 au lait", "caf\u00e9 au lait")]:
            key.unlink(missing_ok=True)
            key.with_suffix(".key.pub").unlink(missing_ok=True)
            status, _, err = baken("desk", "keygen", "--loket", "rotterdam", "--rol", "medewerker", "--out", key, "--cost", "interactive", "--passphrase-file",
                                   self.passphrase(made.encode()))
            self.assertEqual(status, 0, err)
            fresh = self.home / "fresh"
            fresh.write_text("another passphrase\n")
            fresh.chmod(0o600)
            status, _, err = baken("desk", "passwd", "--key", key, "--passphrase-file",
                                   self.passphrase(typed.encode() + b"\r\n"), "--new-passphrase-file", fresh)
            self.assertEqual(status, 0, err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
