"""A clock that a test moves: that of the programs it starts, and the test's own."""
import glob
import pathlib
import time

from installation import cannot

DAY = 86400


class Clock:
    """Of the programs that are started with its environment (libfaketime), and of this test: moved by a number in a
    file. Monotonic time is left alone."""

    def __init__(self, home):
        (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") or cannot("libfaketime is not installed")
        self.file, self.offset, right = pathlib.Path(home) / "clock", 0, time.time
        time.time = lambda: right() + self.offset
        self.environment = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                            "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def set(self, days):
        """So many days from the time that it is."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{days * DAY:+d}")
        fresh.rename(self.file)
        self.offset = days * DAY
