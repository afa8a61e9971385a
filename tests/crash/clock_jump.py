#!/usr/bin/python3
"""The clock of the machine jumps a day forward and back, and a day back and forward, under a running server. Nothing
acknowledged is lost; what is signed within five minutes of the server's clock is believed, nothing else, and nothing
twice; weeks and days follow the clock; deadlines do not; and all is as before once the clock is right. A jump of eight
days destroys no report whose end was ordered, under the running server or before a start.
clock_jump.py BIN SCHEMA

The programs that it starts live by a clock of their own (libfaketime), and the test by the same. Monotonic time is
left alone.
"""
import contextlib
import os
import sqlite3
import sys
import tempfile
import threading
import time

from clock import DAY, Clock
from installation import Installation, poll
from people import People, public_answers, working
from with_server import PATIENT

WINDOW = 300  # seconds that a signature may be off
HEAD = 10  # seconds that a header may take
A_ROUND = 30  # seconds within which the server, told to do so every two, looks at the clock again
AHEAD = "clock ran ahead of the time that passed"
KEYLESS = "no usable key this week"  # of desks that were given none for the weeks to come


class Officer:
    """Signs by the clock, or beside it; keeps what was signed to send it again."""

    def __init__(self, people):
        self.desk, self.server = people.world.desk, people.world.server
        self.path = self.desk.path("meldingen")

    def signed(self, off=0):
        return self.server.signed_headers(self.desk.members["officer"].actor, "GET", self.path,
                                          created=int(time.time()) + off)

    def status(self, headers):
        return self.server.send("GET", self.path, headers=headers).status

    def believed(self):
        """Within the window of the clock as it is now, and not beyond it."""
        offs = (0, WINDOW - 20, 20 - WINDOW, WINDOW + 20, -WINDOW - 20, DAY, -DAY)
        found = {off: self.status(self.signed(off)) for off in offs}
        assert found == {off: 200 if abs(off) < WINDOW else 401 for off in offs}, found


class Waiting(threading.Thread):
    """A desk that waits a second for what does not come, whatever the clock does meanwhile."""

    def __init__(self, officer):
        super().__init__()
        self.officer, self.sent, self.took = officer, threading.Event(), None
        self.path = officer.desk.path(f"meldingen?wacht=1&na={officer.desk.collect('officer')[1]}")

    def run(self):
        begun = time.monotonic()
        answer = self.officer.server.signed(self.officer.desk.members["officer"].actor, "GET", self.path,
                                            on_sent=self.sent.set)
        if answer.status == 200:
            self.took = time.monotonic() - begun


class HalfHeader(threading.Thread):
    """A visitor in the middle of a request; as a thread one who never ends it."""

    def __init__(self, people):
        super().__init__()
        self.line, self.took = people.visitor.raw(60), None
        self.line.sendall(f"GET /nl HTTP/1.1\r\nHost: {people.visitor.host}:{people.visitor.port}\r\n".encode("ascii"))

    def goes_on(self):
        self.line.sendall(b"\r\n")
        assert self.line.recv(100).startswith(b"HTTP/1.1 200 "), "the jump cut a visitor off"
        self.line.close()

    def run(self):
        begun = time.monotonic()
        if self.line.recv(100).startswith(b"HTTP/1.1 408 "):
            self.took = time.monotonic() - begun
        self.line.close()

    def is_cut(self):
        self.join()
        assert self.took and HEAD - 1 < self.took < HEAD * 2, f"a header was given {self.took} s"


def taken(people, posts):
    for post in posts:
        answer = post.send(people.visitor)
        assert answer and answer.status in (200, 201), (post.path, answer)


