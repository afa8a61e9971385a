"""Protocol §3 and §4, the inside of envelopes: reports, and the signed texts of a thread."""

from . import jws, trust
from .envelope import ANTWOORD, BERICHT, LOKETBERICHT, MELDING, NOTITIE, open_for
from .mailbox import mailbox_id_of
from .text import Refused, dump_json, parse_json, unb64u, uuid_bytes

TYPES = {BERICHT: "bericht", ANTWOORD: "antwoord", NOTITIE: "notitie", LOKETBERICHT: "loketbericht"}


def open_report(envelope, voor, box_key):
    """The report document; refuses one whose id is not the envelope's."""
    report = parse_json(open_for(MELDING, envelope, voor, box_key))
    if report.get("type") != "melding" or report.get("versie") != 1:
        raise Refused("not a report of this version")
    if report.get("id") != envelope["id"]:
        raise Refused("the report inside is another")
    return report


def alarms(report, envelope, urgent, mailbox_id=None):
    """Where the outside of a report differs from the copy inside."""
    found = []
    if report["spoed"] is not urgent:
        found.append("spoed")
    inside = {(entry["voor"], entry["rol"]) for entry in report["ontvangers"]}
    if inside != {(entry["voor"], entry["rol"]) for entry in envelope["ontvangers"]}:
        found.append("ontvangers")
    postbus = report.get("postbus")
    if mailbox_id is not None and (not postbus or mailbox_id_of(unb64u(postbus["signKey"], 32)) != mailbox_id):
        found.append("postbus")
    return found


def text_of(kind, key, envelope_id, payload, member_token=None):
    """The JSON inside an envelope of kind 2–5, signed."""
    signed = jws.sign(trust.MESSAGE, key, {"id": envelope_id, "soort": kind, **payload})
    document = {"type": TYPES[kind], "bericht": signed}
    if member_token is not None:
        document["lid"] = member_token
    return dump_json(document)


def open_text(kind, envelope, voor, box_key, report_id, directory, day, mailbox_sign=None):
    """The payload of a text, its author verified: the mailbox for kind 2, a member else."""
    document = parse_json(open_for(kind, envelope, voor, box_key))
    if document.get("type") != TYPES[kind]:
        raise Refused("a text of another type")
    if kind == BERICHT:
        payload = jws.verify(document.get("bericht"), trust.MESSAGE, [mailbox_sign])
        author = f"postbus:{mailbox_id_of(mailbox_sign)}"
    else:
        member = trust.read_member(document.get("lid"), directory, day)
        payload = jws.verify(document.get("bericht"), trust.MESSAGE, [unb64u(member["signKey"], 32)])
        author = f"loket:{member['loket']}"
    uuid_bytes(payload.get("id"))
    if payload["id"] != envelope["id"] or payload.get("soort") != kind or payload.get("van") != author:
        raise Refused("a text that does not fit its envelope")
    if payload.get("meldingId") != (None if kind == BERICHT else report_id):
        raise Refused("a text of another report")
    return payload


def open_reply(envelope, mailbox, directory, day):
    """A desk's answer, as the reporter reads it: no report id to compare, but its own mailbox."""
    voor = f"postbus:{mailbox.id}"
    document = parse_json(open_for(ANTWOORD, envelope, voor, mailbox.box))
    payload = open_text(ANTWOORD, envelope, voor, mailbox.box,
                        jws.peek(document.get("bericht")).get("meldingId"), directory, day)
    if payload.get("aan") != voor:
        raise Refused("an answer to another mailbox")
    return payload
