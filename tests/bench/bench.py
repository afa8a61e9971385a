#!/usr/bin/python3
"""The benchmarks (docs/performance.md), run by deploy/bench: it builds what it measures, measures, prints, writes."""
import argparse
import json
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "wire")]

import machine  # noqa: E402
import report  # noqa: E402
from figures import ROWS, Unmeasured  # noqa: E402
from place import Bench  # noqa: E402
import pages  # noqa: E402,F401 - each declares its rows
import submissions  # noqa: E402,F401
import connections  # noqa: E402,F401
import stored  # noqa: E402,F401
import hostile  # noqa: E402,F401
import engines  # noqa: E402,F401
import building  # noqa: E402,F401
import absent  # noqa: E402,F401


def wrong(sentence):
    print(f"deploy/bench: {sentence}", file=sys.stderr)
    return 2


def arguments():
    given = argparse.ArgumentParser(prog="deploy/bench", description="Measures, prints a table, writes JSON.",
                                    epilog="Without a ROW: every row but build, which takes minutes and a machine at "
                                           "rest. A theme's name stands for its rows.")
    given.add_argument("rows", nargs="*", metavar="ROW")
    given.add_argument("--quick", action="store_true", help="one short round of each, to try the harness")
    given.add_argument("--rounds", type=int, default=5)
    given.add_argument("--seconds", type=float, default=1.0, help="of each side in each round (1)")
    given.add_argument("--json", metavar="FILE",
                       help="where the results go (build/bench/results.json; those of --quick beside it)")
    given.add_argument("--list", action="store_true", help="the rows, and end")
    given.add_argument("--table", metavar="FILE", action="append",
                       help="the table of docs/performance.md from such results, and end; may be repeated")
    return given.parse_intermixed_args()


def chosen(names):
    known = {one.name for one in ROWS} | {one.theme for one in ROWS}
    for name in names:
        if name not in known:
            raise ValueError(f"there is no row or theme '{name}'; deploy/bench --list names them")
    return [one for one in ROWS if one.name in names or one.theme in names or not (names or one.asked)]


def build():
    """What is measured, and what it is measured with."""
    for command in (["deploy/install", "build", "bench"],
                    ["deploy/build", "release", "bakend", "baken", "baken-admin", "bench"]):
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            raise SystemExit(f"deploy/bench: {' '.join(command)} did not succeed")


def measure(bench, rows):
    """Every row in turn; one that cannot be measured does not stop the others."""
    done, failed = [], []
    for one in rows:
        if one.measure is None:
            continue
        began = time.monotonic()
        print(f"-- {one.name}: {one.work}", flush=True)
        try:
            figures = one.measure(bench)
        except (Unmeasured, OSError, subprocess.SubprocessError, SystemExit) as why:
            failed.append({"row": one.name, "why": str(why)})
            print(f"   NOT MEASURED: {why}", flush=True)
            continue
        took = time.monotonic() - began
        done.append({"row": one.name, "theme": one.theme, "work": one.work, "took": took,
                     "figures": [figure.as_json() for figure in figures]})
        report.show(done[-1])
    return done, failed


ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop(*_):
    """Asked to end, it ends with everything it started, and is not asked twice."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main():
    given = arguments()
    if given.list:
        report.names(ROWS)
        return 0
    if given.table:
        try:
            runs = [json.loads(pathlib.Path(file).read_text(encoding="utf-8")) for file in given.table]
        except (OSError, ValueError) as why:
            return wrong(f"no results can be read: {why}")
        try:
            print("\n".join(report.markdown(runs, ROWS)))
        except (KeyError, TypeError, AttributeError):
            return wrong("no results can be read: a file holds something else")
        return 0
    try:
        rows = chosen(given.rows)
    except ValueError as why:
        return wrong(why)
    if given.rounds < 1 or not 0 < given.seconds <= 3600:
        return wrong("--rounds must be more than 0, --seconds too and no more than 3600")
    if given.quick:
        given.rounds, given.seconds = 1, 0.5
    # What was measured in earnest is not replaced by what measures nothing.
    out = pathlib.Path(given.json or ROOT / f"build/bench/{'quick' if given.quick else 'results'}.json")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.open("a").close()
    except OSError as why:
        return wrong(f"the results cannot be written there: {why}")
    for number in ENDINGS:
        signal.signal(number, stop)
    build()
    # Connections are descriptors; bakend, nginx and the load generator inherit the limit.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    results = {"machine": machine.facts(), "quick": given.quick, "rounds": given.rounds, "seconds": given.seconds}
    report.heading(results)
    # On the disk that the repository lies on: elsewhere /tmp is memory, and durable at no cost.
    scratch = ROOT / "build/bench"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as home, \
            Bench(ROOT / "build/release/bin", ROOT / "schema", pathlib.Path(home), given) as bench:
        results["rows"], results["unmeasured"] = measure(bench, rows)
        results["unmeasured"] += bench.close()
    results["absent"] = [one.name for one in rows if one.measure is None]
    results["machine"]["loadAfter"] = machine.load()
    report.table(results, ROWS)
    out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written to {out}")
    return 1 if results["unmeasured"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("deploy/bench: stopped", file=sys.stderr)
        sys.exit(130)
