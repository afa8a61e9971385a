#!/usr/bin/python3
"""Whether a secret steers a branch or an address: check.py PROGRAM runs tests/constant_time under valgrind, and then with
each planted fault, which must be found.
"""
import shutil
import subprocess
import sys

FOUND = 99
SECONDS = 300


def run(program, what):
    command = ["valgrind", "--quiet", f"--error-exitcode={FOUND}", "--track-origins=no", "--leak-check=no", program, what]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)


def main():
    if len(sys.argv) != 2 or not shutil.which("valgrind"):
        sys.exit("valgrind was not there when the tree was configured, or is not now; run: deploy/install test")
    program = sys.argv[1]
    done = run(program, "secrets")
    if done.returncode != 0:
        sys.exit(f"a secret steers what the program does:\n{done.stdout}{done.stderr}")
    for fault in ("table", "branch"):
        done = run(program, fault)
        if done.returncode != FOUND:
            sys.exit(f"the planted {fault} was not found ({done.returncode}):\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
