#!/usr/bin/python3
"""A disk that fills step by step: first the large reports are refused, then all but the smallest, last all that is not
urgent, with the code `vol` and when to come back; as it empties everything is taken again, and what was taken is there.
disk_classes.py BIN SCHEMA
"""
import sys
import tempfile

from disks import Tmpfs
from installation import Installation, poll
from people import People, pressed, report
from witness import envelope
from witness.text import b64u, dump_json
from world import Report

MIB = 1 << 20
SIZES = {"s": 4096, "m": 16384, "l": 65536, "x": 262144}
# Of a disk of 64 MiB: what is free, and what is taken then (urgent ones in capitals).
STEPS = ((24, "smSM"), (12, "sS"), (5, "S"))


class Filled:
    """Reports of every size, and what became of them."""

    def __init__(self, people):
        self.people, self.taken = people, set()

    def post(self, size, urgent):
        world = self.people.world
        one = Report(world, urgent=urgent, with_mailbox=False)
        sealed = envelope.seal_body(envelope.MELDING, one.id, one.content_key, dump_json(one.document), SIZES[size])
        answer = world.server.post("/v1/meldingen", envelope.filled(one.body(body=b64u(sealed))))
        if answer.status == 201:
            self.taken.add(one.id)
            return True
        assert answer.status == 503 and int(answer.head("Retry-After")) > 0, (answer.status, answer.body[:300])
        assert [fault["code"] for fault in answer.json()["errors"]] == ["vol"], answer.body[:300]
        return False

    def all(self):
        return "".join(name.upper() if urgent else name for urgent in (False, True) for name in SIZES
                       if self.post(name, urgent))


def forms(people):
    """Who types much is told to shorten it, and keeps it; who types little is taken."""
    for words, taken in (("kort", True), ("lang " * 3000, False)):
        page = people.visitor.post(report("controle", wat=words)).page
        answer = people.visitor.post(pressed(page, "stap", "versturen"))
        if taken:
            assert answer.status == 200, answer.status
            continue
        assert answer.status == 503 and "alleen korte teksten" in answer.page.text, answer.page.text
        assert answer.page.value("wat") == words.strip() or answer.page.value("wat") == words, "the words are gone"


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home, Tmpfs(f"{home}/disk", "64M") as disk:
        server = Installation(bin_dir, schema, home, disk.where)
        server.start()
        try:
            people = People(server)
            filled = Filled(people)
            assert filled.all() == "smlxSMLX"
            for free, expected in STEPS:
                disk.fill(leave=free * MIB)
                poll(lambda expected=expected: filled.all() == expected, 30, f"not {expected} with {free} MiB free")
                if expected == "sS":
                    forms(people)
                disk.empty()
            poll(lambda: filled.all() == "smlxSMLX", 30, "not everything is taken again")
            assert server.lines("the disk is getting full") and server.lines("the disk has room again")
            there = set(people.world.desk.collect("officer")[0])
            assert filled.taken <= there, "a report that was taken is not there"
            server.stop()
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
