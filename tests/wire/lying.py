#!/usr/bin/python3
"""A server that lies, to each program that could believe it: the tables from a lie to what the program says of it. Nothing is
sealed, sent, wrapped or signed on the word of a lie. Run by tests/with_server.py; liar.py is the server.
"""
import datetime
import itertools
import json
import os
import pathlib
import re
import secrets
import shutil
import subprocess
import tempfile
import unittest

from nacl import bindings

from liar import DATA, DIRECTORY, TABLE, URL, Liar, World, day, demo_key
from witness import envelope, jws, trust
from witness.text import b64u, dump_json, epoch_of, hash_of, key_name, today, unb64u

BIN, SOURCE = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(__file__).resolve().parent.parent.parent
DESK, PLACE, OTHER, OTHER_PLACE, FALLBACK = "rotterdam", "GM0599", "amsterdam", "GM0363", "landelijk"
REPORT = {"rol": "burger", "vormen": ["arbeid"], "gemeente": PLACE, "minderjarig": "onbekend", "wat": "Ik zag iets."}
LOW_ORDER = b64u(bytes(32))
NOWHERE = hash_of(b"nowhere")

# -- the tables: a lie, the errc that it meets, words of what is said, what was shown honestly before, the lie ------------


def twice(w):
    return w.leads(w.lead, w.second)[0]


SECOND = lambda w: w.gids()                      # a directory, the one after, another in its place
THIRD = lambda w: w.gids(SECOND(w))
FORK = lambda w: w.gids(tot=day(30))
NEXT = lambda w: w.stand()                       # the same of the desk's stand
AFTER = lambda w: w.stand(NEXT(w))
OTHER_NEXT = lambda w: w.stand(tot=day(20))
EARLIER = "GET /v1/sleutelgids/[0-9]+"
EARLIER_STAND = "GET /v1/loketten/[a-z-]+/standen/[0-9]+"

REFUSED = [
    ("a directory signed by an unknown root", "bad_signature", "not signed by a key that may sign it", None,
     lambda w: w.shows(w.gids(by=w.stranger))),
    ("a directory signed by a lead", "bad_signature", "not signed by a key that may sign it", None,
     lambda w: w.shows(w.gids(by=w.lead))),
    ("a signed document of another kind", "unknown_version", "a version that this program does not know", None,
     lambda w: w.shows(w.gids(typ=trust.STAND))),
    ("no JSON", "bad_json", "not strict JSON", None, lambda w: {DIRECTORY: b"{"}),
    ("JSON without a directory", "bad_document", "lacks a member", None, lambda w: {DIRECTORY: b"{}"}),
    ("a directory past its tot", "gids_expired", "has expired", None,
     lambda w: w.shows(w.gids(datum=day(-80), tot=day(-1)))),
    ("a directory for more than 92 days", "gids_term", "longer than 92 days", None, lambda w: w.shows(w.gids(tot=day(93)))),
    ("a desk that stands twice", "gids_double", "stands in the directory twice", None,
     lambda w: w.shows(w.gids(loketten=[*w.leads(w.lead), twice(w)]))),
    ("a fallback that is no desk", "gids_desk", "a desk that the directory does not have", None,
     lambda w: w.shows(w.gids(loketten=[{**one, "achtervang": "nowhere"} for one in w.leads(w.lead)]))),
    ("an older directory", "gids_older", "an older directory than was seen here", lambda w: w.shows(SECOND(w)),
     lambda w: w.shows()),
    ("another directory of the same number", "gids_forked", "under a version seen before", lambda w: w.shows(SECOND(w)),
     lambda w: w.shows(FORK(w))),
    ("a directory whose vorige does not fit", "gids_chain", "does not follow from the version before", None,
     lambda w: w.shows(w.gids(vorige=NOWHERE))),
    ("a skipped directory withheld", "gids_chain", "does not follow from the version before", None,
     lambda w: {**w.shows(THIRD(w)), EARLIER: 404}),
    ("a skipped directory swapped", "gids_chain", "does not follow from the version before", None,
     lambda w: {**w.shows(THIRD(w)), EARLIER: {"gids": FORK(w)}}),
    ("a routing table of other bytes", "routing_hash", "not the one that the directory signs", None,
     lambda w: {TABLE: w.table + b" "}),
    ("a directory with another routing hash", "routing_hash", "not the one that the directory signs", None,
     lambda w: w.shows(w.gids(routering=NOWHERE))),
    ("a signed table that names an unknown desk", "gids_desk", "a desk that the directory does not have", None,
     lambda w: w.with_table(lambda table: {**table, "regels": [{"als": {}, "eerste": "nowhere"}, *table["regels"]]})),
    ("a signed table that is none", "bad_routing", "routing table cannot be read", None,
     lambda w: w.with_table(lambda _: b"{}")),
]

# The desk is passed over with an alarm by who reports, and its own people go no further.
CONTRADICTED = [
    ("an older stand", "stand_older", "an older standing", lambda w: w.shows(stand=NEXT(w)), lambda w: w.shows()),
    ("another stand of the same number", "stand_forked", "another standing of the desk", lambda w: w.shows(stand=NEXT(w)),
     lambda w: w.shows(stand=OTHER_NEXT(w))),
    ("the same by the desk's other lead", "stand_forked", "another standing of the desk", None,
     lambda w: w.shows(stand=jws.sign(trust.STAND, w.second, jws.peek(w.stands[DESK])))),
    ("a stand whose vorige does not fit", "stand_chain", "does not follow from the version before", None,
     lambda w: w.shows(stand=w.stand(vorige=NOWHERE))),
    ("a skipped stand withheld", "stand_chain", "does not follow from the version before", None,
     lambda w: {**w.shows(stand=AFTER(w)), EARLIER_STAND: 404}),
    ("a skipped stand swapped", "stand_chain", "does not follow from the version before", None,
     lambda w: {**w.shows(stand=AFTER(w)), EARLIER_STAND: {"stand": OTHER_NEXT(w)}}),
]


