#!/usr/bin/python3
"""Expect: 100-continue. Whoever waits before sending a body is told to go on, or told the final answer at once and then
nothing: an interim answer never comes before a refusal, nor unasked. Run by tests/with_server.py.
"""
import unittest

from line import AUTHORITY, FORM, JSON, MARK, Case, Line, post, request

EXPECT = "Expect: 100-continue"
BODY = b'{"suite":"' + MARK.encode() + b'"}'


def announced(target="/v1/meldingen", size=len(BODY), *fields, kind=JSON, method="POST", expect=EXPECT):
    """A header whose body waits."""
    return request(method, target, f"Content-Type: {kind}", f"Content-Length: {size}", expect, *fields)


class Expect(Case):
    def goes_on(self, line, head, body, status, interface=None):
        line.send(head)
        interim = line.answer()
        self.assertEqual((interim.status, interim.fields), (100, {}))
        self.assertEqual(line.ending(0.2), "open")  # and nothing else before the body
        line.send(body)
        answer = self.checked(line.answer(), interface)
        self.assertEqual(answer.status, status, answer)

    def test_a_body_that_may_come_is_asked_for(self):
        with Line() as line:
            self.goes_on(line, announced(), BODY, 400, interface=True)
            self.goes_on(line, announced("/nl/melden", 11, kind=FORM), b"stap=vragen", 400, interface=False)
            self.goes_on(line, announced(expect="eXpEcT: 100-CONTINUE"), BODY, 400)
            self.goes_on(line, announced(size=512 * 1024), b" " * 512 * 1024, 400)
            self.ask(line, request(), 200)

    def test_a_part_of_the_body_does_not_replace_the_word(self):
        with Line() as line:
            self.goes_on(line, announced() + BODY[:3], BODY[3:], 400)

    def test_a_body_that_is_already_there_is_not_asked_for(self):
        self.taken(post("/v1/meldingen", BODY, EXPECT), 400)

    def test_no_body_no_interim_answer(self):
        self.taken(request("GET", "/nl", EXPECT))
        self.taken(request("GET", "/nl", EXPECT, "Content-Length: 0"))
        self.taken(request("HEAD", "/nl", EXPECT), head_only=True)
        self.taken(announced(size=0), 400)

    def test_one_after_the_other_in_one_write(self):
        """The second header follows the first one's body, so neither waits for a word."""
        with Line() as line:
            line.send(post("/v1/meldingen", BODY, EXPECT) + announced())
            self.assertEqual(line.answer().status, 400)
            self.assertEqual(line.answer().status, 100)
            line.send(BODY)
            self.assertEqual(line.answer().status, 400)

    def test_another_expectation(self):
        self.each_refused([(expect, announced(expect=expect), 417) for expect in (
            "Expect:", f"Expect: {MARK}", "Expect: 200-ok", "Expect: 100-continue, 100-continue",
            "Expect: 100-continue;q=1",
            'Expect: "100-continue"', "Expect: 100", "Expect: 100 continue", f"{EXPECT}\r\n{EXPECT}",
            f"{EXPECT}\r\nExpect: x")])
        self.refused(request("GET", "/nl", "Expect: x"), 417)
        self.refused(request("HEAD", "/nl", "Expect: x"), 417, head_only=True)

    def test_what_is_refused_is_refused_at_once(self):
        """Whether the body follows nobody can know: the line closes."""
        self.each_refused([
            ("too large", announced(size=512 * 1024 + 1), 413),
            ("too large for a page", announced("/nl/melden", 1024 * 1024 + 1, kind=FORM), 413),
            ("no body here", announced("/nl", method="GET"), 413),
            ("no such address", announced("/v1/bestaat-niet"), 404),
            ("no such page", announced("/nl/bestaat-niet"), 404),
            ("another method", announced("/v1/routering"), 405),
            ("another media type", announced(kind="text/plain"), 415),
            ("another media type for a page", announced("/nl/melden"), 415),
            ("chunked", announced("/v1/meldingen", 5, "Transfer-Encoding: chunked"), 501),
            ("no length", request("POST", "/v1/meldingen", EXPECT), 411),
            ("two lengths", announced("/v1/meldingen", 5, "Content-Length: 5"), 400),
            ("another host", announced().replace(AUTHORITY.encode(), b"evil.example"), 421),
            ("HTTP/1.0", announced().replace(b"HTTP/1.1", b"HTTP/1.0"), 505),
        ])
        for name, late in (("a body that comes all the same", BODY), ("another request instead", request())):
            with self.subTest(name), Line() as line:
                line.send(announced("/v1/bestaat-niet"))
                self.assertEqual(self.checked(line.answer(), interface=True).status, 404)
                line.try_send(late)
                self.assertEqual(line.ending(), "orderly")


if __name__ == "__main__":
    unittest.main()
