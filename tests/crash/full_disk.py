#!/usr/bin/python3
"""The disk runs full under load, stays full, and has room again: what cannot be stored is refused with 503 and when to
come back, everything that needs no disk goes on, and then everything works again by itself. full_disk.py BIN SCHEMA
"""
import sys
import tempfile
import time

from disks import Tmpfs
from installation import REFUSING, Installation, poll
from people import DeskAtWork, People, public_answers

# The last byte is what this is about; what is refused before stands in disk_classes.py.
NO_RESERVE = ("disk-large = 0", "disk-small = 0", "disk-urgent = 0")
SECONDS = 3  # for what must not wait for a disk; a stalled thread would take far longer


def while_full(server, people, lines):
    """Everybody is refused at once, and nobody is kept waiting."""
    for post in people.made(6, 6):
        begun = time.monotonic()
        answer = post.send(people.visitor)
        assert answer and answer.status == 503, answer
        assert time.monotonic() - begun < SECONDS * server.slow, "a full disk took its time"
    slowest = public_answers(people, lines, SECONDS * server.slow)
    fitted = sum(refused_in_the_end(people, path) for path in
                 ("meldingen?metBody=true", f"meldingen/{people.posts[0].id}", "sleutels", "leden", "logboek"))
    plain = as_officer(people, "meldingen")  # leaves no line
    assert plain.status == 200, plain.body[:200]
    # A request signed ahead of the server's clock is remembered before it is believed.
    fitted += refused_in_the_end(people, "meldingen", created=int(time.time()) + 200)
    print(f"full: the slowest public answer took {slowest * 1000:.0f} ms")
    return fitted


def as_officer(people, path, **changes):
    desk = people.world.desk
    return people.world.server.signed(desk.members["officer"].actor, "GET", desk.path(path), **changes)


def refused_in_the_end(people, path, **changes):
    """A reading leaves a line before anything is handed out: how many lines still fitted, before 503 came. Some do: a
    log that was emptied into the database has room of its own."""
    for fitted in range(40):
        answer = as_officer(people, path, **changes)
        if answer.status == 503:
            assert int(answer.head("Retry-After")) > 0
            return fitted
        assert answer.status in (200, 404), (path, answer.status, answer.body[:200])
    raise AssertionError(f"{path} goes on being answered on a full disk")


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home, Tmpfs(f"{home}/disk", "40M") as disk:
        server = Installation(bin_dir, schema, home, disk.where, NO_RESERVE)
        server.start()
        try:
            people = People(server)
            lines = people.lines(8)
            posts = people.made(30, 30)
            people.send(people.made(4, 4))
            desk = DeskAtWork(people)
            disk.fill(leave=200_000)
            people.send(posts)
            taken = sum(post.taken for post in posts)
            print(f"running full: {taken} of {len(posts)} were taken, the others refused")
            assert 0 < taken < len(posts)
            disk.fill()
            fitted = while_full(server, people, lines)
            disk.empty()
            # One that was taken already is answered without anything being stored.
            refused = next(post for post in posts if not post.taken)
            poll(lambda: refused.send(people.visitor).status != 503, 10, "nothing was stored again")
            desk.stop()
            said = server.said(REFUSING)
            assert 1 <= said <= 1 + taken + fitted, f"it said {said} times that nothing can be stored"
            people.nothing_lost()
            server.stop(faults=REFUSING[:1])
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
