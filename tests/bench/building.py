"""How long a build takes, without what a compiler remembers: the programs from nothing, and after a change of one file.
In a directory of its own; these two are absolute figures, so they mean something only on a machine at rest.
"""
import os
import shutil
import subprocess
import time

from figures import Figure, Unmeasured, row
from place import ROOT

CHANGED = "server/intake/take_report.cpp"
PROGRAMS = ["bakend", "baken", "baken-admin"]


def build(tree, *targets):
    began = time.monotonic()
    done = subprocess.run(["cmake", "--build", tree, "--target", *targets], env={**os.environ, "CCACHE_DISABLE": "1"},
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unmeasured(f"the build did not succeed: {done.stdout[-300:]}")
    return time.monotonic() - began


def sources(bench):
    """A copy, so that touching a file disturbs nobody's own tree."""
    copy = bench.home / "sources"
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in files.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@row("build", "build", f"the programs from nothing, and after a change of {CHANGED}; no ccache, all cores", asked=True)
def build_row(bench):
    copy = sources(bench)
    tree = copy / "build/release"
    configured = subprocess.run(["cmake", "--preset", "release"], cwd=copy, capture_output=True, text=True, check=False)
    if configured.returncode != 0:
        raise Unmeasured(f"it could not be configured: {configured.stderr[-300:]}")
    clean = build(tree, *PROGRAMS)
    changes = []
    for _ in range(3):
        (copy / CHANGED).touch()
        changes.append(build(tree, *PROGRAMS))
    return [Figure("from nothing", [clean], 240, least=False, unit="s"),
            Figure("after one change", changes, 15, least=False, unit="s")]
