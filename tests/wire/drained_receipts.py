#!/usr/bin/python3
"""A hundred connections draw check pages without end, and send seeds that they made up, so that the stock of receipts is
empty and everything waits for Argon2id: honest visitors beside them get a code each, at the first try. Pages that are no
check page give no seed away. Run by tests/with_server.py.
"""
import base64
import http.client
import secrets
import threading
import time
import unittest
import uuid

from pages_visitor import Case, encoded, pressed, report, FORM

DRAINING, SENDING, HONEST = 50, 50, 8
FIELDS = {"Content-Type": FORM}


class Flood:
    """Each thread on a connection of its own, from an address of its own in another network than the honest one's."""

    def __init__(self, visitor, page):
        self.visitor, self.page = visitor, page
        self.over, self.statuses, self.lock = threading.Event(), {"drain": [], "send": []}, threading.Lock()
        self.threads = ([threading.Thread(target=self.run, args=("drain", number)) for number in range(DRAINING)]
                        + [threading.Thread(target=self.run, args=("send", number)) for number in range(SENDING)])

    def body(self, how):
        if how == "drain":
            return encoded(report("controle"))
        seed = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        return encoded(pressed(self.page, "stap", "versturen", nummer=str(uuid.uuid4()), zaad=seed))

    def run(self, how, number):
        line = None
        while not self.over.is_set():
            try:
                if line is None:
                    line = self.visitor.connect()
                    line.source_address = (f"127.{1 + number % 7}.{number}.1", 0)
                line.request("POST", "/nl/melden", self.body(how), FIELDS)
                response = line.getresponse()
                response.read()
                with self.lock:
                    self.statuses[how].append(response.status)
            except (OSError, http.client.HTTPException):
                line = None

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()


class DrainedReceipts(Case):
    def test_only_the_check_page_draws(self):
        for step in ("", "vragen"):
            page = self.visitor.post(report(step)).page
            self.assertIsNone(page.value("zaad"), step)
        page = self.visitor.post(report("controle", wat=None)).page  # has a fault: the form again
        self.assertIsNone(page.value("zaad"))
        self.assertEqual(len(self.visitor.post(report("controle")).page.value("zaad")), 43)

    def test_honest_visitors_get_a_code(self):
        page = self.visitor.post(report("controle")).page
        with Flood(self.visitor, page) as flood:
            deadline = time.monotonic() + 120
            while min(map(len, flood.statuses.values())) < 50:
                self.assertLess(time.monotonic(), deadline, "there is no flood")
                time.sleep(0.05)
            for number in range(HONEST):
                with self.subTest(number):
                    mine = self.visitor.post(report("controle", wat=f"Melding {number}"))
                    self.assertEqual(mine.status, 200)
                    sent = self.visitor.post(pressed(mine.page, "stap", "versturen"))
                    self.assertEqual(sent.status, 200, sent.page.text)
                    digits = [one for one in sent.page.spans if len(one) == 4 and one.isdigit()]
                    self.assertEqual(len(digits), 6)
        self.assertGreater(sum(map(len, flood.statuses.values())), 100)


if __name__ == "__main__":
    unittest.main()
