#!/usr/bin/python3
"""commits.py finds what is planted in a history of its own, and nothing in one that is right."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import commits

LONG = "\n".join(map(str, range(31)))
NOBODY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
          "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


@unittest.skipUnless(shutil.which("git"), "there is no git")
class Commits(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="baken-commits-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.git("init", "--quiet")
        self.first = self.commit("anything at all; and no room.", "x")

    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.root, *arguments], check=True, capture_output=True, text=True,
                              env={**os.environ, **NOBODY}).stdout.strip()

    def commit(self, message, text, path="file"):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.git("add", "-A")
        self.git("commit", "--quiet", "-m", message)
        return self.git("rev-parse", "HEAD")

    def judged(self):
        return commits.judged(self.root, self.first)

    def test_what_is_right(self):
        self.commit("store: reads what it wrote", "one line")
        self.commit("net, web/http: " + "x" * 57, "two")
        self.commit("store: a longer change\n\nBecause it was slow.", LONG)
        self.commit("fuzz: seeds", LONG, "tests/fuzz/corpus/guard/a")
        self.commit("lang: Polish", LONG, "static/locale/pl.po")
        self.commit('Revert "store: reads what it wrote"', "one")
        self.assertEqual(self.judged(), [])

    def test_each_breach(self):
        for message, text, words in (("net: " + "x" * 68, "a", "73 signs"), ("fixes", "b", "room"), (": x", "c", "room"),
                                     ("net: one; two", "d", "several changes"), ("net: one.", "e", "full stop"),
                                     ("net: much", LONG, "does not say why")):
            with self.subTest(message):
                name = self.commit(message, text)
                line, = [one for one in self.judged() if name.startswith(one.split()[0])]
                self.assertIn(words, line)

    def test_a_tree_without_history(self):
        self.commit("net: more", "more")
        self.assertIsNone(commits.judged(self.root, "0" * 40))
        with tempfile.TemporaryDirectory() as shallow:
            self.git("clone", "--quiet", "--depth", "1", f"file://{self.root}", shallow)
            self.assertIsNone(commits.judged(shallow, self.first))
        with tempfile.TemporaryDirectory() as exported:
            self.assertIsNone(commits.judged(exported, self.first))


if __name__ == "__main__":
    unittest.main()
