#!/usr/bin/python3
"""A second start on the same data, or on the same port, refuses in one sentence and does not disturb the first; after
kill -9 of the first a start works; and of many starts at once one serves. second_start.py BIN SCHEMA
"""
import contextlib
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from installation import Installation, poll, told
from people import DeskAtWork, People
from with_server import free_port, listens

LOCKED, TAKEN = "works on this data directory", "another program listens"


def refused(server, config, words):
    """One sentence, status 1, at once."""
    done = subprocess.run([server.bin / "bakend", "--config", config], capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == 1 and done.stdout == "", done
    *before, sentence = told(done.stderr)
    assert sentence.startswith("bakend: ") and words in sentence, sentence
    assert words == TAKEN or not before, before  # with data of its own it says first what those lack


def on_another_port(config, out):
    port = free_port()
    lines = [line if not line.startswith(("listen", "names")) else
             f'listen = ["127.0.0.1:{port}"]' if line.startswith("listen") else f'names = ["localhost:{port}"]'
             for line in config.read_text().splitlines()]
    out.write_text("\n".join(lines))
    return out


def second_starts(server, home):
    """Every way to start a second one that we know: (configuration, what its sentence says)."""
    config, linked, copied = server.data / "bakend.toml", home / "linked", home / "copied"
    linked.symlink_to(server.data, target_is_directory=True)
    elsewhere = on_another_port(config, server.data / "second.toml")
    outside = home / "outside.toml"
    outside.write_text(elsewhere.read_text().replace('data = "."', f'data = "{server.data}"'))
    for name in ("tls", "root.pub"):
        (home / name).symlink_to(server.data / name)
    shutil.copytree(server.data, copied, ignore=shutil.ignore_patterns("baken.db*", "bakend.lock"))
    with contextlib.closing(sqlite3.connect(f"file:{server.data}/baken.db?mode=ro", uri=True)) as from_, \
            contextlib.closing(sqlite3.connect(copied / "baken.db")) as to:
        from_.backup(to)
    return [(config, LOCKED), (elsewhere, LOCKED), (linked / "bakend.toml", LOCKED), (linked / "second.toml", LOCKED),
            (outside, LOCKED), (copied / "bakend.toml", TAKEN)]


def many_at_once(server):
    """Of those that start at the same moment one serves, and the others say why not."""
    starts = [subprocess.Popen([server.bin / "bakend", "--config", server.data / "bakend.toml"],
                               stderr=subprocess.PIPE, text=True) for _ in range(6)]
    try:
        poll(lambda: listens(server.port), 60, "none of them serves")
        poll(lambda: sum(start.poll() is None for start in starts) == 1, 60, "more than one runs")
        for start in starts:
            if start.poll() is not None:
                assert start.returncode == 1 and LOCKED in start.stderr.read()
    finally:
        for start in starts:
            start.terminate()
            start.wait(timeout=60)
            start.stderr.close()


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as home:
        server = Installation(bin_dir, schema, home)
        server.start()
        try:
            people, first = People(server), server.process
            desk = DeskAtWork(people)
            for config, words in second_starts(server, pathlib.Path(home)):
                refused(server, config, words)
                answers = people.send(people.made(3, 3))
                assert all(answer.status in (200, 201) for answer in answers.values()), f"disturbed by {config}"
            desk.stop()
            assert set(desk.statuses) == {200} and first.poll() is None
            assert server.lines("fault:") == []
            people.send(people.made(10, 10), at_once=server.kill)
            server.start()
            people.nothing_lost()
            server.stop()
            many_at_once(server)
            server.is_whole()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
