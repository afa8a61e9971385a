"""A thousand stored reports against a million: what a desk asks, what a reporter sends, how the server starts."""
import base64
import socket
import ssl
import subprocess
import time

import process
from figures import Figure, Unmeasured, ratio, row, seen
from place import remove
from submissions import sealed

FEW = 1_000
DESKS = "rotterdam,amsterdam,den-haag,zeeland-west-brabant,oost-nederland,limburg"  # of the demonstration
WORKERS = 4  # calls of a desk under way at once
LIST = "/v1/loketten/rotterdam/meldingen"


def many(bench):
    return 20_000 if bench.quick else 1_000_000


def filled(bench, count):
    """A demonstration with so many reports, half of them for rotterdam."""
    name = f"stored-{count}"
    known = name in bench.sites
    site = bench.site(name)
    if not known:
        bench.run("bench_fill", "--file", site.data / "baken.db", "--count", count, "--desks", DESKS)
    return site.ready()


def place(number):
    """The cursor of a place in the list (server/inbox/cursor.cpp)."""
    return base64.urlsafe_b64encode(b"\1" + number.to_bytes(8, "big")).decode("ascii")


def ask(bench, site, target, rate):
    """An officer's call, over and over; each is signed anew."""
    count = int(rate * (bench.seconds + bench.warm)) + 50
    requests = bench.prepare("signed", count, site, profile=site.profile(), target=target)
    seen = bench.load("closed", site, requests=requests, connections=WORKERS)
    remove(requests)
    return seen


def compared(bench, target, rate):
    few, lots = filled(bench, FEW), filled(bench, many(bench))
    rounds = bench.alternate(few=lambda: ask(bench, few, target(FEW), rate),
                             lots=lambda: ask(bench, lots, target(many(bench)), rate))
    return rounds, figures(rounds, many(bench))


def figures(rounds, lots):
    return [ratio(f"median answer at {lots:,}, at {FEW:,} = 1", rounds, "p50", "lots", "few", 1.3, least=False),
            ratio(f"CPU at {lots:,}, at {FEW:,} = 1", rounds, "cpu", "lots", "few", 1.3, least=False),
            seen(f"median answer at {lots:,}", rounds, "p50", "lots", "ms")]


@row("list", "store", "a desk's inbox page (50 rows), from the middle of its list; 4 at once")
def list_row(bench):
    return compared(bench, lambda count: f"{LIST}?na={place(count // 4)}", 6000)[1]


@row("list-status", "store", "the same, only what is closed: nothing is")
def list_status(bench):
    return compared(bench, lambda _: f"{LIST}?status=afgesloten", 4000)[1]


@row("pull", "store", "a page with bodies (200 rows), from the middle of the list; 4 at once")
def pull(bench):
    return compared(bench, lambda count: f"{LIST}?metBody=true&aantal=200&na={place(count // 4)}", 1500)[1]


@row("submit", "store", "sealed reports into the store, 64 at once")
def submit(bench):
    few, lots = filled(bench, FEW), filled(bench, many(bench))
    into_few, into_lots = sealed(bench, few), sealed(bench, lots)
    rounds = bench.alternate(few=into_few.send, lots=into_lots.send)
    return [ratio(f"reports at {FEW:,}, at {many(bench):,} = 1", rounds, "rate", "few", "lots", 1.3, least=False),
            ratio(f"CPU at {many(bench):,}, at {FEW:,} = 1", rounds, "cpu", "lots", "few", 1.3, least=False)]


def first_answer(site):
    """Seconds from the process's start to its first answer."""
    tls = ssl.create_default_context(cafile=site.data / "tls/cert.pem")
    began = time.monotonic()
    with site.log.open("ab") as log:
        site.process = subprocess.Popen([site.bin / "bakend", "--config", site.data / "bakend.toml"], stdout=log,
                                        stderr=log)
    while time.monotonic() - began < 60:
        try:
            with socket.create_connection(("127.0.0.1", site.port), 10) as plain, \
                    tls.wrap_socket(plain, server_hostname="localhost") as line:
                line.sendall(site.request("GET", "/nl"))
                if line.recv(12) == b"HTTP/1.1 200":
                    return time.monotonic() - began
                raise Unmeasured("the first answer was not 200")
        except ConnectionRefusedError:
            time.sleep(0.001)
    raise Unmeasured("no answer within a minute of the start")


def started(site):
    if site.process is not None and site.process.poll() is None:
        site.stop()
    seconds = first_answer(site)
    return {"seconds": seconds, "cpu": process.cpu_seconds(site.pids)}


@row("start", "start", "from the process's start to its first answer, with all reports stored")
def start(bench):
    few, lots = filled(bench, FEW), filled(bench, many(bench))
    rounds = bench.alternate(few=lambda: started(few), lots=lambda: started(lots))
    whole = [one["lots"]["seconds"] for one in rounds]
    return [Figure(f"start with {many(bench):,}", whole, 0.5, least=False, unit="s"),
            seen(f"start with {FEW:,}", rounds, "seconds", "few", "s"),
            seen(f"CPU until then, with {many(bench):,}", rounds, "cpu", "lots", "s")]
