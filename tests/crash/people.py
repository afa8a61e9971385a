"""The load of the crash tests: reporters with a program of their own, reporters with the form, and a desk that pulls
and opens. Everybody remembers what was said to them, so that it can be held against what is there afterwards.
"""
import http.client
import json
import os
import subprocess
import threading
import time
import urllib.parse

from pages_visitor import FORM, Visitor, encoded, pressed, report
from witness.text import hash_of, parse_json, unb64u
from world import Report, World

DESK = "rotterdam"  # reads what the forms send and what the programs send
PUBLIC = ("/nl", "/nl/melden", "/v1/gemeenten?zoek=rotterdam", "/v1/sleutelgids", "/v1/routering")
PAGES = PUBLIC[:3]  # need no database, also where several servers share one
GONE = (OSError, http.client.HTTPException)  # the connection ended without an answer


def working():
    """The desk of the independent client at the server that was started last, with officers enough for an order."""
    from server_destruction import Working  # its world is read from the environment, which the start sets

    class Desk(Working):
        def runTest(self):
            pass

    Desk.setUpClass()
    return Desk()


class Post:
    """One report, sealed or checked once: its bytes can be sent again. taken: somebody was told that it is stored;
    broken: how the connection ended without an answer."""

    def __init__(self, number, path, content_type, raw):
        self.id, self.path, self.type, self.raw = number, path, content_type, raw
        self.taken, self.receipt, self.broken = False, None, None

    def send(self, visitor, line=None):
        """The answer, which keeps what every answer must; None where the connection ended without one."""
        try:
            answer = visitor.send("POST", self.path, self.raw, {"Content-Type": self.type}, line)
        except GONE as broken:
            self.broken = broken
            return None
        self.judge(answer)
        return answer

    def judge(self, answer):
        assert answer.status in (200, 201, 503), (answer.status, answer.body[:400])
        if answer.status == 503:
            return self.refused(answer)
        self.taken = True
        if self.type == FORM:
            page = answer.page
            receipt = receipt_on(page)
            # Ten minutes later, by whatever clock, its confirmation is not shown again.
            assert receipt or "al verstuurd" in page.text, page.text
            assert self.receipt in (None, receipt) or not receipt, "another receipt for the same report"
            self.receipt = receipt or self.receipt

    def refused(self, answer):
        assert int(answer.head("Retry-After")) > 0, answer.headers
        if self.type != FORM:
            assert answer.head("Content-Type") == "application/problem+json", answer.headers
            return
        page = answer.page
        assert "112" in page.text and receipt_on(page) is None, page.text
        # Refused before the body was read, it is the browser that still has the form, and the page says so.
        typed = urllib.parse.parse_qs(self.raw.decode("ascii"))
        if page.values("wat"):
            for name in ("wat", "plaats", "zaad", "nummer"):
                assert page.values(name) == typed[name], name
        else:
            assert "herlaad" in page.text.lower(), page.text


