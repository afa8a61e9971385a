"""The journal of each engine: a batch a commit against a report a commit, against bytes that are only appended; and one
server against two on one PostgreSQL.
"""
import concurrent.futures
import contextlib

import with_postgres
from figures import ratio, row, seen
from submissions import CONNECTIONS, ceiling, commit, sealed

# As PostgreSQL comes. The clusters of the tests make no log files ahead, to be there sooner: each commit would make its
# file longer, which costs several milliseconds more than to write into one that is there.
AS_SHIPPED = ("wal_recycle=on", "wal_init_zero=on", "shared_buffers=128MB")


@row("commit", "store", "reports into the journal of a file, 64 at once, one at once, and the same bytes only appended")
def commit_row(bench):
    file = bench.home / "appended"
    rounds = bench.alternate(group=lambda: commit(bench), single=lambda: commit(bench, 1),
                             appended=lambda: ceiling(bench, "append", file=file, waiting=CONNECTIONS),
                             one=lambda: ceiling(bench, "append", file=file, waiting=1))
    return [ratio("64 at once, one at once = 1", rounds, "rate", "group", "single"),
            ratio("64 at once, of as many appended in one write", rounds, "rate", "group", "appended"),
            ratio("one at once, of one appended", rounds, "rate", "single", "one"),
            seen("64 at once", rounds, "rate", "group", "/s"), seen("one at once", rounds, "rate", "single", "/s"),
            seen("64 appended in one write", rounds, "rate", "appended", "/s"),
            seen("one appended", rounds, "rate", "one", "/s")]


@row("commit-postgres", "store", "the same into PostgreSQL, over its unix socket")
def commit_postgres(bench):
    with with_postgres.cluster(AS_SHIPPED) as cluster:
        cluster.sql("CREATE DATABASE ceiling TEMPLATE template0")
        where = cluster.uri("ceiling")
        rounds = bench.alternate(group=lambda: commit(bench, file=where), single=lambda: commit(bench, 1, where),
                                 file=lambda: commit(bench))
    return [ratio("64 at once, one at once = 1", rounds, "rate", "group", "single"),
            ratio("64 at once, of a file", rounds, "rate", "group", "file"),
            seen("64 at once", rounds, "rate", "group", "/s"), seen("one at once", rounds, "rate", "single", "/s")]


@contextlib.contextmanager
def pair(bench):
    """Two servers on a database of their own, ended before it."""
    with with_postgres.cluster(AS_SHIPPED) as cluster:
        first = bench.site("postgres-first", store=cluster.uri())
        root = first.data / "root.pub"
        second = bench.site("postgres-second", store=cluster.uri(), init=("--root", root))
        second.data.joinpath("tls/cert.pem").write_bytes((first.data / "tls/cert.pem").read_bytes())
        second.data.joinpath("tls/key.pem").write_bytes((first.data / "tls/key.pem").read_bytes())
        try:
            yield first.ready(), second.ready()
        finally:
            for site in (first, second):
                if site.process is not None and site.process.poll() is None:
                    site.stop()


def both(senders):
    """Half of the load through each of two servers at once."""
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        halves = list(threads.map(lambda one: one.send(connections=CONNECTIONS // 2), senders))
    return {"rate": sum(one["rate"] for one in halves),
            "cpu": sum(one["server_cpu"] for one in halves) / sum(one["requests"] for one in halves)}


@row("postgresql", "postgresql", "sealed reports, 64 at once, through one server and through two on one PostgreSQL")
def postgresql(bench):
    with pair(bench) as (first, second):
        alone = sealed(bench, first)
        shared = [sealed(bench, first), sealed(bench, second, officer_of=first)]
        plain = sealed(bench, bench.site().ready())
        rounds = bench.alternate(one=alone.send, two=lambda: both(shared), file=plain.send)
    return [ratio("two servers, one = 1", rounds, "rate", "two", "one", 1.0),
            ratio("one server, of one with a file", rounds, "rate", "one", "file"),
            seen("one server", rounds, "rate", "one", "/s"), seen("two servers", rounds, "rate", "two", "/s"),
            seen("server CPU a report, one server", rounds, "cpu", "one", "µs")]
