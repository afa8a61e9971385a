#!/usr/bin/python3
"""Thousands of lines opened and cut at every stage: before, in and after the handshake, in a header, in a body, in an
answer, in a goodbye; with a FIN and with a reset. Afterwards the server has the descriptors it had, about the memory it
had, and answers at once. Run by tests/with_server.py.
"""
import concurrent.futures
import os
import pathlib
import time
import unittest

from line import JSON, PORT, Case, Line, request

ROUND = 60  # lines of each stage and each end
ROUNDS = 3  # behind the first, which fills caches and pools
THREADS = 12
PROCESS = pathlib.Path("/proc") / os.environ["BAKEN_PID"]
SANITIZED = b"__asan_init" in (pathlib.Path(os.environ["BAKEN_BIN"]) / "bakend").read_bytes()
# A sanitizer keeps what was freed for a while: up to 256 MB.
GROWTH = (400 if SANITIZED else 24) * 1024  # KiB
BIG = request("GET", "/v1/openapi.json")
PATIENCE = 60  # seconds; longer than any goodbye (2) and handshake (10)


def stalled(part):
    def begin():
        line = Line(shake=False)
        hello = line.hello()
        line.socket.sendall(hello[:len(hello) * part // 100])
        return line
    return begin


def sent(*pieces):
    return lambda: Line().send(*pieces)


def answered(*pieces):
    def begin():
        line = Line().send(*pieces)
        line.answer()
        return line
    return begin


def flight_of_the_server():
    line = stalled(100)()
    line.socket.recv(100)
    return line


STAGES = {
    "connected": lambda: Line(shake=False), "one byte": stalled(1), "half a ClientHello": stalled(50),
    "a whole ClientHello": stalled(100), "in the server's flight": flight_of_the_server, "after the handshake": Line,
    "half a header": sent(request()[:-2]), "a header asked and not read": sent(request()),
    "half a body": sent(request("POST", "/v1/meldingen", f"Content-Type: {JSON}", "Content-Length: 99", body=b"{")),
    "a large body begun": sent(request("POST", "/v1/meldingen", f"Content-Type: {JSON}", "Content-Length: 500000"),
                               b" " * 100_000),
    "answers not read": sent(*[BIG] * 20), "an answer read": answered(request()),
    "a first answer read": answered(*[BIG] * 20),
    "refused, not read": sent(b"x\r\n\r\n"), "refused and read": answered(b"x\r\n\r\n"),
    "refused, sending on": sent(b"x\r\n\r\n", bytes(60_000)),
    "told to go on": answered(request("POST", "/v1/meldingen", f"Content-Type: {JSON}", "Content-Length: 9",
                                      "Expect: 100-continue")),
}


def cut(begin, reset):
    """A server that has refused may have ended it already."""
    try:
        line = begin()
    except (ConnectionResetError, BrokenPipeError):
        return
    if reset:
        line.reset()
    line.socket.close()


def churn(rounds):
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(cut, begin, reset) for _ in range(rounds * ROUND) for begin in STAGES.values()
                for reset in (False, True)]
        for job in jobs:
            job.result()
    return len(jobs)


def lines_held():
    """Sockets of the server's port that a process still holds (the inode is 0 once it has let go), listeners aside."""
    held = 0
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            local, state, inode = fields[1], fields[3], fields[9]
            held += int(local.rpartition(":")[2], 16) == PORT and state != "0A" and inode != "0"
    return held


def descriptors():
    """None where only root may count them: the process is not dumpable."""
    try:
        return len(list((PROCESS / "fd").iterdir()))
    except PermissionError:
        return None


def memory():
    """What is resident, in KiB."""
    for line in (PROCESS / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def settled():
    """The lines still held when no more go, or when patience ends."""
    until = time.monotonic() + PATIENCE
    while lines_held() and time.monotonic() < until:
        time.sleep(0.1)
    return lines_held()


class Churn(Case):
    def test_everything_is_given_back(self):
        self.taken(request())
        self.assertEqual(settled(), 0)
        before = descriptors()
        churn(1)
        self.assertEqual(settled(), 0)
        warm = memory()
        self.assertGreater(churn(ROUNDS), 5000)
        start = time.monotonic()
        self.taken(request())
        self.assertLess(time.monotonic() - start, 8)
        self.assertEqual(settled(), 0)
        self.assertEqual(descriptors(), before)
        self.assertLess(memory() - warm, GROWTH)
        for raw, status in ((request(), 200), (BIG, 200), (request("GET", "/v1/bestaat-niet"), 404)):
            self.taken(raw, status)


if __name__ == "__main__":
    unittest.main()
