#!/usr/bin/python3
"""SIGTERM while a hundred programs and forms post, desks wait and pull, and visitors idle: whatever was acknowledged is
there, a desk that waits is answered, idle connections end in order, and the server ends with status 0 within its ten
seconds; also behind fifty SIGHUPs, of which most become one. sigterm.py BIN SCHEMA [ROUNDS]
"""
import random
import signal
import sys
import tempfile
import threading
import time

from installation import Installation, poll
from people import DeskAtWork, People

PROGRAMS, FORMS, IDLE = 60, 40, 10
HANGUPS = 50
IN_TIME = 12  # the drain, and what a busy machine needs to say so


class Waiting(threading.Thread):
    """A desk that waits for something newer than all there is."""

    def __init__(self, people):
        super().__init__()
        self.people, self.sent, self.answer = people, threading.Event(), None
        _, self.cursor = people.world.desk.collect("lead")

    def run(self):
        desk = self.people.world.desk
        self.answer = self.people.world.server.signed(
            desk.members["lead"].actor, "GET", desk.path(f"meldingen?wacht=50&na={self.cursor}"), on_sent=self.sent.set)


def ended_in_order(line):
    """An idle connection ends with TLS's own goodbye, without an error."""
    line.sock.settimeout(10)
    return line.sock.recv(1) == b""


def one_round(server, people, number, chance):
    posts = people.made(PROGRAMS, FORMS)
    chance.shuffle(posts)
    idle, lines = people.lines(IDLE), people.lines(len(posts) // 2)
    waiting, desk = Waiting(people), DeskAtWork(people)
    waiting.start()
    assert waiting.sent.wait(30)
    ended = {}

    def end():
        time.sleep(chance.uniform(0.0, 0.25))  # the moment is the test
        begun = time.monotonic()
        server.process.terminate()
        ended["status"] = server.process.wait(timeout=60)
        ended["took"] = time.monotonic() - begun

    # Half of them on connections that stand.
    people.send(posts, lines + [None] * (len(posts) - len(lines)), end)
    waiting.join()
    desk.stop()
    assert ended["status"] == 0 and ended["took"] < IN_TIME * server.slow, (ended, server.lines())
    assert waiting.answer and waiting.answer.status == 200, "the desk that waited was not answered"
    assert all(ended_in_order(line) for line in idle)
    assert server.lines("fault:") == []
    taken = sum(post.taken for post in posts)
    server.start()
    people.nothing_lost()
    reset = sum(isinstance(post.broken, ConnectionResetError) for post in posts[:len(lines)])
    print(f"round {number}: {taken} of {len(posts)} were taken; of {len(lines)} requests on connections that stood "
          f"{reset} were cut off; it ended after {ended['took']:.1f} s", flush=True)


def behind_many_hangups(server):
    """Fifty readings that were asked for at once are a few, and the end waits for none that has not begun."""
    for _ in range(HANGUPS):
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.002)  # or the kernel makes one of them
    took = server.stop()
    read = len(server.lines("bakend: reloaded"))
    assert read < HANGUPS // 2, f"{HANGUPS} SIGHUPs were {read} readings"
    server.start()
    server.process.send_signal(signal.SIGHUP)
    poll(lambda: server.lines("bakend: reloaded"), 30 * server.slow, "one SIGHUP alone was not followed by a reading")
    print(f"{HANGUPS} SIGHUPs before the end were {read} readings; it ended after {took:.1f} s", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds, chance = int(sys.argv[3]) if len(sys.argv) > 3 else 2, random.Random(20261122)
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        server = Installation(bin_dir, schema, home)
        server.start()
        try:
            people = People(server)
            for number in range(1, rounds + 1):
                one_round(server, people, number, chance)
            behind_many_hangups(server)
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
