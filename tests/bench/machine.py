"""The machine and the libraries that a result was measured with."""
import datetime
import os
import pathlib
import platform
import re
import subprocess


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def package(name):
    return output("dpkg-query", "-W", "-f=${Version}", name) or "not installed"


def load():
    return os.getloadavg()[0]


def facts():
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    return {"day": datetime.date.today().isoformat(), "cores": len(os.sched_getaffinity(0)),
            "processor": cpu.group(1) if cpu else platform.machine(), "memoryGiB": int(memory.group(1)) // 2**20,
            "kernel": platform.release(), "revision": output("git", "rev-parse", "--short", "HEAD"),
            "openssl": package("libssl3"), "sqlite": package("libsqlite3-0"), "libsodium": package("libsodium23"),
            "nginx": package("nginx-light"), "compiler": package("clang-19"), "loadBefore": load()}


def is_noisy(results):
    """Whether others were at work on it when the run began."""
    return results["machine"]["loadBefore"] > 0.5
