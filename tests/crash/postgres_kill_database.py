#!/usr/bin/python3
"""kill -9 of PostgreSQL, every process of it at once, at any moment while a hundred programs and forms post and a desk
pulls and opens. The server stays: nobody's connection ends without an answer, what cannot be stored is refused with 503
and when to come back, and pages go on; when PostgreSQL is there again everything works by itself, nothing acknowledged
is lost and nothing is there by half. postgres_kill_database.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1: 10.
"""
import os
import random
import sys
import time

from databases import seated, whole
from installation import REFUSING, poll
from people import PAGES, DeskAtWork, People, public_answers, some_taken

PROGRAMS, FORMS = 70, 30
AT_ONCE = 3  # seconds, for what must not wait for a database that refuses


def while_gone(server, people, lines):
    """Everybody is refused at once, and pages are answered."""
    for post in people.waiting:
        begun = time.monotonic()
        answer = post.send(people.visitor)
        assert answer and answer.status == 503, answer
        assert time.monotonic() - begun < AT_ONCE * server.slow, "a database that is gone took its time"
    public_answers(people, lines, AT_ONCE * server.slow, PAGES)
    officer = people.world.desk.members["officer"].actor
    asked = people.world.server.signed(officer, "GET", people.world.desk.path("meldingen"))
    assert asked.status == 503 and int(asked.head("Retry-After")) > 0, asked


def one_round(server, cluster, people, number, chance):
    posts, people.waiting = people.made(PROGRAMS, FORMS), people.made(2, 2)
    chance.shuffle(posts)
    lines, desk = people.lines(4), DeskAtWork(people)

    def kill():
        some_taken(posts, chance)  # the moment is the test
        cluster.kill()

    answers = people.send(posts, at_once=kill)
    assert all(answers.values()), "a connection ended without an answer"
    taken = sum(post.taken for post in posts)
    while_gone(server, people, lines)
    cluster.start()
    begun = time.monotonic()
    poll(lambda: people.waiting[0].send(people.visitor).status != 503, 10 * server.slow, "nothing was stored again")
    back = time.monotonic() - begun
    desk.stop()
    assert server.process.poll() is None
    people.nothing_lost()
    print(f"round {number}: {taken} of {len(posts)} were acknowledged before the kill, the others refused; it stored "
          f"again {back:.1f} s after PostgreSQL did; lost 0", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 10 if os.environ.get("BAKEN_LONG") else 2
    chance = random.Random(20261124)
    with seated(bin_dir, schema) as (server, cluster):
        people = People(server)
        for number in range(1, rounds + 1):
            one_round(server, cluster, people, number, chance)
        assert server.said(REFUSING) >= rounds
        server.stop(faults=REFUSING[:1])
        whole(cluster)


if __name__ == "__main__":
    main()
