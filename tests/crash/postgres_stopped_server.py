#!/usr/bin/python3
"""One of the servers of a database is stopped (SIGSTOP, a paused machine) in the middle of its batch, which the batches
of all others wait for: the others store again within the limits of a session, also where only a part of its statements
had left it; what it was at is rolled back and was confirmed to nobody; awake again it goes on.
postgres_stopped_server.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1: 5.
"""
import contextlib
import ctypes
import os
import random
import signal
import sys
import tempfile
import time

from databases import DATABASE, Another, seated, whole
from installation import REFUSING, STANDING_STILL, poll
from people import DeskAtWork, People, some_taken

HELD = 12  # seconds: a session's limit of 5, or the 6 for which its lock is waited for; an answer may come at its 10 only
LOCK = b"SELECT pg_advisory_xact_lock(7381642047116203)"


class StoppedSession:
    """What the database sees of a server that stopped after these words: a session that says no more."""

    def __init__(self, cluster, whole_words):
        self.pq = ctypes.CDLL("libpq.so.5")
        self.pq.PQconnectdb.restype = self.pq.PQexec.restype = ctypes.c_void_p
        self.at = ctypes.c_void_p(self.pq.PQconnectdb(cluster.uri(DATABASE).encode()))
        limits = b"SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '6s'; SET statement_timeout = '12s'"
        self.pq.PQexec(self.at, limits)
        if whole_words:
            self.pq.PQexec(self.at, b"BEGIN; " + LOCK)
            return
        # A pipeline whose end never comes: what was sent of it is done, and its session never counts as idle.
        assert self.pq.PQenterPipelineMode(self.at) == 1
        for words in (b"BEGIN", LOCK):
            assert self.pq.PQsendQueryParams(self.at, words, 0, None, None, None, None, 0) == 1
        assert self.pq.PQsendFlushRequest(self.at) == 1 and self.pq.PQflush(self.at) == 0

    def close(self):
        self.pq.PQfinish(self.at)


def held_up(server, cluster, people, whole_words):
    """How long reports are refused while a stopped session holds the lock."""
    with contextlib.closing(StoppedSession(cluster, whole_words)):
        poll(lambda: cluster.sql("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"), 10, "it holds no lock")
        post, begun = people.made(1, 0)[0], time.monotonic()
        poll(lambda: post.send(people.visitor).status != 503, 30 * server.slow, "nothing was stored any more")
        took = time.monotonic() - begun
    assert took < HELD * server.slow, f"{took:.1f} s"
    return took


def one_stopped(server, other, people, chance):
    """Both are under load when the other one is stopped; how long the first could not store."""
    posts, later = people.made(60, 20), people.made(1, 0)[0]
    chance.shuffle(posts)
    elsewhere = people.visiting(other)
    desk = DeskAtWork(people)

    def stop():
        some_taken(posts, chance)  # the moment is the test
        other.process.send_signal(signal.SIGSTOP)

    visitors = [people.visitor if n % 2 else elsewhere for n in range(len(posts))]
    begun = {}

    def stop_and_ask():
        stop()
        begun["at"] = time.monotonic()
        poll(lambda: later.send(people.visitor).status != 503, 30 * server.slow, "nothing was stored any more")
        begun["took"] = time.monotonic() - begun["at"]
        other.process.send_signal(signal.SIGCONT)

    people.send(posts, at_once=stop_and_ask, visitors=visitors)
    desk.stop()
    assert begun["took"] < HELD * server.slow, begun
    taken = sum(post.taken for post in posts)
    people.nothing_lost()
    return taken, begun["took"]


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5 if os.environ.get("BAKEN_LONG") else 2
    chance = random.Random(20261126)
    with seated(bin_dir, schema) as (server, cluster), tempfile.TemporaryDirectory(prefix="baken-crash-") as place:
        other = Another(server, place)
        try:
            other.start()
            people = People(server)
            for whole_words in (True, False):
                took = held_up(server, cluster, people, whole_words)
                print(f"a session stopped {'between' if whole_words else 'within'} its words held others up for {took:.1f} s",
                      flush=True)
            people.nothing_lost()
            for number in range(1, rounds + 1):
                taken, took = one_stopped(server, other, people, chance)
                print(f"round {number}: one of two was stopped; {taken} of 80 were acknowledged, the other stored again after "
                      f"{took:.1f} s; lost 0", flush=True)
            for one in (other, server):
                one.stop(faults=(REFUSING[0], STANDING_STILL[0]))
            whole(cluster)
        finally:
            other.process.send_signal(signal.SIGCONT)
            other.kill()


if __name__ == "__main__":
    main()
