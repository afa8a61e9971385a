#!/usr/bin/python3
"""Runs a command against a real bakend with a fresh demonstration: with_server.py BIN_DIR SCHEMA COMMAND...

The command finds the server in its environment (BAKEN_URL, BAKEN_CA, BAKEN_ROOT, BAKEN_DATA, BAKEN_BIN, BAKEN_LOG,
BAKEN_ADD_DESK). Afterwards SIGTERM must end the server in time, with status 0 and without a fault in its log.
"""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """One installation in a directory of its own; start and stop as often as wanted."""

    def __init__(self, bin_dir, schema, home):
        self.bin = pathlib.Path(bin_dir)
        self.schema = schema
        self.data = pathlib.Path(home) / "data"
        self.log = pathlib.Path(home) / "log"
        self.port = free_port()
        subprocess.run([self.bin / "baken-admin", "init", "--data", self.data, "--demo", "--schema", schema,
                        "--port", str(self.port)], check=True, stdout=subprocess.DEVNULL)
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([self.bin / "bakend", "--config", self.data / "bakend.toml"],
                                            stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"bakend did not start:\n{self.log.read_text()}")
            time.sleep(0.05)
        # Signatures made up to the second of its start are refused.
        started = int(time.time())
        while int(time.time()) <= started:
            time.sleep(0.05)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=20)
        text = self.log.read_text()
        if status != 0 or "fault:" in text or "Sanitizer" in text or "runtime error" in text:
            raise SystemExit(f"bakend ended with {status}:\n{text}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def environment(self):
        return {**os.environ, "BAKEN_URL": f"https://localhost:{self.port}", "BAKEN_CA": str(self.data / "tls/cert.pem"),
                "BAKEN_ROOT": str(self.data / "root.pub"), "BAKEN_DATA": str(self.data), "BAKEN_BIN": str(self.bin),
                "BAKEN_LOG": str(self.log), "BAKEN_SCHEMA": str(self.schema),
                "BAKEN_ADD_DESK": f"{self.bin}/baken admin desk-add --data {self.data}"}


def main():
    bin_dir, schema, *command = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="baken-") as home:
        server = Server(bin_dir, schema, home)
        server.start()
        try:
            status = subprocess.run(command, env=server.environment(), check=False).returncode
        except BaseException:
            server.kill()
            raise
        server.stop()
        return status


if __name__ == "__main__":
    sys.exit(main())
