#!/usr/bin/python3
"""An installation without a demonstration, before and after its first directory: what nobody decided yet is said by init, by
bakend --check and in the log. real.py BIN_DIR SCHEMA
"""
import datetime
import sys
import unittest

import started
from ceremony import BIN, SCHEMA, Ceremony, run, tearDownModule  # noqa: F401

RETENTION = "no retention profiles are configured"


class Real(Ceremony):
    def check(self):
        return started.bakend(BIN, self.data / "bakend.toml", "--check")

    def log_of_a_start(self):
        begun = self.server.log.stat().st_size if self.server.log.exists() else 0
        self.server.start()
        self.end()
        return self.server.log.read_bytes()[begun:].decode()

    def configure(self, *lines):
        (self.data / "bakend.toml").write_text(self.plain + "".join(lines))

    def test_what_nobody_decided_yet_is_said(self):
        root = self.root_keygen()
        _, _, err = run("admin", "init", "--data", self.home / "other", "--root", f"{root}.pub", "--schema",
                        SCHEMA, expect=0)
        for words in ("No retention profiles yet, so no report is destroyed by itself", "No keys for backups yet",
                      "No directory yet, so nothing can be reported"):
            self.assertIn(words, err)
        self.install(root, start=False)
        self.plain = (self.data / "bakend.toml").read_text()
        status, out, err = self.check()
        self.assertEqual((status, err), (0, ""), out)
        for words in ("nothing is destroyed by itself", "no directory is in it yet", "no backup can be made",
                      "of no directory yet"):
            self.assertIn(words, out)
        self.assertIn(RETENTION, self.log_of_a_start())
        (self.data / "retention.toml").write_text(
            '[[profile]]\ncategory = "1"\napproved-by = "x"\napproved-on = 2026-01-01\nclosed = 180\nhanded-over = 30\n'
            'withdrawn = 7\n')
        self.configure('retention = "retention.toml"\n')
        self.assertNotIn(RETENTION, self.log_of_a_start())
        status, out, _ = self.check()
        self.assertEqual((status, "retention.toml, 1 profile" in out), (0, True), out)

    def test_the_log_says_seven_days_before_that_a_key_for_wraps_ends(self):
        root = self.root_keygen()
        self.install(root, start=False)
        self.plain = (self.data / "bakend.toml").read_text()
        run("admin", "backup-keygen", "--for", "wraps", "--to", self.home / "w.key", *self.quick, expect=0)
        key = (self.home / "w.key.pub").read_text()[:43]
        today = datetime.datetime.now(datetime.timezone.utc).date()
        soon, ended = "sealed to ends soon", "sealed to has ended"
        for days, said, silent in (((8,), (), (soon, ended)), ((7,), (soon, "days=7"), (ended,)), ((0,), (soon, "days=0"), ()),
                                   ((-1,), (ended, "days-ago=1"), (soon,)), ((3, 30), (), (soon, ended)), ((), (), (soon, ended))):
            with self.subTest(days):
                listed = ", ".join(f'"{key}:{today + datetime.timedelta(one)}"' for one in days)
                self.configure(f"wrap-backup-keys = [{listed}]\n")
                log = self.log_of_a_start()
                for words in said:
                    self.assertIn(words, log)
                for words in silent:
                    self.assertNotIn(words, log)

    def test_the_address_that_was_asked_is_said_and_another_can_be_named(self):
        root = self.root_keygen()
        self.install(root)
        self.people()
        self.first_directory(root)
        _, _, err = run("admin", "directory-draft", "--data", self.data, "--to", self.home / "plain", expect=0)
        self.assertIn(f"Asked {self.url()} (the first of 'names' in {self.data}/bakend.toml", err)
        # The server answers to a name that does not lead to it from here.
        text = (self.data / "bakend.toml").read_text()
        (self.data / "bakend.toml").write_text(text.replace('names = ["', 'names = ["meldpunt.invalid", "', 1))
        draft = ("admin", "directory-draft", "--data", self.data, "--to", self.home / "named")
        self.refused(run(*draft), "https://meldpunt.invalid (the first of 'names' in ", "--url names another")
        _, out, err = run(*draft, "--url", self.url(), expect=0)
        self.assertIn("the draft of version 2", out)
        self.assertIn(f"Asked {self.url()} (--url).", err)
        signed, _ = self.sign(self.home / "named", root)
        self.refused(self.publish(signed, expect=1), "https://meldpunt.invalid (the first of 'names' in ")
        _, out, err = self.publish(signed, "--data", self.data, "--url", self.url())
        self.assertIn("version 2 is in force", out)
        self.assertIn(f"Asked {self.url()} (--url).", err)
        # A root that did not sign: who did, and who is trusted.
        other = self.root_keygen("other.key")
        for verb in (("directory-verify",), ("directory-draft", "--to", self.home / "x")):
            self.refused(run("admin", *verb, "--url", self.url(), "--root", f"{other}.pub"), f"{other}.pub (key ",
                         "is signed by the key ", "--root NEW.pub --root OLD.pub")
        self.refused(run("admin", "directory-verify", "--url", "http://x", "--root", f"{root}.pub"), "http://x: ", status=2)

    def test_a_log_key_that_others_can_read_stops_the_start(self):
        root = self.root_keygen()
        self.install(root, start=False)
        (self.data / "logboek.key").chmod(0o644)
        status, _, err = started.bakend(BIN, self.data / "bakend.toml")
        self.assertEqual(status, 1)
        self.assertIn(f"run: chmod 600 {self.data}/logboek.key", err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
