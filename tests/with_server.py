#!/usr/bin/python3
"""Runs a command against a real bakend with a fresh demonstration: with_server.py [OPTION...] BIN_DIR SCHEMA COMMAND...

  --config LINE           a line of bakend.toml, instead of that of the same key; may be repeated (steps of load are set
                          already, see PATIENT)
  --hours open|closed|fallback   whether there is somebody at the desks, whatever the time is; fallback: at landelijk only
  --postgres              on a PostgreSQL cluster of its own instead of a file
  --fault TEXT            a fault that must stand in its log, as often as it likes; no other may; may be repeated

The command finds the server in its environment (BAKEN_URL, BAKEN_CA, BAKEN_ROOT, BAKEN_DATA, BAKEN_BIN, BAKEN_LOG,
BAKEN_PID, BAKEN_ADD_DESK). Afterwards SIGTERM must end the server in time, with status 0 and without a fault in its log
but those.
BAKEN_DEMONSTRATION in our own: a demonstration on port 8443 that was made already and is copied, because making one
takes seconds. Each test has its own copy, on a port and with a schema of its own.
"""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import with_postgres


# No load turns anybody away, however busy the machine is: shedding has tests of its own.
PATIENT = ("shed-reading = 60000", "shed-writing = 60000", "shed-rescue = 60000")
kept = []  # names of the ports given out, as long as this process lives


def free_port():
    """For what listens there only later, after minutes under a sanitizer: so none of those that the kernel gives to
    connections meanwhile, and no other test's."""
    for port in random.sample(range(20_000, 32_000), 1_000):
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0baken-test-port-{port}")
        except OSError:
            name.close()
            continue
        kept.append(name)
        if not listens(port):
            return port
    raise SystemExit("no port between 20000 and 32000 is free")


def stacks(pid):
    """What every thread of a process that hangs is doing."""
    try:
        seen = subprocess.run(["gdb", "-batch", "-nx", "-p", str(pid), "-ex", "thread apply all backtrace 30"],
                              capture_output=True, text=True, timeout=120, check=False)
        return f"{seen.stdout}\n{seen.stderr[-2000:]}"
    except (OSError, subprocess.TimeoutExpired) as why:
        return f"its threads cannot be looked at: {why}"


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def schema_with_hours(schema, hours, home):
    """The schema with other hours: open from yesterday until tomorrow at midnight, or not before three days from now;
    fallback: landelijk so, the others not."""
    today = datetime.date.today().isoweekday()
    day = lambda n: (today + n - 1) % 7 + 1
    there = {"dagen": sorted([day(-1), day(0), day(1)]), "van": "00:00", "tot": "24:00"}
    away = {"dagen": [day(3)], "van": "09:00", "tot": "17:00"}
    rota = lambda span: {"tijden": [span], "feestdagen": True, "antwoordWerkdagen": 2}
    all_of_them = {"versie": 1, "standaard": rota(there if hours == "open" else away),
                   "loketten": {"landelijk": rota(there)} if hours == "fallback" else {}}
    out = pathlib.Path(home) / "schema"
    out.mkdir()
    for part in pathlib.Path(schema).resolve().iterdir():
        (out / part.name).symlink_to(part)
    (out / "bezetting.json").unlink()
    (out / "bezetting.json").write_text(json.dumps(all_of_them))
    return out


