#!/usr/bin/python3
"""What a reporter typed is gone when the answer has left: after every page, sent or refused, marks in each field, the
receipt, the seed and the keys made of them are looked for in the whole memory of the running server, and at the end
in its files and its log. pages_memory.py BIN SCHEMA; status 77 where it cannot be seen.
"""
import base64
import os
import pathlib
import secrets
import socket
import ssl
import struct
import sys
import tempfile
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "interop"), str(HERE)]

from leftovers import Process, kept_files, needles, search_files, search_picture  # noqa: E402
from pages_visitor import Visitor, encoded, pressed  # noqa: E402
from with_server import Server  # noqa: E402
from witness import envelope  # noqa: E402
from witness.mailbox import Mailbox  # noqa: E402
from witness.text import unb64u  # noqa: E402
from world import World  # noqa: E402

CANNOT = 77
# What every mark begins with. In lower case, so that it also stays itself where names are compared; a sign of a name
# that no program, library or page has.
STEM, HELD_STEM = "zqx7jkv", "wqx9jkq"
# Around the sizes where strings move to the heap (16), a freed block loses its first bytes (16), JSON does (15).
LENGTHS = {"wie": 5000, "waar": 9, "wanneer": 15, "voertuigen": 16, "online": 40, "veilig": 300, "naam": 11,
           "telefoon": 10, "email": 23, "organisatie": 14, "wat": 1200}
PLACE = "aLMèrÉ"  # as nothing else spells it
AMBIGUOUS = "bErGèN"
TYPED = (STEM, PLACE, AMBIGUOUS)
OWN_MUNICIPALITY = "GM0034"  # that of PLACE
OWN_DESK = {"rol": "slachtoffer", "politie": "liever-niet"}  # goes to who gives help there: the test's own desk