def one_key(w, key, by=None):
    """The desk's stand with this key in the place of its own of this week."""
    was = w.keys[DESK, w.week]
    return w.shows(stand=w.stand(less=[was], more=[key], by=by), keys=[key])


# Without a refusal: the desk has no usable key, so the report goes to its fallback, which the reporter is shown.
DIVERTED = [
    ("a stand of another desk", "key_desk", lambda w: w.shows(stand=w.stands[OTHER])),
    ("a stand by a lead of another desk", "key_desk", lambda w: w.shows(stand=w.stand(by=w.neighbour))),
    ("a stand by nobody known", "bad_signature", lambda w: w.shows(stand=w.stand(by=w.stranger))),
    ("a stand by a former lead", "bad_signature", lambda w: w.shows(w.gids(loketten=w.leads(w.second)))),
    ("a stand past its tot", None, lambda w: w.shows(stand=w.stand(datum=day(-30), tot=day(-1)))),
    ("a stand for more than 35 days", "stand_term", lambda w: w.shows(stand=w.stand(datum=day(0), tot=day(36)))),
    ("a stand withheld", "stand_withheld", lambda w: w.shows(stand="")),
    ("a key withheld", "key_missing", lambda w: w.shows(keys=[])),
    ("a key by a lead of another desk", "bad_signature", lambda w: one_key(w, w.key(by=w.neighbour))),
    ("a key by nobody known", "bad_signature", lambda w: one_key(w, w.key(by=w.stranger))),
    ("a key of another desk", "key_desk", lambda w: one_key(w, w.key(loket=OTHER))),
    ("a key of a former lead", "bad_signature",
     lambda w: {**one_key(w, w.key(), by=w.second), **w.shows(w.gids(loketten=w.leads(w.second)), w.stand(by=w.second))}),
    ("a key of a week that is not its own", "key_window", lambda w: one_key(w, w.key(van=day(-20), tot=day(20)))),
    ("a key that no stand lists", "key_missing", lambda w: w.shows(keys=[w.key()])),
    ("two keys for one week", "key_double", lambda w: (lambda more: w.shows(stand=w.stand(more=[more]), more=[more]))(w.key())),
    ("a key of low order", "key_weak", lambda w: one_key(w, w.key(publicKey=LOW_ORDER))),
]

# Signed by a lead of the desk, so nothing says that another was withheld.
SILENT = ("a stand past its tot",)

# GET …/meldingen/{id} of a report, altered: x is that report's answer, of the same desk another, and one of another desk.
UNOPENED = [
    ("another report's body", "does not open with your desk's key", lambda x, y, z: x.update(body=y["body"])),
    ("another desk's body", "does not open with your desk's key", lambda x, y, z: x.update(body=z["body"])),
    ("another report's sealed key", "does not open with your desk's key", lambda x, y, z: put_key(x, y["sealedKey"])),
    ("another desk's sealed key", "does not open with your desk's key", lambda x, y, z: put_key(x, z["sealedKey"])),
    ("another report under this id", "does not open with your desk's key", lambda x, y, z: x.update({**y, "id": x["id"]})),
    ("another id", "not one that this interface has", lambda x, y, z: x.update(id=y["id"])),
    ("another report", "not one that this interface has", lambda x, y, z: x.update(y)),
    ("a body with a bit changed", "does not open with your desk's key",
     lambda x, y, z: x.update(body=x["body"][:999] + ("A" if x["body"][999] != "A" else "B") + x["body"][1000:])),
    ("a body cut short", "does not open with your desk's key", lambda x, y, z: x.update(body=x["body"][:4096])),
    ("another key's mark", "a week of which you hold no key",
     lambda x, y, z: own(x).update(sleutel=key_name(bytes(32)))),
    ("the desk left out of the recipients", "not sealed to your desk", lambda x, y, z: x.update(
        ontvangers=[{**own(x), "voor": f"loket:{OTHER}"}])),
    ("another mailbox", "not the reporter's own", lambda x, y, z: x.update(postbus=y["postbus"])),
    ("the mailbox withheld", "not the reporter's own", lambda x, y, z: x.update(postbus=None)),
    ("something else than a report inside", "not the report that the server names",
     lambda x, y, z: put_report(x, type="notitie")),
    ("the report of another id inside", "not the report that the server names",
     lambda x, y, z: put_report(x, id=y["id"])),
    ("a report of another version inside", "not the report that the server names",
     lambda x, y, z: put_report(x, versie=2)),
]
# The report is shown, behind an alarm.
ALARMED = [
    ("urgency added", ["spoed-anders"], "another urgency", lambda x, y, z: x.update(spoed=True)),
    ("a recipient added", ["ontvangers-anders"], "other recipients", lambda x, y, z: x["ontvangers"].append(
        {"voor": f"loket:{OTHER}", "rol": "mede", "epoch": x["epoch"], "sleutel": key_name(bytes(32)),
         "sealedKey": x["sealedKey"]})),
    ("another role", ["ontvangers-anders"], "other recipients", lambda x, y, z: own(x).update(rol="mede")),
    ("a directory that never was", ["gids-onbekend"], "never seen here",
     lambda x, y, z: put_report(x, gids={"versie": 1, "hash": NOWHERE})),
    ("a directory to come", ["gids-onbekend"], "never seen here",
     lambda x, y, z: put_report(x, gids={"versie": 99, "hash": NOWHERE})),
]


