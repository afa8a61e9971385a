#!/usr/bin/python3
"""Other versions of HTTP and other forms of its first line: 0.9, 1.0, 2, absolute and authority form, ALPN. Only
HTTP/1.1 in origin form is spoken here; everything else is told so, once, and the line closes. Run by
tests/with_server.py.
"""
import ssl
import unittest

from line import AUTHORITY, HOST, MARK, PORT, Case, Line, request, trusting

HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS = b"\0\0\0\4\0\0\0\0\0"


def first_line(line, *fields):
    return "".join(f"{one}\r\n" for one in (line, f"Host: {AUTHORITY}", *fields)).encode("latin-1") + b"\r\n"


class Versions(Case):
    def test_another_version(self):
        self.each_refused([
            ("1.0", first_line("GET /nl HTTP/1.0"), 505),
            ("1.0, kept alive", first_line("GET /nl HTTP/1.0", "Connection: keep-alive"), 505),
            ("1.0 without a host", b"GET /nl HTTP/1.0\r\n\r\n", 505),
            ("1.0, chunked", first_line("POST /v1/meldingen HTTP/1.0", "Transfer-Encoding: chunked"), 505),
            ("1.2", first_line("GET /nl HTTP/1.2"), 505), ("2.0", first_line("GET /nl HTTP/2.0"), 505),
            ("3", first_line("GET /nl HTTP/3"), 505), ("0.9 with its name", first_line("GET /nl HTTP/0.9"), 505),
            ("1.10", first_line("GET /nl HTTP/1.10"), 505), ("01.1", first_line("GET /nl HTTP/01.1"), 505),
            ("1.1 and more", first_line(f"GET /nl HTTP/1.1{MARK}"), 505), ("none", first_line("GET /nl HTTP/"), 505),
        ])

    def test_no_version(self):
        self.each_refused([
            ("0.9", b"GET /nl\r\n\r\n", 400), ("0.9 and fields", first_line("GET /nl"), 400),
            ("in small letters", first_line("GET /nl http/1.1"), 400), ("another", first_line("GET /nl ICY/1.1"), 400),
            ("a space behind it", first_line("GET /nl HTTP/1.1 "), 400),
            ("twice", first_line("GET /nl HTTP/1.1 HTTP/1.1"), 400),
            ("an answer", first_line("HTTP/1.1 200 OK"), 400),
        ])

    def test_spaces_of_the_request_line(self):
        self.each_refused([
            ("two before the target", first_line("GET  /nl HTTP/1.1"), 400),
            ("two behind it", first_line("GET /nl  HTTP/1.1"), 400),
            ("one first", first_line(" GET /nl HTTP/1.1"), 400), ("a tab", first_line("GET\t/nl HTTP/1.1"), 400),
            ("in the target", first_line("GET /nl/ x HTTP/1.1"), 400), ("no target", first_line("GET HTTP/1.1"), 400),
            ("a method alone", first_line("GET"), 400), ("nothing", b"\r\n\r\n", 400),
        ])

    def test_the_preface_of_http_2(self):
        for name, raw in (("alone", HTTP2_PREFACE), ("with its settings", HTTP2_PREFACE + SETTINGS)):
            with self.subTest(name):
                self.refused(raw, 505)
        with self.subTest("behind a good request"), Line() as line:
            self.ask(line, request(), 200)
            line.send(HTTP2_PREFACE + SETTINGS)
            self.assertEqual(self.checked(line.answer()).status, 505)
            self.assertEqual(line.ending(), "orderly")

    def test_other_protocols_in_tls(self):
        self.each_refused([
            ("a TLS record", b"\x16\x03\x01\x00\xf4\x01\x00\x00\xf0", 400), ("SMTP", b"EHLO localhost\r\n\r\n", 400),
            ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", 400), ("zeros", bytes(1000), 400),
            ("a line of a proxy", b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + request(), 400),
            ("bytes of a proxy", b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c" + bytes(12), 400),
        ])

    def test_a_target_in_absolute_form(self):
        """RFC 9112 §3.2.2 wants it taken; but then two places name the host, and readers differ in which one they
        heed. Only proxies are sent such targets."""
        targets = {"our own": f"https://{AUTHORITY}/nl", "over http": f"http://{AUTHORITY}/nl",
                   "of another": f"https://{MARK}.example/nl", "in capitals": f"HTTPS://{AUTHORITY}/nl",
                   "without a path": f"https://{AUTHORITY}", "with a name": f"https://{MARK}@{AUTHORITY}/nl",
                   "a file": "file:///etc/passwd", "to the inside": "http://127.0.0.1:22/", "ftp": "ftp://localhost/"}
        self.each_refused([(name, request("GET", target), 400) for name, target in targets.items()])

    def test_a_target_in_authority_form(self):
        self.each_refused([
            ("CONNECT to us", request("CONNECT", AUTHORITY), 400),
            ("CONNECT elsewhere", request("CONNECT", f"{MARK}.example:443"), 400),
            ("GET of an authority", request("GET", AUTHORITY), 400),
            ("CONNECT to IPv6", request("CONNECT", "[::1]:22"), 400),
        ])

    def test_a_target_that_is_none(self):
        for target in ("*", "nl", "?x", "#x", ".", "../nl", "\\nl", "%2Fnl", "/nl#x", "/nl\\x", '/nl"', "/<nl>", "/%",
                       "/%4", "/%zz", "/%u0041", "/nl%0", "/nl\x7f"):
            with self.subTest(target):
                self.refused(request("GET", target), 400)

    def test_targets_that_lead_nowhere(self):
        """Well-formed, and no address of ours: nothing is decoded, resolved or taken for another host."""
        targets = (f"//{MARK}.example/", f"//{MARK}.example/nl/", "//nl", "/nl//melden", "/./nl", "/nl/../nl", "/%6el",
                   "/nl%2Fmelden", "/nl/%2e%2e/nl", "/NL", "/nl/melden;x=1", "/nl/..%2f..%2fetc/passwd", "/v1/../nl",
                   "/v1//routering", "/V1/routering", "/v1/routering%00", "/nl/%c0%ae%c0%ae/", "/vast/../nl",
                   "/.git/config", "/nl%20")
        for target in targets:
            with self.subTest(target):
                answer = self.taken(request("GET", target), 404)
                self.assertIsNone(answer.field("Location"))

    def alpn(self, *protocols):
        tls = trusting()
        tls.set_alpn_protocols(list(protocols))
        return tls

    def test_alpn(self):
        """Whoever offers protocols must offer ours: else the handshake ends with the alert for it (RFC 7301 §3.2)."""
        for offered in (("h2",), ("h2", "h3", "http/1.0"), ("http/1.1.1",), (MARK,)):
            with self.subTest(offered), self.assertRaisesRegex(ssl.SSLError, "no application protocol"):
                Line(self.alpn(*offered))
        for offered in (("http/1.1",), ("h2", "http/1.1"), ("http/1.1", "h2"), ("x",) * 50 + ("http/1.1",)):
            with self.subTest(offered), Line(self.alpn(*offered)) as line:
                self.assertEqual(line.tls.selected_alpn_protocol(), "http/1.1")
                self.ask(line, request(), 200)
        with Line() as line:
            self.assertIsNone(line.tls.selected_alpn_protocol())
            self.ask(line, request(host=f"{HOST}:{PORT}"), 200)


if __name__ == "__main__":
    unittest.main()
