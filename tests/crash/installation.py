"""An installation whose disk, clock, descriptors or life a test takes away: what it says in its log, how it ends, and
what lies in its database afterwards.
"""
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "interop"), str(HERE.parent / "wire")]

from with_server import PATIENT, Server, stacks  # noqa: E402

CANNOT = 77  # what ctest takes as skipped
REFUSING = "nothing can be stored now", "storing works again"
STANDING_STILL = "the database or its disk does not answer", "the database answers again"
UNLOCKED = "memory is not locked"  # said first where the limits, or a sanitizer, are in its way


def told(errors):
    """The lines of a start that failed, without the one about memory."""
    return [line for line in errors.splitlines() if UNLOCKED not in line]


def cannot(why):
    print(f"skipped: {why}")
    sys.exit(CANNOT)


def poll(what, seconds, why):
    """Waits until `what` gives something true, and gives it back."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, f"{why} within {seconds} s"
        time.sleep(0.05)
    return found


class Installation(Server):
    def __init__(self, bin_dir, schema, home, disk=None, config=PATIENT, **how):
        """disk: where the data go when not beside the log; how: more for Server. No load turns anybody away, unless it
        is configured: a disk or a database does, and a thread that waits for one shows."""
        super().__init__(bin_dir, schema, disk or home, config, **how)
        self.log = pathlib.Path(home) / "log"
        program = (self.bin / "bakend").read_bytes()
        self.sanitized = b"__asan_init" in program or b"__tsan_init" in program
        self.slow = 8 if self.sanitized else 1  # what wall clock bounds are multiplied with
        self.begun = 0

    def start(self, **how):
        self.begun = self.log.stat().st_size if self.log.exists() else 0
        super().start(**how)
        os.environ.update({name: value for name, value in self.environment().items() if name.startswith("BAKEN_")})

    def lines(self, words=""):
        """Of its log, since its last start, those with these words."""
        return [line for line in self.log.read_bytes()[self.begun:].decode().splitlines() if words in line]

    def stop(self, within=12, faults=()):
        """Ends with status 0, in time, and with no fault in its log but those that have one of these words."""
        self.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        try:
            status = self.process.wait(timeout=within * self.slow)
        except subprocess.TimeoutExpired:
            said = "\n".join(self.lines()) + "\n" + stacks(self.process.pid)
            self.kill()
            raise AssertionError(f"it did not end within {within * self.slow} s of SIGTERM:\n{said}") from None
        text = "\n".join(self.lines())
        assert status == 0 and "Sanitizer" not in text and "runtime error" not in text, f"ended with {status}:\n{text}"
        for line in self.lines("fault:"):
            assert any(words in line for words in faults), text
        return time.monotonic() - begun

    def said(self, words):
        """How often it said that a fault began; as often it said that it was over."""
        begun, over = (len(self.lines(one)) for one in words)
        assert begun == over, "\n".join(self.lines())
        return begun

    def is_whole(self):
        """Of a stopped server: its database has no damage."""
        with sqlite3.connect(f"file:{self.data}/baken.db?mode=ro", uri=True) as db:
            found = db.execute("PRAGMA integrity_check").fetchall() + db.execute("PRAGMA foreign_key_check").fetchall()
        db.close()
        assert found == [("ok",)], found
