"""Reports submitted: sealed by the client and by the server, with and without a mailbox, held against what each part of
it could do alone in the same round. Every report is another one, and every answer has to say that it was stored.
"""
import os

from figures import Unmeasured, ratio, row, seen
from place import form_of, remove

CONNECTIONS = 64  # so many reports are under way at once, here and in the ceilings
CORES = len(os.sched_getaffinity(0))
WORDS = "Er wonen zes mensen boven de zaak; ze komen niet buiten zonder dat iemand meegaat. "
REPORT = [("stap", "versturen"), ("rol", "burger"), ("minderjarig", "nee"), ("vorm", "seksueel"),
          ("plaats", "Rotterdam"), ("wat", WORDS * 30), ("lezers", "rotterdam:eerste"), ("haast", "nee")]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Sender:
    """Posts reports of one kind. It prepares as many as the server took at its best, and some: fewer could run out
    while it warms up."""

    def __init__(self, bench, kind, site, **options):
        self.bench, self.kind, self.site, self.options = bench, kind, site, options
        self.expect = 201 if kind == "sealed" else 200
        self.rate = options.pop("first", 3000)

    def prepared(self, server, seconds):
        count = int(self.rate * seconds * 1.5) + 200
        return self.bench.prepare(self.kind, count, server, **self.options)

    def repeat(self, server):
        """One request over and over, to a server that looks at none."""
        alone = self.prepared(server, 0).read_bytes()
        request = alone[4:4 + int.from_bytes(alone[:4], "little")]
        return self.bench.load("closed", server, request, connections=CONNECTIONS, expect=self.expect)

    def send(self, server=None, kind="closed", **given):
        server = server or self.site
        given = {"connections": CONNECTIONS, "seconds": self.bench.seconds, **given}
        requests = self.prepared(server, given["seconds"] + self.bench.warm)
        seen = self.bench.load(kind, server, requests=requests, expect=self.expect, **given)
        remove(requests)
        if kind == "closed":
            self.rate = max(seen["rate"], self.rate)
        return seen


def sealed(bench, site, mailbox="no", officer_of=None):
    """officer_of: the demonstration that has the desks' people, where the site itself has none."""
    return Sender(bench, "sealed", site, profile=(officer_of or site).profile(), mailbox=mailbox)


def forms(bench, site, back, **options):
    form = bench.file(form_of([*REPORT, ("terugweg", back)]))
    return Sender(bench, "form", site, form=form, **options)


def ceiling(bench, part, **options):
    asked = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    seen = bench.run("bench_ceilings", "--part", part, "--seconds", bench.seconds, *asked)
    if seen["count"] == 0:
        raise Unmeasured(f"nothing was done in the time of the ceiling '{part}'")
    return {"rate": seen["count"] / seen["seconds"], "cpu": seen["cpu"] / seen["count"]}


def commit(bench, waiting=CONNECTIONS, file=None):
    return ceiling(bench, "commit", file=file or bench.home / f"ceiling-{waiting}.db", waiting=waiting)


def seal(bench, site, threads=CORES):
    return ceiling(bench, "seal", profile=site.profile(), threads=threads)


def answer(bench, site, kind):
    """What a stored report is answered with, for the peer that always answers so."""
    if kind == "sealed":
        body, _ = b'{"id":"01234567-89ab-4cde-8f01-23456789abcd","ontvangen":"2026-11-22"}', None
        return {"answer": bench.file(body), "status": 201, "type": "application/json"}
    marks = [("terugweg", "nee"), ("nummer", "01234567-89ab-4cde-8f01-23456789abcd"), ("zaad", "A" * 43)]
    body, _ = site.ask("POST", "/nl/melden", form_of([*REPORT, *marks]), FORM)
    return {"answer": bench.file(body), "status": 200, "type": "text/html"}


@row("sealed", "submissions", "a 4 KiB envelope sealed by the client, durable before its answer; 64 at once")
def sealed_row(bench):
    site = bench.site().ready()
    plain, mailbox = sealed(bench, site), sealed(bench, site, "yes")
    with bench.peer("canned", site, **answer(bench, site, "sealed")) as tls:
        canned = sealed(bench, site)
        rounds = bench.alternate(ours=plain.send, commit=lambda: commit(bench), mailbox=mailbox.send,
                                 tls=lambda: canned.repeat(tls))
    return [ratio("of what group commit alone takes", rounds, "rate", "ours", "commit", 0.8),
            ratio("of what TLS alone takes", rounds, "rate", "ours", "tls"),
            ratio("with a mailbox's key, of without", rounds, "rate", "mailbox", "ours"),
            seen("reports", rounds, "rate", "ours", "/s"), seen("group commit alone", rounds, "rate", "commit", "/s"),
            seen("TLS alone", rounds, "rate", "tls", "/s"), seen("server CPU a report", rounds, "cpu", "ours", "µs")]


