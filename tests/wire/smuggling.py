#!/usr/bin/python3
"""Request smuggling: what two readers of HTTP could cut differently. Each row carries a whole, real report where a
lenient reader would see the next request. There is one answer, the line closes, and the report was not taken: sent
openly afterwards it is new (201, not 200). Run by tests/with_server.py.
"""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

from line import AUTHORITY, FORM, JSON, MARK, Case, Line, post, request  # noqa: E402
from world import Report, World  # noqa: E402

WORLD = World()
CHUNKED = "Transfer-Encoding: chunked"


class Smuggling(Case):
    def nothing_inside(self, wrap, status, head_only=False):
        """wrap: from a real request to the bytes that hide it."""
        hidden = Report(WORLD)
        raw = post("/v1/meldingen", hidden.raw())
        answer = self.refused(wrap(raw), status, head_only)
        self.assertNotIn(hidden.id.encode(), answer.body)
        self.taken(raw, 201)
        return answer

    def rows(self, rows, **how):
        for name, wrap, status in rows:
            with self.subTest(name):
                self.nothing_inside(wrap, status, **how)

    def test_transfer_encoding_in_every_spelling(self):
        """No coding is understood here, so no field of that name is, whatever it says. (RFC 9112 §6.1)"""
        fields = {
            "plainly": CHUNKED, "in capitals": "TRANSFER-ENCODING: CHUNKED", "nothing": "Transfer-Encoding:",
            "identity": "Transfer-Encoding: identity", "an unknown one": "Transfer-Encoding: xchunked",
            "gzip first": "Transfer-Encoding: gzip, chunked", "chunked twice": "Transfer-Encoding: chunked, chunked",
            "chunked not last": "Transfer-Encoding: chunked, identity", "without a space": "Transfer-Encoding:chunked",
            "behind a tab": "Transfer-Encoding:\tchunked", "in quotes": 'Transfer-Encoding: "chunked"',
            "with a parameter": "Transfer-Encoding: chunked;q=1", "behind a comma": "Transfer-Encoding: ,chunked",
            "two lines": f"{CHUNKED}\r\nTransfer-Encoding: identity", "two lines of it": f"{CHUNKED}\r\n{CHUNKED}",
        }
        for name, field in fields.items():
            with self.subTest(name):
                self.nothing_inside(lambda inside: request("POST", f"/v1/meldingen?{MARK}", f"Content-Type: {JSON}",
                                                           field, body=b"0\r\n\r\n" + inside), 501)

    def test_transfer_encoding_disguised(self):
        """What only some readers take for that name is no field at all."""
        fields = {
            "a space before the colon": "Transfer-Encoding : chunked",
            "a tab before it": "Transfer-Encoding\t: chunked",
            "a space before the name": " Transfer-Encoding: chunked", "folded": "Transfer-Encoding:\r\n chunked",
            "folded behind another": "X: a\r\n Transfer-Encoding: chunked",
            "behind a bare LF": "X: a\nTransfer-Encoding: chunked",
            "behind a bare CR": "X: a\rTransfer-Encoding: chunked", "NUL in the name": "Transfer\0-Encoding: chunked",
            "NUL in the value": "Transfer-Encoding: chunked\0", "a vertical tab": "Transfer-Encoding: \x0bchunked",
            "a form feed": "Transfer-Encoding: chunked\x0c", "a no-break space": "Transfer-Encoding:\xa0chunked",
        }
        for name, field in fields.items():
            with self.subTest(name):
                self.nothing_inside(lambda inside: request("POST", "/v1/meldingen", "Content-Length: 5", field,
                                                           body=b"0\r\n\r\n" + inside), 400)

    def test_an_underscore_is_no_hyphen(self):
        """For CGI they are one; here the body is framed by the field that is spelled right."""
        report = Report(WORLD)
        raw = report.raw()
        self.taken(post("/v1/meldingen", raw, "Transfer_Encoding: chunked", "Content_Length: 0"), 201)

    def test_cl_te(self):
        self.rows([
            ("the length covers all", lambda inside: post("/v1/meldingen", b"0\r\n\r\n" + inside, CHUNKED), 501),
            ("the length covers the last chunk", lambda inside: request(
                "POST", "/v1/meldingen", "Content-Length: 5", CHUNKED, body=b"0\r\n\r\n" + inside), 501),
            ("the coding stands first", lambda inside: request(
                "POST", "/v1/meldingen", CHUNKED, f"Content-Length: {5 + len(inside)}", body=b"0\r\n\r\n" + inside),
                501),
        ])

    def test_te_cl(self):
        self.rows([
            ("the first chunk is the request", lambda inside: request(
                "POST", "/v1/meldingen", "Content-Length: 4", CHUNKED,
                body=b"%x\r\n" % len(inside) + inside + b"\r\n0\r\n\r\n"), 501),
            ("with no length", lambda inside: request(
                "POST", "/nl/melden", CHUNKED, body=b"%x\r\n" % len(inside) + inside + b"\r\n0\r\n\r\n"), 501),
        ])

    def test_chunk_extensions_and_trailers(self):
        def chunked(body):
            return lambda inside: request("POST", "/v1/meldingen", CHUNKED, body=body(inside))
        self.rows([
            ("a line end in an extension", chunked(lambda inside: b"2;\nxx\r\n" + inside), 501),
            ("an extension", chunked(lambda inside: b"0;a=b\r\n\r\n" + inside), 501),
            ("a bare LF", chunked(lambda inside: b"0\n\n" + inside), 501),
            ("a size of 2^64", chunked(lambda inside: b"10000000000000000\r\n" + inside), 501),
            ("a negative size", chunked(lambda inside: b"-1\r\n" + inside), 501),
            ("a size in words", chunked(lambda inside: b"0x0\r\n\r\n" + inside), 501),
            ("trailers", chunked(lambda inside: b"0\r\nContent-Length: 5\r\nHost: evil\r\n\r\n" + inside), 501),
            ("announced trailers", lambda inside: request(
                "POST", "/v1/meldingen", "Trailer: Content-Length", "TE: trailers", CHUNKED,
                body=b"0\r\n\r\n" + inside), 501),
        ])

    def test_a_length_that_is_no_length(self):
        for value in ("", "+5", "-5", "5x", "0x5", "5 5", "5,5", "5, 5", "5.0", "1e1", "\u00b2", "5;", '"5"', "five",
                      "1000000000000000000", "18446744073709551621", "9" * 400):
            with self.subTest(value):
                self.nothing_inside(lambda inside: request("POST", "/v1/meldingen", f"Content-Length: {value}",
                                                           body=b"xxxxx" + inside), 400)

    def test_lengths_that_are_two(self):
        self.rows([
            ("equal", lambda inside: request("POST", "/v1/meldingen", "Content-Length: 5", "Content-Length: 5",
                                             body=b"xxxxx" + inside), 400),
            ("conflicting, the first too short", lambda inside: post(
                "/v1/meldingen", inside, "Content-Length: 0"), 400),
            ("conflicting, the second covers all", lambda inside: request(
                "POST", "/v1/meldingen", "Content-Length: 0", f"content-length: {len(inside)}", body=inside), 400),
            ("on GET", lambda inside: request("GET", "/nl", "Content-Length: 0", f"Content-Length: {len(inside)}",
                                              body=inside), 400),
        ])

    def test_no_length(self):
        self.rows([(method, lambda inside, method=method: request(method, "/v1/meldingen", body=inside), 411)
                   for method in ("POST", "PUT", "PATCH")])

    def test_a_body_where_none_is_taken(self):
        """CL.0: whoever answers by the address and forgets the body takes the body for the next request."""
        def with_body(method, target, kind=JSON):
            return lambda inside: request(method, target, f"Content-Type: {kind}", f"Content-Length: {len(inside)}",
                                          body=inside)
        self.rows([
            ("GET a page", with_body("GET", "/nl"), 413),
            ("GET the root", with_body("GET", "/"), 413),
            ("GET an address of the interface", with_body("GET", "/v1/routering"), 413),
            ("DELETE", with_body("DELETE", "/v1/meldingen"), 405),
            ("OPTIONS", with_body("OPTIONS", "/v1/meldingen"), 204),
            ("OPTIONS of everything", with_body("OPTIONS", "*"), 204),
            ("POST a page that takes none", with_body("POST", "/nl"), 405),
            ("POST an address that takes none", with_body("POST", "/v1/routering"), 405),
            ("an unknown address", with_body("POST", "/v1/bestaat-niet"), 404),
            ("an unknown page", with_body("POST", "/nl/bestaat-niet"), 404),
            ("a slash too many", with_body("POST", "/nl/melden/", FORM), 303),
            ("another media type", with_body("POST", "/v1/meldingen", "text/plain"), 415),
            ("another media type for a page", with_body("POST", "/nl/melden"), 415),
            ("an unknown method", with_body("BREW", "/v1/meldingen"), 405),
            ("TRACE", with_body("TRACE", "/nl"), 405),
        ])
        self.rows([("HEAD", with_body("HEAD", "/nl"), 413), ("HEAD of an error", with_body("HEAD", "/nl/x"), 404)],
                  head_only=True)

    def test_what_a_body_says_is_not_a_request(self):
        """As long as it is framed, a request in a body is a body: it is read, judged and gone."""
        # A form without a step is the first page, whatever else it holds.
        for name, target, kind, status in (("json", "/v1/meldingen", JSON, 400), ("a form", "/nl/melden", FORM, 200)):
            with self.subTest(name):
                hidden = Report(WORLD)
                raw = post("/v1/meldingen", hidden.raw())
                self.taken(post(target, raw, kind=kind), status)
                self.taken(raw, 201)

    def test_what_follows_a_body_is_the_next_request(self):
        first, second = Report(WORLD), Report(WORLD)
        with Line() as line:
            line.send(post("/v1/meldingen", first.raw()) + post("/v1/meldingen", second.raw()))
            self.assertEqual([line.answer().json()["id"] for _ in range(2)], [first.id, second.id])
        self.rows([("a body longer than announced", lambda inside: request(
            "GET", "/v1/bestaat-niet", "Content-Length: 0", "Connection: close", body=b"xxxxx" + inside), 404)])

    def test_upgrades_are_ignored(self):
        """The line goes on in HTTP/1.1, so what follows in the other protocol is refused as what it is."""
        upgrades = {"websocket": ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                    "h2c": ("Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABkAAQAAP__"),
                    "TLS": ("Upgrade: TLS/1.3", "Connection: Upgrade")}
        for name, fields in upgrades.items():
            with self.subTest(name), Line() as line:
                answer = self.ask(line, request("GET", "/nl", *fields), 200)
                self.assertIsNone(answer.field("Upgrade"))
                line.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9))
                self.assertEqual(self.checked(line.answer()).status, 505)
                self.assertEqual(line.ending(), "orderly")

    def test_fields_that_would_turn_the_request_into_another(self):
        """For proxies and frameworks; here the request line alone says what is asked, of whom, by which method."""
        for field in ("X-HTTP-Method-Override: POST", "X-Method-Override: DELETE", "X-Original-URL: /v1/routering",
                      "X-Rewrite-URL: /v1/routering", f"X-Forwarded-Host: {MARK}.example", "X-Forwarded-Proto: http",
                      f"Forwarded: host={MARK}.example;proto=http", "Connection: content-length, host, close-not",
                      f"X-Forwarded-Prefix: /{MARK}", "Max-Forwards: 0"):
            with self.subTest(field):
                answer = self.taken(request("GET", "/v1/sleutelgids", field), interface=True)
                self.assertIn("standen", answer.json())
        self.assertEqual(self.taken(request("GET", "/", f"X-Forwarded-Host: {MARK}"), 303).field("Location"), "/nl")

    def test_a_refused_request_inside_tls_records_of_any_cut(self):
        """One byte a record, or the hidden request in a record of its own: the cut means nothing."""
        hidden = Report(WORLD)
        inside = post("/v1/meldingen", hidden.raw())
        bad = f"POST /v1/meldingen HTTP/1.1\r\nHost: {AUTHORITY}\r\n{CHUNKED}\r\n\r\n0\r\n\r\n".encode()
        for name, pieces in (("byte by byte", [bytes([byte]) for byte in bad] + [inside]), ("in two", [bad, inside])):
            with self.subTest(name), Line() as line:
                line.try_send(*pieces)
                self.assertEqual(self.checked(line.answer()).status, 501)
                self.assertEqual(line.ending(), "orderly")
        self.taken(inside, 201)


if __name__ == "__main__":
    unittest.main()
