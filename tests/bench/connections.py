"""Connections themselves: what a handshake costs, what an idle one holds, what thousands do to a newcomer."""
import contextlib
import resource
import subprocess

import process
from figures import Unmeasured, ratio, row, seen

PATH = "/nl"
IDLE = 2000  # connections whose memory is compared
CROWD = 10_000
NEWCOMERS = 100  # a second


def start_page(bench, site):
    body, fields = site.ask("GET", PATH)
    return bench.file(site.request("GET", PATH)), body, fields


def file_of(bench, peer):
    return bench.file(f"GET /answer HTTP/1.1\r\nHost: localhost:{peer.port}\r\n\r\n".encode("ascii"))


@row("handshakes", "connections", "full TLS 1.3 handshakes, 16 at once, no request; nginx without tickets")
def handshakes(bench):
    site = bench.site().ready()
    _, body, fields = start_page(bench, site)
    with bench.nginx(site, body, fields) as peer:
        rounds = bench.alternate(ours=lambda: bench.load("handshakes", site, connections=16),
                                 nginx=lambda: bench.load("handshakes", peer, connections=16))
    return [ratio("handshakes for the same CPU, nginx = 1", rounds, "cpu", "nginx", "ours", 1.0),
            seen("handshakes", rounds, "rate", "ours", "/s"),
            seen("server CPU a handshake", rounds, "cpu", "ours", "µs")]


@contextlib.contextmanager
def seated(bench, server, request, count):
    """So many connections that asked once and stay. Fails where the server closed one of them meanwhile."""
    crowd = subprocess.Popen([bench.bin / "bench_load", "idle", "--port", str(server.port), "--connections", str(count),
                              "--request", request], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if "seated" not in crowd.stdout.readline():
            raise Unmeasured(f"{count} idle connections could not be opened")
        yield
        left = crowd.communicate(timeout=60)[0]
        if '"errors":{}' not in left:
            raise Unmeasured(f"idle connections did not stay: {left.strip()}")
    finally:
        crowd.kill()
        crowd.wait()


def memory_of_one(bench, server, request):
    """Bytes that the server's processes grow by for each idle connection, beyond the first ones."""
    with seated(bench, server, request, IDLE // 10):
        before = process.resident(server.pids)
        with seated(bench, server, request, IDLE):
            process.settle(server.pids, 5)
            return {"bytes": (process.resident(server.pids) - before) / IDLE}


def fresh_site_memory(bench, site, request):
    if site.process is not None and site.process.poll() is None:
        site.stop()
    return memory_of_one(bench, site.ready(), request)


def fresh_nginx_memory(bench, site, body, fields):
    with bench.nginx(site, body, fields) as peer:
        return memory_of_one(bench, peer, file_of(bench, peer))


@row("memory", "connections", f"resident memory of an idle TLS connection, {IDLE:,} of them, servers just started")
def memory(bench):
    site = bench.site("memory").ready()
    request, body, fields = start_page(bench, site)
    rounds = [{"ours": fresh_site_memory(bench, site, request),
               "nginx": fresh_nginx_memory(bench, site, body, fields)} for _ in range(bench.rounds)]
    return [ratio("an idle connection, nginx = 1", rounds, "bytes", "ours", "nginx", 0.95, least=False),
            seen("an idle connection", rounds, "bytes", "ours", "kB"),
            seen("the same at nginx", rounds, "bytes", "nginx", "kB")]


@row("crowd", "connections", f"p99 of newcomers, {NEWCOMERS} a second, each with a connection: an idle crowd or none")
def crowd(bench):
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = min(CROWD, most - 500)
    config = [f"connections = {count + 2000}"]
    alone, busy = (bench.site(name, config).ready() for name in ("alone", "crowded"))
    request = start_page(bench, busy)[0]
    beside = start_page(bench, alone)[0]
    # The server's patience with idle connections is a minute: the rounds end within it.
    seconds = min(2 * bench.seconds, 18 / max(1, bench.rounds))
    with seated(bench, busy, request, count):
        rounds = bench.alternate(
            alone=lambda: bench.load("visitors", alone, beside, rate=NEWCOMERS, seconds=seconds, warm=0.2),
            crowd=lambda: bench.load("visitors", busy, request, rate=NEWCOMERS, seconds=seconds, warm=0.2))
    remark = "" if count == CROWD else f"the limit of open files allows {count:,}"
    return [ratio(f"p99 with {count:,} idle, without = 1", rounds, "p99", "crowd", "alone", 1.2, least=False,
                  remark=remark),
            seen("p99 without", rounds, "p99", "alone", "ms"), seen("p99 with", rounds, "p99", "crowd", "ms")]
