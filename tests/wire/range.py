#!/usr/bin/python3
"""Ranges. Nothing that is served here can be cut, so Range and If-Range mean nothing (RFC 9110 §14.2 allows it): the
whole is answered, once, whatever is asked, and no part is ever multiplied or made ready. Run by tests/with_server.py.
"""
import re
import unittest

from line import MARK, Case, Line, post, request

RANGES = {
    "one byte": "bytes=0-0", "the first half": "bytes=0-499", "from here on": "bytes=500-", "the end": "bytes=-500",
    "the last byte": "bytes=-1", "none": "bytes=-0", "behind the end": "bytes=99999999-", "backwards": "bytes=9-0",
    "all": "bytes=0-", "2^63": f"bytes=0-{2**63}", "2^64": f"bytes={2**64}-", "two": "bytes=0-0,5-5",
    "overlapping": "bytes=0-9,5-14,0-", "spaces": "bytes= 0-0 , 1-1",
    "2000 overlapping": "bytes=" + ",".join(["0-"] * 2000),
    "1000 single bytes": "bytes=" + ",".join(f"{n}-{n}" for n in range(1000)),
    "1300 from the end": "bytes=" + ",".join(f"5-{n}" for n in range(1300)), "another unit": "lines=0-1",
    "no unit": "0-1", "nothing": "",
    "words": MARK, "a negative": "bytes=-5-5", "commas": "bytes=,,,,", "no number": "bytes=a-b",
    "a unit alone": "bytes", "hexadecimal": "bytes=0x0-0xf",
}


class Range(Case):
    @classmethod
    def setUpClass(cls):
        with Line() as line:
            start = line.send(request("GET", "/nl")).answer().body.decode()
        style = re.search(r'href="(/vast/[^"]+\.css)"', start)[1]
        icon = re.search(r'href="(/vast/[^"]+\.png)"', start)[1]
        cls.targets = (style, icon, "/nl", "/nl/melden", "/v1/openapi.json", "/v1/routering", "/v1/sleutelgids",
                       "/v1/gemeenten")

    def whole(self, line, target, *fields, like):
        answer = self.ask(line, request("GET", target, *fields), 200)
        self.assertEqual(answer.head, like.head)
        self.assertEqual(answer.body, like.body)
        self.assertIsNone(answer.field("Content-Range"))
        self.assertIn(answer.field("Accept-Ranges"), (None, "none"))

    def test_every_range_of_everything_is_the_whole(self):
        for target in self.targets:
            with Line() as line:
                plain = self.ask(line, request("GET", target), 200)
                for name, value in RANGES.items():
                    with self.subTest((target, name)):
                        self.whole(line, target, f"Range: {value}", like=plain)

    def test_twice(self):
        with Line() as line:
            plain = self.ask(line, request(), 200)
            self.whole(line, "/nl", "Range: bytes=0-0", "Range: bytes=1-1", like=plain)

    def test_if_range(self):
        with Line() as line:
            plain = self.ask(line, request("GET", "/v1/routering"), 200)
            tag = plain.field("ETag")
            for condition in (tag, f"W/{tag}", '"another"', "Sat, 21 Nov 2026 00:00:00 GMT", MARK, "", "*"):
                with self.subTest(condition):
                    self.whole(line, "/v1/routering", "Range: bytes=0-0", f"If-Range: {condition}", like=plain)

    def test_compressed(self):
        for coding in ("br", "gzip"):
            with self.subTest(coding), Line() as line:
                plain = self.ask(line, request("GET", "/nl", f"Accept-Encoding: {coding}"), 200)
                self.assertEqual(plain.field("Content-Encoding"), coding)
                self.whole(line, "/nl", f"Accept-Encoding: {coding}", "Range: bytes=0-9", like=plain)

    def test_what_is_no_get(self):
        span = "Range: bytes=0-0"
        with Line() as line:
            get = self.ask(line, request("GET", "/v1/routering"), 200)
            head = self.ask(line, request("HEAD", "/v1/routering", span), 200, head_only=True)
            self.assertEqual(head.head, get.head)
            tag = get.field("ETag")
            self.ask(line, request("GET", "/v1/routering", span, f"If-None-Match: {tag}"), 304)
            self.ask(line, request("GET", "/v1/bestaat-niet", span), 404)
            self.ask(line, post("/v1/meldingen", b"{}", span, "Content-Range: bytes 0-1/2"), 400)


if __name__ == "__main__":
    unittest.main()
