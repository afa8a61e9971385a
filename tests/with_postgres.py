"""Runs a command with a PostgreSQL cluster of its own: a temporary directory, a unix socket, nobody else's.

    with_postgres.py CMD…      the command finds it by BAKEN_TEST_POSTGRES, a URI that names the socket
"""
import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")


def as_postgres():
    """PostgreSQL refuses to run as root: there it is the user that Debian's package made. For subprocess."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Cluster:
    """One cluster: made by initdb or by copying another (pg_basebackup), started, killed and promoted by tests."""

    def __init__(self, home, settings=()):
        self.home, self.data = home, home / "data"
        self.settings = ["listen_addresses=", f"unix_socket_directories={home}", "max_connections=60",
                         "shared_buffers=64MB", "wal_recycle=off", "wal_init_zero=off", *settings]
        self.process = None

    def make(self):
        # As UTF-8 without a locale: the same on every machine.
        self.run("initdb", "-D", self.data, "-U", "baken", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        return self

    def run(self, program, *arguments):
        done = subprocess.run([BIN / program, *arguments], capture_output=True, text=True, cwd=self.home, **as_postgres())
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def start(self, timeout=60):
        log = open(self.home / "log", "ab")
        settings = [part for one in self.settings for part in ("-c", one)]
        self.process = subprocess.Popen([BIN / "postgres", "-D", self.data, *settings], stdout=log, stderr=log,
                                        cwd=self.home, **as_postgres())
        deadline = time.monotonic() + timeout
        while subprocess.run([BIN / "pg_isready", "-q", "-h", self.home, "-U", "baken", "-d", "postgres"]).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("postgres does not start:\n" + (self.home / "log").read_text()[-2000:])
            time.sleep(0.05)
        return self

    def uri(self, database="postgres"):
        return f"postgresql://baken@/{database}?host={self.home}"

    def sql(self, statement, database="postgres"):
        """The rows of a statement, fields parted by |."""
        done = subprocess.run([BIN / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.uri(database), "-c", statement],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{statement}: {done.stderr.strip()}")
        return done.stdout.splitlines()

    def kill(self):
        """As a power cut would: the postmaster and every process of it, at once."""
        children = self.send(signal.SIGKILL)
        self.process.wait()
        # While one of them lives, its memory is in the way of the next start.
        deadline = time.monotonic() + 20
        while any(pathlib.Path(f"/proc/{one}").exists() for one in children) and time.monotonic() < deadline:
            time.sleep(0.01)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def send(self, number):
        """A signal to every process of it; its children. Stopped first, the postmaster makes no more of them meanwhile."""
        postmaster = self.process.pid
        os.kill(postmaster, signal.SIGSTOP)
        children = subprocess.run(["pgrep", "-P", str(postmaster)], capture_output=True, text=True).stdout.split()
        for one in [*map(int, children), postmaster]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, number)
        return children

    def lives(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        if self.lives():
            with contextlib.suppress(OSError, ValueError):
                self.process.send_signal(signal.SIGINT)  # fast: open sessions end
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextlib.contextmanager
def home(prefix="baken-pg-"):
    """A directory that PostgreSQL's user may write, gone afterwards."""
    place = pathlib.Path(tempfile.mkdtemp(prefix=prefix))
    try:
        place.chmod(0o755)
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(place, user.pw_uid, user.pw_gid)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def cluster(settings=()):
    with home() as place:
        one = Cluster(place, settings).make().start()
        try:
            yield one
        finally:
            one.stop()


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with cluster() as one:
        return subprocess.run(sys.argv[1:], env={**os.environ, "BAKEN_TEST_POSTGRES": one.uri()}).returncode


if __name__ == "__main__":
    sys.exit(main())