def mark(which, size, stem=STEM):
    """`which` (two letters) in every ten bytes."""
    return ((stem + which + "-") * (size // 10 + 1))[:size]


def cannot_see(server):
    """Why memory cannot be looked into, or nothing."""
    program = (server.bin / "bakend").read_bytes()
    if b"__asan_init" in program or b"__tsan_init" in program:
        return "a sanitizer keeps what was freed"
    try:
        with open(f"/proc/{server.process.pid}/mem", "rb"):
            return None
    except PermissionError:
        return "the memory of the server may only be read by root"


class Reporter:
    """Fills in the form with marks of its own, sends it in every way, and knows what must not be found."""

    def __init__(self, visitor, world):
        self.visitor, self.world = visitor, world
        self.line = visitor.connect()  # kept open to the end
        self.count = 0
        self.secrets = []  # of all ways so far
        self.open = []

    def form(self, step, **changes):
        """A report with fresh marks in every field."""
        self.count += 1
        which = f"{self.count:02}"
        fields = {"stap": step, **OWN_DESK, "minderjarig": "nee", "vorm": "seksueel", "plaats": PLACE}
        for number, (name, size) in enumerate(LENGTHS.items()):
            fields[name] = mark(chr(97 + number) + which, size)
        fields.update((name.replace("_", "-"), value) for name, value in changes.items())
        return [(name, value) for name, value in fields.items() if value is not None]

    def post(self, fields, status, line=None):
        answer = self.visitor.post(fields, line=line or self.line)
        assert answer.status == status, (status, answer.status, answer.page.text)
        return answer.page

    def check(self, status=200, **changes):
        """The check page; its seed is a secret from now on."""
        page = self.post(self.form("controle", **changes), status)
        self.remember(page.value("zaad"))
        return page

    def remember(self, seed):
        raw = unb64u(seed)
        key = envelope.kdf(32, 3, "bkn-mbox", raw)
        self.secrets += [seed.encode(), raw, key]

    def remember_receipt(self, page):
        digits = [words for words in page.spans if len(words) == 4 and words.isdigit()]
        assert len(digits) == 6, page.text
        keys = Mailbox(" ".join(digits))
        self.secrets += [between.join(some).encode() for between in ("", " ", "</span> <span>")
                         for some in (digits[:3], digits[3:])]
        self.secrets += [keys.master, keys.box.secret, *(envelope.kdf(32, part, "bkn-mbox", keys.master)
                                                         for part in (1, 2))]

    def remember_keys(self, number):
        """The content key of a report that arrived, as its desk finds it."""
        desk = self.world.desk
        item = desk.get("officer", f"meldingen/{number}").json()
        key = envelope.open_key(unb64u(item["sealedKey"]), number, desk.keys[item["epoch"]][1])
        assert STEM.encode() in envelope.open_body(envelope.MELDING, number, key, unb64u(item["body"]))
        self.secrets += [key, envelope.kdf(32, 1, "bkn-body", key)]

    # The ways. Each is run between two looks; the name is its sentence.

    def the_first_page_with_faults(self):
        self.post(self.form("vragen", rol=mark("rol", 11)), 400)

    def the_form(self):
        self.post(self.form("vragen"), 200)

    def the_form_with_faults(self):
        self.post(self.form("controle", wat=None), 400)
        self.post(self.form("controle", email=mark("eml", 2100), plek=mark("plk", 9), wens=mark("wns", 12)), 400)

    def a_place_that_is_asked_about(self):
        self.post(self.form("controle", plaats=AMBIGUOUS), 400)
        self.post(self.form("controle", plaats=mark("pla", 10)), 400)
        self.post(self.form("controle", plaats=mark("plb", 30) + ", " + AMBIGUOUS), 400)
        self.post(self.form("controle", plaats=AMBIGUOUS, gemeente=mark("gem", 9), gemeente_bij=AMBIGUOUS), 400)

    def a_postcode_with_a_street(self):
        self.post(self.form("controle", plaats="1315 AB " + mark("plc", 12) + "straat 5"), 200)
        self.post(self.form("controle", plaats="1315 AB " + mark("pld", 12)), 400)

    def the_check_page(self):
        self.check()

    def a_desk_left_out_and_taken_back(self):
        page = self.post(pressed(self.check(), "zonder-erbij", self.world.desk.id), 200)
        self.post(pressed(page, "zonder-weg", self.world.desk.id), 200)
        self.post(pressed(page, "zonder-weg", mark("zwg", 12), zonder=mark("znd", 11)), 200)

    def sent(self):
        page = self.check()
        self.remember_receipt(self.post(pressed(page, "stap", "versturen"), 200))
        self.post(pressed(page, "stap", "versturen"), 200)
        self.remember_keys(page.value("nummer"))

    def sent_with_a_seed_derived_only_now(self):
        page, seed = self.check(), base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
        self.remember(seed)
        self.remember_receipt(self.post(pressed(page, "stap", "versturen", zaad=seed), 200))

    def sent_by_a_professional(self):
        page = self.check(rol="professional", functie="zorg", toestemming="nee", grondslag="anders", politie="ja")
        self.remember_receipt(self.post(pressed(page, "stap", "versturen"), 200))

    def sent_without_a_way_back(self):
        page = self.check()
        self.post(pressed(page, "stap", "versturen", terugweg="nee"), 200)
        self.remember_keys(page.value("nummer"))

    def sent_in_the_largest_size(self):
        page = self.check(wat=mark("grt", 199_000), spoed="ja")
        self.remember_receipt(self.post(pressed(page, "stap", "versturen"), 200))
        self.remember_keys(page.value("nummer"))

    def altogether_too_long(self):
        self.post(self.form("controle", wat=mark("wat", 199_000), wie=mark("wie", 19_000), waar=mark("waa", 19_000),
                            wanneer=mark("wan", 19_000), online=mark("onl", 19_000)), 400)

    def more_than_is_taken(self):
        self.post(self.form("versturen", wat=mark("mtg", 330_000)), 413)

    def refused_because_it_was_sent(self):
        page = self.check()
        self.remember_receipt(self.post(pressed(page, "stap", "versturen"), 200))
        self.post(pressed(page, "stap", "versturen", wat=mark("and", 60)), 409)
        self.post(pressed(self.check(), "stap", "versturen", zaad=page.value("zaad")), 409)

    def hidden_inputs_that_were_altered(self):
        page = self.check()
        for changes in ({"nummer": mark("num", 36)}, {"zaad": mark("zaa", 43)}, {"zaad": mark("zab", 12)}):
            self.remember(self.post(pressed(page, "stap", "versturen", **changes), 400).value("zaad"))
        self.post(pressed(page, "stap", "versturen", lezers=mark("lez", 14) + ":eerste", haast=mark("haa", 9)), 409)
        self.post(pressed(page, "stap", mark("stp", 12), onbekend=mark("onb", 13)), 200)

    def what_is_no_text(self):
        self.post(self.form("controle") + [("wie", b"\xff" + mark("utf", 30).encode())], 400)
        self.post(self.form("controle") + [(b"\xff" + mark("nam", 12).encode(), "x")], 400)
        self.post(b"stap=controle&wat=%zz" + mark("esc", 12).encode() + b"%4", 400)
        self.post(b"wat=" + b"".join(b"%%%02X" % byte for byte in mark("pct", 50).encode()), 200)

    def too_many_fields(self):
        self.post(self.form("controle") + [(mark("vld", 12), mark("vel", 12))] * 1000, 400)

    def another_type(self):
        self.refused(415, ("Content-Type: application/", "Content-Type: text/"))

    def too_large(self):
        self.refused(413, ("Content-Length: ", "Content-Length: 999"))

    def too_large_and_only_half_taken_out_of_its_record(self):
        line, body = self.visitor.raw(), encoded(self.form("controle", wat=mark("wat", 12_000)))
        head = self.visitor.head_of(9_999_999)
        line.sendall(head[:120])
        time.sleep(0.1)
        line.sendall((head[120:] + body)[:16_384])
        assert line.recv(12) == b"HTTP/1.1 413"
        self.open.append(line)

    def another_method(self):
        self.refused(405, ("POST /nl/melden", "POST /nl"))
        self.refused(413, ("POST ", "GET "))

    def refused(self, status, change):
        """A body that nobody reads; the connection stays open while it is looked for."""
        line, body = self.visitor.raw(), encoded(self.form("controle"))
        line.sendall(self.visitor.head_of(len(body)).decode().replace(*change).encode() + body)
        assert line.recv(12) == f"HTTP/1.1 {status}".encode()
        self.open.append(line)

    def several_at_once_on_one_line(self):
        line, body = self.visitor.raw(), encoded(self.form("controle"))
        line.sendall(3 * (self.visitor.head_of(len(body)) + body))
        seen = b""
        while seen.count(b"HTTP/1.1 200") < 3:
            seen += line.recv(65536)
        self.open.append(line)

    def an_older_tls(self):
        self.visitor.tls.maximum_version = ssl.TLSVersion.TLSv1_2
        line = self.visitor.connect()
        self.post(self.form("vragen"), 200, line)
        self.open.append(line)
        self.visitor.tls.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED

    def cut_within_the_body(self):
        body = encoded(self.form("controle"))
        for reset in (False, True):
            line = self.visitor.raw()
            line.sendall(self.visitor.head_of(len(body) + 1) + body)
            leave(line, reset)

    def gone_before_the_answer(self):
        body = encoded(self.form("vragen", wat="'" * 150_000, wie=mark("wie", 15_000)))
        for _ in range(8):
            line = self.visitor.raw()
            line.sendall(self.visitor.head_of(len(body)) + body)
            leave(line, True)

    def an_answer_that_is_not_read(self):
        line, body = self.visitor.raw(), encoded(self.form("vragen", wat=mark("trg", 190_000)))
        for _ in range(30):
            line.settimeout(0.3)
            try:
                line.sendall(self.visitor.head_of(len(body)) + body)
            except OSError:
                break
        leave(line, True)

    def busy(self):
        """More at once than the queue of receipts holds: each refused page carries everything."""
        page = self.check()
        bodies = []
        for _ in range(400):
            seed = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
            self.remember(seed)
            bodies.append(encoded(pressed(page, "stap", "versturen", nummer=str(uuid.uuid4()), zaad=seed)))
        lines = self.visitor.crowd(bodies)
        statuses = [int(line.recv(12)[9:]) for line in lines]
        assert set(statuses) == {200, 503}, statuses
        self.open += lines


def leave(line, reset):
    if reset:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    socket.socket.close(line)


WAYS = [name for name in vars(Reporter) if name not in (
    "form", "post", "check", "remember", "remember_receipt", "remember_keys", "refused") and not name.startswith("_")]


class Look:
    """Into the server's memory, now and again."""

    def __init__(self, server):
        self.process = Process(server.process.pid)
        self.faults = []

    def found(self, marks):
        # An answer may reach us a moment before what it was made of is wiped: it counts what stays.
        pictures = []
        for pause in (0.05, 0.25):
            time.sleep(pause)
            pictures.append(self.process.picture())
        wanted = needles(marks)
        return search_picture(pictures[0], wanted) and search_picture(pictures[1], wanted)

    def clean(self, what, marks):
        found = self.found(marks)
        print(f"{what.replace('_', ' ')}: {f'{len(found)} LEFT' if found else 'nothing left'}", flush=True)
        for one in found[:8]:
            print(f"    {one}")
        self.faults += [what] * bool(found)


def walk(server, visitor, world):
    look, reporter = Look(server), Reporter(visitor, world)
    # That it sees what is there; and what arrives half stays until it is given up.
    held, half = visitor.raw(90), mark("hh", 200, HELD_STEM).encode()
    held.sendall(visitor.head_of(len(half) + 1) + half)
    assert look.found([HELD_STEM]), "what is in memory is not seen: this test would see nothing"
    for way in WAYS:
        known = len(reporter.secrets)
        getattr(reporter, way)()
        look.clean(way, [*TYPED, *reporter.secrets[known:]])
    assert held.recv(12) == b"HTTP/1.1 408", "a half body is not given up"
    look.clean("given_up_after_half_a_body", [HELD_STEM])
    for line in reporter.open:
        line.close()
    marks = [*TYPED, HELD_STEM, *reporter.secrets]
    look.clean("at_the_end", marks)
    return look.faults, marks


def main():
    with tempfile.TemporaryDirectory(prefix="baken-") as home:
        server = Server(*sys.argv[1:3], home)
        server.start()
        try:
            why = cannot_see(server)
            if why:
                print(f"skipped: {why}")
                return CANNOT
            os.environ.update({name: value for name, value in server.environment().items() if name.startswith("BAKEN_")})
            os.environ["BAKEN_ADD_DESK"] += f" --gemeente {OWN_MUNICIPALITY}"
            faults, marks = walk(server, Visitor(os.environ["BAKEN_URL"], os.environ["BAKEN_CA"]), World())
            files = search_files([*kept_files(server.data), server.log], needles(marks))
        except BaseException:
            server.kill()
            raise
        server.stop()
        files += search_files([*kept_files(server.data), server.log], needles(marks))
        for one in files:
            print(one)
        assert not faults and not files, (faults, [one.where for one in files])
    return 0


if __name__ == "__main__":
    sys.exit(main())