def own(item):
    return next(one for one in item["ontvangers"] if one["voor"] == f"loket:{DESK}")


def put_key(item, sealed):
    item["sealedKey"] = sealed
    if "sealedKey" in own(item):
        own(item)["sealedKey"] = sealed


def put_report(item, **changes):
    """A report that the server sealed itself, as anybody can, under this id."""
    document = {"type": "melding", "versie": 1, "id": item["id"], "taal": "nl", "rol": "burger", "vormen": ["arbeid"],
                "minderjarig": "onbekend", "wat": "Verzonnen.", "spoed": False,
                "ontvangers": [{"voor": f"loket:{DESK}", "rol": "eerste"}],
                "gids": {"versie": 1, "hash": hash_of(WORLD.truth["gids"])}, "postbus": None, **changes}
    key, public = secrets.token_bytes(32), unb64u(jws.peek(WORLD.keys[DESK, WORLD.week])["publicKey"])
    item["body"] = b64u(envelope.seal_body(envelope.MELDING, item["id"], key, dump_json(document)))
    own(item)["sleutel"] = key_name(public)
    put_key(item, b64u(envelope.seal_key(key, item["id"], public)))
    item["postbus"] = None


# What the Logboek field of an answer becomes, from the last one that this machine saw (number, hash).
HEADS = [
    ("the trail's head missing", "where the desk's audit trail stands", lambda n, h: None),
    ("a head that goes back", "cut or rewritten", lambda n, h: f"regel={n - 1}, hash={h}"),
    ("an empty trail", "cut or rewritten", lambda n, h: "regel=0, hash="),
    ("another head of the same number", "cut or rewritten", lambda n, h: f"regel={n}, hash={NOWHERE}"),
    ("a head that is none", "not one that this interface has", lambda n, h: "regel=x"),
]


def lines_of(page, change):
    lines = [unb64u(one) for one in page["regels"]]
    page["regels"] = [b64u(one) for one in change(lines)]


def anew(lines):
    """These lines, numbered and chained as if there never had been others."""
    out = []
    for number, line in enumerate(lines, 1):
        out.append(dump_json({**json.loads(line), "regel": number, "vorige": hash_of(out[-1]) if out else ""}))
    return out


def head_of(page, by, **changes):
    lines = page["regels"]
    said = {"loket": DESK, "datum": day(-1), "regel": 2, "hash": hash_of(unb64u(lines[1])), **changes}
    page["hoofden"].append(jws.sign(trust.HEAD, by, said))


# Of a page of the trail (its lines: at least eight), with a Logboek field that fits its new end.
TRAILS = [
    ("a line removed", ["cut or rewritten"], lambda p: lines_of(p, lambda x: x[:3] + x[4:])),
    ("a line removed, another put behind", ["line 4 ", "removed"], lambda p: lines_of(p, lambda x: x[:3] + x[4:] + x[-1:])),
    ("a trail written anew without a line", ["cut or rewritten"], lambda p: lines_of(p, lambda x: anew(x[:3] + x[4:]))),
    ("the same, and a line more", ["is not the one that this machine saw"],
     lambda p: lines_of(p, lambda x: anew(x[:3] + x[4:] + x[-1:]))),
    ("a line changed", ["line 4 "],
     lambda p: lines_of(p, lambda x: [*x[:3], x[3].replace(b'"dag":"20', b'"dag":"19'), *x[4:]])),
    ("a line inserted", ["line 5 ", "inserted"], lambda p: lines_of(p, lambda x: [*x[:4], x[3], *x[4:]])),
    ("lines exchanged", ["line 4 ", "moved"], lambda p: lines_of(p, lambda x: [*x[:3], x[4], x[3], *x[5:]])),
    ("bytes that are no line", ["line 4 ", "no line of a trail"], lambda p: lines_of(p, lambda x: [*x[:3], b"{}", *x[4:]])),
    ("a daily head by nobody known", ["not signed with a log key"], lambda p: head_of(p, WORLD.stranger)),
    ("a daily head by a lead", ["not signed with a log key"], lambda p: head_of(p, WORLD.lead)),
    ("a daily head of another desk", ["not signed with a log key"], lambda p: head_of(p, log_key(), loket=OTHER)),
    ("a daily head of other bytes", ["line 2 ", "the daily head of"], lambda p: head_of(p, log_key(), hash=NOWHERE)),
    ("a daily head beyond the end", ["line 99999 ", "cut off"], lambda p: head_of(p, log_key(), regel=99999)),
]


def log_key():
    return jws.SignKey(unb64u((DATA / "logboek.key").read_text().strip()))


# What no lie meets as a sentence of its own, and why.
ELSEWHERE = {
    "stand_expired": "the server's word; a client counts the desk's keys out (a stand past its tot)",
    "stand_unknown_hash": "the server's word to a lead",
    "lid_ended": "the server's word; a client says which membership no longer counts (MEMBERS)",
    "not_a_recipient": "open_errc has the sentence (UNOPENED)",
    "wrong_report": "open_errc has the sentence (UNOPENED)",
    "wrong_mailbox": "open_errc has the sentence (UNOPENED)",
    "wrong_text": "no program opens a text yet",
    "trail_broken": "audit names the line and what is wrong with it (TRAILS)",
}
MEMBERS, WRAPS, TRAIL = {"lid_term"}, {"wrong_secret"}, {"trail_rolled_back"}


# -- the programs ------------------------------------------------------------------------------------------------------

HOME, LIAR, WORLD, SENT = None, None, None, {}


