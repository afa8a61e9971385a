#!/usr/bin/python3
"""The disk of PostgreSQL runs full under load, stays full, and has room again. What cannot be stored is refused with 503
and when to come back, pages go on, the server stays; when there is room again everything works by itself, as soon as
PostgreSQL does (which stops where it cannot write its log, and then is started again here). What was acknowledged is
there. postgres_full_disk.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1: 5.
"""
import os
import random
import shutil
import sys
import tempfile

from databases import DATABASE, Seated, cluster_of, demonstration, whole
from disks import Tmpfs
from installation import REFUSING, poll
from people import PAGES, DeskAtWork, People, public_answers
from with_postgres import home

SECONDS = 3
# Its log begins a new file often, so that both ways to run full are met: refused, and stopped.
SETTINGS = ("max_wal_size=32MB", "min_wal_size=32MB", "shared_buffers=16MB")


def one_round(server, cluster, disk, people, number, leave):
    lines, desk = people.lines(4), DeskAtWork(people)
    posts, more = people.made(60, 20), people.made(4, 2)
    disk.fill(leave=leave)
    people.send(posts)
    taken = sum(post.taken for post in posts)
    disk.fill()
    people.send(more)  # until nothing is left
    public_answers(people, lines, SECONDS * server.slow, PAGES)
    assert server.process.poll() is None
    disk.empty()
    stopped = not cluster.lives()
    if stopped:
        cluster.start()
    poll(lambda: more[0].send(people.visitor).status != 503, 40 * server.slow, "nothing was stored again")
    desk.stop()
    people.nothing_lost()
    print(f"round {number}: {taken} of {len(posts)} were acknowledged while the disk ran full"
          f"{', then PostgreSQL stopped' if stopped else ''}; lost 0", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds, chance = int(sys.argv[3]) if len(sys.argv) > 3 else 5 if os.environ.get("BAKEN_LONG") else 2, random.Random(20261128)
    with demonstration(bin_dir, schema) as made, home() as place, Tmpfs(f"{place}/disk", "200M") as disk, \
            tempfile.TemporaryDirectory(prefix="baken-crash-") as data:
        shutil.chown(disk.where, user=place.owner(), group=place.group())
        with cluster_of(made, disk.where, SETTINGS) as cluster:
            server = Seated(bin_dir, schema, data, made, cluster.uri(DATABASE))
            server.start()
            try:
                people = People(server)
                for number in range(1, rounds + 1):
                    # Next to nothing, or a little less than a file of its log.
                    leave = 100_000 if number % 2 else chance.randrange(1_000_000, 12_000_000)
                    one_round(server, cluster, disk, people, number, leave)
                server.stop(faults=REFUSING[:1])
                whole(cluster)
            finally:
                server.kill()


if __name__ == "__main__":
    main()
