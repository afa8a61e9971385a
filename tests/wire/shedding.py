#!/usr/bin/python3
"""A server that is late: stopped and let go for a moment, over and over, it measures how late it is. Who only reads is
asked to come back first, then who reports; urgent reports and desks get through, nothing typed is lost, and when it is
over it is over. Run by tests/with_server.py.
"""
import contextlib
import os
import pathlib
import signal
import threading
import time
import unittest

from pages_visitor import Case, pressed

PATIENCE = 120  # seconds until a refusal that has to come; a sanitizer's tree on a busy machine is slow
AWAKE = 0.008  # shorter than what a measure takes: whatever was asked meanwhile was late


@contextlib.contextmanager
def late(seconds):
    """The server answers only every so many seconds."""
    server, over = int(os.environ["BAKEN_PID"]), threading.Event()

    def hold():
        while not over.is_set():
            os.kill(server, signal.SIGSTOP)
            time.sleep(seconds)
            os.kill(server, signal.SIGCONT)
            time.sleep(AWAKE)
    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Shedding(Case):
    def until(self, status, ask):
        """Asks until the answer is this one; the others are whatever comes before."""
        deadline = time.monotonic() + PATIENCE
        while (answer := ask()).status != status:
            self.assertIn(answer.status, (200, 503))
            self.assertLess(time.monotonic(), deadline, f"no {status} came")
        return answer

    def read(self, path="/nl"):
        return self.checked(self.visitor.get(path))

    def send(self, page):
        return self.checked(self.visitor.post(pressed(page, "stap", "versturen")))

    def over(self):
        for path in ("/nl", "/v1/gemeenten?zoek=rotterdam"):
            self.until(200, lambda path=path: self.visitor.get(path))

    def test_who_reads_is_asked_to_come_back(self):
        with late(0.5):
            refused = self.until(503, self.read)
            self.assertEqual(refused.head("Retry-After"), "10")
            self.assertEqual(refused.head("Content-Language"), "nl")
            self.assertIn("112", refused.page.text)
            searched = self.until(503, lambda: self.visitor.get("/v1/gemeenten?zoek=rotterdam"))
            self.assertEqual(searched.head("Content-Type"), "application/problem+json")
            self.assertTrue(searched.head("Retry-After"))
        self.assertIn("too busy, some are asked to come back", pathlib.Path(os.environ["BAKEN_LOG"]).read_text())
        self.over()

    def test_a_report_waits_and_an_urgent_one_does_not(self):
        ordinary, urgent = self.check_page(), self.check_page(minderjarig="ja")
        with late(1.3):
            refused = self.until(503, lambda: self.send(ordinary))
            self.assertIn("112", refused.page.text)
            self.kept(refused.page, [(name, value) for name, value in ordinary.fields if name not in ("haast", "lezers")])
            for _ in range(3):
                self.assertEqual(self.send(urgent).status, 200)
            arrived = self.arrived()
        self.assertIn(urgent.value("nummer"), arrived)
        self.over()
        # The page that came back is sent now, and is one report.
        self.assertEqual(self.send(refused.page).status, 200)
        self.assertIn(ordinary.value("nummer"), self.arrived())


if __name__ == "__main__":
    unittest.main(verbosity=2)
