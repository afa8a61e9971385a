#!/usr/bin/python3
"""Many requests in one write. Good ones are answered each, in order, whatever the cut of records; behind one that is
refused, or that ends the line, nothing is ever executed: a real report that stands there is not taken, by the interface
or by the form. Run by tests/with_server.py.
"""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

import pages_visitor  # noqa: E402
from line import AUTHORITY, FORM, MARK, Case, Line, post, request  # noqa: E402
from world import Report, World  # noqa: E402

WORLD = World()
# Told apart by their answers: each place is asked for by its own name.
PLACES = ("Rotterdam", "Utrecht", "Almere", "Breda", "Zwolle", "Tilburg", "Arnhem", "Delft")
ENDS = {
    "a coding": (request("POST", "/v1/meldingen", "Transfer-Encoding: chunked"), 501),
    "no length": (request("POST", "/v1/meldingen"), 411),
    "two lengths": (request("GET", "/nl", "Content-Length: 0", "Content-Length: 0"), 400),
    "no host": (b"GET /nl HTTP/1.1\r\n\r\n", 400), "another host": (request(host=f"{MARK}.example"), 421),
    "two hosts": (request("GET", "/nl", f"Host: {AUTHORITY}"), 400), "HTTP/1.0": (b"GET /nl HTTP/1.0\r\n\r\n", 505),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), "a bare LF": (b"GET /nl HTTP/1.1\n\n", 400),
    "a folded line": (request("GET", "/nl", "X: a\r\n b"), 400), "an empty line": (b"\r\n", 400),
    "an expectation": (request("GET", "/nl", "Expect: tea"), 417),
    "a long target": (request("GET", "/" + "a" * 4096), 414),
    "many fields": (request("GET", "/nl", *["X: a"] * 64), 431),
    "absolute form": (request("GET", f"https://{AUTHORITY}/nl"), 400),
    "garbage": (f"{MARK}\r\n\r\n".encode(), 400), "zeros": (bytes(64), 400),
    "an announced body where none is taken": (request("GET", "/nl", "Content-Length: 9"), 413),
    "a body too large": (request("POST", "/v1/meldingen", "Content-Type: application/json", "Content-Length: 999999"),
                         413),
    "the end, asked for": (request("GET", "/nl", "Connection: close"), 200),
    "the end of an error, asked for": (request("GET", "/v1/bestaat-niet", "Connection: close"), 404),
}


def search(place):
    return request("GET", f"/v1/gemeenten?zoek={place}")


class Pipelining(Case):
    @classmethod
    def setUpClass(cls):
        with Line() as line:
            cls.found = {place: line.send(search(place)).answer().body for place in PLACES}
        assert len(set(cls.found.values())) == len(PLACES)

    def test_good_ones_are_answered_in_order(self):
        asked = [PLACES[n * 5 % len(PLACES)] for n in range(400)]
        with Line() as line:
            line.send(*(search(place) for place in asked))
            for place in asked:
                self.assertEqual(self.checked(line.answer(), interface=True).body, self.found[place])
            self.assertEqual(line.ending(0.2), "open")

    def test_all_kinds_at_once(self):
        report = Report(WORLD)
        raw = post("/v1/meldingen", report.raw())
        rows = [(search("Breda"), 200), (raw, 201), (request("HEAD", "/nl"), 200), (raw, 200),
                (request("OPTIONS", "*"), 204),
                (post("/nl/melden", b"stap=vragen", kind=FORM), 400), (request("GET", "/v1/bestaat-niet"), 404),
                (post("/v1/meldingen", b"{}"), 400), (request("DELETE", "/nl"), 405), (request("GET", "/"), 303),
                (search("Delft"), 200)]
        with Line() as line:
            line.send(b"".join(one for one, _ in rows))
            for one, status in rows:
                answer = self.checked(line.answer(one.startswith(b"HEAD")))
                self.assertEqual(answer.status, status, answer)
            self.assertEqual(answer.body, self.found["Delft"])

    def test_the_cut_of_records_means_nothing(self):
        whole = search("Breda") + post("/v1/meldingen", b"{}") + search("Delft")
        for size in (1, 2, 3, 7, 64):
            with self.subTest(size), Line() as line:
                line.send(*(whole[at:at + size] for at in range(0, len(whole), size)))
                self.assertEqual(line.answer().body, self.found["Breda"])
                self.assertEqual(line.answer().status, 400)
                self.assertEqual(line.answer().body, self.found["Delft"])
        first = len(search("Breda"))
        for at in range(first - 6, first + 7):
            with self.subTest(f"cut at {at}"), Line() as line:
                line.send(whole[:at]).send(whole[at:])
                self.assertEqual([line.answer().status for _ in range(3)], [200, 400, 200])

    def ends_at(self, before, raw, status, hidden):
        """Answers to what stands before, one to the end itself, and none to what is hidden behind."""
        with Line() as line:
            line.try_send(*before, raw, hidden)
            for _ in before:
                self.assertEqual(line.answer().status, 200)
            answer = self.checked(line.answer())
            self.assertEqual(answer.status, status, answer)
            self.assertTrue(answer.closes)
            self.assertEqual(line.ending(), "orderly")

    def test_nothing_behind_the_end_is_taken_by_the_interface(self):
        for name, (raw, status) in ENDS.items():
            for before in ([], [search("Breda"), request("GET", "/nl")]):
                with self.subTest((name, len(before))):
                    report = Report(WORLD)
                    hidden = post("/v1/meldingen", report.raw())
                    self.ends_at(before, raw, status, hidden)
                    self.taken(hidden, 201)  # new: 200 would say that it lies there already

    def test_nothing_behind_the_end_is_sent_by_the_form(self):
        pages = pages_visitor.Case()
        before = pages.arrived()
        sendings = {}
        for name in ENDS:
            page = pages.check_page()
            body = pages_visitor.encoded(pages_visitor.pressed(page, "stap", "versturen"))
            sendings[page.value("nummer")] = (name, post("/nl/melden", body, kind=FORM))
        for name, hidden in sendings.values():
            with self.subTest(name):
                self.ends_at([request()], *ENDS[name], hidden)
        self.assertEqual(pages.arrived(), before)
        for _, hidden in sendings.values():
            self.taken(hidden, 200)
        self.assertEqual(pages.arrived() - before, set(sendings))  # so they were real

    def test_garbage_behind_the_last_request_costs_nobody_the_answer(self):
        """Refused, or asked for by the client: what still comes is thrown away before the line is gone."""
        for field, status in (("Transfer-Encoding: x", 501), ("Connection: close", 200)):
            for garbage in (b"x", bytes(16_000), MARK.encode() * 100_000, request() * 3000):
                with self.subTest((field, len(garbage))), Line() as line:
                    line.try_send(request("GET", "/nl", field), garbage)
                    self.assertEqual(self.checked(line.answer()).status, status)
                    self.assertEqual(line.ending(), "orderly")

    def test_whoever_reads_late_reads_all(self):
        """More answers than any buffer holds, not read before all is asked: both sides wait, none is lost."""
        with Line() as line:
            line.send(*[request("GET", "/v1/openapi.json")] * 300)  # 20 MB of answers
            first = line.answer()
            for _ in range(299):
                self.assertEqual(line.answer().body, first.body)
            self.ask(line, request(), 200)


if __name__ == "__main__":
    unittest.main()
