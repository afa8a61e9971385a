#!/usr/bin/python3
"""The crash and fault suites of both engines, one after the other and again, for a time: servers and databases are
killed, stopped, promoted and run full under load, and every report that was acknowledged must be there afterwards.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
# Rounds at a time; none: the script has no rounds.
SUITES = {
    "sqlite": {"kill_under_load": 10, "sigterm": 3, "full_disk": None, "frozen_disk": None, "read_only": None},
    "postgresql": {"postgres_kill_server": 10, "postgres_kill_database": 10, "postgres_failover": 4,
                   "postgres_two_servers": 5, "postgres_stopped_server": 4, "postgres_stands_still": None,
                   "postgres_standby_away": None, "postgres_full_disk": 4},
}
ROUND = re.compile(r"^round \d+: .*?(\d+) of \d+ were (?:acknowledged|answered|taken)", re.M)
SKIPPED, LONGEST = 77, 1800


def fail(why, status):
    print(f"deploy/soak: {why}", file=sys.stderr)
    sys.exit(status)


def read_arguments():
    given = argparse.ArgumentParser(prog="deploy/soak", description=__doc__,
                                    epilog="0: nothing was lost; 1: something was, or a test failed; 2: wrong use. "
                                           "Needs build/release, PostgreSQL 15 and, for disks, root.")
    given.add_argument("--minutes", type=int, default=60, metavar="N", help="how long (60); what runs then is finished")
    given.add_argument("--engine", choices=[*SUITES, "both"], default="both", help="which suites (both)")
    given.add_argument("--build", default="release", metavar="NAME", help="which tree under build/ (release)")
    given = given.parse_args()
    if given.minutes < 1:
        fail("--minutes is a number from 1", 2)
    return given


def run(script, rounds, bin_dir):
    """(status, what it printed)"""
    command = [sys.executable, HERE / f"{script}.py", bin_dir, TOP / "schema", *([str(rounds)] if rounds else [])]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired as late:
        return 1, f"{(late.stdout or b'').decode(errors='replace')}\nit did not end within {LONGEST} s"
    return done.returncode, done.stdout


def prepare(bin_dir, place, engines):
    """A demonstration of each engine, made once."""
    if "sqlite" in engines:
        os.environ["BAKEN_DEMONSTRATION"] = f"{place}/demonstration"
        subprocess.run([bin_dir / "baken-admin", "init", "--data", f"{place}/demonstration", "--demo", "--schema",
                        TOP / "schema", "--port", "8443"], check=True, stdout=subprocess.DEVNULL)
    if "postgresql" in engines:
        os.environ["BAKEN_POSTGRES_DEMONSTRATION"] = f"{place}/postgres"
        subprocess.run([sys.executable, HERE / "databases.py", bin_dir, TOP / "schema", f"{place}/postgres"], check=True)


def soak(scripts, bin_dir, until):
    runs = rounds = acknowledged = 0
    skipped = set()
    while time.monotonic() < until and len(skipped) < len(scripts):
        for script, count in scripts.items():
            if script in skipped or time.monotonic() >= until:
                continue
            begun = time.monotonic()
            status, text = run(script, count, bin_dir)
            if status == SKIPPED:
                skipped.add(script)
                print(f"{script}: {text.strip().splitlines()[-1]}", flush=True)
                continue
            found = [int(number) for number in ROUND.findall(text)]
            runs, rounds, acknowledged = runs + 1, rounds + len(found), acknowledged + sum(found)
            print(f"{script}: {len(found)} rounds, {sum(found)} reports acknowledged, "
                  f"{'lost 0' if status == 0 else 'FAILED'}, {time.monotonic() - begun:.0f} s", flush=True)
            if status != 0:
                print(text)
                fail(f"{script} failed, see above; {runs} runs, {rounds} rounds and {acknowledged} reports before it", 1)
    if not runs:
        fail("nothing could be run here", 1)
    print(f"{runs} runs, {rounds} rounds, {acknowledged} reports acknowledged, lost 0")


def main():
    given = read_arguments()
    bin_dir = TOP / "build" / given.build / "bin"
    if not (bin_dir / "bakend").exists():
        fail(f"there is no {bin_dir}/bakend; build it with: deploy/build {given.build}", 1)
    engines = list(SUITES) if given.engine == "both" else [given.engine]
    scripts = {name: count for engine in engines for name, count in SUITES[engine].items()}
    until = time.monotonic() + 60 * given.minutes
    with tempfile.TemporaryDirectory(prefix="baken-soak-") as place:
        prepare(bin_dir, place, engines)
        soak(scripts, bin_dir, until)


if __name__ == "__main__":
    main()
