#!/usr/bin/python3
"""The file system under the data turns read-only, as ext4 does at an error of its disk (a remount by hand is refused by
the kernel while the server has its database open). Writes are refused, reading goes on, SIGTERM ends the server in
order, a start refuses in one sentence; and once the disk is repaired everything acknowledged is there.
read_only.py BIN SCHEMA
"""
import random
import subprocess
import sys
import tempfile
import time

from disks import Ext4
from installation import REFUSING, Installation, told
from people import People, public_answers

SECONDS = 3


def refuses_to_start(server):
    done = subprocess.run([server.bin / "bakend", "--config", server.data / "bakend.toml"], capture_output=True,
                          text=True, timeout=60, check=False)
    assert done.returncode == 1, done
    (sentence,) = told(done.stderr)
    assert sentence.startswith("bakend: ") and "not writable" in sentence, sentence


def while_read_only(server, people, lines):
    for post in people.made(6, 6):
        begun = time.monotonic()
        answer = post.send(people.visitor)
        assert answer and answer.status == 503, answer
        assert time.monotonic() - begun < SECONDS * server.slow
    public_answers(people, lines, SECONDS * server.slow)
    desk = people.world.desk
    known = people.posts[0].id
    for rest, status in (("meldingen", 200), (f"meldingen/{known}", 503), ("logboek", 503)):
        answer = people.world.server.signed(desk.members["officer"].actor, "GET", desk.path(rest))
        assert answer.status == status, (rest, answer.status, answer.body[:200])
    assert len(server.lines(REFUSING[0])) == 1, server.lines()


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home, Ext4(f"{home}/disk", "64M") as disk:
        server = Installation(bin_dir, schema, home, disk.where)
        server.start()
        try:
            people = People(server)
            posts, lines = people.made(40, 40), people.lines(8)
            disk.settle()
            answers = people.send(posts, at_once=lambda: (time.sleep(random.uniform(0.005, 0.1)), disk.break_down()))
            taken = sum(post.taken for post in posts)
            assert all(answers.values()), "a connection ended without an answer"
            print(f"breaking down: {taken} of {len(posts)} were taken, the others refused")
            while_read_only(server, people, lines)
            server.stop(faults=REFUSING[:1])
            refuses_to_start(server)
            disk.repair()
            server.is_whole()
            server.start()
            people.nothing_lost()
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
