#!/usr/bin/python3
"""Two servers on one database are one: a desk that waits at the one hears at once of a report posted at the other; who
was removed or enrolled at the one is so at the other; a request signed once counts once; the same bytes posted at both
at the same time are one report. And when one of them is killed under load, whose clients go to the other, nothing is
lost. postgres_two_servers.py BIN SCHEMA [ROUNDS]; BAKEN_LONG=1: 10.
"""
import os
import random
import sys
import tempfile
import threading
import time

from databases import Another, called_alike, seated, whole
from people import GONE, DeskAtWork, People, some_taken
from witness.wire import Server as Witness
from world import Report

AT_ONCE = 1  # second
BACK = 30  # seconds until a report is taken by the server that is left
PROGRAMS, FORMS = 70, 30


def witness_of(server):
    return Witness(f"https://localhost:{server.port}", server.data / "tls/cert.pem")


def hears_at_once(server, people, there):
    """A desk waits at the other server; how long after the acknowledgement here it had its answer there."""
    desk, took = people.world.desk, []
    for _ in range(5):
        _, cursor = desk.collect("officer")
        heard, sent = {}, threading.Event()

        def wait():
            answer = there.signed(desk.members["officer"].actor, "GET", desk.path(f"meldingen?wacht=60&na={cursor}"),
                                  on_sent=sent.set)
            heard.update(at=time.monotonic(), ids=[one["id"] for one in answer.json()["meldingen"]])

        waiting = threading.Thread(target=wait)
        waiting.start()
        sent.wait(30)
        # It waits by now: what it asks costs two transactions.
        time.sleep(0.3)
        report = Report(people.world)
        people.world.post_report(report)
        acknowledged = time.monotonic()
        waiting.join()
        assert heard["ids"] == [report.id], heard
        people.settled.add(report.id)
        took.append(heard["at"] - acknowledged)
    assert max(took) < AT_ONCE * server.slow, took
    print(f"a desk that waited at the other server heard within {max(took) * 1000:.0f} ms", flush=True)


def counts_at_once(people, there):
    """What is taken here counts there with the next request, by whoever it is asked."""
    desk, here = people.world.desk, people.world.server
    for name in ("nieuw", "nog-een"):
        member = desk.enrol(name, "medewerker")
        assert there.signed(member.actor, "GET", desk.path("meldingen")).status == 401, "believed before any stand"
        desk.publish()
        assert there.signed(member.actor, "GET", desk.path("meldingen")).status == 200, "an officer is not known there"
        assert desk.stand_token in there.get("/v1/sleutelgids").body.decode(), "the directory is an older one there"
        del desk.members[name]
        desk.publish()
        for asked in (there, here):
            assert asked.signed(member.actor, "GET", desk.path("meldingen")).status == 401, "who was removed is believed"
    print("a stand posted at the one counted at the other at once", flush=True)


def once(people, there):
    """The same signed request counts at one server only."""
    desk, here = people.world.desk, people.world.server
    target = desk.path("meldingen")
    for first, second in ((here, there), (there, here)):
        # Both answer to the same name, so what one is asked can be played again to the other.
        headers = first.signed_headers(desk.members["officer"].actor, "GET", target)
        headers["host"] = first.authority
        assert first.send("GET", target, headers=headers).status == 200
        assert second.send("GET", target, headers=headers).status == 401, "a request was believed twice"
    print("a request played again to the other server was refused", flush=True)


def both_at_once(people, elsewhere):
    """The same bytes to both servers at the same moment: one report, one 201, and one 200."""
    posts = people.made(20, 0)
    twins = [type(post)(post.id, post.path, post.type, post.raw) for post in posts]
    answers = people.send(posts + twins, visitors=[people.visitor] * len(posts) + [elsewhere] * len(twins))
    for post, twin in zip(posts, twins):
        assert {answers[post].status, answers[twin].status} == {200, 201}, (answers[post], answers[twin])
    people.nothing_lost()
    print(f"{len(posts)} reports posted to both at the same time are there once each", flush=True)


class Either:
    """A client that goes to the other server where the one does not answer or refuses, and comes back after a while
    where both did: a busy server may refuse, and says when to try again."""

    def __init__(self, slow, *visitors):
        self.patience, self.visitors = BACK * slow, visitors

    def send(self, *request):
        deadline = time.monotonic() + self.patience
        while True:
            answer = None
            for visitor in self.visitors:
                try:
                    answer = visitor.send(*request[:4])
                except GONE as broken:
                    fault = broken
                    continue
                if answer.status != 503:
                    return answer
            if time.monotonic() > deadline:
                if answer:
                    return answer
                raise fault
            time.sleep(int(answer.head("Retry-After")) if answer else 1)


def one_killed(other, people, elsewhere, number, chance):
    posts = people.made(PROGRAMS, FORMS)
    chance.shuffle(posts)
    desk = DeskAtWork(people)
    slow = people.server.slow
    pairs = [Either(slow, people.visitor, elsewhere), Either(slow, elsewhere, people.visitor)]

    def kill():
        some_taken(posts, chance)  # the moment is the test
        other.kill()

    answers = people.send(posts, at_once=kill, visitors=[pairs[n % 2] for n in range(len(posts))])
    desk.stop()
    taken = sum(post.taken for post in posts)
    found_none = [answers[post] or post.broken for post in posts if not post.taken]
    assert not found_none, f"{len(found_none)} found neither server: {found_none[:5]}"
    people.nothing_lost()
    other.start()
    print(f"round {number}: one of two was killed; {taken} of {len(posts)} were acknowledged by either; lost 0", flush=True)


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 10 if os.environ.get("BAKEN_LONG") else 1
    chance = random.Random(20261127)
    with seated(bin_dir, schema) as (server, cluster), tempfile.TemporaryDirectory(prefix="baken-crash-") as place:
        other = Another(server, place)
        called_alike(server, other)
        server.kill()
        server.start()
        other.start()
        try:
            people, there = People(server), witness_of(other)
            elsewhere = people.visiting(other)
            hears_at_once(server, people, there)
            counts_at_once(people, there)
            once(people, there)
            both_at_once(people, elsewhere)
            for number in range(1, rounds + 1):
                one_killed(other, people, elsewhere, number, chance)
            for one in (other, server):
                one.stop()
            whole(cluster)
        finally:
            other.kill()


if __name__ == "__main__":
    main()