@row("form", "submissions", "the form without a mailbox: routed, sealed and stored by the server; 64 at once")
def form_row(bench):
    site, beside = bench.site().ready(), bench.site("beside")
    canned_answer = answer(bench, site, "form")
    with bench.peer("canned", site, **canned_answer) as tls, bench.peer("single", beside) as single:
        ours, canned, alone = (forms(bench, site, "nee") for _ in range(3))
        rounds = bench.alternate(ours=ours.send, tls=lambda: canned.repeat(tls), seal=lambda: seal(bench, site),
                                 commit=lambda: commit(bench), single=lambda: alone.send(single))
    for one in rounds:
        one["least"] = {"rate": min(one[part]["rate"] for part in ("tls", "seal", "commit"))}
    return [ratio("of the least of TLS, sealing, group commit, each alone", rounds, "rate", "ours", "least", 0.9),
            ratio("of the same with a commit for each", rounds, "rate", "ours", "single", 3.0),
            ratio("CPU, sealing alone = 1", rounds, "cpu", "ours", "seal", 1.2, least=False),
            seen("reports", rounds, "rate", "ours", "/s"), seen("TLS alone", rounds, "rate", "tls", "/s"),
            seen(f"sealing alone, {CORES} threads", rounds, "rate", "seal", "/s"),
            seen("group commit alone", rounds, "rate", "commit", "/s"),
            seen("a commit for each", rounds, "rate", "single", "/s"),
            seen("server CPU a report", rounds, "cpu", "ours", "µs"),
            seen("CPU of sealing alone", rounds, "cpu", "seal", "µs")]


@row("form-unstored", "submissions", "the same against itself without storing: routed, sealed, answered, thrown away")
def form_unstored(bench):
    site, beside = bench.site().ready(), bench.site("beside")
    with bench.peer("unstored", beside) as unstored:
        ours, without = forms(bench, site, "nee"), forms(bench, site, "nee")
        rounds = bench.alternate(ours=ours.send, unstored=lambda: without.send(unstored))
    return [ratio("of what the same takes without storing", rounds, "rate", "ours", "unstored", 0.9),
            ratio("CPU, without storing = 1", rounds, "cpu", "ours", "unstored", 1.2, least=False),
            seen("without storing", rounds, "rate", "unstored", "/s")]


@row("form-mailbox", "submissions", "the form with a mailbox whose receipt the server has to derive; 16 at once")
def form_mailbox(bench):
    site = bench.site().ready()
    ours = forms(bench, site, "ja", first=100)
    rounds = bench.alternate(ours=lambda: ours.send(connections=16, seconds=max(2, bench.seconds)),
                             one=lambda: ceiling(bench, "argon", threads=1),
                             all=lambda: ceiling(bench, "argon", threads=CORES))
    return [ratio("of what Argon2id alone takes on one core", rounds, "rate", "ours", "one", 0.9),
            ratio(f"of what Argon2id alone takes on {CORES} cores", rounds, "rate", "ours", "all", 0.9),
            seen("reports", rounds, "rate", "ours", "/s"),
            seen("Argon2id alone, one core", rounds, "rate", "one", "/s")]


@row("burst", "submissions", "100 forms at once, their receipts from the stock, against 100 without a mailbox")
def burst(bench):
    site = bench.site().ready()
    stocked, plain = Burst(bench, site, "ja"), Burst(bench, site, "nee")
    rounds = bench.alternate(stocked=stocked.send, plain=plain.send)
    return [ratio("slowest answer, without a mailbox = 1", rounds, "max", "stocked", "plain"),
            seen("slowest answer", rounds, "max", "stocked", "ms")]


class Burst:
    """Visitors who all saw their check page a while ago and all press Send now."""

    def __init__(self, bench, site, back):
        self.bench, self.site, self.back = bench, site, back

    def send(self):
        fields = [one for one in REPORT if one[0] not in ("stap", "lezers", "haast")]
        out = bytearray()
        for _ in range(100):
            check = form_of([("stap", "controle"), *fields, ("terugweg", self.back)])
            page, _ = self.site.ask("POST", "/nl/melden", check, FORM)
            marks = [(name, hidden(page, name)) for name in ("nummer", "zaad", "herkomst")]
            sent = [*REPORT, ("terugweg", self.back), *marks]
            request = self.site.request("POST", "/nl/melden", form_of(sent), FORM.items())
            out += len(request).to_bytes(4, "little") + request
        self.site.ready()
        requests = self.bench.file(bytes(out))
        # Without a warm-up: the first answers are what counts.
        return self.bench.load("closed", self.site, requests=requests, connections=100, warm=0, seconds=10)


def hidden(page, name):
    found = page.decode().split(f'name="{name}" value="')
    if len(found) < 2:
        raise Unmeasured(f"the check page has no field {name}")
    return found[1].split('"')[0]


def at_half(bench, sender):
    """How late answers come at half of what was just the most."""
    most = sender.send()["rate"]
    return sender.send(kind="open", rate=most / 2, seconds=2 * bench.seconds)


def latency(bench, sender):
    rounds = bench.alternate(ours=lambda: at_half(bench, sender))
    for one in rounds:
        one["typical"] = {"p99": one["ours"]["p50"]}
    return [ratio("p99, p50 = 1", rounds, "p99", "ours", "typical", 3.0, least=False),
            seen("p50", rounds, "p50", "ours", "ms"), seen("p99", rounds, "p99", "ours", "ms")]


@row("latency-sealed", "latency", "an envelope's answer at half of the most that are taken, timed from when it was due")
def latency_sealed(bench):
    return latency(bench, sealed(bench, bench.site().ready()))


@row("latency-form", "latency", "the same for the form without a mailbox")
def latency_form(bench):
    return latency(bench, forms(bench, bench.site().ready(), "nee"))
