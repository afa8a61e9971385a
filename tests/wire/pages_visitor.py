"""A visitor without JavaScript: asks for pages over TLS, reads them as a browser does, and posts their form. And the
desk, asked with its own program what it got.
"""
import html.parser
import http.client
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import unittest
import urllib.parse
from dataclasses import dataclass

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "openapi"))
import contract  # noqa: E402

FORM = "application/x-www-form-urlencoded"
STEP = 16 * 1024  # pages are filled up to a multiple of it
FOUND = "; connect-src 'self'"  # where who measures a page that may be found fetches robots.txt
POLICY = ("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
          "frame-ancestors 'none'")
ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
          "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp",
          "Cross-Origin-Resource-Policy": "same-origin", "X-DNS-Prefetch-Control": "off"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(html.parser.HTMLParser):
    """What stands on a page: the elements, the form's fields as a browser would send them, the words."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []  # (name, attributes)
        self.fields = []  # (name, value), as sent when nothing is changed
        self.buttons = []  # (name, value)
        self.own = []  # on the check page: each of the reporter's words
        self.spans = []
        self.faulty = set()  # names of the questions that have a fault beside them
        self.title = self.text = ""
        self.open, self.area, self.inside = [], None, None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.fields.append((given.get("name"), given.get("value", "")))
        elif tag == "textarea":
            self.area = [given.get("name"), ""]
        elif tag == "button":
            self.buttons.append((given.get("name"), given.get("value")))
        elif tag == "dd" and "baken-own" in given.get("class", ""):
            self.own.append("")
            self.inside = "own"
        if re.fullmatch(r".*-fout", given.get("id") or ""):
            self.faulty.add(given["id"][:-len("-fout")])

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            raise AssertionError(f"</{tag}> within {self.open[-3:]}")
        if tag == "textarea":
            name, value = self.area
            self.fields.append((name, value.removeprefix("\n")))
            self.area = None
        elif tag == "dd":
            self.inside = None

    def handle_data(self, data):
        if self.area is not None:
            self.area[1] += data
        if self.inside == "own":
            self.own[-1] += data
        if self.open and self.open[-1] == "title":
            self.title += data
        if self.open and self.open[-1] == "span":
            self.spans.append(data)
        self.text += data

    def values(self, name):
        return [value for field, value in self.fields if field == name]

    def value(self, name):
        return next(iter(self.values(name)), None)

    def names(self):
        """How often each element stands here."""
        return sorted(name for name, _ in self.elements)


@dataclass
class Answer:
    status: int
    headers: object
    body: bytes

    def head(self, name):
        return self.headers.get(name, "")

    @property
    def page(self):
        return Page(self.body.decode("utf-8"))


def encoded(fields):
    """A form as a browser posts it: line ends are CR LF. Bytes are taken as they are."""
    def one(value):
        if isinstance(value, bytes):
            return urllib.parse.quote_plus(value)
        return urllib.parse.quote_plus(re.sub("\r\n|\r|\n", "\r\n", value))
    return "&".join(f"{one(name)}={one(value)}" for name, value in fields).encode("ascii")


class Visitor:
    def __init__(self, url, ca):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.load_verify_locations(ca)

    def connect(self, timeout=60):
        return http.client.HTTPSConnection(self.host, self.port, timeout=timeout, context=self.tls)

    def send(self, method, path, body=None, headers=None, line=None):
        """line: a connection that stays open; else one of its own."""
        line, own = line or self.connect(), line is None
        try:
            line.request(method, path, body, headers or {})
            response = line.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            if own:
                line.close()
        contract.check(method, path, answer.status, answer.headers, answer.body)
        return answer

    def get(self, path, **headers):
        return self.send("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, fields, path="/nl/melden", line=None):
        body = fields if isinstance(fields, bytes) else encoded(fields)
        return self.send("POST", path, body, {"Content-Type": FORM}, line)

    def raw(self, timeout=30):
        """A TLS line without any HTTP."""
        return self.tls.wrap_socket(socket.create_connection((self.host, self.port), timeout),
                                    server_hostname=self.host)

    def crowd(self, bodies):
        """Lines on which each body is posted at the same time: every one is made before, and kept by an answer to
        something else, because making so many takes longer than the server derives."""
        lines = []
        for body in bodies:
            line = self.raw(120)
            line.sendall(f"HEAD /nl HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n\r\n".encode("ascii"))
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):
                part = line.recv(4096)
                assert part, answer
                answer += part
            assert answer.startswith(b"HTTP/1.1 200 "), answer
            lines.append((line, body))
        for line, body in lines:
            line.sendall(self.head_of(len(body)) + body)
        return [line for line, _ in lines]

    def head_of(self, size, path="/nl/melden"):
        return (f"POST {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nContent-Type: {FORM}\r\n"
                f"Content-Length: {size}\r\n\r\n").encode("ascii")


def pressed(page, *button, **changes):
    """The page's fields after changes (None: taken away), and the button that was pressed."""
    changes = {name.replace("_", "-"): value for name, value in changes.items()}
    kept = [(name, value) for name, value in page.fields if name not in changes]
    return kept + [(name, value) for name, value in changes.items() if value is not None] + [button]


