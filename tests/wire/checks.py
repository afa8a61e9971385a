#!/usr/bin/python3
"""baken admin check and bakend --check: what they look at, what they say of it, and what they never say. Run by
tests/with_server.py.
"""
import shutil
import unittest

from stores import DATA, Stores, admin


class Checks(Stores):
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
                self.assertEqual(status, 1)
                self.assertEqual("FAULT  database" in out, bool(arguments))
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
        self.assertEqual(status, 1)
        self.assertIn("'nowhere' is not in the directory", err)
        self.assertIn("ended on 2026-01-01", err)
        # It was just made, so its log key is not the one that the restored directory names.
        self.assertIn(f"{data}/logboek.key is not the log key that version 1 of the directory names", err)
        self.right_log_key(data)
        (data / "bakend.toml").write_text(plain)
        status, out, err = self.bakend(data, "--check")
        self.assertEqual((status, err), (0, ""), out)
        whole = (data / "baken.db").read_bytes()
        for change, words in (("INSERT INTO migraties VALUES (9999, 'x')", "newer version"),
                              ("INSERT INTO onvoltooid VALUES (1, 'copy', 'x', 'y')", "broken off")):
            self.sql(data, change)
            status, out, err = self.bakend(data, "--check")
            self.assertEqual(status, 1)
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

    def test_a_check_lists_what_it_looked_at(self):
        data = self.ready()
        self.done(*self.restore(wraps=("--wraps", self.home / "backup.wraps", "--wraps-key", self.home / "w.key")))
        self.right_log_key(data)
        status, out, err = self.bakend(data, "--check")
        self.assertEqual((status, err), (0, ""), out)
        for words in ("configuration", f"{data}/bakend.toml", "data files", "certificate", "last day 20", "retention",
                      "nothing is destroyed by itself", f"{data}/baken.db, reached, schema ", "version 1, in force to 20",
                      "staffing", "the one that the directory names", "no backup can be made",
                      "visitors read that nobody filled in who is behind this: write 'about-name', 'about-controller'"):
            self.assertIn(words, out)
        self.assertNotIn("in order", out)
        # All faults at once, and a log key that others can read stops a start too.
        (data / "logboek.key").chmod(0o640)
        (data / "tls/key.pem").chmod(0o644)
        status, out, err = self.bakend(data, "--check")
        self.assertEqual((status, out.count("FAULT"), err.count("chmod 600")), (1, 2, 2), err)
        (data / "tls/key.pem").chmod(0o600)
        for change, words in ((lambda: None, f"run: chmod 600 {data}/logboek.key"),
                              (lambda: (data / "logboek.key").write_text("x"), "does not hold a log key")):
            change()
            status, out, err = self.bakend(data)
            self.assertEqual((status, out), (1, ""))
            self.assertIn(words, err)
            (data / "logboek.key").chmod(0o600)


if __name__ == "__main__":
    unittest.main()