def run(*arguments, text=""):
    done = subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, text=True, timeout=120,
                          env=LIAR.environment(), check=False)
    return done.returncode, done.stdout, done.stderr


def done(*arguments, text=""):
    status, out, err = run(*arguments, text=text)
    if status != 0:
        raise AssertionError((arguments, out, err))
    return out


def profile(desk, person="medewerker"):
    return DATA / f"demo/{desk}/{person}.toml"


def submit(state, *flags, place=PLACE):
    return run("report", "submit", "-", "--json", "--profile", profile(DESK), "--state", state, *flags,
               text=json.dumps({**REPORT, "gemeente": place}))


def setUpModule():
    """A lead who compared everybody, a newcomer's card, three reports; and what each machine has seen by then."""
    global HOME, LIAR, WORLD
    HOME, LIAR = pathlib.Path(tempfile.mkdtemp(prefix="baken-lying-")), Liar()
    unittest.addModuleCleanup(shutil.rmtree, HOME)
    lead = ("--profile", profile(DESK, "beheerder1"), "--state", HOME / "lead")
    done("desk", "keys", "--yes", *lead)
    secret = HOME / "secret"
    secret.write_text("een lange zin als wachtwoord")
    secret.chmod(0o600)
    done("desk", "keygen", "--loket", DESK, "--rol", "medewerker", "--out", HOME / "new.key", "--cost", "interactive",
         "--passphrase-file", secret)
    for name, place in (("x", PLACE), ("y", PLACE), ("z", OTHER_PLACE)):
        SENT[name] = json.loads(submit(HOME / "reporter", place=place)[1])["id"]
    done("desk", "status", *lead)
    done("desk", "pull", "--profile", profile(DESK), "--state", HOME / "officer")
    done("desk", "open", SENT["x"], "--profile", profile(DESK), "--state", HOME / "officer")
    WORLD = World(LIAR, DESK, OTHER)


class Lying(unittest.TestCase):
    def setUp(self):
        LIAR.tell(None)
        WORLD.look()
        self.states = itertools.count()
        self.home = pathlib.Path(tempfile.mkdtemp(dir=HOME))

    def state(self, of):
        """A machine that has seen what this one has."""
        out = self.home / str(next(self.states))
        shutil.copytree(HOME / of, out)
        return out

    def seen(self, state):
        file, = state.glob("*.json")
        memory = json.loads(file.read_text())
        return memory["gids"], memory["standen"]

    def sent(self):
        return [what for what, _ in LIAR.asked if not what.startswith("GET ")]

    def refused(self, got, *words):
        """Status 1, nothing on standard output, nothing sent, and one plain sentence with these words."""
        self.assertEqual(got[:2], (1, ""), got)
        for word in words:
            self.assertIn(word, got[2])
        self.assertEqual(self.sent(), [])
        return got[2]

    def verbs(self):
        """Each desk verb that looks at the directory, with a machine of its own."""
        officer = lambda: ("--profile", profile(DESK), "--state", self.state("officer"))
        lead = lambda: ("--profile", profile(DESK, "beheerder1"), "--state", self.state("lead"))
        card, lid = HOME / "new.key.pub", demo_key(f"{DESK}/medewerker.key")["lid"]
        return itertools.cycle([lambda: ("open", SENT["x"], *officer()), lambda: ("keys", "--yes", *lead()),
                                lambda: ("enrol", card, "--yes", *lead()), lambda: ("status", *lead()),
                                lambda: ("revoke", lid, "--yes", *lead()), lambda: ("audit", *officer())])


