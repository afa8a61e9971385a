#!/usr/bin/python3
"""The disk stands still (fsfreeze: as when a storage system hangs). A report in flight is refused within 15 s, later
ones at once, everything that needs no disk goes on, on every connection; when the disk moves again everything works by
itself, also where SIGTERM or kill -9 came in between. frozen_disk.py BIN SCHEMA
"""
import sys
import tempfile
import threading
import time

from disks import Ext4
from installation import STANDING_STILL, Installation, poll
from people import DeskAtWork, People, public_answers

IN_FLIGHT, AT_ONCE = 15, 3  # seconds


def all_within(people, posts, seconds):
    """Each is answered 503, in that time."""
    begun = time.monotonic()
    answers = people.send(posts)
    took = time.monotonic() - begun
    for post, answer in answers.items():
        assert answer and answer.status == 503, (post.path, answer and answer.status)
    assert took < seconds, f"{took:.1f} s"
    return took


def while_frozen(server, people, lines):
    """Two reports are in flight when it begins; then others come; all the time visitors are answered."""
    first, later = people.made(1, 1), people.made(10, 10)
    server.disk.freeze()
    try:
        faults, leave = [], threading.Event()

        def visit():
            try:
                while not leave.is_set():
                    public_answers(people, lines, AT_ONCE * server.slow)
            except Exception as fault:
                faults.append(fault)

        visitor = threading.Thread(target=visit)
        visitor.start()
        took = all_within(people, first, IN_FLIGHT * server.slow)
        at_once = all_within(people, later, AT_ONCE * server.slow)
        leave.set()
        visitor.join()
        if faults:
            raise faults[0]
        print(f"frozen: refused after {took:.1f} s, later ones after {at_once:.1f} s")
    finally:
        server.disk.thaw()
    poll(lambda: first[0].send(people.visitor).status != 503, 10 * server.slow, "nothing was stored again")


def ended_while_frozen(server, people, end):
    """Reports are in flight, and the server is told to end; the disk moves again after that."""
    posts = people.made(10, 10)
    desk = DeskAtWork(people)
    frozen = threading.Event()

    def freeze_and_end():
        server.disk.freeze()
        try:
            frozen.wait(0.5)  # some are in flight now
            end()
            frozen.wait(1)
        finally:
            server.disk.thaw()

    people.send(posts, at_once=freeze_and_end)
    desk.stop()
    status = server.process.wait(timeout=15 * server.slow)
    server.start()
    people.nothing_lost()
    return status


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home, Ext4(f"{home}/disk", "64M") as disk:
        server = Installation(bin_dir, schema, home, disk.where)
        server.disk = disk
        server.start()
        try:
            people = People(server)
            people.send(people.made(4, 4))
            while_frozen(server, people, people.lines(8))
            assert server.said(STANDING_STILL) == 1, server.lines()
            people.nothing_lost()
            assert ended_while_frozen(server, people, server.process.terminate) == 0
            assert ended_while_frozen(server, people, server.process.kill) == -9
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
