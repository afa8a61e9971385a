#!/usr/bin/python3
"""Every limit of size, exactly and one more: the header, the target, the method, the fields, the length and its digits,
the bodies. What is too large is refused as soon as that is certain, and the line closes. Run by tests/with_server.py.
"""
import unittest

from line import AUTHORITY, FORM, JSON, MARK, Case, Line, post, request

KIB = 1024
HEAD, TARGET, METHOD, FIELDS = 16 * KIB, 4096, 16, 64  # bytes, bytes, bytes, lines
JSON_BODY, FORM_TAKEN, FORM_READ = 512 * KIB, 320 * KIB, 1024 * KIB


def of_size(size):
    """A good header of so many bytes."""
    rest = size - len(request("GET", "/nl", "X: "))
    return request("GET", "/nl", "X: " + "a" * rest)


class Sizes(Case):
    def test_the_header(self):
        self.taken(of_size(HEAD))
        self.each_refused([
            ("one byte more", of_size(HEAD + 1), 431), ("twice", of_size(2 * HEAD), 431),
            ("a megabyte", of_size(1024 * KIB), 431),
            ("many small fields", request("GET", "/nl", *[f"X{n}: {MARK}" for n in range(2000)]), 431),
            ("one name", request("GET", "/nl", "X" * HEAD + ": a"), 431),
            ("one value without an end", request()[:-2] + b"X: " + b"a" * HEAD, 431),
            ("one name without an end", request()[:-2] + b"a" * HEAD, 431),
            ("no line at all behind a line", f"GET /nl HTTP/1.1\r\n{'a' * HEAD}".encode(), 431),
            ("spaces", request()[:-2] + b"X:" + b" " * HEAD, 431),
        ])

    def test_the_header_on_a_line_that_was_used(self):
        """The limit is that of each header, also where it follows a body or another header in one write."""
        with Line() as line:
            line.send(post("/v1/meldingen", b"{}") + of_size(HEAD) + of_size(HEAD) + of_size(HEAD + 1))
            self.assertEqual([self.checked(line.answer()).status for _ in range(4)], [400, 200, 200, 431])
            self.assertEqual(line.ending(), "orderly")

    def test_the_target(self):
        path = "/v1/gemeenten?zoek="
        self.taken(request("GET", "/" + "a" * (TARGET - 1)), 404)
        self.taken(request("GET", path + "a" * (TARGET - len(path))), 400)
        self.each_refused([
            ("one byte more", request("GET", "/" + "a" * TARGET), 414),
            ("a query", request("GET", path + "a" * TARGET), 414),
            ("more than a header", request("GET", "/" + "a" * HEAD), 414),
            ("without an end", b"GET /" + b"a" * 8 * KIB, 414), ("a request line without an end", b"a" * 8 * KIB, 414),
            ("spaces without an end", b" " * 8 * KIB, 414),
            ("a version without an end", b"GET / HTTP/" + b"1" * 8 * KIB, 414),
        ])

    def test_the_method(self):
        self.taken(request("A" * METHOD), 405)
        self.refused(request("A" * (METHOD + 1)), 400)

    def test_the_number_of_fields(self):
        def fields(number):
            return request("GET", "/nl", *["X: a"] * (number - 1))  # and the host
        self.taken(fields(FIELDS))
        self.each_refused([("one more", fields(FIELDS + 1), 431), ("a thousand", fields(1000), 431)])

    def test_the_digits_of_a_length(self):
        """Eighteen cannot overflow 64 bits; zeros in front are digits as others."""
        def announced(text):
            return request("POST", "/v1/meldingen", f"Content-Type: {JSON}", f"Content-Length: {text}", body=b"{}")
        for text in ("2", "02", "0" * 17 + "2"):
            self.taken(announced(text), 400)
        self.each_refused([
            ("the largest", announced("9" * 18), 413), ("one digit more", announced("1" + "0" * 18), 400),
            ("zeros in front of too many", announced("0" * 18 + "2"), 400), ("2^31", announced(2**31), 413),
            ("2^32", announced(2**32), 413), ("2^32 and two", announced(2**32 + 2), 413),
            ("2^53", announced(2**53), 413),
            ("2^63", announced(2**63), 400), ("2^64 - 1", announced(2**64 - 1), 400),
            ("2^64 and two", announced(2**64 + 2), 400),
        ])

    def test_the_body_of_the_interface(self):
        self.taken(post("/v1/meldingen", b" " * JSON_BODY), 400, interface=True)
        self.refused(post("/v1/meldingen", b" " * (JSON_BODY + 1)), 413, interface=True)
        self.refused(post("/v1/loketten/rotterdam/leden", b" " * (JSON_BODY + 1)), 413, interface=True)
        # Announced is enough: not a byte of it has to come.
        self.refused(request("POST", "/v1/meldingen", f"Content-Type: {JSON}", f"Content-Length: {JSON_BODY + 1}"), 413)

    def test_the_body_of_a_form(self):
        """Up to 304 KiB are taken, because the check page adds to them; up to 1 MiB are read and come back for
        shortening; more is refused unread."""
        def form(size):
            return post("/nl/melden", b"stap=vragen&rol=burger&minderjarig=nee&vorm=seksueel&wat=".ljust(size, b"x"),
                        kind=FORM)
        self.taken(form(FORM_TAKEN - 16 * KIB), interface=False)
        self.taken(form(FORM_TAKEN - 16 * KIB + 1), 400, interface=False)
        self.taken(form(FORM_TAKEN), 400, interface=False)
        self.taken(form(FORM_TAKEN + 1), 413, interface=False)
        self.taken(form(FORM_READ), 413, interface=False)
        self.refused(form(FORM_READ + 1), 413, interface=False)

    def test_no_body_where_none_belongs(self):
        for target in ("/nl", "/v1/routering"):
            self.taken(request("GET", target, "Content-Length: 0"))
            self.refused(request("GET", target, "Content-Length: 1", body=b"x"), 413)

    def test_a_refusal_reaches_whoever_goes_on_sending(self):
        """Most of a megabyte behind a refused header is read and thrown away: no reset overtakes the answer."""
        garbage = [MARK.encode() * 1700] * 60  # 15 KB a record, 900 KB in all
        for name, raw, status in (("a bad frame", request("GET", "/nl", "Transfer-Encoding: x"), 501),
                                  ("a body too large",
                                   post("/v1/meldingen", b"")[:-4].replace(b"Length: 0", b"Length: 999999")
                                   + b"\r\n\r\n", 413), ("a header too large", of_size(HEAD + 1), 431),
                                  ("an unknown address", request("POST", "/nl/x", "Content-Length: 900000"), 404)):
            with self.subTest(name), Line() as line:
                line.send(raw, *garbage)
                self.assertEqual(self.checked(line.answer()).status, status)
                self.assertEqual(line.ending(), "orderly")

    def test_the_host(self):
        self.refused(request(host="a" * 255), 421)
        self.refused(request(host="a" * 256), 400)
        self.refused(request(host="a" * HEAD), 431)
        self.taken(request(host=AUTHORITY))


if __name__ == "__main__":
    unittest.main()
