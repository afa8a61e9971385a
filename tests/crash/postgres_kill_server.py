#!/usr/bin/python3
"""kill -9 of a server on PostgreSQL at any moment while a hundred programs and forms post and a desk pulls and opens:
every report that was acknowledged is found afterwards, every other one is there whole or not at all, and whoever sends
the same bytes again has one report and one receipt. postgres_kill_server.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1: 25.
"""
import os
import random
import sys

from databases import seated, whole
from people import DeskAtWork, People, some_taken

PROGRAMS, FORMS = 70, 30


def one_round(server, people, number, chance):
    posts = people.made(PROGRAMS, FORMS)
    chance.shuffle(posts)
    desk = DeskAtWork(people)

    def kill():
        some_taken(posts, chance)  # the moment is the test
        server.kill()

    people.send(posts, at_once=kill)
    desk.stop()
    taken = sum(post.taken for post in posts)
    server.start()
    people.nothing_lost()
    print(f"round {number}: {taken} of {len(posts)} were acknowledged before the kill, and the desk answered "
          f"{len(desk.statuses)} times; lost 0", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 25 if os.environ.get("BAKEN_LONG") else 5
    chance = random.Random(20261123)
    with seated(bin_dir, schema) as (server, cluster):
        people = People(server)
        for number in range(1, rounds + 1):
            one_round(server, people, number, chance)
        server.stop()
        whole(cluster)


if __name__ == "__main__":
    main()
