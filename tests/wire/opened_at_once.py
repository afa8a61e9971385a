#!/usr/bin/python3
"""Nobody is at the first desk and somebody at its fallback: that one gets an urgent report at once, and the page says so
before it is sent and why. Run by tests/with_server.py --hours fallback.
"""
import json
import os
import pathlib
import re
import subprocess
import time
import unittest

from pages_visitor import Case

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])
URGENT = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "ja", "wat": "Ik zag iets."}


def baken(*arguments, text=""):
    return subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, text=True, timeout=60,
                          check=False)


def profile(desk):
    return DATA / f"demo/{desk}/medewerker.toml"


class AtOnce(Case):
    def test_the_fallback_reads_at_once_and_the_trails_name_the_hour(self):
        done = baken("report", "submit", "-", "--json", "--profile", profile("rotterdam"), text=json.dumps(URGENT))
        self.assertEqual(done.returncode, 0, done.stderr)
        sent = json.loads(done.stdout)["id"]
        deadline = time.monotonic() + 30
        while True:
            opened = baken("desk", "open", sent, "--profile", profile("landelijk"))
            if opened.returncode == 0 or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        self.assertEqual(opened.returncode, 0, opened.stderr)
        self.assertIn("Ik zag iets.", opened.stdout)
        # The first desk has not opened it by that.
        listed = baken("desk", "pull", "--json", "--profile", profile("rotterdam"))
        row = next(one for one in map(json.loads, listed.stdout.splitlines()) if one["id"] == sent)
        self.assertFalse(row["geopend"])

    def test_the_page_says_so_and_why(self):
        page = self.check_page(minderjarig="ja")
        self.assertIn("Bij het eerste loket is nu niemand. Daarom kan dit loket het meteen lezen.", page.text)
        self.assertIsNone(re.search("niemand leest die vóór", page.text))


if __name__ == "__main__":
    unittest.main()
