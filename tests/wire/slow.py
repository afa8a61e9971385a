#!/usr/bin/python3
"""Whoever is slow, on purpose or not: in the handshake, the header, the body, in reading, in saying goodbye. Every wait
has an absolute end, which one byte a second does not move; nobody is cut before it; and all the while an ordinary
visitor is answered at once. All rows run at the same time, against whatever waits bakend.toml names: short ones in
wire.slow, those that everybody has in wire.slow_long. Run by tests/with_server.py.
"""
import concurrent.futures
import os
import pathlib
import re
import select
import socket
import threading
import time
import unittest
from dataclasses import dataclass

from line import FORM, JSON, MARK, PATIENCE, Case, Line, post, request

SETTINGS = (pathlib.Path(os.environ["BAKEN_DATA"]) / "bakend.toml").read_text()


def wait(name, otherwise):
    named = re.search(rf"(?m)^wait-{name} = ([0-9]+)$", SETTINGS)
    return int(named.group(1)) if named else otherwise


HANDSHAKE, HEAD, IDLE = wait("handshake", 10), wait("head", 10), wait("idle", 60)
BODY, WRITE = wait("body", 30), wait("write", 30)
BODY_RATE, CLOSING = 16 * 1024, 2  # server/net/limits.hpp
LATE = 15  # seconds a busy machine with sanitizers may take longer
AT_ONCE = 8  # the same for a visitor
NO_DEADLINE = min(AT_ONCE, HANDSHAKE - 1, HEAD - 1)  # the same where no deadline is meant; less than any of them
CROWD = 100  # further silent visitors of each kind
HIDDEN = b"GET /" + MARK.encode()
BIG = request("GET", "/v1/openapi.json")  # 70 KB


@dataclass
class Row:
    """begin: a line as it stands when the waiting starts. drip: what is sent every second from then on."""
    name: str
    limit: float
    begin: object
    drip: object = None  # a function of the line and the number of the second
    status: int = None  # of the answer when time is up; None: closed without a word
    end: str = "orderly"  # or cut: within the handshake; gone: orderly or by a reset


def to_the_wire(raw):
    """Dripping bytes as they are, without TLS around them."""
    return lambda line, second: line.socket.sendall(raw[second:second + 1] or b"\0")


def text(raw):
    return lambda line, second: line.send(raw[second % len(raw):][:1])


def stalled(sent=lambda hello: b""):
    """In the handshake, after this much of the ClientHello."""
    line = Line(shake=False)
    line.socket.sendall(sent(line.hello()))
    return line


def unfinished():
    """The handshake without its last flight, all of the server's read."""
    line = Line(shake=False)
    line.socket.sendall(line.hello())
    while select.select([line.socket], [], [], 2)[0]:
        assert line.socket.recv(65536), "closed already"
    return line


def hello_byte_by_byte():
    with Line(shake=False) as line:
        return to_the_wire(line.hello())


def used(*sent):
    """A line that has served a request."""
    line = Line()
    assert line.send(request()).answer().status == 200
    return line.send(*sent) if sent else line


def behind_a_good_one():
    """A line that was sent one request and a half in one write, and has answered the one."""
    line = Line().send(request() + HIDDEN)
    assert line.answer().status == 200
    return line


def cut_record(line, second):
    """A good request within one TLS record, which comes byte by byte."""
    if second == 0:
        line.record = line.sealed(request())
    line.socket.sendall(line.record[second:second + 1])


def announcing(size, target="/v1/meldingen", kind=JSON, *fields, sent=b"{"):
    return request("POST", target, f"Content-Type: {kind}", f"Content-Length: {size}", *fields, body=sent)


def waiting_for_a_word():
    line = Line().send(announcing(50, "/v1/meldingen", JSON, "Expect: 100-continue", sent=b""))
    assert line.answer().status == 100
    return line


