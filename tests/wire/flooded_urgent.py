#!/usr/bin/python3
"""Somebody floods the server with junk of the largest class, all of it called urgent: honest small reports beside it
are taken, urgent or not, every one at the first try; the flood is refused before its bodies are read once it has had its
share; and who comes from elsewhere still finds room in the very class. Run by tests/with_server.py.
"""
import http.client
import json
import pathlib
import sys
import threading
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "interop"), str(pathlib.Path(__file__).resolve().parent)]

from witness import envelope  # noqa: E402
from witness.text import b64u, dump_json, new_uuid  # noqa: E402
from world import Case, Report  # noqa: E402

JSON = {"Content-Type": "application/json"}
RATE, THREADS, SHARE = 200, 4, 1000  # a second; connections; more than one sender's share of twenty minutes


def large(world):
    """Sealed once; junk needs nobody who opens it, only another id each time."""
    one = Report(world, urgent=True, with_mailbox=False)
    sealed = envelope.seal_body(envelope.MELDING, one.id, one.content_key, dump_json(one.document), 262144)
    return envelope.filled(one.body(body=b64u(sealed))), one.id


class Flood:
    """Junk at a steady rate for as long as the block lasts, or as fast as it goes where that is slower."""

    def __init__(self, server, raw, marked):
        self.server, self.raw, self.marked = server, raw, marked
        self.over, self.answers, self.lock = threading.Event(), [], threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(THREADS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def run(self):
        while not self.over.is_set():
            begun = time.monotonic()
            try:
                connection = self.server.connect()
                connection.request("POST", "/v1/meldingen", self.raw.replace(self.marked.encode(), new_uuid().encode()),
                                   JSON)
                response = connection.getresponse()
                answer = response.status, response.read()
            except (OSError, http.client.HTTPException):
                answer = 0, b""  # refused while it was still sending
            finally:
                connection.close()
            with self.lock:
                self.answers.append(answer)
            time.sleep(max(0.0, THREADS / RATE - (time.monotonic() - begun)))

    def count(self, status):
        with self.lock:
            return sum(one == status for one, _ in self.answers)


class FloodedUrgent(Case):
    def honest(self, urgent):
        """A small one, from the same address as the flood."""
        one = Report(self.world, urgent=urgent, with_mailbox=False)
        self.world.post_report(one)
        return one.id

    def test_honest_reports_are_taken_beside_it(self):
        raw, marked = large(self.world)
        sent = set()
        with Flood(self.server, raw, marked) as flood:
            deadline = time.monotonic() + 120
            while flood.count(503) < 50 or len(sent) < 40:
                self.assertLess(time.monotonic(), deadline, f"{flood.count(201)} junk taken, none refused for its share")
                sent.add(self.honest(len(sent) % 2 == 0))
        junk = flood.count(201)
        self.assertLess(junk, SHARE, "one sender's junk was taken without end")
        refused = [json.loads(body) for status, body in flood.answers if status == 503]
        codes = {fault["code"] for problem in refused for fault in problem.get("errors", ())}
        self.assertIn("vol", codes)
        self.assertLessEqual(sent, set(self.desk.collect("officer")[0]))
        # From another house the same class, and the same claim, is taken.
        elsewhere = self.server.connect()
        elsewhere.source_address = ("127.77.0.1", 0)
        elsewhere.request("POST", "/v1/meldingen", raw.replace(marked.encode(), new_uuid().encode()), JSON)
        self.assertEqual(elsewhere.getresponse().status, 201)
        elsewhere.close()


if __name__ == "__main__":
    unittest.main()