class Directory(Lying):
    def lied(self, before, lie, state, *verb):
        """What the program does, after it was shown something it believed."""
        if before:
            LIAR.tell(before(WORLD))
            self.assertEqual(submit(state, "--dry-run")[0], 0)
        remembered = self.seen(state)
        LIAR.tell(lie(WORLD))
        got = run("desk", *verb) if verb else submit(state)
        return got, remembered

    def test_each_lie_about_directory_and_stand_is_refused(self):
        verbs = self.verbs()
        contradicted = {row[0] for row in CONTRADICTED}
        for name, _, words, before, lie in REFUSED + CONTRADICTED:
            with self.subTest(name, program="report submit"):
                state = self.state("reporter")
                got, remembered = self.lied(before, lie, state)
                if name in contradicted:
                    self.diverted(got, f"!!! ALARM: desk {DESK} is passed over: ", words)
                else:
                    self.assertEqual(self.refused(got, words).count("\n"), 1)
                if "rout" not in name and "table" not in name:
                    self.assertEqual(self.seen(state), remembered)
            verb = next(verbs)()
            with self.subTest(name, program="desk " + verb[0]):
                got, _ = self.lied(before, lie, verb[-1], *verb)
                self.assertEqual(self.refused(got, words).count("\n"), 1)

    def test_every_desk_verb_holds_to_what_it_saw(self):
        verbs = self.verbs()
        for _ in range(6):
            verb = next(verbs)()
            with self.subTest(verb[0]):
                got, _ = self.lied(lambda w: w.shows(SECOND(w)), lambda w: w.shows(), verb[-1], *verb)
                self.refused(got, "older directory")

    def diverted(self, got, *words):
        """To the fallback alone, which the reporter is shown, with an alarm in these words, or none."""
        status, out, err = got
        self.assertEqual((status, bool(err)), (0, bool(words)), err)
        for word in words:
            self.assertIn(word, err)
        self.assertEqual([one["voor"] for one in json.loads(out)["ontvangers"]], [f"loket:{FALLBACK}"])
        posted, = LIAR.bodies("POST /v1/meldingen")
        key = jws.peek(WORLD.keys[FALLBACK, WORLD.week])
        self.assertEqual([(one["voor"], one["sleutel"]) for one in posted["ontvangers"]],
                         [(f"loket:{FALLBACK}", key_name(unb64u(key["publicKey"])))])

    def test_a_desk_without_a_usable_key_is_passed_over_and_the_reporter_is_told(self):
        for name, _, lie in DIVERTED:
            alarmed = ("is passed over", "shows no standing that a lead") if name.startswith("a stand") else ()
            with self.subTest(name):
                LIAR.tell(lie(WORLD))
                self.diverted(submit(self.state("reporter")), *alarmed if name not in SILENT else ())

    def test_without_any_stand_nothing_is_sealed(self):
        LIAR.tell({DIRECTORY: {**WORLD.truth, "standen": []}})
        self.refused(submit(self.state("reporter")), "No desk has a key", "112")

    def test_verification_without_a_memory(self):
        """baken admin directory-verify: from version 1, over every version."""
        verify = ("admin", "directory-verify", "--url", URL, "--root", DATA / "root.pub")
        chain = {1: WORLD.truth["gids"], 2: SECOND(WORLD), 3: THIRD(WORLD)}
        served = {f"GET /v1/sleutelgids/{number}": {"gids": token} for number, token in chain.items()}
        honest = {**WORLD.shows(chain[3]), **served}
        LIAR.tell(honest)
        done(*verify)
        for name, words, told in (
                ("signed by an unknown root", "not signed by a key", WORLD.shows(WORLD.gids(by=WORLD.stranger))),
                ("past its tot", "has expired", WORLD.shows(WORLD.gids(datum=day(-80), tot=day(-1)))),
                ("an earlier version swapped", "does not follow", {"GET /v1/sleutelgids/2": {"gids": FORK(WORLD)}}),
                ("an earlier version withheld", "was not given", {"GET /v1/sleutelgids/2": 404}),
                ("an earlier version of another number", "another version", {"GET /v1/sleutelgids/2": {"gids": chain[1]}}),
                ("an earlier version by a stranger", "none of the roots",
                 {"GET /v1/sleutelgids/2": {"gids": WORLD.gids(by=WORLD.stranger)}}),
                ("two newest versions", "under a version seen before",
                 {"GET /v1/sleutelgids/3": {"gids": WORLD.gids(chain[2], tot=day(30))}}),
                ("another table", "not the one that the directory signs", {TABLE: WORLD.table + b" "})):
            with self.subTest(name):
                LIAR.tell({**honest, **told})
                status, _, err = run(*verify)
                self.assertEqual(status, 1)
                self.assertIn(words, err)