def jump(people, clock, officer, lines, days):
    """Everything works before and after, and what began before goes on."""
    before, half, waiting = people.made(2, 2), HalfHeader(people), Waiting(officer)
    waiting.start()
    assert waiting.sent.wait(30)
    people.visitor.get("/v1/sleutelgids")  # by then the wait is there, or it is judged after the jump
    clock.set(days)
    waiting.join()
    assert waiting.took is None or 0.8 < waiting.took < 5, f"waited {waiting.took} s"
    half.goes_on()
    public_answers(people, lines, 3)
    taken(people, before + people.made(2, 2))
    officer.believed()
    return waiting.took


def never_twice(people, clock, officer, lines):
    """A day forward and back, and a day back and forward: what was signed once is not believed again."""
    seen, waits = {}, []
    clock.set(0)  # on a Tuesday, what was made two days before is of a week that is closed by now
    for days in (0, 1, 0, -1, 0, 1, 0):
        if days == -1:
            slow = HalfHeader(people)
            slow.start()
        waits.append(jump(people, clock, officer, lines, days))
        for day, headers in seen.items():
            assert officer.status(headers) == 401, f"what was signed on day {day} was believed again on day {days}"
        if days not in seen:
            seen[days] = officer.signed()
            assert officer.status(seen[days]) == 200
        print(f"day {days:+d}: all as it should be", flush=True)
    assert any(waits), "no desk waited over a jump"
    slow.is_cut()


def started_tomorrow(server, people, clock, officer):
    """What a server started under a wrong clock was told is not lost, and what was signed before its start is not
    believed, as after any start (protocol §7)."""
    server.stop(faults=[AHEAD])
    clock.set(1)
    server.start()
    taken(people, people.made(2, 2))
    assert officer.status(officer.signed()) == 200
    clock.set(0)
    assert officer.status(officer.signed()) == 401
    taken(people, people.made(2, 2))
    server.stop()
    server.start()
    assert officer.status(officer.signed()) == 200


def counted(server, sql, *values):
    """What the database says, so that nobody signs a request for it."""
    with contextlib.closing(sqlite3.connect(f"file:{server.data}/baken.db?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchone()[0]


def destroys_nothing_early(server, clock):
    """An order falls due after seven full days: not because the clock says so, neither to a server that runs, although
    an officer's clock says the same, nor to one that starts so while nobody's does. It falls due once somebody's does."""
    desk = working()
    report = desk.posted()
    desk.open(report, "officer", "second")
    desk.assert_status(202, desk.delete(report))
    there = lambda: counted(server, "SELECT count(*) FROM opdrachten")
    assert there() == 1
    clock.set(8)
    desk.assert_status(200, desk.fetch(report))
    poll(lambda: server.lines(AHEAD), A_ROUND, "nothing was said of the jump")
    assert desk.fetch(report).json()["status"] == "wordt-vernietigd"
    server.stop(faults=[AHEAD, KEYLESS])

    signed_heads = lambda: counted(server, "SELECT max(dag) FROM hoofden")
    before = signed_heads()
    clock.set(9)
    server.start()
    poll(lambda: signed_heads() != before, A_ROUND, "the night's other work was not done")
    assert there() == 1, "a start under a wrong clock carried an order out"
    desk.assert_status(200, desk.fetch(report))
    poll(lambda: there() == 0, A_ROUND, "an order that is due was not carried out once a member's clock agreed")
    desk.assert_status(404, desk.fetch(report))
    server.stop(faults=[KEYLESS])
    clock.set(0)
    server.start()
    print("eight days ahead: no order was carried out early", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        clock = Clock(home)
        clock.set(-2)  # made two days ago, so that yesterday is a day like any other
        os.environ.pop("BAKEN_DEMONSTRATION", None)
        os.environ.update(clock.environment)  # of every program that is started from here on
        server = Installation(bin_dir, schema, home, config=(*PATIENT, "clock-every = 2"))
        server.start()
        try:
            people = People(server)
            officer = Officer(people)
            never_twice(people, clock, officer, people.lines(4))
            started_tomorrow(server, people, clock, officer)
            people.nothing_lost()
            destroys_nothing_early(server, clock)
            people.nothing_lost()
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
