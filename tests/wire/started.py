"""bakend run to its end, by a configuration file: what it said and how it ended."""
import re
import subprocess

# Said first where this machine's limits, or a sanitizer, are in its way: it is not what a test asks.
UNLOCKED = re.compile(r"^[^\n]*memory is not locked[^\n]*\n", re.MULTILINE)


def bakend(programs, config, *more):
    """Exit code, stdout, stderr of the one in the directory `programs`."""
    done = subprocess.run([programs / "bakend", "--config", config, *more], capture_output=True, text=True, timeout=60,
                          check=False)
    return done.returncode, done.stdout, UNLOCKED.sub("", done.stderr, count=1)
