#!/usr/bin/python3
"""One key holds 150 lists open where there are 150 connections: four stay held, whoever comes fifth ends the oldest with
an empty list, and a visitor is served beside them. Lists of many members, all of them held, give way to a visitor too. Run
by tests/with_server.py with connections = 150.
"""
import contextlib
import json
import pathlib
import socket
import ssl
import sys
import threading
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "interop"), str(pathlib.Path(__file__).resolve().parent)]

from world import Case  # noqa: E402

ALL, EACH = 150, 4
SOON = 20  # seconds; a held list would keep somebody waiting for sixty


class Poll:
    """A list held for a minute, on a connection that its owner does not close."""

    def __init__(self, case, member, cursor):
        target = case.desk.path(f"meldingen?na={cursor}&wacht=60")
        headers = case.server.signed_headers(case.desk.members[member].actor, "GET", target)
        lines = [f"GET {target} HTTP/1.1", f"Host: {case.server.authority}"]
        lines += [f"{name}: {value}" for name, value in headers.items() if name.lower() != "host"]
        self.raw = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self.line = case.server.tls.wrap_socket(socket.create_connection((case.server.host, case.server.port), timeout=90),
                                                server_hostname=case.server.host)
        self.line.sendall(self.raw)
        self.answer, self.thread = b"", threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        try:
            while b"\r\n\r\n" not in self.answer or len(self.body()) < self.length():
                piece = self.line.recv(65536)
                if not piece:
                    return
                self.answer += piece
        except (OSError, ssl.SSLError):
            return

    def length(self):
        head = self.answer.split(b"\r\n\r\n")[0].decode().lower()
        return int(next(line for line in head.split("\r\n") if line.startswith("content-length:")).split(":")[1])

    def body(self):
        return self.answer.partition(b"\r\n\r\n")[2]

    def hang_up(self):
        """Closing alone would not wake who reads: that took until the list's minute was over."""
        with contextlib.suppress(OSError):  # the server hung up first
            self.line.shutdown(socket.SHUT_RDWR)
        self.thread.join(timeout=10)
        self.line.close()

    @property
    def held(self):
        return not self.answer and self.thread.is_alive()

    def empty_list(self):
        return self.answer.startswith(b"HTTP/1.1 200 ") and json.loads(self.body())["meldingen"] == []


class HeldCalls(Case):
    def setUp(self):
        self.cursor = self.desk.collect("officer")[1]
        self.polls = []

    def tearDown(self):
        for poll in self.polls:
            poll.hang_up()

    def hold(self, member):
        self.polls.append(Poll(self, member, self.cursor))
        return self.polls[-1]

    def until(self, what, why):
        deadline = time.monotonic() + SOON
        while not what():
            self.assertLess(time.monotonic(), deadline, why)
            time.sleep(0.02)

    def visitor_is_served(self):
        begun = time.monotonic()
        self.assert_status(200, self.server.get("/v1/routering"))
        self.assertLess(time.monotonic() - begun, SOON, "a visitor was kept waiting")

    def test_a_fifth_ends_the_oldest(self):
        first = [self.hold("officer")]
        time.sleep(1)  # nothing tells from outside that it is held: connections are served in any order
        first += [self.hold("officer") for _ in range(EACH - 1)]
        other = self.hold("lead")
        time.sleep(1)  # so that an answer that should not come could
        self.assertTrue(all(poll.held for poll in first))
        self.hold("officer")
        self.until(lambda: not first[0].held, "the oldest goes on")
        self.until(first[0].empty_list, "it has no empty list")
        self.assertTrue(all(poll.held for poll in first[1:] + [other]))

    def test_150_of_one_key_keep_nobody_waiting(self):
        for number in range(ALL):
            self.hold("officer")
            if number % 50 == 49:
                self.visitor_is_served()
        self.until(lambda: sum(poll.held for poll in self.polls) <= EACH, "more than four are held")
        self.visitor_is_served()
        ended = [poll for poll in self.polls if poll.answer]
        self.assertGreater(len(ended), ALL // 2)
        self.assertTrue(all(poll.empty_list() for poll in ended))

    def test_lists_of_many_members_give_way(self):
        for number in range(ALL // EACH + 1):
            self.desk.enrol(f"many{number}", "medewerker")
        self.desk.publish()
        for number in range(ALL // EACH + 1):
            for _ in range(EACH):
                self.hold(f"many{number}")
        self.visitor_is_served()
        self.assertTrue(any(poll.held for poll in self.polls))


if __name__ == "__main__":
    unittest.main()
