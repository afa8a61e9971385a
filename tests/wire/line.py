"""One line to the running server, held by somebody who may say anything: TLS in memory over a plain socket, so that
every byte, record and close is chosen by the test. Answers are read strictly: what a tolerant client would forgive, and
every header that api.md promises, is a failure here. Each answer of the interface is held against the OpenAPI document.
"""
import json
import os
import pathlib
import re
import select
import socket
import ssl
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "openapi"))
import contract  # noqa: E402

URL = urllib.parse.urlsplit(os.environ["BAKEN_URL"])
HOST, PORT, AUTHORITY = URL.hostname, URL.port, URL.netloc
PATIENCE = 90  # seconds for what should come at once: a sanitizer's tree on a busy machine is slow
MARK = "zqx7mark"  # stands in what is sent and never in what comes back, nor in the server's log
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ALWAYS = {"strict-transport-security": "max-age=31536000; includeSubDomains", "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
          "cross-origin-embedder-policy": "require-corp"}
NEVER = {"server", "date", "set-cookie", "transfer-encoding", "trailer", "via", "x-powered-by", "keep-alive"}


def trusting():
    """A client's TLS settings, with which also an end without a goodbye is seen."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(os.environ["BAKEN_CA"])
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    return context


TRUSTING = trusting()


def request(method="GET", target="/nl", *fields, body=b"", host=AUTHORITY):
    """A request as it should be, with these further header lines."""
    head = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n" + "".join(f"{field}\r\n" for field in fields)
    return head.encode("latin-1") + b"\r\n" + body


def post(target, body, *fields, kind=JSON):
    return request("POST", target, f"Content-Type: {kind}", f"Content-Length: {len(body)}", *fields, body=body)


class Answer:
    def __init__(self, head):
        """From the bytes before the empty line."""
        self.head = head
        first, *lines = head.decode("ascii").split("\r\n")
        if not re.fullmatch(r"HTTP/1\.1 [1-5][0-9]{2} [A-Za-z][A-Za-z ]*", first):
            raise AssertionError(f"no status line: {first!r}")
        self.status, self.fields, self.body = int(first[9:12]), {}, b""
        for line in lines:
            if not re.fullmatch(r"[A-Za-z][A-Za-z-]*: [!-~][ -~]*", line):
                raise AssertionError(f"no header line: {line!r}")
            name, value = line.split(": ", 1)
            if name.lower() in self.fields:
                raise AssertionError(f"{name} stands twice")
            self.fields[name.lower()] = value

    def field(self, name):
        return self.fields.get(name.lower())

    @property
    def closes(self):
        return self.field("Connection") == "close"

    @property
    def size(self):
        return int(self.fields["content-length"])

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.head!r} {self.body[:300]!r}"


class Line:
    """A connection; `sent` bytes leave as one TLS record a piece, all in one write."""

    def __init__(self, tls=TRUSTING, name=HOST, shake=True, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", PORT))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = tls.wrap_bio(self.incoming, self.outgoing, server_hostname=name)
        self.received, self.end, self.asked = b"", None, contract.Line()
        if not shake:
            return
        try:
            self.shake()
        except BaseException:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def hello(self):
        """The bytes of the ClientHello, not sent yet."""
        try:
            self.tls.do_handshake()
        except ssl.SSLWantReadError:
            return self.outgoing.read()
        raise AssertionError("a handshake without an answer")

    def shake(self):
        while True:
            try:
                self.tls.do_handshake()
                return self.socket.sendall(self.outgoing.read())
            except ssl.SSLWantReadError:
                self.socket.sendall(self.outgoing.read())
                self.take(time.monotonic() + PATIENCE)

    def sealed(self, *pieces):
        """The bytes as they leave: one record each, or more where one does not hold it."""
        self.asked.send(*pieces)
        for piece in pieces:
            while piece:
                piece = piece[self.tls.write(piece):]
        return self.outgoing.read()

    def send(self, *pieces):
        self.socket.sendall(self.sealed(*pieces))
        return self

    def try_send(self, *pieces):
        """Whether it left. What a server that has closed does not take is its right."""
        try:
            self.send(*pieces)
        except (ConnectionResetError, BrokenPipeError):
            return False
        return True

    def half_close(self, goodbye=True):
        """Nothing more comes from here; what comes from there is still read."""
        if goodbye:
            try:
                self.tls.unwrap()
            except (ssl.SSLWantReadError, ssl.SSLSyscallError):
                pass
            self.socket.sendall(self.outgoing.read())
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()

    def take(self, until):
        """What arrives next on the socket, for TLS to read; False at its end. TimeoutError when nothing came."""
        self.socket.settimeout(max(until - time.monotonic(), 0.001))
        try:
            raw = self.socket.recv(65536)
        except ConnectionResetError:
            self.end = "reset"
            return False
        finally:
            self.socket.settimeout(PATIENCE)
        if raw:
            self.incoming.write(raw)
        else:
            self.incoming.write_eof()
        return True

    def more(self, until):
        """Whether further text arrived; else self.end says how it ended: orderly, cut (no goodbye of TLS) or reset."""
        while self.end is None:
            try:
                text = self.tls.read(262144)
                if text:
                    self.received += text
                    return True
                self.end = "orderly"
            except ssl.SSLWantReadError:
                self.take(until)
            except ssl.SSLZeroReturnError:  # that, where this side has said goodbye too
                self.end = "orderly"
            except (ssl.SSLEOFError, ssl.SSLSyscallError):
                self.end = "cut"
        return False

    def answer(self, head_only=False, within=PATIENCE):
        """The next answer, interim ones too."""
        until = time.monotonic() + within
        while b"\r\n\r\n" not in self.received:
            if not self.more(until):
                raise AssertionError(f"the line ended ({self.end}) within {self.received!r}")
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        answer = Answer(head)
        if answer.status < 200:
            return answer
        if not head_only and answer.status not in (204, 304):
            while len(self.received) < answer.size:
                if not self.more(until):
                    raise AssertionError(f"the line ended ({self.end}) within a body after {len(self.received)} bytes")
            answer.body, self.received = self.received[:answer.size], self.received[answer.size:]
        self.asked.answered(answer.status, answer.fields, answer.body, head_only)
        return answer

    def ending(self, within=PATIENCE):
        """How the peer ends it: orderly, cut, reset; or answered where text comes instead, open where nothing does."""
        until = time.monotonic() + within
        if self.received:
            return "answered"
        try:
            if self.more(until):
                return "answered"
            while self.end == "orderly" and not self.incoming.eof:
                self.take(until)
        except TimeoutError:
            return "open"
        # A reset may follow the end it comes with: it would take an answer away from a slower reader.
        alarm = select.poll()
        alarm.register(self.socket, 0)
        if self.end == "orderly" and any(event & select.POLLERR for _, event in alarm.poll(50)):
            self.end = "reset"
        return self.end


def reply_to(*sent):
    """What comes back, to the end, on a line that never was one of TLS."""
    with socket.create_connection(("127.0.0.1", PORT), PATIENCE) as plain:
        seen = b""
        try:
            for piece in sent:
                plain.sendall(piece)
            while more := plain.recv(65536):
                seen += more
        except (ConnectionResetError, BrokenPipeError):
            pass
        return seen


class Case(unittest.TestCase):
    """Tests of the running server. Whatever is answered has what every answer has and repeats nothing."""

    def checked(self, answer, interface=None):
        """interface: whether it is an answer of /v1; None where a header was refused and either would be right."""
        for name, value in ALWAYS.items():
            self.assertEqual(answer.field(name), value, answer)
        policy = answer.field("Content-Security-Policy")
        self.assertTrue(policy.startswith("default-src 'none'; ") and "unsafe" not in policy, policy)
        self.assertFalse(NEVER & set(answer.fields), answer)
        if interface is not None:
            self.assertEqual(answer.field("API-Version"), "1.0.0" if interface else None, answer)
        self.assertNotIn(MARK.encode(), answer.head + answer.body)
        if answer.status >= 400:
            self.assertEqual(answer.field("Cache-Control"), "no-store", answer)
            self.assertEqual(answer.field("Cross-Origin-Resource-Policy"), "same-origin", answer)
        if answer.field("Content-Type") == "application/problem+json" and answer.body:
            self.assertEqual(answer.json()["status"], answer.status)
        return answer

    def ask(self, line, raw, status, head_only=False, interface=None):
        """One request on a line that stays open."""
        line.send(raw)
        answer = self.checked(line.answer(head_only), interface)
        self.assertEqual(answer.status, status, answer)
        self.assertFalse(answer.closes, answer)
        return answer

    def taken(self, raw, status=200, **how):
        """It is answered so, and the line serves the next request."""
        with Line() as line:
            answer = self.ask(line, raw, status, **how)
            self.ask(line, request(), 200)
            return answer

    def refused(self, raw, status, head_only=False, interface=None):
        """It is answered so, once; the answer says that the line closes, and it does, in order."""
        with Line() as line:
            line.try_send(raw)
            answer = self.checked(line.answer(head_only), interface)
            self.assertEqual(answer.status, status, answer)
            self.assertTrue(answer.closes, answer)
            self.assertEqual(line.ending(), "orderly")
            return answer

    def each_refused(self, rows, **how):
        """Rows of (name, bytes, status)."""
        for name, raw, status in rows:
            with self.subTest(name):
                self.refused(raw, status, **how)

    def each_taken(self, rows, **how):
        for name, raw, status in rows:
            with self.subTest(name):
                self.taken(raw, status, **how)

    @classmethod
    def tearDownClass(cls):
        if MARK in pathlib.Path(os.environ["BAKEN_LOG"]).read_text():
            raise AssertionError("the log repeats what a visitor sent")