class Members(Lying):
    """What the lead's program makes of members and keys that do not belong. Nothing that it hands in arrives."""

    def lead(self, verb, *arguments, told):
        """What it says, and whom it wrapped for: lids by epoch key."""
        LIAR.tell({**told, f"POST /v1/loketten/{DESK}/.*": {}})
        status, out, err = run("desk", verb, *arguments, "--profile", profile(DESK, "beheerder1"), "--state",
                               self.state("lead"))
        wrapped = {wrap["lid"] for body in LIAR.bodies("POST .*/sleutels") for wrap in body["wraps"]}
        return status, out, err, wrapped

    def leden(self, change, stand=None, **shown):
        """The answer of GET …/leden, altered; and the directory that goes with this stand."""
        def alter(got):
            answer = got.json()
            change(answer["leden"])
            got.put({**answer, **({"stand": stand} if stand else {})})
        return {**WORLD.shows(stand=stand, **shown), f"GET /v1/loketten/{DESK}/leden": alter}

    def test_a_member_slipped_in_gets_nothing(self):
        real = {demo_key(f"{DESK}/{one}.key")["lid"] for one in ("medewerker", "beheerder1", "beheerder2")}
        for name, member in (("by nobody known", WORLD.member(by=WORLD.stranger)), ("by a lead whose stand lists it not",
                             WORLD.member()), ("by another desk's lead", WORLD.member(by=WORLD.neighbour))):
            with self.subTest(name):
                told = self.leden(lambda x: x.append(member))
                status, _, err, wrapped = self.lead("keys", "--yes", "--weeks", "9", told=told)
                self.assertEqual((status, wrapped), (0, real), err)
        for name, member, words in (
                ("listed, by nobody known", WORLD.member(by=WORLD.stranger), "no lead of the directory signed"),
                ("listed, of another desk", WORLD.member(loket=OTHER), "no lead of the directory signed"),
                ("listed, for more than 26 weeks", WORLD.member(tot=day(190)), "no lead of the directory signed"),
                ("listed, with a key of low order", WORLD.member(boxKey=LOW_ORDER), "no lead of the directory signed"),
                ("listed, over since yesterday", WORLD.member(tot=day(-1)), f"until {day(-1)}")):
            with self.subTest(name):
                stand = WORLD.stand(more=[member])
                told = self.leden(lambda x: x.append(member), stand)
                status, out, err, wrapped = self.lead("keys", "--yes", told=told)
                self.assertEqual((status, wrapped), (0, real), err)
                self.assertIn("A membership no longer counts", out)
                self.assertIn(words, out)
                self.assertNotIn(hash_of(member), jws.peek(LIAR.bodies("POST .*/standen")[0]["stand"])["leden"])
        with self.subTest("listed by the desk's other lead, never compared here"):
            member = WORLD.member(by=WORLD.second)
            stand = WORLD.stand(more=[member], by=WORLD.second)
            got = self.lead("enrol", HOME / "new.key.pub", "--yes", told=self.leden(lambda x: x.append(member), stand))
            self.refused(got[:3], "never compared here", "aa: fingerprint")

    def test_a_member_withheld_from_a_lead(self):
        """They would be dropped from the stand that the lead signs next."""
        lid = demo_key(f"{DESK}/medewerker.key")["lid"]
        def alter(got):
            answer = got.json()
            got.put({**answer, "leden": [one for one in answer["leden"] if jws.peek(one)["lid"] != lid]})
        LIAR.tell({f"GET /v1/loketten/{DESK}/leden": alter, f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "keys", "--yes", "--profile", profile(DESK, "beheerder1"), "--state", self.state("lead")),
                     "withholds 1 memberships and 0 keys", "--drop-missing")

    def test_keys_withheld_from_a_lead(self):
        """They would be listed no longer, and what was sealed to them would open for nobody."""
        LIAR.tell({f"GET /v1/loketten/{DESK}/sleutels": {"sleutels": []}, f"POST /v1/loketten/{DESK}/.*": {}})
        got = run("desk", "keys", "--yes", "--profile", profile(DESK, "beheerder1"), "--state", self.state("lead"))
        self.refused(got, "withholds", "--drop-missing")

    def test_a_wrap_of_another_secret_is_told_by_revoke(self):
        """Where a lead leaves, a key whose wrap was spoiled cannot be signed again, and dies with their key."""
        box = demo_key(f"{DESK}/beheerder2.key")["box"]
        def alter(got):
            answer = got.json()
            for one in answer["sleutels"]:
                if one["sealedSecret"]:
                    one["sealedSecret"] = b64u(bindings.crypto_box_seal(secrets.token_bytes(32), box.public))
            got.put(answer)
        lead = ("--profile", profile(DESK, "beheerder2"), "--state", self.state("lead"))
        LIAR.tell({f"GET /v1/loketten/{DESK}/sleutels": alter, f"POST /v1/loketten/{DESK}/.*": {}})
        status, _, err = run("desk", "revoke", demo_key(f"{DESK}/beheerder1.key")["lid"], "--yes", *lead)
        self.assertEqual(status, 0, err)
        self.assertIn(f"Your wrap of week {WORLD.week} was not passed on", err)

    def test_two_standings_at_once(self):
        told = self.leden(lambda x: None)
        def swap(got):
            got.put({**got.json(), "stand": WORLD.stand()})
        for verb in (("keys", "--yes"), ("enrol", HOME / "new.key.pub", "--yes"), ("status",)):
            with self.subTest(verb[0]):
                got = self.lead(*verb, told={**told, f"GET /v1/loketten/{DESK}/leden": swap})
                self.refused(got[:3], "two standings", "do not trust")

    def test_a_lead_told_that_they_are_no_member(self):
        """They may not look, so what was listed stays listed, the newcomer beside it, and nobody gets a key."""
        was = jws.peek(WORLD.stands[DESK])
        for status in (401, 403):
            with self.subTest(status):
                told = {f"GET /v1/loketten/{DESK}/leden": status}
                got = self.lead("enrol", HOME / "new.key.pub", "--yes", told=told)
                self.assertEqual((got[0], got[3]), (0, set()), got)
                self.assertIn("You held no keys", got[1])
                now = jws.peek(LIAR.bodies("POST .*/standen")[0]["stand"])
                self.assertEqual((now["leden"][:-1], now["sleutels"]), (was["leden"], was["sleutels"]))
                self.refused(self.lead("keys", "--yes", told=told)[:3], "not a member")

    def wraps(self, week):
        """GET …/sleutels, with a secret of another key in this week's wrap."""
        def alter(got):
            answer = got.json()
            for one in answer["sleutels"]:
                if jws.peek(one["sleutel"])["epoch"] == week:
                    self.assertTrue(one["sealedSecret"])
                    one["sealedSecret"] = b64u(bindings.crypto_box_seal(secrets.token_bytes(32), self.box.public))
            got.put(answer)
        return {f"GET /v1/loketten/{DESK}/sleutels": alter}

    def test_a_wrap_of_another_secret_opens_nothing_and_goes_no_further(self):
        week = WORLD.week
        self.box = demo_key(f"{DESK}/medewerker.key")["box"]
        LIAR.tell(self.wraps(week))
        err = self.refused(run("desk", "open", SENT["x"], "--profile", profile(DESK), "--state", self.state("officer")),
                           f"ALARM: week {week}", "does not belong to the signed epoch key", "hold no key")
        self.assertNotIn("Ik zag", err)
        self.box = demo_key(f"{DESK}/beheerder1.key")["box"]
        status, out, err, _ = self.lead("status", told=self.wraps(week))
        self.assertEqual(status, 0)
        self.assertIn(f"Your wrap of week {week} ", out)
        status, out, err, _ = self.lead("enrol", HOME / "new.key.pub", "--yes", told=self.wraps(week))
        self.assertEqual(status, 0, err)
        self.assertIn(f"Your wrap of week {week} was not passed on", err)
        for body in LIAR.bodies("POST .*/leden"):
            self.assertNotIn(week, [wrap["epoch"] for wrap in body["wraps"]])
        mine = {body["sleutel"]: wrap["sealedSecret"] for body in LIAR.bodies("POST .*/sleutels") for wrap in body["wraps"]
                if wrap["lid"] == demo_key(f"{DESK}/beheerder1.key")["lid"]}
        self.assertIn(week, [jws.peek(key)["epoch"] for key in mine])  # a new key for it instead
        for key, sealed in mine.items():
            self.assertEqual(bindings.crypto_scalarmult_base(self.box.open(unb64u(sealed))),
                             unb64u(jws.peek(key)["publicKey"]))

    def test_a_key_in_the_wraps_that_no_lead_signed_is_none(self):
        self.box = demo_key(f"{DESK}/medewerker.key")["box"]
        for name, key in (("by nobody known", WORLD.key(by=WORLD.stranger)),
                          ("of another desk", WORLD.keys[OTHER, WORLD.week])):
            with self.subTest(name):
                def alter(got):
                    answer = got.json()
                    got.put({"sleutels": [{**one, "sleutel": key} for one in answer["sleutels"]]})
                LIAR.tell({f"GET /v1/loketten/{DESK}/sleutels": alter})
                self.refused(run("desk", "open", SENT["x"], "--profile", profile(DESK), "--state", self.state("officer")),
                             "hold no key")


