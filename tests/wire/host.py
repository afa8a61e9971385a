#!/usr/bin/python3
"""The host a request names: exactly one, and one of ours (RFC 9112 §3.2). Another is told 421, what is none 400, and
the line closes: pages and links must never be made for a name somebody else chose. Run by tests/with_server.py.
"""
import unittest

from line import AUTHORITY, HOST, MARK, PORT, Case, request


def with_lines(*lines):
    return "".join(f"{line}\r\n" for line in ("GET /nl HTTP/1.1", *lines)).encode("latin-1") + b"\r\n"


class Host(Case):
    def test_ours(self):
        for host in (AUTHORITY, f"127.0.0.1:{PORT}", f"[::1]:{PORT}", AUTHORITY.upper(), f" \t{AUTHORITY}\t ",
                     f"{HOST}.:{PORT}"):
            with self.subTest(host):
                self.taken(request(host=host))

    def test_the_name_may_stand_anywhere_and_change_on_one_line(self):
        self.taken(with_lines("A: b", f"hOsT:{AUTHORITY}"))
        self.taken(request(host=f"127.0.0.1:{PORT}"))

    def test_none(self):
        self.each_refused([
            ("missing", with_lines(), 400), ("empty", with_lines("Host:"), 400),
            ("blank", with_lines("Host: \t "), 400),
            ("a port alone", with_lines(f"Host: :{PORT}"), 400),
            ("spelled otherwise", with_lines(f"Host_: {AUTHORITY}"), 400),
            ("in a field of a proxy", with_lines(f"X-Forwarded-Host: {AUTHORITY}"), 400),
        ])

    def test_two(self):
        self.each_refused([
            ("the same", with_lines(f"Host: {AUTHORITY}", f"Host: {AUTHORITY}"), 400),
            ("ours first", with_lines(f"Host: {AUTHORITY}", f"Host: {MARK}"), 400),
            ("ours last", with_lines(f"Host: {MARK}", f"Host: {AUTHORITY}"), 400),
            ("far apart", with_lines(f"Host: {AUTHORITY}", *["X: a"] * 60, f"HOST: {AUTHORITY}"), 400),
            ("the second empty", with_lines(f"Host: {AUTHORITY}", "Host:"), 400),
            ("in one field", with_lines(f"Host: {AUTHORITY}, {AUTHORITY}"), 400),
            ("by a space", with_lines(f"Host: {AUTHORITY} {MARK}"), 400),
            ("folded", with_lines(f"Host: {AUTHORITY}", f" {MARK}"), 400),
        ])

    def test_another(self):
        hosts = (f"{MARK}.example", f"{MARK}.{HOST}:{PORT}", f"{HOST}.{MARK}.example", HOST, f"{HOST}:{PORT + 1}",
                 f"{HOST}:443", f"{HOST}:00443", f"{HOST}..:{PORT}", f"{HOST}:99999", f"localhost.localdomain:{PORT}",
                 "127.0.0.1", f"127.1:{PORT}", f"2130706433:{PORT}", f"0x7f000001:{PORT}", f"0.0.0.0:{PORT}",
                 f"xn--lcalhost-1ja:{PORT}", "_", "-", ".", "..")
        self.each_refused([(host, request(host=host), 421) for host in hosts])

    def test_ipv6(self):
        another = ("[::1]", f"[::1]:{PORT + 1}", f"[0:0:0:0:0:0:0:1]:{PORT}", f"[::]:{PORT}",
                   f"[::ffff:127.0.0.1]:{PORT}", f"[2001:db8::1]:{PORT}", "[:::::::]")
        self.each_refused([(host, request(host=host), 421) for host in another])
        none = ("::1", f"::1:{PORT}", "[::1", "::1]", "[]", f"[]:{PORT}", f"[::1]{PORT}", "[::1]:",
                f"[::1]:{PORT}:{PORT}", f"[::1%25lo]:{PORT}", f"[::1%lo]:{PORT}", f"[v1.x]:{PORT}",
                f"[localhost]:{PORT}", f"[[::1]]:{PORT}", f"[::1]]:{PORT}", f"x[::1]:{PORT}", "[" + "1:" * 30 + "]")
        self.each_refused([(host, request(host=host), 400) for host in none])

    def test_what_is_no_host(self):
        hosts = (f"{HOST}:", f"{HOST}:{PORT}:{PORT}", f"{HOST}:x", f"{HOST}:-1", f"{HOST}:+{PORT}", f"{HOST}:123456",
                 f"{HOST}: {PORT}", f"user@{AUTHORITY}", f"user:secret@{AUTHORITY}", f"{AUTHORITY}/", f"{AUTHORITY}/nl",
                 f"https://{AUTHORITY}", f"{AUTHORITY}?x", f"{AUTHORITY}#x", f"{HOST}%00:{PORT}", f"%6cocalhost:{PORT}",
                 f"{AUTHORITY};", f'"{AUTHORITY}"', f"<{MARK}>", "l" * 256, f"{HOST}\\@{MARK}.example", f"*:{PORT}")
        self.each_refused([(host, request(host=host), 400) for host in hosts])

    def test_no_answer_is_made_of_the_host(self):
        """Where a visitor is sent on, it is by path alone."""
        for host in (AUTHORITY, AUTHORITY.upper(), f"127.0.0.1:{PORT}"):
            answer = self.taken(request("GET", "/", host=host), 303)
            self.assertEqual(answer.field("Location"), "/nl")
            self.assertEqual(self.taken(request("GET", "/nl/", host=host), 303).field("Location"), "/nl")

    def test_a_signature_for_another_host_is_not_read(self):
        self.refused(request("GET", "/v1/loketten/rotterdam/meldingen", host=f"{MARK}.example"), 421)


if __name__ == "__main__":
    unittest.main()