class Server:
    """One installation in a directory of its own; start and stop as often as wanted."""

    def __init__(self, bin_dir, schema, home, config=(), store=None, init=("--demo",)):
        """store: the address of an empty PostgreSQL database; None: a file. init: what baken-admin is told besides."""
        self.bin = pathlib.Path(bin_dir)
        self.schema = schema
        self.data = pathlib.Path(home) / "data"
        self.log = pathlib.Path(home) / "log"
        self.port = free_port()
        made = os.environ.get("BAKEN_DEMONSTRATION")
        if made and not store and tuple(init) == ("--demo",):
            self.copy(pathlib.Path(made))
        else:
            subprocess.run([self.bin / "baken-admin", "init", "--data", self.data, *init, "--schema", schema,
                            "--port", str(self.port), *(["--store", store] if store else [])],
                           check=True, stdout=subprocess.DEVNULL)
        file = self.data / "bakend.toml"
        given = {line.partition("=")[0].strip() for line in config}
        kept = [line for line in file.read_text().splitlines() if line.partition("=")[0].strip() not in given]
        file.write_text("".join(f"{line}\n" for line in (*kept, *config)))
        self.process = None

    def copy(self, made):
        """Every path in it is relative but that of the schema; that and the port differ."""
        shutil.copytree(made, self.data, dirs_exist_ok=True)
        for file in self.data.rglob("*.toml"):
            file.write_text(re.sub(r":8443\b", f":{self.port}", file.read_text()))
        file = self.data / "bakend.toml"
        there = f"schema = {json.dumps(str(pathlib.Path(self.schema).absolute()), ensure_ascii=False)}"
        text, lines = re.subn(r"(?m)^schema = .*$", lambda _: there, file.read_text())
        if lines != 1:
            raise SystemExit(f"{file} names its schema {lines} times")
        file.write_text(text)

    def start(self, **how):
        """how: more for subprocess.Popen."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([self.bin / "bakend", "--config", self.data / "bakend.toml"],
                                            stdout=log, stderr=log, **how)
        deadline = time.monotonic() + 60
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"bakend did not start:\n{self.log.read_text()}")
            time.sleep(0.05)
        # Signatures made up to the second of its start are refused.
        started = int(time.time())
        while int(time.time()) <= started:
            time.sleep(0.05)

    def stop(self, faults=()):
        """faults: how those begin that its log must tell of; no other."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            print(f"SIGTERM did not end it:\n{stacks(self.process.pid)}\n{self.log.read_text()}", file=sys.stderr)
            self.kill()
            raise
        text = self.log.read_text()
        told = [line.partition("fault: ")[2] for line in text.splitlines() if "fault:" in line]
        wrong = [line for line in told if not any(line.startswith(one) for one in faults)]
        missing = [one for one in faults if not any(line.startswith(one) for line in told)]
        if status != 0 or wrong or missing or "Sanitizer" in text or "runtime error" in text:
            raise SystemExit(f"bakend ended with {status}, without the faults {missing}:\n{text}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def environment(self):
        return {**os.environ, "BAKEN_URL": f"https://localhost:{self.port}", "BAKEN_CA": str(self.data / "tls/cert.pem"),
                "BAKEN_ROOT": str(self.data / "root.pub"), "BAKEN_DATA": str(self.data), "BAKEN_BIN": str(self.bin),
                "BAKEN_LOG": str(self.log), "BAKEN_SCHEMA": str(self.schema), "BAKEN_PID": str(self.process.pid),
                "BAKEN_ADD_DESK": f"{self.bin}/baken admin desk-add --data {self.data}"}


def main():
    given = argparse.ArgumentParser()
    given.add_argument("--config", action="append", default=[])
    given.add_argument("--hours", choices=("open", "closed", "fallback"))
    given.add_argument("--postgres", action="store_true")
    given.add_argument("--fault", action="append", default=[])
    for name in ("bin_dir", "schema"):
        given.add_argument(name)
    given.add_argument("command", nargs=argparse.REMAINDER)
    given = given.parse_args()
    command = given.command
    with contextlib.ExitStack() as around:
        home = around.enter_context(tempfile.TemporaryDirectory(prefix="baken-"))
        store = around.enter_context(with_postgres.cluster()).uri() if given.postgres else None
        schema = schema_with_hours(given.schema, given.hours, home) if given.hours else given.schema
        server = Server(given.bin_dir, schema, home, (*PATIENT, *given.config), store)
        server.start()
        try:
            status = subprocess.run(command, env=server.environment(), check=False).returncode
        except BaseException:
            server.kill()
            raise
        server.stop(given.fault)
        return status


if __name__ == "__main__":
    sys.exit(main())