class Reports(Lying):
    def setUp(self):
        super().setUp()
        self.items = {}
        for name, desk in (("x", DESK), ("y", DESK), ("z", OTHER)):
            of = f"GET /v1/loketten/{desk}/meldingen/{SENT[name]}"
            LIAR.tell({of: lambda got, name=name: self.items.update({name: got.json()})})
            done("desk", "open", SENT[name], "--profile", profile(desk), "--state", self.home / f"state-{desk}")

    def open(self, lie, *flags):
        def alter(got):
            item = got.json()
            lie(item, self.items["y"], self.items["z"])
            got.put(item)
        LIAR.tell({f"GET /v1/loketten/{DESK}/meldingen/{SENT['x']}": alter})
        return run("desk", "open", SENT["x"], *flags, "--profile", profile(DESK), "--state", self.state("officer"))

    def test_a_report_that_is_not_the_one_is_not_shown(self):
        for name, words, lie in UNOPENED:
            with self.subTest(name):
                self.assertEqual(self.refused(self.open(lie), words).count("\n"), 1)

    def test_what_differs_outside_is_an_alarm(self):
        for name, codes, words, lie in ALARMED:
            with self.subTest(name):
                status, out, err = self.open(lie, "--json")
                self.assertEqual(status, 0, err)
                self.assertEqual(json.loads(out)["alarmen"], codes)
                self.assertIn("ALARM", err)
                self.assertIn(words, err)
                self.assertIn("ALARM", self.open(lie)[1].splitlines()[0])


class Trail(Lying):
    def officer(self, verb):
        return run("desk", verb, "--profile", profile(DESK), "--state", self.state("officer"))

    def test_a_head_that_does_not_follow(self):
        for name, words, change in HEADS:
            for verb in ("pull", "audit"):
                with self.subTest(name, verb=verb):
                    seen = json.loads(next((HOME / "officer").glob("*.json")).read_text())["logboeken"][-1]
                    told = change(seen["regel"], seen["hash"])
                    LIAR.tell({f"GET /v1/loketten/{DESK}/.*": lambda got, told=told: got.set("logboek", told)})
                    self.assertEqual(self.refused(self.officer(verb), words).count("\n"), 1)

    def test_a_page_of_another_trail(self):
        LIAR.tell(None)
        self.assertEqual(self.officer("audit")[0], 0)
        for name, words, change in TRAILS:
            with self.subTest(name):
                def alter(got):
                    page = got.json()
                    self.assertGreater(len(page["regels"]), 7)
                    change(page)
                    got.put(page)
                    got.set("logboek", f"regel={len(page['regels'])}, hash={hash_of(unb64u(page['regels'][-1]))}")
                LIAR.tell({f"GET /v1/loketten/{DESK}/logboek.*": alter})
                self.refused(self.officer("audit"), *words)
        with self.subTest("the last line withheld"):
            def cut(got):
                page = got.json()
                got.put({**page, "regels": page["regels"][:-1]})
            LIAR.tell({f"GET /v1/loketten/{DESK}/logboek.*": cut})
            self.refused(self.officer("audit"), "does not end where it says")

    def test_a_trail_that_was_cut_and_grew_again(self):
        """Longer than what this machine saw of it; pull asks for the lines since then, and they do not contain it."""
        state, pages = self.state("officer"), []
        officer = ("--profile", profile(DESK), "--state", state)
        LIAR.tell({f"GET /v1/loketten/{DESK}/logboek.*": lambda got: pages.append(got.json())})
        done("desk", "audit", *officer)
        whole = [unb64u(one) for one in pages[0]["regels"]]
        done("desk", "open", SENT["x"], *officer)
        cut = anew(whole + 9 * whole[-1:])
        ends = f"regel={len(cut)}, hash={hash_of(cut[-1])}"
        def other(got):
            got.put({"regels": [b64u(one) for one in cut[len(whole):]], "hoofden": []})
            got.set("logboek", ends)
        LIAR.tell({f"GET /v1/loketten/{DESK}/logboek[?]na={len(whole)}": other,
                   f"GET /v1/loketten/{DESK}/.*": lambda got: got.set("logboek", ends)})
        status, _, err = run("desk", "pull", *officer)
        self.assertEqual(status, 1)
        self.assertIn("no longer contains what this machine saw", err)

    def test_a_head_far_ahead(self):
        """There are no lines that lead to it."""
        state = self.state("officer")
        LIAR.tell({f"GET /v1/loketten/{DESK}/.*": lambda got: got.set("logboek", f"regel={10**9}, hash={NOWHERE}")})
        status, _, err = run("desk", "pull", "--profile", profile(DESK), "--state", state)
        self.assertEqual(status, 1)
        self.assertIn("no longer contains what this machine saw", err)
        LIAR.tell(None)
        self.refused(run("desk", "pull", "--profile", profile(DESK), "--state", state), "cut or rewritten")


