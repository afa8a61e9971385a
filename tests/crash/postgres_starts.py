#!/usr/bin/python3
"""Where a database cannot be used, or would lose reports, a start says so in one sentence and ends with status 1, and
names no password: it is not there, is no database, only a standby runs, the role lacks rights, its encoding is another
one, fsync is switched off, or it is on a network and not verified. And a running server whose database comes back
without fsync stores nothing there until that is mended. postgres_starts.py BIN SCHEMA
"""
import os
import shutil
import subprocess
import sys
import time

from databases import DATABASE, seated
from installation import REFUSING, poll, told
from people import People
from with_postgres import Cluster, home

PASSWORD = "geheim-wachtwoord"


def refused(server, store, words):
    """One sentence, status 1, soon, and no password anywhere."""
    server.move(store)
    begun = time.monotonic()
    done = subprocess.run([server.bin / "bakend", "--config", server.data / "bakend.toml"], capture_output=True, text=True,
                          timeout=60 * server.slow, check=False)
    assert done.returncode == 1 and done.stdout == "", done
    sentence, = told(done.stderr)
    assert sentence.startswith("bakend: the PostgreSQL database ") and words in sentence, sentence
    assert PASSWORD not in done.stderr
    assert time.monotonic() - begun < 10 * server.slow
    print(f"{words!r}: {sentence.removeprefix('bakend: ')}", flush=True)


def each_refused(server, cluster, standby):
    user = f"baken:{PASSWORD}@"
    at = lambda database, host=cluster.home, who=user: f"postgresql://{who}/{database}?host={host}"
    refused(server, at(DATABASE, "/nowhere"), "Nobody answers")
    refused(server, at("missing"), "no database of this name")
    refused(server, at(DATABASE, who=f"nobody:{PASSWORD}@"), "does not let this role in")
    refused(server, at(DATABASE, standby.home), "Only a standby")
    refused(server, at(DATABASE, "127.0.0.1") + "&sslmode=verify-full&sslrootcert=/nowhere&port=1", "Nobody answers")
    refused(server, at(DATABASE) + "&sslmode=whatever", "address cannot be read")
    cluster.sql(f"CREATE ROLE gast LOGIN PASSWORD '{PASSWORD}'")
    refused(server, at(DATABASE, who=f"gast:{PASSWORD}@"), "lacks rights")
    cluster.sql("CREATE DATABASE vers TEMPLATE template0")
    refused(server, at("vers", who=f"gast:{PASSWORD}@"), "lacks rights")
    cluster.sql("CREATE DATABASE latijn TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    refused(server, at("latijn"), "another encoding")
    for setting in ("fsync", "full_page_writes"):
        cluster.sql(f"ALTER SYSTEM SET {setting} = off")
        cluster.sql("SELECT pg_reload_conf()")
        poll(lambda: cluster.sql(f"SHOW {setting}") == ["off"], 10, "it was not read again")
        refused(server, at(DATABASE), "fsync or full_page_writes")
        cluster.sql(f"ALTER SYSTEM RESET {setting}")
        cluster.sql("SELECT pg_reload_conf()")
        poll(lambda: cluster.sql(f"SHOW {setting}") == ["on"], 10, "it was not read again")


def comes_back_unsafe(server, cluster):
    """What was checked at the start is checked of every database that is written to."""
    server.move(f"postgresql://baken:{PASSWORD}@/{DATABASE}?host={cluster.home}")
    server.start()
    people = People(server)
    post, = people.made(1, 0)
    cluster.kill()
    cluster.settings.append("fsync=off")
    cluster.start()
    for _ in range(3):
        assert post.send(people.visitor).status == 503, "it was stored where it may be lost"
    assert server.lines("fsync"), server.lines()
    cluster.kill()
    cluster.settings.remove("fsync=off")
    cluster.start()
    poll(lambda: post.send(people.visitor).status in (200, 201), 10 * server.slow, "nothing was stored again")
    people.nothing_lost()
    assert not server.lines(PASSWORD)
    server.stop(faults=REFUSING[:1])


def main():
    bin_dir, schema = sys.argv[1:3]
    os.environ.pop("PGPASSWORD", None)
    with seated(bin_dir, schema) as (server, cluster), home() as place:
        server.stop()
        standby = Cluster(place)
        shutil.rmtree(standby.data, ignore_errors=True)
        standby.run("pg_basebackup", "-h", cluster.home, "-U", "baken", "-D", standby.data, "-c", "fast", "-R", "--no-sync")
        standby.start()
        try:
            each_refused(server, cluster, standby)
        finally:
            standby.kill()
        comes_back_unsafe(server, cluster)


if __name__ == "__main__":
    main()
