#!/usr/bin/python3
"""File descriptors run out. Who is connected goes on being served, also where that needs the database; who comes now
waits or sees the connection end in order; the log says it, seldom; and where descriptors are free again everybody who
waited is served at once. descriptors.py BIN SCHEMA
"""
import os
import resource
import socket
import sys
import tempfile
import time

from installation import Installation
from people import People, public_answers

LINES, ROOM = 12, 40
EXHAUSTED = "no visitor can be let in"
SECONDS = 3


def descriptors(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def limit(server, most=None):
    """most: how many it may have open; none for all that it might."""
    _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (most or hard, hard))


def crowd_in(people, most):
    """Visitors come, ask something and stay, until no descriptor is left."""
    inside = []
    while descriptors(people.server) < most:
        assert len(inside) < ROOM * 2, "visitors stay and descriptors do not run out"
        inside += people.lines(1)
    return inside


def served_to_the_full(server, people, lines, posts):
    """Those who are connected: pages, reports by program and form all at once, and the desk."""
    public_answers(people, lines[:2], SECONDS * server.slow)
    answers = people.send(posts, lines)
    assert {answer and answer.status for answer in answers.values()} <= {200, 201}, \
        [answer and answer.status for answer in answers.values()]
    desk, line = people.world.desk, lines[0]
    for rest in ("meldingen", "meldingen?metBody=true", f"meldingen/{posts[0].id}", "sleutels", "leden"):
        path = desk.path(rest)
        signed = people.world.server.signed_headers(desk.members["officer"].actor, "GET", path)
        assert people.visitor.send("GET", path, headers=signed, line=line).status == 200, rest


def waits_outside(people, count):
    """Connections that wait for the server's first word, with their own said."""
    outside = [socket.create_connection((people.visitor.host, people.visitor.port), 30) for _ in range(count)]
    lines = [people.visitor.tls.wrap_socket(one, server_hostname=people.visitor.host, do_handshake_on_connect=False)
             for one in outside]
    for line in lines:
        line.settimeout(0.1)
        try:
            line.do_handshake()
            raise AssertionError("let in although no descriptor is left")
        except TimeoutError:
            line.settimeout(30)
    return lines


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        server = Installation(bin_dir, schema, home)
        server.start()
        try:
            people = People(server)
            posts, again = people.made(LINES // 2, LINES // 2), people.made(LINES // 2, LINES // 2)
            lines = people.lines(LINES)
            most = descriptors(server) + ROOM
            limit(server, most)
            inside = crowd_in(people, most)
            served_to_the_full(server, people, lines, posts)
            outside = waits_outside(people, 6)
            served_to_the_full(server, people, lines, again)
            assert len(server.lines(EXHAUSTED)) == len(server.lines("fault:")) == 1, server.lines()
            for line in inside:
                line.close()
            begun = time.monotonic()
            for line in outside:
                line.do_handshake()
                line.close()
            took = time.monotonic() - begun
            assert took < SECONDS * server.slow, f"{took:.1f} s"
            print(f"{len(inside)} more were let in; those who waited were served {took:.1f} s after there was room")
            limit(server)
            people.nothing_lost()
            server.stop(faults=[EXHAUSTED])
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
