#!/usr/bin/python3
"""baken admin restore --dry-run: a backup tried whole, with nothing written. Run by tests/with_server.py.
"""
import unittest

from stores import DATA, Stores, admin


class Trials(Stores):
    def test_a_backup_is_tried_without_writing_anything(self):
        data = self.ready()
        before = {path: path.read_bytes() for path in self.home.rglob("*") if path.is_file()}
        said = self.done(*self.trial())
        for words in ("reports, ", "wrapped secrets", "the directory up to version", "Every byte was read and fits",
                      "nothing was written"):
            self.assertIn(words, said)
        self.done("destroyed", "--data", DATA, "--to", self.home / "listed")
        self.assertIn("0 of its reports were destroyed since", self.done(*self.trial(), "--destroyed", self.home / "listed"))
        self.assertIn("not tried whether anybody could open", self.done(*self.trial(wraps=())))
        # What a restore would take may stand there too, so that the same line is first tried and then run.
        self.done(*self.restore(data=data), "--dry-run")
        (self.home / "listed").unlink()
        self.assertEqual({path: path.read_bytes() for path in self.home.rglob("*") if path.is_file()}, before)
        whole = (self.home / "backup").read_bytes()
        for content, words in ((whole[:-20], "end of the backup is missing"),
                               (whole[:70000] + bytes([whole[70000] ^ 1]) + whole[70001:], "damaged or changed")):
            (self.home / "backup").write_bytes(content)
            self.refused(1, words, *self.trial())
        (self.home / "backup").write_bytes(whole)
        self.refused(1, "No such file", *self.trial("none"))
        self.refused(2, "--dry-run", "restore", "--from", "x", "--key", "y")

    def test_a_trial_finds_what_does_not_belong_together(self):
        data = self.ready()
        wraps = ("--wraps", self.home / "backup.wraps", "--wraps-key", self.home / "w.key")
        self.done(*self.restore(wraps=wraps))
        with (data / "bakend.toml").open("a") as file:
            file.writelines(one for one in (DATA / "bakend.toml").read_text().splitlines(True) if "backup-keys" in one)
        whole = (data / "baken.db").read_bytes()
        trail = "(SELECT loket FROM logboek WHERE regel > 1 LIMIT 1)"
        for number, (change, words) in enumerate((
                ("UPDATE leden SET token = 'x' WHERE rowid = (SELECT min(rowid) FROM leden)", "damaged: a membership"),
                (f"DELETE FROM logboek WHERE regel = 1 AND loket = {trail}", "does not follow the line before"),
                ("DELETE FROM sleutels WHERE hash = (SELECT sleutel FROM wraps LIMIT 1)", "whose epoch key is missing"))):
            with self.subTest(change):
                self.sql(data, change)
                admin("backup", "--data", data, "--to", self.home / f"hurt{number}")
                status, out, err = admin(*self.trial(f"hurt{number}"))
                self.assertEqual(status, 1, err)
                self.assertIn(words, out)
                self.assertIn("nothing was written", out)
                self.assertNotIn("Every byte", out)
                (data / "baken.db").write_bytes(whole)


if __name__ == "__main__":
    unittest.main()