class Signing(Lying):
    """Lies to somebody whose signature or sealing others will believe."""

    def test_a_stand_that_was_taken_but_never_put_in_force(self):
        """A lead's machine remembers the stand that it signed itself, so the old one cannot be shown on."""
        state = self.state("lead")
        LIAR.tell({f"POST /v1/loketten/{DESK}/.*": {}})
        lead = ("--profile", profile(DESK, "beheerder1"), "--state", state)
        done("desk", "revoke", demo_key(f"{DESK}/medewerker.key")["lid"], "--yes", *lead)
        LIAR.tell(None)
        self.refused(run("desk", "status", *lead), "older standing")

    def test_a_stand_withheld_from_a_lead_who_enrols(self):
        """They would sign a first stand anew, with the newcomer alone; this machine has seen a later one."""
        LIAR.tell({**WORLD.shows(stand=""), f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "enrol", HOME / "new.key.pub", "--yes", "--profile", profile(DESK, "beheerder1"),
                         "--state", self.state("lead")), "standing")

    def test_a_stand_by_nobody_known_that_a_lead_follows(self):
        """They would sign the one after it, which drops every other member and key, and which every client takes."""
        forged = WORLD.stand(by=WORLD.stranger, leden=[], sleutels=[])
        LIAR.tell({**WORLD.shows(stand=forged), f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "enrol", HOME / "new.key.pub", "--yes", "--profile", profile(DESK, "beheerder1"),
                         "--state", self.state("lead")), "standing")

    def test_the_default_desk_s_newest_key_withheld(self):
        """An older one serves, which somebody may hold who left since: with an alarm (protocol §9)."""
        keys = [token for (desk, epoch), token in WORLD.keys.items() if desk == FALLBACK and epoch != WORLD.week]
        monday = today() - datetime.timedelta(days=today().weekday() + 35)
        old = jws.sign(trust.KEY, demo_key(f"{FALLBACK}/beheerder1.key")["top"], {
            **jws.peek(WORLD.keys[FALLBACK, WORLD.week]), "epoch": epoch_of(monday), "van": monday.isoformat(),
            "tot": (monday + datetime.timedelta(days=7)).isoformat(),
            "publicKey": b64u(jws.BoxKey().public)})
        stand = WORLD.stand(WORLD.stands[FALLBACK], demo_key(f"{FALLBACK}/beheerder1.key")["top"], more=[old])
        LIAR.tell({**WORLD.shows(stand=stand, keys=[*keys, old], desk=FALLBACK), "POST /v1/meldingen": {}})
        status, _, err = submit(self.state("reporter"), "--exclude", DESK)
        sealed = [one["epoch"] for body in LIAR.bodies("POST /v1/meldingen") for one in body["ontvangers"]]
        self.assertNotEqual((status, err, sealed), (0, "", [epoch_of(monday)]))

    def test_a_table_with_an_unknown_desk_is_verified(self):
        """directory-verify looks for the table's desks in the directory."""
        told = WORLD.with_table(lambda table: {**table, "regels": [{"als": {}, "eerste": "nowhere"}, *table["regels"]]})
        gids = told[DIRECTORY]["gids"]
        LIAR.tell({**told, "GET /v1/sleutelgids/1": {"gids": WORLD.truth["gids"]}, "GET /v1/sleutelgids/2": {"gids": gids}})
        status, _, err = run("admin", "directory-verify", "--url", URL, "--root", DATA / "root.pub")
        self.assertEqual(status, 1)
        self.assertIn("a desk that the directory does not have", err)

    def test_a_recipient_added_before_a_report_is_kept(self):
        """keep would seal the content key to every desk that the server names, though the reporter chose another."""
        def alter(got):
            item = got.json()
            item["ontvangers"].append({"voor": f"loket:{OTHER}", "rol": "mede", "epoch": item["epoch"],
                                       "sleutel": b64u(bytes(8)), "sealedKey": item["sealedKey"]})
            got.put(item)
        LIAR.tell({f"GET /v1/loketten/{DESK}/meldingen/{SENT['x']}": alter, "PATCH .*": {}})
        status, out, err = run("desk", "keep", SENT["x"], "--until", day(400), "--reason", "onderzoek-loopt", "--profile",
                               profile(DESK), "--state", self.state("officer"))
        sealed = [(one["voor"], one["sleutel"]) for body in LIAR.bodies("PATCH .*") for one in body["bewaren"]["ontvangers"]]
        theirs = key_name(unb64u(jws.peek(WORLD.keys[OTHER, WORLD.week])["publicKey"]))
        self.assertNotIn((f"loket:{OTHER}", theirs), sealed, (status, out, err))


class Tables(unittest.TestCase):
    def sentences(self):
        text = (SOURCE / "crypto/protocol/errc.cpp").read_text()
        found = re.findall(r'case errc::([a-z_]+):\s+return ((?:"[^"]*"\s*)+);', text)
        return {name: "".join(re.findall('"([^"]*)"', said)) for name, said in found}

    def test_every_errc_is_met_by_a_lie_or_not_a_client_s(self):
        said = self.sentences()
        met = {row[1] for row in REFUSED + CONTRADICTED + DIVERTED} - {None} | MEMBERS | WRAPS | TRAIL
        self.assertEqual(met & set(ELSEWHERE), set())
        self.assertEqual(met | set(ELSEWHERE), set(said))

    def test_the_tables_say_what_the_programs_say(self):
        said = self.sentences()
        for name, errc, words, *_ in REFUSED + CONTRADICTED:
            self.assertIn(words, said[errc], name)
        self.assertEqual(len(set(said.values())), len(said))


if __name__ == "__main__":
    unittest.main()
