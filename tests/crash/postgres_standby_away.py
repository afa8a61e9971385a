#!/usr/bin/python3
"""The synchronous standby is away: what it does not have yet is not confirmed to anybody, because the primary may be the
next to go. Neither is it to who sends the same again, also not after the primary was killed, came back and shows the
report, nor when somebody calls off the wait; once the standby is there again the same bytes are confirmed.
postgres_standby_away.py BIN SCHEMA
"""
import sys
import tempfile

from databases import DATABASE, Seated, cluster_of, demonstration, whole
from installation import REFUSING, STANDING_STILL, poll
from people import GONE, People
from postgres_failover import standby_of
from with_postgres import home

SHORT = 4  # seconds a reporter waits here before giving up


def unconfirmed(people, posts):
    """None of them is told that it is stored, however long it waits."""
    for post in posts:
        line = people.visitor.connect(timeout=SHORT)
        try:
            answer = post.send(people.visitor, line)
        finally:
            line.close()
        assert answer is None or answer.status == 503, (post.path, answer.status)
        assert not post.taken and (answer or isinstance(post.broken, GONE))


def stored(cluster):
    return int(cluster.sql("SELECT count(*) FROM meldingen", DATABASE)[0])


def main():
    bin_dir, schema = sys.argv[1:3]
    with demonstration(bin_dir, schema) as made, home() as one, home() as two, cluster_of(made, one) as primary, \
            tempfile.TemporaryDirectory(prefix="baken-crash-") as data:
        standby = standby_of(primary, two)
        server = Seated(bin_dir, schema, data, made, primary.uri(DATABASE))
        try:
            server.start()
            people = People(server)
            before = stored(primary)
            first, second = people.made(1, 1), people.made(1, 0)
            standby.kill()
            unconfirmed(people, first[:1])
            # Somebody calls off the wait: the primary alone has it, and shows it.
            called_off = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            poll(lambda: primary.sql(called_off) and stored(primary) == before + 1, 20 * server.slow, "no wait was called off")
            unconfirmed(people, first)
            primary.kill()
            primary.start()
            poll(lambda: stored(primary) > before, 10, "the primary does not show what it had")
            unconfirmed(people, first + second)
            print(f"without its standby nothing was confirmed, though the primary shows {stored(primary) - before}", flush=True)
            standby.start()
            for post in first + second:
                poll(lambda: post.send(people.visitor).status in (200, 201), 40 * server.slow, "never confirmed")
            people.nothing_lost()
            server.stop(faults=(REFUSING[0], STANDING_STILL[0]))
            whole(primary)
            print("with it each was, once; lost 0", flush=True)
        finally:
            if server.process:
                server.kill()
            if standby.lives():
                standby.kill()


if __name__ == "__main__":
    main()
