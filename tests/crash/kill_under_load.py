#!/usr/bin/python3
"""kill -9 at any moment while a hundred programs and forms post and a desk pulls and opens: every report that was
acknowledged is found afterwards, every other one is there whole or not at all, and whoever sends the same bytes again
has one report and one receipt. kill_under_load.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1 makes it 50 rounds.
"""
import os
import random
import sys
import tempfile
import time

from installation import Installation
from people import DeskAtWork, People

PROGRAMS, FORMS = 60, 40


def one_round(server, people, number, chance):
    posts = people.made(PROGRAMS, FORMS)
    chance.shuffle(posts)
    desk = DeskAtWork(people)

    def kill():
        time.sleep(chance.uniform(0.0, 0.25))  # the moment is the test
        server.kill()

    people.send(posts, at_once=kill)
    desk.stop()
    taken = sum(post.taken for post in posts)
    server.start()
    people.nothing_lost()
    print(f"round {number}: {taken} of {len(posts)} were answered before the kill, and the desk "
          f"{len(desk.statuses)} times; none lost", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 50 if os.environ.get("BAKEN_LONG") else 5
    chance = random.Random(20261121)
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        server = Installation(bin_dir, schema, home)
        server.start()
        try:
            people = People(server)
            for number in range(1, rounds + 1):
                one_round(server, people, number, chance)
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
