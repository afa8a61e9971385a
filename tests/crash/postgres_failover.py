#!/usr/bin/python3
"""The primary is lost under load, and its synchronous standby is promoted: killed outright, or silent (stopped, as when
its machine hangs) while its socket still takes connections. The server, whose address names both, goes on by itself at
the promoted one; not one acknowledged report is missing there. Then the roles are changed, and again.
postgres_failover.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1: 5.
"""
import os
import random
import shutil
import signal
import sys
import tempfile
import time

from databases import DATABASE, Seated, cluster_of, demonstration, whole
from installation import REFUSING, STANDING_STILL, poll
from people import PAGES, DeskAtWork, People, public_answers, some_taken
from with_postgres import Cluster, home

PROGRAMS, FORMS = 70, 30
BACK = 30  # seconds: the journal's limit for an answer, and the time to find the other host


def standby_of(primary, place):
    """A copy that follows, and that every commit waits for."""
    standby = Cluster(place)
    shutil.rmtree(standby.data, ignore_errors=True)
    standby.run("pg_basebackup", "-h", primary.home, "-U", "baken", "-D", standby.data, "-c", "fast", "-R", "--no-sync")
    standby.start()
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.sql("SELECT pg_reload_conf()")
    poll(lambda: primary.sql("SELECT sync_state FROM pg_stat_replication") == ["sync"], 30, "the standby does not follow")
    return standby


def promote(standby):
    standby.sql("ALTER SYSTEM RESET synchronous_standby_names") if standby.sql("SELECT pg_is_in_recovery()") == ["f"] else None
    standby.run("pg_ctl", "promote", "-D", standby.data, "-w")


def one_round(server, people, pair, number, chance):
    primary, standby = pair
    silent = number % 2 == 0
    posts, later = people.made(PROGRAMS, FORMS), people.made(1, 1)
    chance.shuffle(posts)
    lines, desk = people.lines(4), DeskAtWork(people)

    def lose():
        some_taken(posts, chance)  # the moment is the test
        primary.send(signal.SIGSTOP) if silent else primary.kill()

    answers = people.send(posts, at_once=lose)
    assert all(answers.values()), "a connection ended without an answer"
    taken = sum(post.taken for post in posts)
    public_answers(people, lines, 3 * server.slow, PAGES)
    promote(standby)
    begun = time.monotonic()
    poll(lambda: later[0].send(people.visitor).status != 503, BACK * server.slow, "nothing was stored at the promoted one")
    back = time.monotonic() - begun
    if silent:
        primary.kill()
    desk.stop()
    assert server.process.poll() is None
    people.nothing_lost()
    print(f"round {number}: the primary was {'silent' if silent else 'killed'}, {taken} of {len(posts)} were acknowledged "
          f"before; it stored again {back:.1f} s after the promotion; lost 0", flush=True)
    return standby, standby_of(standby, primary.home)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5 if os.environ.get("BAKEN_LONG") else 2
    chance = random.Random(20261125)
    with demonstration(bin_dir, schema) as made, home() as one, home() as two, cluster_of(made, one) as primary, \
            tempfile.TemporaryDirectory(prefix="baken-crash-") as data:
        pair = primary, standby_of(primary, two)
        server = Seated(bin_dir, schema, data, made, f"postgresql://baken@/{DATABASE}?host={two},{one}")
        try:
            server.start()
            people = People(server)
            for number in range(1, rounds + 1):
                pair = one_round(server, people, pair, number, chance)
            server.stop(faults=(REFUSING[0], STANDING_STILL[0]))
            whole(pair[0])
        finally:
            server.kill() if server.process else None
            for cluster in pair:
                if cluster.lives():
                    cluster.kill()


if __name__ == "__main__":
    main()
