#!/usr/bin/python3
"""Lines of a header that are no lines: folded, ended by half a line end, with control characters, without a name or
twice. What readers take differently is refused whole, never repaired; the line closes. Run by tests/with_server.py.
"""
import unittest

from line import AUTHORITY, FORM, JSON, MARK, Case, post, request

ROUTING = "/v1/routering"


def raw_lines(*lines, end="\r\n"):
    """A GET with these lines as they stand here, the host among them where it is wanted."""
    return (end.join(lines) + end + end).encode("latin-1")


def with_field(field):
    return request("GET", f"/nl?{MARK}", field)


class HeaderFields(Case):
    def test_folded_lines(self):
        """obs-fold (RFC 9112 §5.2) is never unfolded."""
        self.each_refused([
            ("with a space", with_field(f"X: a\r\n {MARK}"), 400),
            ("with a tab", with_field(f"X: a\r\n\t{MARK}"), 400),
            ("an empty fold", with_field("X: a\r\n \r\nY: b"), 400),
            ("a fold of the host", raw_lines("GET /nl HTTP/1.1", "Host:", f" {AUTHORITY}"), 400),
            ("a fold of the request line", raw_lines("GET /nl HTTP/1.1", " X: a", f"Host: {AUTHORITY}"), 400),
            ("a field folded onto the length", post(ROUTING, b"", "X: a\r\n Content-Length: 5"), 400),
        ])

    def test_line_ends(self):
        host = f"Host: {AUTHORITY}"
        self.each_refused([
            ("LF everywhere", raw_lines("GET /nl HTTP/1.1", host, end="\n"), 400),
            ("CR everywhere", raw_lines("GET /nl HTTP/1.1", host, end="\r") + b"\r\n\r\n", 400),
            ("LF CR", raw_lines("GET /nl HTTP/1.1", host, end="\n\r"), 400),
            ("CR CR LF", raw_lines("GET /nl HTTP/1.1", host, end="\r\r\n"), 400),
            ("LF behind the request line", f"GET /nl HTTP/1.1\n{host}\r\n\r\n".encode(), 400),
            ("LF behind a field", f"GET /nl HTTP/1.1\r\n{host}\n\r\n".encode(), 400),
            ("LF as the empty line", f"GET /nl HTTP/1.1\r\n{host}\r\n\n".encode(), 400),
            ("LF within a value", with_field(f"X: a\n{MARK}: b"), 400),
            ("CR within a value", with_field(f"X: a\r{MARK}"), 400),
            ("CR before the line end", with_field("X: a\r"), 400),
            ("an empty line first", b"\r\n" + request(), 400),
            ("an LF first", b"\n" + request(), 400),
        ])

    def test_control_characters(self):
        for byte in [*range(0x09), 0x0b, 0x0c, *range(0x0e, 0x20), 0x7f]:
            with self.subTest(f"{byte:#04x}"):
                self.refused(with_field(f"X: a{chr(byte)}b"), 400)
        self.each_refused([
            ("NUL in a name", with_field("X\0Y: a"), 400),
            ("NUL in the target", request("GET", "/nl\0.html"), 400),
            ("NUL in the method", request("G\0ET"), 400),
            ("NUL first", b"\0" + request(), 400),
            ("NUL in the host", request(host=AUTHORITY + "\0"), 400),
        ])

    def test_bytes_above_ascii(self):
        self.each_refused([
            ("in a value", with_field("X: caf\xe9"), 400), ("in a name", with_field("X\xe9: a"), 400),
            ("UTF-8 in a value", with_field("X: caf\xc3\xa9"), 400), ("a no-break space", with_field("X:\xa0a"), 400),
            ("in the target", request("GET", "/nl/\xc3\xa9"), 400), ("in the host", request(host="caf\xe9.nl"), 400),
            ("a byte order mark first", b"\xef\xbb\xbf" + request(), 400),
        ])

    def test_names(self):
        names = {"none": ": a", "no colon": MARK, "a space before the colon": "X : a", "a tab before it": "X\t: a",
                 "a space within": "X Y: a", "a bracket": "X(Y): a", "a slash": "X/Y: a", "quotes": '"X": a',
                 "a space first": " X: a", "an equals sign": "X=Y", "an at sign": "X@Y: a", "braces": "{X}: a"}
        self.each_refused([(name, with_field(field), 400) for name, field in names.items()])

    def test_what_is_no_hazard(self):
        """Allowed by RFC 9110 §5 and read alike by everybody."""
        self.each_taken([
            ("no space behind the colon", with_field("X:a"), 200),
            ("spaces and tabs around", with_field("X: \t a \t"), 200),
            ("an empty value", with_field("X:"), 200), ("colons within", with_field("X:a:b:c"), 200),
            ("every sign of a token", with_field("!#$%&'*+-.^_`|~09azAZ: a"), 200),
            ("an unknown field twice", with_field("X: a\r\nX: b"), 200),
            ("a tab within", with_field("X: a\tb"), 200), ("quotes that do not end", with_field('X: "a'), 200),
            ("names in capitals", request().replace(b"Host", b"HOST"), 200),
        ])

    def test_what_may_stand_once_stands_twice(self):
        """Harmless for the frame; a field that is read counts only if it stands alone."""
        self.each_refused([
            ("Content-Type", post("/v1/meldingen", b"{}", f"Content-Type: {JSON}"), 415),
            ("Content-Type of a form", post("/nl/melden", b"stap=x", f"Content-Type: {JSON}", kind=FORM), 415),
        ])
        unsigned = 'Signature: sig=:AAAA:\r\nSignature-Input: sig=();created=1;keyid="x"'
        self.each_taken([
            ("Signature", request("GET", "/v1/loketten/rotterdam/meldingen", f"{unsigned}\r\n{unsigned}"), 401),
            ("Accept-Language", request("GET", "/", "Accept-Language: en\r\nAccept-Language: nl"), 303),
            ("Accept-Encoding", request("GET", "/nl", "Accept-Encoding: br\r\nAccept-Encoding: gzip"), 200),
        ])
        tag = self.taken(request("GET", ROUTING)).field("ETag")
        self.taken(request("GET", ROUTING, f"If-None-Match: {tag}"), 304)
        self.taken(request("GET", ROUTING, f"If-None-Match: {tag}", "If-None-Match: *"), 200)

    def test_connection_is_a_list_of_tokens(self):
        self.each_refused([
            ("no token", with_field("Connection: close x"), 400),
            ("a parameter", with_field("Connection: close;x"), 400),
            ("quotes", with_field('Connection: "close"'), 400),
            ("of a proxy", with_field("Proxy-Connection: a b"), 400),
        ])
        closing = {"close": "Connection: close", "in capitals": "Connection: CLOSE",
                   "in a list": "Connection: a,close, b",
                   "with empty members": "Connection: ,close,", "for a proxy": "Proxy-Connection: close",
                   "against another line": "Connection: keep-alive\r\nConnection: close"}
        self.each_refused([(name, with_field(field), 200) for name, field in closing.items()])
        self.each_taken([("keep-alive", with_field("Connection: keep-alive"), 200),
                         ("part of a word", with_field("Connection: closed, not-close"), 200)])


if __name__ == "__main__":
    unittest.main()
