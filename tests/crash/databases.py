"""Installations on a PostgreSQL cluster of their own, whose life, disk or time a test takes away; and the demonstration
they start from: databases.py BIN SCHEMA OUT makes it once for all (BAKEN_POSTGRES_DEMONSTRATION names it).
"""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from installation import Installation, cannot
from with_postgres import BIN, Cluster, home
from with_server import PATIENT

DATABASE = "postgres"
# Nothing stands alone: reports without recipient, recipients without report, reports twice.
HALVES = """SELECT (SELECT count(*) FROM meldingen m WHERE NOT EXISTS (SELECT 1 FROM ontvangers o WHERE o.melding = m.rij))
 + (SELECT count(*) FROM ontvangers o WHERE NOT EXISTS (SELECT 1 FROM meldingen m WHERE m.rij = o.melding))
 + (SELECT count(*) - count(DISTINCT id) FROM meldingen)"""

def make(bin_dir, schema, out):
    """A cluster with a demonstration in it, and the installation beside it, stopped."""
    out = pathlib.Path(out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with home() as place:
        cluster = Cluster(place).make().start()
        try:
            subprocess.run([f"{bin_dir}/baken-admin", "init", "--data", out / "installation", "--demo", "--schema", schema,
                            "--port", "8443", "--store", cluster.uri()], check=True, stdout=subprocess.DEVNULL)
        finally:
            cluster.stop()
        subprocess.run(["cp", "-a", cluster.data, out / "cluster"], check=True)
    return out

class Seated(Installation):
    """An installation whose store is there already."""

    def __init__(self, bin_dir, schema, place, made, store, config=PATIENT):
        self.made, self.store = pathlib.Path(made) / "installation", store
        before = os.environ.get("BAKEN_DEMONSTRATION")
        os.environ["BAKEN_DEMONSTRATION"] = str(self.made)
        try:
            super().__init__(bin_dir, schema, place, config=config)
        finally:
            if before is None:
                del os.environ["BAKEN_DEMONSTRATION"]
            else:
                os.environ["BAKEN_DEMONSTRATION"] = before
        self.move(store)

    def move(self, store):
        """Names another address of its store."""
        file = self.data / "bakend.toml"
        file.write_text(re.sub(r'(?m)^store = .*$', f'store = "{store}"', file.read_text()))
        self.store = store

    def is_whole(self):
        raise NotImplementedError("a cluster is asked")

class Another(Installation):
    """A further server of an installation: its own port and certificate, the same root and the same store."""

    def __init__(self, first, place):
        super().__init__(first.bin, first.schema, place, store=first.store, init=("--root", first.data / "root.pub"))
        self.store = first.store

    def start(self, **how):
        """The environment stays that of the first."""
        kept = dict(os.environ)
        super().start(**how)
        os.environ.update(kept)

def called_alike(*servers):
    """Each answers to the names of all, as behind one address."""
    names = ", ".join(f'"localhost:{server.port}"' for server in servers)
    for server in servers:
        file = server.data / "bakend.toml"
        file.write_text(re.sub(r"(?m)^names = .*$", f"names = [{names}]", file.read_text()))


def whole(cluster):
    """The database has no damage and nothing by half."""
    assert cluster.sql(HALVES, DATABASE) == ["0"], cluster.sql(HALVES, DATABASE)
    done = subprocess.run([BIN / "pg_amcheck", "--install-missing", "-h", cluster.home, "-U", "baken", DATABASE],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

@contextlib.contextmanager
def demonstration(bin_dir, schema):
    """The one that was made for all tests, or one that goes with this test."""
    made = os.environ.get("BAKEN_POSTGRES_DEMONSTRATION")
    if not BIN.exists():
        cannot("PostgreSQL is not installed")
    if made:
        yield pathlib.Path(made)
        return
    with tempfile.TemporaryDirectory(prefix="baken-crash-") as place:
        yield make(bin_dir, schema, pathlib.Path(place) / "made")

@contextlib.contextmanager
def cluster_of(made, place, settings=()):
    """A copy of the demonstration's cluster, started, in a directory that PostgreSQL's user owns."""
    subprocess.run(["cp", "-a", made / "cluster", place / "data"], check=True)
    cluster = Cluster(place, settings).start()
    try:
        yield cluster
    finally:
        if cluster.lives():
            cluster.kill()

@contextlib.contextmanager
def seated(bin_dir, schema, settings=(), config=PATIENT):
    """(server, cluster), both running."""
    with demonstration(bin_dir, schema) as made, home() as place, cluster_of(made, place, settings) as cluster, \
            tempfile.TemporaryDirectory(prefix="baken-crash-") as data:
        server = Seated(bin_dir, schema, data, made, cluster.uri(DATABASE), config)
        server.start()
        try:
            yield server, cluster
        finally:
            server.kill()

if __name__ == "__main__":
    make(*sys.argv[1:])
