"""The tables of lies: a lie, the errc that it meets, words of what is said, what was shown honestly before, the lie. For
lying_trust.py and lying_desk.py; stage.py has the world that they are told in.
"""
import json
import secrets

import stage
from liar import DATA, DIRECTORY, TABLE, day
from stage import DESK, OTHER
from witness import envelope, jws, trust
from witness.text import b64u, dump_json, hash_of, key_name, unb64u

LOW_ORDER = b64u(bytes(32))
NOWHERE = hash_of(b"nowhere")


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
    ("a directory signed by an unknown root", "bad_signature", "not by the root key that is trusted here", None,
     lambda w: w.shows(w.gids(by=w.stranger))),
    ("a directory signed by a lead", "bad_signature", "not by the root key that is trusted here", None,
     lambda w: w.shows(w.gids(by=w.lead))),
    ("a signed document of another kind", "unknown_version", "a version that this program does not know", None,
     lambda w: w.shows(w.gids(typ=trust.STAND))),
    ("no JSON", "bad_json", "not strict JSON", None, lambda w: {DIRECTORY: b"{"}),
    ("JSON without a directory", "bad_document", "lacks a member", None, lambda w: {DIRECTORY: b"{}"}),
    ("a directory past its tot", "gids_expired", "has expired", None,
     lambda w: w.shows(w.gids(datum=day(-80), tot=day(-1)))),
    ("a directory for more than 92 days", "gids_term", "longer than 92 days", None, lambda w: w.shows(w.gids(tot=day(93)))),
    ("a desk that stands twice", "gids_double", "is in the directory twice", None,
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
    ("two keys for one week", "key_double",
     lambda w: (lambda more: w.shows(stand=w.stand(more=[more]), more=[more]))(w.key())),
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
    ("a week of long ago", "a week of which you hold no key", lambda x, y, z: x.update(epoch="2019-W01")),
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
# What a colleague may have opened, and what is no answer at all: the server is not told that these do not open.
UNTOLD = ("a week of which you hold no key", "not one that this interface has")
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
                "gids": {"versie": 1, "hash": hash_of(stage.WORLD.truth["gids"])}, "postbus": None, **changes}
    key, public = secrets.token_bytes(32), unb64u(jws.peek(stage.WORLD.keys[DESK, stage.WORLD.week])["publicKey"])
    item["body"] = b64u(envelope.seal_body(envelope.MELDING, item["id"], key, dump_json(document)))
    put_key(item, b64u(envelope.seal_key(key, item["id"], public)))
    item["postbus"] = None


# What the Logboek field of an answer becomes, from the last one that this machine saw (number, hash).
HEADS = [
    ("the trail's head missing", "how far the desk's audit trail goes", lambda n, h: None),
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
    ("bytes that are no line", ["line 4 ", "not a line of a trail"], lambda p: lines_of(p, lambda x: [*x[:3], b"{}", *x[4:]])),
    ("a daily head by nobody known", ["not signed with a log key"], lambda p: head_of(p, stage.WORLD.stranger)),
    ("a daily head by a lead", ["not signed with a log key"], lambda p: head_of(p, stage.WORLD.lead)),
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
