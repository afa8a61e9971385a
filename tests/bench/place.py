"""Where rows are measured: a demonstration with its server, the programs beside it, and rounds that alternate."""
import contextlib
import http.client
import json
import pathlib
import signal
import ssl
import subprocess
import time
import urllib.parse

import process
from figures import Unmeasured
from nginx import Nginx
from with_server import Server, free_port, listens


ROOT = pathlib.Path(__file__).resolve().parents[2]


class Site(Server):
    """One installation, its server running as shipped."""

    def __init__(self, bench, name, config=(), **how):
        home = bench.home / name
        home.mkdir()
        super().__init__(bench.bin, bench.schema, home, config, **how)
        self.bench = bench

    @property
    def pids(self):
        return [self.process.pid]

    @property
    def authority(self):
        return f"localhost:{self.port}"

    def profile(self, desk="rotterdam"):
        return self.data / f"demo/{desk}/medewerker.toml"

    def ready(self):
        """Started, and at rest: its stock of receipts is full."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        process.settle(self.pids)
        return self

    def ask(self, method, path, body=None, headers=None, status=200):
        """An answer with its header fields, in order."""
        tls = ssl.create_default_context(cafile=self.data / "tls/cert.pem")
        line = http.client.HTTPSConnection("localhost", self.port, timeout=30, context=tls)
        try:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            content = answer.read()
        finally:
            line.close()
        if answer.status != status:
            raise Unmeasured(f"{method} {path} was answered {answer.status}, not {status}")
        return content, answer.getheaders()

    def request(self, method, path, body=b"", headers=()):
        """A request as it goes over the wire."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.authority}", *(f"{n}: {v}" for n, v in headers)]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class Bench:
    """The programs of build/release, a directory that goes afterwards, and the servers that were started."""

    def __init__(self, bin_dir, schema, home, given):
        self.bin, self.schema, self.home = bin_dir, schema, home
        self.rounds, self.seconds, self.quick = given.rounds, given.seconds, given.quick
        self.warm = min(0.3, self.seconds / 3)
        self.sites = {}
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for site in self.sites.values():
            if site.process is not None and site.process.poll() is None:
                site.kill()

    def close(self):
        """Ends every server as its operator would; a sentence for each that did not end well, or told of a fault."""
        for name, site in self.sites.items():
            if site.process is None or site.process.poll() is not None:
                continue
            try:
                site.stop()
            except (SystemExit, subprocess.TimeoutExpired) as why:
                yield {"row": f"the server of '{name}'", "why": str(why)[-500:]}

    def site(self, name="site", config=(), **how):
        if name not in self.sites:
            self.sites[name] = Site(self, name, config, **how)
        return self.sites[name]

    def file(self, content=None, stem="file"):
        self.count += 1
        path = self.home / f"{stem}-{self.count}"
        if content is not None:
            path.write_bytes(content)
        return path

    def nginx(self, site, body, headers):
        return Nginx(self.file(stem="nginx"), site.data / "tls", body, headers)

    @contextlib.contextmanager
    def peer(self, what, site, **given):
        """A server of our own, see tests/bench/peer.cpp."""
        port = free_port()
        options = [part for name, value in given.items() for part in (f"--{name}", str(value))]
        running = subprocess.Popen([self.bin / "bench_peer", "--what", what, "--config", site.data / "bakend.toml",
                                    "--port", str(port), *options], stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 20
            while not listens(port):
                if running.poll() is not None or time.monotonic() > deadline:
                    raise Unmeasured(f"bench_peer {what} did not start")
                time.sleep(0.05)
            process.settle([running.pid])
            yield Peer(port, [running.pid])
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=20)

    def run(self, program, *arguments):
        command = [str(self.bin / program), *map(str, arguments)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1200)
        except subprocess.TimeoutExpired as late:
            raise Unmeasured(f"{program} did not end within {late.timeout:g} seconds") from late
        if done.returncode != 0:
            raise Unmeasured(f"{program} ended with {done.returncode}: {done.stderr.strip()[:300]}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def load(self, kind, server, request=None, requests=None, *, faults=False, **options):
        """What the load generator saw. Any answer but the expected one makes the row fail, unless faults."""
        options = {"seconds": self.seconds, "warm": self.warm, **options}
        asked = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        if request is not None:
            asked += ["--request", self.file(request) if isinstance(request, bytes) else request]
        if requests is not None:
            asked += ["--requests", requests]
        seen = self.run("bench_load", kind, "--port", server.port, "--watch", ",".join(map(str, server.pids)), *asked)
        if seen["errors"] and not faults:
            raise Unmeasured(f"not every request was answered as it should be: {seen['errors']}")
        if seen["requests"] == 0:
            raise Unmeasured("no request was answered within the time")
        seen["rate"] = seen["requests"] / seen["seconds"]
        seen["cpu"] = seen["server_cpu"] / seen["requests"]
        seen["bound"] = seen["own_cpu"] / seen["seconds"]
        return seen

    def prepare(self, kind, count, server, **options):
        """A file of requests that can each be sent once."""
        out = self.file(stem="requests")
        asked = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        self.run("bench_prepare", "--kind", kind, "--count", count, "--authority", f"localhost:{server.port}",
                 "--out", out, *asked)
        return out

    def alternate(self, **sides):
        """Every side in turn, round after round; what each saw, by its name, for every round. A short turn before the
        first round warms everything up and is thrown away."""
        if not self.quick:
            whole, self.seconds = self.seconds, self.seconds / 3
            for side in sides.values():
                side()
            self.seconds = whole
        return [{name: side() for name, side in sides.items()} for _ in range(self.rounds)]


class Peer:
    def __init__(self, port, pids):
        self.port, self.pids = port, pids


def form_of(fields):
    return urllib.parse.urlencode(fields).encode("ascii")


def remove(path):
    pathlib.Path(path).unlink(missing_ok=True)