def some_taken(posts, chance):
    """Waits for a moment in the middle of sending them: at random, when some were acknowledged, or hardly any."""
    wanted, deadline = chance.randrange(len(posts) * 9 // 10), time.monotonic() + 10
    while sum(post.taken for post in posts) < wanted and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(chance.uniform(0.0, 0.01))


def receipt_on(page):
    digits = [words for words in page.spans if len(words) == 4 and words.isdigit()]
    return " ".join(digits) if len(digits) == 6 else None


class People:
    """Reporters and a desk of one running installation."""

    def __init__(self, server):
        self.server = server
        self.world = World()
        self.visitor = Visitor(os.environ["BAKEN_URL"], os.environ["BAKEN_CA"])
        self.posts = []
        self.settled = set()  # ids of those that were looked after already
        self.read_to = ""
        self.opened = {}  # line of the own desk's trail: its hash, as an answer said

    def made(self, by_program, by_form):
        """New reports, not sent yet: for programs to send, and of check pages to press Send on."""
        directory = self.world.directory()
        self.world.directory, fetch = (lambda: directory), self.world.directory
        recipients = [(DESK, "eerste"), (self.world.desk.id, "mede")]
        # Every fourth with a mailbox: deriving one takes its time.
        sealed = [Report(self.world, recipients, with_mailbox=n % 4 == 0) for n in range(by_program)]
        self.world.directory = fetch
        new = [Post(one.id, "/v1/meldingen", "application/json", one.raw()) for one in sealed]
        line = self.visitor.connect()
        new += [self.checked(f"Melding {number}", line) for number in range(by_form)]
        self.posts += new
        return new

    def checked(self, what, line):
        page = self.visitor.post(report("controle", wat=what), line=line).page
        return Post(page.value("nummer"), "/nl/melden", FORM, encoded(pressed(page, "stap", "versturen")))

    @staticmethod
    def visiting(server):
        """A visitor of another server of the same database."""
        return Visitor(f"https://localhost:{server.port}", server.data / "tls/cert.pem")

    def send(self, posts, lines=None, at_once=None, visitors=None):
        """All of them at the same time, each on a connection of its own; at_once: what happens in the middle; visitors:
        who sends each, where that is not our own."""
        ready, answers = threading.Barrier(len(posts) + 1), {}

        def one(post, line, visitor):
            ready.wait()
            answers[post] = post.send(visitor, line)

        none = [None] * len(posts)
        threads = [threading.Thread(target=one, args=each)
                   for each in zip(posts, lines or none, visitors or [self.visitor] * len(posts))]
        for thread in threads:
            thread.start()
        ready.wait()
        if at_once:
            at_once()
        for thread in threads:
            thread.join()
        return answers

    def lines(self, count):
        """Connections that are open and have been answered: both of the server's threads have some of them."""
        lines = [self.visitor.connect() for _ in range(count)]
        for line in lines:
            assert self.visitor.send("GET", "/nl", line=line).status == 200
        return lines

    # Afterwards.

    def listed(self):
        """The ids that the desk's own program lists, each once."""
        run = subprocess.run([*self.desk("pull"), "--json"], check=True, capture_output=True, text=True, timeout=300)
        found = [json.loads(line)["id"] for line in run.stdout.splitlines()]
        assert len(found) == len(set(found)), "a report is listed twice"
        return set(found)

    def desk(self, *verb):
        return [self.server.bin / "baken", "desk", *verb, "--profile",
                self.server.data / f"demo/{DESK}/medewerker.toml"]

    def opens(self, post):
        """The desk's own program fetches it and reads it whole."""
        run = subprocess.run([*self.desk("open", post.id), "--json"], check=True, capture_output=True, text=True,
                             timeout=300)
        found = json.loads(run.stdout)
        assert found["alarmen"] == [] and found["melding"]["id"] == post.id and found["melding"]["wat"], found

    def nothing_lost(self):
        """Whatever was acknowledged is listed; whoever sends the same bytes again has one report in the end."""
        before = self.listed()
        lost = {post.id for post in self.posts if post.taken} - before
        assert not lost, f"{len(lost)} reports were acknowledged and are gone"
        line = self.visitor.connect()
        for post in self.posts:
            answer = post.send(self.visitor, line)
            expected = 200 if post.type == FORM or post.id in before else 201
            assert answer and answer.status == expected, (post.path, answer, expected)
        assert {post.id for post in self.posts} == self.listed() - self.settled
        for kind in {post.type for post in self.posts}:
            self.opens(next(post for post in self.posts if post.type == kind))
        self.bodies_are_whole()
        self.trail_holds()
        self.settled |= {post.id for post in self.posts}
        self.posts = []

    def bodies_are_whole(self):
        """What a program posted lies there byte for byte."""
        # From where the round before ended: a desk reads on, and after 200 rounds nobody reads all of them again.
        items, self.read_to = self.world.desk.collect("officer", self.read_to, metBody="true", aantal=200)
        sent = {post.id: json.loads(post.raw)["body"] for post in self.posts if post.type != FORM}
        assert {number: item["body"] for number, item in items.items() if number not in self.settled} == sent

    def trail_holds(self):
        """Every line of the own desk's trail follows the one before, and those that were acknowledged are there."""
        hashes, previous = {}, ""
        while True:
            page = self.world.desk.get("officer", f"logboek?na={len(hashes)}").json()["regels"]
            # Reading it adds a line each time: the end is where few came.
            for raw in map(unb64u, page):
                line = parse_json(raw)
                assert (line["regel"], line["vorige"]) == (len(hashes) + 1, previous), line
                previous = hashes[line["regel"]] = hash_of(raw)
            if len(page) < 10:
                break
        for number, head in self.opened.items():
            assert hashes.get(number) == head, f"line {number} of the trail is gone"


class DeskAtWork(threading.Thread):
    """An officer who waits for reports and opens each, until told to leave or until the server is gone. Made, it is at
    work: it has its first answer."""

    def __init__(self, people):
        super().__init__()
        self.people, self.leave, self.begun = people, threading.Event(), threading.Event()
        self.statuses, self.fault = [], None
        self.start()
        self.begun.wait(60)

    def run(self):
        desk, seen, cursor = self.people.world.desk, set(), ""
        try:
            while not self.leave.is_set():
                page = self.ask(f"meldingen?aantal=200{f'&na={cursor}&wacht=1' if cursor else ''}")
                self.begun.set()
                for item in page.json()["meldingen"] if page else []:
                    if item["id"] not in seen and self.ask(f"meldingen/{item['id']}"):
                        seen.add(item["id"])
                cursor = page.json()["cursor"] if page else cursor
        except GONE:
            pass
        except Exception as fault:  # told to the one who waits for this thread
            self.fault = fault

    def ask(self, rest):
        desk = self.people.world.desk
        answer = self.people.world.server.signed(desk.members["officer"].actor, "GET", desk.path(rest))
        self.statuses.append(answer.status)
        if answer.status == 503:
            assert int(answer.head("Retry-After")) > 0
            self.leave.wait(0.2)
            return None
        assert answer.status == 200, (answer.status, answer.body[:400])
        number, head = answer.trail()
        self.people.opened[number] = head
        return answer

    def stop(self):
        self.leave.set()
        self.join()
        if self.fault:
            raise self.fault


def public_answers(people, lines, seconds, paths=PUBLIC):
    """Everything that needs no store is answered on every connection, each within the time given; how long the slowest
    took."""
    slowest = 0
    for line in lines:
        for path in paths:
            begun = time.monotonic()
            answer = people.visitor.send("GET", path, line=line)
            took = time.monotonic() - begun
            assert answer.status == 200, (path, answer.status)
            assert took < seconds, f"{path} took {took:.1f} s"
            slowest = max(slowest, took)
    begun = time.monotonic()
    assert people.visitor.post(report("controle"), line=lines[0]).status == 200
    assert time.monotonic() - begun < seconds
    return slowest