GOOD = {"rol": "burger", "minderjarig": "nee", "vorm": "seksueel", "plaats": "Rotterdam", "wat": "Ik zag iets."}


def report(step, *more, **changes):
    """A report that would be taken, with changes (None: left away)."""
    fields = {**GOOD, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return [("stap", step)] + [(name, value) for name, value in fields.items() if value is not None] + list(more)


def padded(answer):
    """Whether its length tells nothing: a dynamic page."""
    return len(answer.body) >= 3 * STEP and len(answer.body) % STEP == 0


class Case(unittest.TestCase):
    """Tests of the running server; whatever it answers is checked for what every answer has (api.md)."""

    visitor = Visitor(os.environ["BAKEN_URL"], os.environ["BAKEN_CA"]) if "BAKEN_URL" in os.environ else None

    def checked(self, answer, asset=False):
        self.assertIn("max-age=", answer.head("Strict-Transport-Security"))
        for name, value in ALWAYS.items():
            self.assertEqual(answer.head(name), value, name)
        policy = answer.head("Content-Security-Policy")
        self.assertTrue(policy.startswith("default-src 'none'; "), policy)
        if answer.head("Content-Type").startswith("text/html"):
            self.assertIn(policy, (POLICY, POLICY + FOUND))
        self.assertNotIn("script", policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(answer.head("Cache-Control") == "no-store", not asset)
        for name in ("Set-Cookie", "Server", "Date"):
            self.assertNotIn(name, answer.headers)
        return answer

    def get(self, path, **headers):
        return self.checked(self.visitor.get(path, **headers))

    def post(self, fields, status, path="/nl/melden", line=None):
        """A page made for this post: its length is that of many."""
        answer = self.checked(self.visitor.post(fields, path, line))
        self.assertEqual(answer.status, status, answer.page.text)
        self.assertTrue(padded(answer), len(answer.body))
        self.assertNotIn("Content-Encoding", answer.headers)
        self.assertEqual(answer.head("Content-Type"), "text/html; charset=utf-8")
        self.assertEqual(answer.head("Content-Language"), path[1:3])
        return answer.page

    def check_page(self, *more, **changes):
        page = self.post(report("controle", *more, **changes), 200)
        self.assertIsNotNone(page.value("zaad"), page.text)
        return page

    def kept(self, page, fields):
        """Whatever was typed travels on with this page."""
        for name, value in fields:
            if name != "stap":
                self.assertIn(value, page.values(name), name)

    # The desk.

    @staticmethod
    def desk(*command, desk="rotterdam"):
        profile = f"{os.environ['BAKEN_DATA']}/demo/{desk}/medewerker.toml"
        done = subprocess.run([f"{os.environ['BAKEN_BIN']}/baken", "desk", *command, "--profile", profile, "--json"],
                              check=True, capture_output=True, text=True, timeout=60)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def arrived(self, desk="rotterdam"):
        return {one["id"] for one in self.desk("pull", desk=desk)}

    def opened(self, number, desk="rotterdam"):
        (one,) = self.desk("open", number, desk=desk)
        self.assertEqual(one["alarmen"], [])
        return one["melding"]

    def nothing_arrives(self, desk="rotterdam"):
        """To be called first: at the end of the test the desk has what it has now."""
        before = self.arrived(desk)
        self.addCleanup(lambda: self.assertEqual(self.arrived(desk), before))
