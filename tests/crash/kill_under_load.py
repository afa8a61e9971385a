#!/usr/bin/python3
"""kill -9 during a hundred parallel posts: every report that was answered 201 is found afterwards, every other one is
there whole or not at all, and a client that sends the same bytes again gets its one report. kill_under_load.py BIN SCHEMA
[ROUNDS]; BAKEN_LONG=1 makes it 50 rounds.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "interop")]

from with_server import Server  # noqa: E402
from world import Report, World  # noqa: E402

PARALLEL = 100


def post_all(raws, server):
    """Posts every report at once, each on a connection of its own; fills the ids that got 201."""
    stored, lock, ready = set(), threading.Lock(), threading.Barrier(len(raws) + 1)

    def post(report, raw):
        ready.wait()
        try:
            answer = server.post("/v1/meldingen", raw)
        except OSError:
            return  # the server was killed: nobody said that it was stored
        if answer.status in (200, 201):
            with lock:
                stored.add(report)

    threads = [threading.Thread(target=post, args=one) for one in raws.items()]
    for thread in threads:
        thread.start()
    ready.wait()
    return stored, threads


def listed(server, desk):
    """The ids that the desk's own program lists."""
    run = subprocess.run([server.bin / "baken", "desk", "pull", "--profile", server.data / f"demo/{desk}/medewerker.toml",
                          "--json"], check=True, capture_output=True, text=True)
    return [json.loads(line)["id"] for line in run.stdout.splitlines()]


def one_round(server, number, chance):
    os.environ.update({name: value for name, value in server.environment().items() if name.startswith("BAKEN_")})
    world = World(own_desk=False)
    reports = [Report(world, [("rotterdam", "eerste")]) for _ in range(PARALLEL)]
    raws = {report.id: report.raw() for report in reports}  # sealing twice would give other bytes
    stored, threads = post_all(raws, world.server)
    threading.Event().wait(chance.uniform(0.0, 0.15))
    server.kill()
    for thread in threads:
        thread.join()
    server.start()
    found = listed(server, "rotterdam")
    assert len(found) == len(set(found)), "a report is listed twice"
    lost = stored - set(found)
    assert not lost, f"{len(lost)} reports were answered 201 and are gone"
    # Whoever got no answer sends the same bytes again.
    for report, raw in raws.items():
        answer = world.server.post("/v1/meldingen", raw)
        expected = 200 if report in found else 201
        assert answer.status == expected, (answer.status, expected)
    again = listed(server, "rotterdam")
    assert set(raws) <= set(again) and len(again) == len(set(again))
    print(f"round {number}: {len(stored)} of {PARALLEL} were answered before the kill; none lost")


def main():
    bin_dir, schema = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 50 if os.environ.get("BAKEN_LONG") else 5
    chance = random.Random(20261121)
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        server = Server(bin_dir, schema, home)
        server.start()
        for number in range(1, rounds + 1):
            one_round(server, number, chance)
        server.stop()


if __name__ == "__main__":
    main()
