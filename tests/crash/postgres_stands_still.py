#!/usr/bin/python3
"""PostgreSQL stands still: every process of it is stopped, as when its machine or its disk hangs. A report in flight is
refused within 15 s, later ones at once, pages go on on every connection; when it moves again everything works by itself,
also where SIGTERM or kill -9 came in between, and SIGTERM ends the server in its time without waiting for the database.
postgres_stands_still.py BIN SCHEMA
"""
import contextlib
import signal
import sys
import threading
import time

from databases import seated, whole
from installation import REFUSING, STANDING_STILL, poll
from people import PAGES, DeskAtWork, People, public_answers

IN_FLIGHT, AT_ONCE = 15, 3  # seconds
ENDS = 12  # the drain and a farewell


@contextlib.contextmanager
def stopped(cluster):
    cluster.send(signal.SIGSTOP)
    try:
        yield
    finally:
        cluster.send(signal.SIGCONT)


def all_within(people, posts, seconds):
    """Each is answered 503, in that time."""
    begun = time.monotonic()
    answers = people.send(posts)
    took = time.monotonic() - begun
    for post, answer in answers.items():
        assert answer and answer.status == 503, (post.path, answer and answer.status)
    assert took < seconds, f"{took:.1f} s"
    return took


def while_stopped(server, cluster, people, lines):
    """Two reports are in flight when it begins; then others come; all the time visitors are answered."""
    first, programs, forms = people.made(2, 0), people.made(10, 0), people.made(0, 6)
    with stopped(cluster):
        faults, leave = [], threading.Event()

        def visit():
            try:
                while not leave.is_set():
                    public_answers(people, lines, AT_ONCE * server.slow, PAGES)
            except Exception as fault:
                faults.append(fault)

        visitor = threading.Thread(target=visit)
        visitor.start()
        took = all_within(people, first, IN_FLIGHT * server.slow)
        at_once = all_within(people, programs + forms, AT_ONCE * server.slow)
        leave.set()
        visitor.join()
        if faults:
            raise faults[0]
        print(f"stopped: refused after {took:.1f} s, later ones after {at_once:.1f} s", flush=True)
    poll(lambda: first[0].send(people.visitor).status != 503, 10 * server.slow, "nothing was stored again")


def ended_while_stopped(server, cluster, people, end):
    """Reports are in flight, and the server is told to end, while the database stands still."""
    posts = people.made(10, 10)
    desk, gone = DeskAtWork(people), threading.Event()

    def stop_and_end():
        cluster.send(signal.SIGSTOP)
        gone.wait(0.5)  # some are in flight now
        end()

    begun = time.monotonic()
    sending = threading.Thread(target=people.send, args=(posts, None, stop_and_end))
    sending.start()
    try:
        status = server.process.wait(timeout=(ENDS + 1) * server.slow)
        took = time.monotonic() - begun
    finally:
        cluster.send(signal.SIGCONT)
    sending.join()
    desk.stop()
    server.start()
    people.nothing_lost()
    return status, took


def main():
    bin_dir, schema = sys.argv[1:3]
    with seated(bin_dir, schema) as (server, cluster):
        people = People(server)
        people.send(people.made(4, 4))
        while_stopped(server, cluster, people, people.lines(8))
        assert server.said(STANDING_STILL) == 1, server.lines()
        people.nothing_lost()
        status, took = ended_while_stopped(server, cluster, people, server.process.terminate)
        assert status == 0, status
        print(f"SIGTERM while it stood still: ended after {took:.1f} s; lost 0", flush=True)
        status, _ = ended_while_stopped(server, cluster, people, server.process.kill)
        assert status == -9, status
        print("kill -9 while it stood still; lost 0", flush=True)
        server.stop(faults=(REFUSING[0], STANDING_STILL[0]))
        whole(cluster)


if __name__ == "__main__":
    main()
