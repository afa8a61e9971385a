#!/usr/bin/python3
"""Load: who only reads is asked to come back first, then who reports; urgent reports and desks get through, nothing typed
is lost, and when it is over it is over. No test here depends on how fast the machine is: a step of 0 ms (bakend.toml) is
always reached, one of a microsecond by whatever is measured. shedding.py BIN SCHEMA
"""
import contextlib
import os
import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "crash")]

from installation import Installation  # noqa: E402
from pages_visitor import Case, Visitor, pressed  # noqa: E402

BIN, SCHEMA = sys.argv[1:3]
PATIENCE = 120  # seconds until a measure has to tell; a sanitizer's tree on a busy machine is slow
SILENCE = 2.5  # longer than a measure is remembered (admission::limits::memory), on whatever machine
SEARCH = "/v1/gemeenten?zoek=rotterdam"


class Shedding(Case):
    @classmethod
    def setUpClass(cls):
        home = tempfile.TemporaryDirectory(prefix="baken-shedding-")
        cls.addClassCleanup(home.cleanup)
        cls.server = Installation(BIN, SCHEMA, home.name, config=())
        cls.settings = cls.server.data / "bakend.toml"
        cls.usual = cls.settings.read_text()

    @contextlib.contextmanager
    def serving(self, *lines):
        """The server with these further lines of bakend.toml; ends well."""
        self.settings.write_text("\n".join([self.usual, *lines, ""]))
        self.server.start()
        type(self).visitor = Visitor(os.environ["BAKEN_URL"], os.environ["BAKEN_CA"])
        try:
            yield
        except BaseException:
            self.server.kill()
            raise
        self.server.stop(within=20)

    def read(self, path="/nl", line=None):
        return self.checked(self.visitor.send("GET", path, line=line))

    def send(self, page):
        return self.checked(self.visitor.post(pressed(page, "stap", "versturen")))

    def test_who_reads_is_asked_to_come_back_and_a_report_is_taken(self):
        with self.serving("shed-reading = 0"):
            refused = self.read()
            self.assertEqual(refused.status, 503)
            self.assertEqual(refused.head("Retry-After"), "10")
            self.assertEqual(refused.head("Content-Language"), "nl")
            self.assertIn("112", refused.page.text)
            searched = self.visitor.get(SEARCH)
            self.assertEqual(searched.status, 503)
            self.assertEqual(searched.head("Content-Type"), "application/problem+json")
            self.assertTrue(searched.head("Retry-After"))
            ordinary = self.check_page()
            self.assertEqual(self.send(ordinary).status, 200)
            self.assertIn(ordinary.value("nummer"), self.arrived())
        self.assertTrue(self.server.lines("too busy, some are asked to come back"))

    def test_a_report_waits_and_an_urgent_one_does_not(self):
        with self.serving():
            ordinary, urgent = self.check_page(), self.check_page(minderjarig="ja")
        with self.serving("shed-reading = 0", "shed-writing = 0"):
            for path in ("/nl", "/nl/melden"):
                self.assertEqual(self.read(path).status, 503)
            refused = self.send(ordinary)
            self.assertEqual(refused.status, 503)
            self.assertIn("112", refused.page.text)
            self.kept(refused.page, [(name, value) for name, value in ordinary.fields if name not in ("haast", "lezers")])
            for _ in range(3):
                self.assertEqual(self.send(urgent).status, 200)
            arrived = self.arrived()
            self.assertIn(urgent.value("nummer"), arrived)
            self.assertNotIn(ordinary.value("nummer"), arrived)
        # The page that came back is sent now, and is one report.
        with self.serving():
            self.assertEqual(self.send(refused.page).status, 200)
            self.assertIn(ordinary.value("nummer"), self.arrived())

    def test_what_is_measured_sheds_and_when_nobody_comes_it_is_over(self):
        """From the thread's timer to the answer: however short work waits, it is longer than a microsecond."""
        with self.serving("shed-reading = 0.001"):
            line = self.visitor.connect()
            self.assertEqual(self.read(line=line).status, 200)  # nothing was measured yet
            until = time.monotonic() + PATIENCE
            while (answer := self.read(line=line)).status != 503:
                self.assertEqual(answer.status, 200)
                self.assertLess(time.monotonic(), until, "no 503 came")
            line.close()
            self.assertEqual(self.read("/nl/melden").status, 200)  # its step is far away
            until = time.monotonic() + PATIENCE
            while True:
                time.sleep(SILENCE)  # the silence is the test
                if self.visitor.get(SEARCH).status == 200:
                    break
                self.assertLess(time.monotonic(), until, "it is never over")
        self.assertTrue(self.server.lines("too busy, some are asked to come back"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