ROWS = [
    Row("a handshake that never begins", HANDSHAKE, stalled, end="cut"),
    Row("half a ClientHello", HANDSHAKE, lambda: stalled(lambda hello: hello[:len(hello) // 2]), end="cut"),
    Row("a ClientHello byte by byte", HANDSHAKE, stalled, hello_byte_by_byte(), end="cut"),
    Row("a handshake without its last flight", HANDSHAKE, unfinished, end="cut"),
    Row("silence after the handshake", HEAD, Line),
    Row("half a request line", HEAD, lambda: Line().send(HIDDEN), status=408),
    Row("half a header", HEAD, lambda: Line().send(request()[:-2]), status=408),
    Row("a header byte by byte", HEAD, Line, text(request("GET", "/nl", "X: " + "a" * 999)), status=408),
    Row("a header line by line", HEAD, lambda: Line().send(request()[:-2]),
        lambda line, second: line.send(f"X{second}: {MARK}\r\n".encode()), status=408),
    Row("a second header byte by byte", HEAD, used, text(request("GET", "/nl", "X: " + "a" * 999)), status=408),
    Row("half a second header", HEAD, lambda: used(HIDDEN), status=408),
    Row("half a header behind a good one in one write", HEAD, behind_a_good_one, status=408),
    Row("a TLS record byte by byte", HEAD, Line, cut_record, end="gone"),
    Row("idle after an answer", IDLE, used),
    Row("half a body", BODY, lambda: Line().send(announcing(50)), status=408),
    Row("a body byte by byte", BODY, lambda: Line().send(announcing(500)), text(MARK.encode()), status=408),
    Row("a form byte by byte", BODY, lambda: Line().send(announcing(500, "/nl/melden", FORM)), text(b"stap=vragen&"),
        status=408),
    Row("a body that was asked for and never comes", BODY, waiting_for_a_word, status=408),
    Row("a large body byte by byte", BODY + 4, lambda: Line().send(announcing(4 * BODY_RATE)), text(b" "),
        status=408),
]


def arrives(line, until):
    return bool(select.select([line.socket], [], [], max(until - time.monotonic(), 0))[0])


def follow(row):
    """Drips until something arrives; the seconds that took, and the line."""
    start = time.monotonic()
    line = row.begin()
    for second in range(int(row.limit + LATE)):
        if row.drip:
            try:
                row.drip(line, second)
            except (ConnectionResetError, BrokenPipeError):
                break
        if arrives(line, time.monotonic() + 1):
            break
    return time.monotonic() - start, line


class Visitor(threading.Thread):
    """Somebody ordinary, again and again on a fresh line; remembers the longest wait."""

    def __init__(self):
        super().__init__()
        self.done, self.waits = threading.Event(), []

    def run(self):
        while not self.done.wait(0.2):
            start = time.monotonic()
            with Line() as line:
                line.send(request())
                if line.answer().status == 200:
                    self.waits.append(time.monotonic() - start)


class Slow(Case):
    @classmethod
    def setUpClass(cls):
        cls.visitor = Visitor()
        cls.visitor.start()
        cls.crowd = [begin() for begin in (stalled, Line, lambda: Line().send(HIDDEN)) for _ in range(CROWD)]
        others = [name for name in dir(cls) if name.startswith("meanwhile_")]
        cls.pool = concurrent.futures.ThreadPoolExecutor(len(ROWS) + len(others))
        cls.rows = [cls.pool.submit(follow, row) for row in ROWS]
        cls.others = {name: cls.pool.submit(getattr(cls, name)) for name in others}

    @classmethod
    def tearDownClass(cls):
        cls.pool.shutdown()
        super().tearDownClass()

    def test_every_wait_ends_when_it_must(self):
        for row, followed in zip(ROWS, self.rows):
            with self.subTest(row.name):
                seconds, line = followed.result()
                with line:
                    self.assertGreaterEqual(seconds, row.limit - 0.05)
                    self.assertLess(seconds, row.limit + LATE)
                    if row.end == "cut":
                        self.assertEqual(self.raw_end(line), b"")
                        continue
                    if row.status:
                        answer = self.checked(line.answer(), interface=False if "form" in row.name else None)
                        self.assertEqual(answer.status, row.status)
                        self.assertTrue(answer.closes)
                    # A byte may cross a close without a word; there is no answer that the reset could take away.
                    self.assertIn(line.ending(), ("orderly", "reset") if row.end == "gone" else ("orderly",))

    @staticmethod
    def raw_end(line):
        """In a handshake there is nothing to answer: closed, without a byte."""
        try:
            return line.socket.recv(65536)
        except ConnectionResetError:
            return b""

    def test_the_crowd_is_gone_too(self):
        for followed in self.rows:
            followed.result()
        for line in self.crowd:
            with line:
                line.socket.settimeout(LATE)
                while self.raw_end(line):
                    pass

    def test_z_meanwhile_a_visitor_is_answered_at_once(self):
        for followed in [*self.rows, *self.others.values()]:
            concurrent.futures.wait([followed])
        self.assertTrue(self.visitor.is_alive())
        self.visitor.done.set()
        self.visitor.join()
        waits = sorted(self.visitor.waits)
        self.assertGreater(len(waits), 10)
        self.assertLess(waits[len(waits) // 2], 1)
        self.assertLess(waits[-1], AT_ONCE)

    # Whoever is slow but not too slow is served.

    @staticmethod
    def dripping(line, raw, seconds):
        for n in range(seconds):
            line.send(raw[len(raw) * n // seconds:len(raw) * (n + 1) // seconds])
            time.sleep(1)
        return line.answer().status

    @staticmethod
    def meanwhile_a_header_in_half_its_time():
        with Line() as line:
            return Slow.dripping(line, request("GET", "/nl"), HEAD // 2), 200

    @staticmethod
    def meanwhile_a_body_in_half_its_time():
        with Line() as line:
            return Slow.dripping(line.send(announcing(20_001)), b" " * 20_000, BODY // 2), 400

    @staticmethod
    def meanwhile_a_pause_of_half_the_time():
        with used() as line:
            time.sleep(IDLE / 2)
            return line.send(request()).answer().status, 200

    # Whoever does not read.

    @staticmethod
    def unread(read):
        """Asks for far more than buffers hold; how many seconds until it is cut, with a reset: the answer is not whole.
        read: what is done every second."""
        with Line(receive_buffer=4096) as line:
            start = time.monotonic()
            line.send(*[BIG] * 300)  # answers of 20 MB
            alarm = select.poll()
            alarm.register(line.socket, 0)
            while not alarm.poll(1000) and time.monotonic() - start < WRITE + LATE:
                read(line.socket)
            return time.monotonic() - start

    @staticmethod
    def meanwhile_nothing_is_read():
        return Slow.unread(lambda plain: None), WRITE

    @staticmethod
    def meanwhile_a_byte_a_second_is_read():
        return Slow.unread(lambda plain: plain.recv(1)), WRITE

    # Whoever closes one side.

    @staticmethod
    def half_open(goodbye, *sent):
        """What is answered, and how it ends, after no more can come."""
        start = time.monotonic()
        with Line() as line:
            line.send(*sent).half_close(goodbye)
            statuses = []
            while line.ending(PATIENCE) == "answered":
                statuses.append(line.answer().status)
            return statuses, line.end, time.monotonic() - start

    def test_half_open(self):
        """Every request that came whole is answered; what was cut is dropped, never answered and never waited for."""
        rows = [("nothing", (), []), ("one request", (request(),), [200]),
                ("three", (request(), BIG, request()), [200, 200, 200]),
                ("half a header", (request()[:-2],), []), ("one and a half", (request(), HIDDEN), [200]),
                ("half a body", (announcing(500),), []), ("a post", (post("/v1/meldingen", b"{}"),), [400]),
                ("a refused frame", (b"x\r\n\r\n",), [400])]
        for name, sent, statuses in rows:
            for goodbye in (True, False):
                with self.subTest((name, goodbye)):
                    got, end, seconds = self.half_open(goodbye, *sent)
                    self.assertEqual((got, end), (statuses, "orderly"))
                    self.assertLess(seconds, NO_DEADLINE)

    def test_half_open_in_the_handshake(self):
        start = time.monotonic()
        with stalled(lambda hello: hello[:100]) as line:
            line.socket.shutdown(socket.SHUT_WR)
            self.assertEqual(self.raw_end(line), b"")
        self.assertLess(time.monotonic() - start, NO_DEADLINE)

    # Whoever does not let go.

    @staticmethod
    def meanwhile_the_goodbye_is_not_taken():
        """After a refusal the peer may send on for two seconds; then the line is gone, and a reset says so."""
        with Line() as line:
            line.send(b"x\r\n\r\n")
            assert line.answer().status == 400 and line.ending() == "orderly"
            start = time.monotonic()
            while line.try_send(b"x") and time.monotonic() - start < CLOSING + LATE:
                time.sleep(0.1)
            return time.monotonic() - start, CLOSING - 0.5

    def test_others(self):
        for name, followed in self.others.items():
            with self.subTest(name):
                got, wanted = followed.result()
                if isinstance(got, int):
                    self.assertEqual(got, wanted)
                else:
                    self.assertGreaterEqual(got, wanted - 1)
                    self.assertLess(got, wanted + LATE)


if __name__ == "__main__":
    unittest.main()
