"""Visitors and honest reporters beside somebody who does the most that the interface lets one person do. The second
client (tests/interop) makes what is sent."""
import contextlib
import json
import os
import subprocess
import sys

from figures import Unmeasured, ratio, row, seen
from place import ROOT, remove
from submissions import sealed

sys.path.append(str(ROOT / "tests/interop"))

VISITORS = 100  # a second, each with a connection of its own
HANDED_IN, HANDED_IN_A_SECOND = 400, 200
HONEST, FLOOD = 100, 200  # a second
LARGEST = 262_144


def world_of(site):
    """The second client's module, turned to this server."""
    os.environ.update(site.environment())
    import world  # it wants its environment first
    return world


def frame(site, method, path, body, headers):
    request = site.request(method, path, body, {"Content-Type": "application/json", **headers}.items())
    return len(request).to_bytes(4, "little") + request


@contextlib.contextmanager
def beside(bench, site, requests, allowed, **options):
    """A second load while the block lasts, and no answer to it but these. After the block the dictionary holds what it saw."""
    asked = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    running = subprocess.Popen([bench.bin / "bench_load", "open", "--port", str(site.port), "--requests", requests,
                                "--warm", "0", *asked], stdout=subprocess.PIPE, text=True)
    seen_beside = {}
    try:
        yield seen_beside
        seen_beside.update(json.loads(running.communicate(timeout=60)[0]))
    finally:
        running.kill()
        running.wait()
        remove(requests)
    others = [why for why in seen_beside["errors"] if not any(text in why for text in allowed)]
    if others:
        raise Unmeasured(f"the load beside it was answered otherwise: {others}")


class Lead:
    """Somebody with a lead's key who hands in memberships that nobody asked for: half of them find room."""

    def __init__(self, bench, site):
        self.bench, self.site = bench, site

    def requests(self):
        world = world_of(self.site)
        desk = world.World().desk
        out, path = bytearray(), desk.path("leden")
        for _ in range(HANDED_IN):
            body = world.dump_json({"lid": world.Member(desk.id, desk.leads[0], "medewerker").token, "wraps": []})
            signed = desk.server.signed_headers(desk.lead, "POST", path, body)
            out += frame(self.site, "POST", path, body, signed)
        return self.bench.file(bytes(out), stem="requests")

    def beside(self):
        return beside(self.bench, self.site, self.requests(), ("429",), expect=201, connections=4,
                      rate=HANDED_IN_A_SECOND, seconds=HANDED_IN / HANDED_IN_A_SECOND)


def visited(bench, site):
    return bench.load("visitors", site, site.request("GET", "/nl"), rate=VISITORS, warm=0,
                      seconds=HANDED_IN / HANDED_IN_A_SECOND)


@row("handing-in", "hostile", f"p99 of visitors, {VISITORS} a second: a lead hands in {HANDED_IN} memberships, or nobody")
def handing_in(bench):
    site = bench.site().ready()
    lead = Lead(bench, site)

    def busy():
        with lead.beside():
            return visited(bench, site)
    rounds = bench.alternate(alone=lambda: visited(bench, site), busy=busy)
    return [ratio(f"p99 beside {HANDED_IN} memberships, without = 1", rounds, "p99", "busy", "alone", 1.2, least=False),
            seen("p99 without", rounds, "p99", "alone", "ms"), seen("p99 with", rounds, "p99", "busy", "ms")]


class Flood:
    """Junk of the largest class that calls itself urgent; sealed once, with another id each time."""

    def __init__(self, bench, site):
        self.bench, self.site = bench, site
        world = world_of(site)
        report = world.Report(world.World(), urgent=True, with_mailbox=False)
        body = world.envelope.seal_body(world.envelope.MELDING, report.id, report.content_key,
                                        world.dump_json(report.document), LARGEST)
        self.raw = world.envelope.filled(report.body(body=world.b64u(body)))
        self.marked, self.new_id = report.id.encode(), world.new_uuid

    def requests(self, count):
        out = self.bench.file(stem="requests")
        with out.open("wb") as file:
            for _ in range(count):
                one = self.raw.replace(self.marked, self.new_id().encode())
                file.write(frame(self.site, "POST", "/v1/meldingen", one, {}))
        return out

    def beside(self, seconds):
        return beside(self.bench, self.site, self.requests(int(FLOOD * seconds)), ("503",), expect=201, connections=16,
                      rate=FLOOD, seconds=seconds)


# One sender of so much is refused before its bodies are read: the row says what refusing costs those beside it.
@row("flooded", "hostile", f"honest 4 KiB reports, {HONEST} a second: {FLOOD} a second of 256 KiB, all urgent, beside them")
def flooded(bench):
    site = bench.site().ready()
    flood, honest, seconds = Flood(bench, site), sealed(bench, site), 2 * bench.seconds

    def send():
        return honest.send(kind="open", rate=HONEST, seconds=seconds, warm=0)

    def busy():
        with flood.beside(seconds) as junk:
            honestly = send()
        return {**honestly, "junk": junk["requests"] / (junk["requests"] + sum(junk["errors"].values()))}
    rounds = bench.alternate(alone=send, busy=busy)
    return [ratio("honest reports taken beside it, without = 1", rounds, "rate", "busy", "alone", 0.95),
            seen("of the flood, taken before its share was used up", rounds, "junk", "busy", "×"),
            seen("median answer without", rounds, "p50", "alone", "ms"),
            seen("median answer beside it", rounds, "p50", "busy", "ms"),
            seen("p99 without", rounds, "p99", "alone", "ms"), seen("p99 beside it", rounds, "p99", "busy", "ms")]
