"""What deploy/coverage does: runs the unit tests of build/coverage and counts the lines that they ran."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = TOP / "build/coverage"
WANTED = 90  # per cent of a room's lines
ROOMS = {"crypto": "crypto", "intake": "server/intake", "inbox": "server/inbox", "store": "server/store",
         "guide": "server/guide", "places": "server/places", "domain_files": "server/domain_files"}
# The programs that run these rooms.
UNITS = ("crypto", "protocol", "store", "intake", "inbox", "guide", "places", "trust", "jobs", "api", "pages", "admin")


def call(*command, **how):
    try:
        return subprocess.run([str(word) for word in command], check=True, cwd=TOP, **how)
    except subprocess.CalledProcessError as failed:
        sys.exit(f"deploy/coverage: {failed.cmd[0]} failed, see above")


def run_tests(profiles):
    shutil.rmtree(profiles, ignore_errors=True)
    profiles.mkdir(parents=True)
    names = "|".join(UNITS)
    call("ctest", "--test-dir", BUILD, "--output-on-failure", "-j", os.cpu_count(), "-R",
         rf"^unit\.({names}|store_postgres)$", env={**os.environ, "LLVM_PROFILE_FILE": f"{profiles}/%p-%m.profraw"},
         stdout=sys.stderr)
    whole = profiles / "whole.profdata"
    call("llvm-profdata-19", "merge", "-sparse", "-o", whole, *sorted(profiles.glob("*.profraw")))
    return whole


def objects():
    first, *others = (BUILD / f"bin/unit_{unit}" for unit in UNITS)
    return [first, *(part for other in others for part in ("-object", other))]


def counted(whole):
    """Of each room: every line that could run, as (file, number), and how often it did."""
    text = call("llvm-cov-19", "export", "-format=lcov", f"-instr-profile={whole}", *objects(), TOP / "crypto",
                TOP / "server", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    found, lines = {room: {} for room in ROOMS}, {}
    for record in text.splitlines():
        kind, _, value = record.partition(":")
        if kind == "SF":
            name = str(pathlib.Path(value).relative_to(TOP))
            room = next((room for room, place in ROOMS.items() if name.startswith(place + "/")), None)
            lines = found[room] if room else {}
        elif kind == "DA":
            number, times = map(int, value.split(",")[:2])
            lines[name, number] = lines.get((name, number), 0) + times
    return found


def main():
    given = argparse.ArgumentParser(prog="deploy/coverage", description=__doc__)
    given.add_argument("--lines", choices=ROOMS, metavar="ROOM", help=f"the lines of {', '.join(ROOMS)} that nothing ran")
    given = given.parse_args()
    call(TOP / "deploy/build", "coverage", *(f"unit_{unit}" for unit in UNITS), stdout=sys.stderr)
    whole = run_tests(BUILD / "profiles")
    found = counted(whole)
    if given.lines:
        for (name, number), times in sorted(found[given.lines].items()):
            if times == 0:
                print(f"{name}:{number}: {(TOP / name).read_text().splitlines()[number - 1].strip()}")
        return 0
    print("| room | lines | run |\n|---|---|---|")
    enough = True
    for room, lines in found.items():
        ran = 100 * sum(times > 0 for times in lines.values()) / max(len(lines), 1)
        enough = enough and ran >= WANTED
        print(f"| {room} | {len(lines)} | {ran:.1f} % |")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
