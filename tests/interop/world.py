"""The live server as the suite sees it, and a desk of the suite's own with keys of its own.

BAKEN_URL        https://localhost:PORT
BAKEN_CA         cert.pem, the only trust anchor
BAKEN_ROOT       root.pub, b64u, one line
BAKEN_ADD_DESK   command that adds a desk; --id, --name, --kind, --lead and --fallback are appended
"""

import datetime
import os
import pathlib
import secrets
import shlex
import subprocess
import unittest

from nacl import bindings

from witness import envelope, jws, mailbox, routing, trust
from witness.text import b64u, dump_json, epoch_monday, epoch_of, hash_of, new_uuid, today, unb64u
from witness.wire import Actor, Server, codes_in, expect

VARIABLES = ("BAKEN_URL", "BAKEN_CA", "BAKEN_ROOT", "BAKEN_ADD_DESK")
WEEK = datetime.timedelta(days=7)


def missing_variables():
    return [name for name in VARIABLES if not os.environ.get(name)]


def epoch_from_now(weeks):
    return epoch_of(today() + weeks * WEEK)


class Member:
    """An officer: keys made here, membership signed by a lead."""

    def __init__(self, desk, lead, role):
        self.lid, self.role, self.sign, self.box = new_uuid(), role, jws.SignKey(), jws.BoxKey()
        self.actor = Actor(f"lid:{self.lid}", self.sign)
        first = today()
        self.token = jws.sign(trust.MEMBER, lead, {
            "loket": desk, "lid": self.lid, "signKey": b64u(self.sign.public), "boxKey": b64u(self.box.public),
            "rol": role, "van": first.isoformat(), "tot": (first + 25 * WEEK).isoformat()})

    def wrap(self, secret):
        return b64u(bindings.crypto_box_seal(secret, self.box.public))


class Desk:
    """Our desk, from the lead's side: members, epoch keys and the stand that puts them in force."""

    def __init__(self, server, desk_id):
        self.server, self.id = server, desk_id
        self.leads = [jws.SignKey(), jws.SignKey()]
        self.members, self.keys, self.spent_keys = {}, {}, []
        self.version, self.stand_hash, self.stand_token = 0, "", None
        self.signers = {lead_actor(lead).keyid: lead.public for lead in self.leads}

    @property
    def lead(self):
        return lead_actor(self.leads[0])

    def path(self, rest):
        return f"/v1/loketten/{self.id}/{rest}"

    def post(self, rest, body, actor=None):
        answer = self.server.signed(actor or self.lead, "POST", self.path(rest), body)
        expect(answer.status == 201, f"POST {rest}", answer)
        return answer

    def enrol(self, name, role):
        member = Member(self.id, self.leads[0], role)
        self.post("leden", {"lid": member.token, "wraps": []})
        self.members[name] = member
        self.signers[member.actor.keyid] = member.sign.public
        return member

    def key_token(self, epoch, public, lead=None, **changes):
        monday = epoch_monday(epoch)
        return jws.sign(trust.KEY, lead or self.leads[0], {
            "loket": self.id, "epoch": epoch, "publicKey": b64u(public), "van": monday.isoformat(),
            "tot": (monday + WEEK).isoformat(), **changes})

    def renew_key(self, epoch):
        """A fresh key for `epoch`, wrapped for every member now but a coordinator; the second lead signs."""
        box = jws.BoxKey()
        token = self.key_token(epoch, box.public, self.leads[1])
        self.post("sleutels", {"sleutel": token, "wraps": [
            {"lid": member.lid, "sealedSecret": member.wrap(box.secret)} for member in self.members.values()
            if member.role != "regisseur"]})
        if epoch in self.keys:
            self.spent_keys.append(self.keys[epoch])
        self.keys[epoch] = (token, box)

    def stand(self, lead=None, **changes):
        first = today()
        return jws.sign(trust.STAND, lead or self.leads[0], {
            "loket": self.id, "versie": self.version + 1, "vorige": self.stand_hash, "datum": first.isoformat(),
            "tot": (first + datetime.timedelta(days=trust.STAND_DAYS)).isoformat(),
            "leden": [hash_of(member.token) for member in self.members.values()],
            "sleutels": [hash_of(token) for token, _ in self.keys.values()], **changes})

    def publish(self):
        token = self.stand()
        self.post("standen", {"stand": token})
        self.version, self.stand_hash, self.stand_token = self.version + 1, hash_of(token), token

    def get(self, member, rest, **changes):
        answer = self.server.signed(self.members[member].actor, "GET", self.path(rest), **changes)
        expect(answer.status == 200, f"GET {rest}", answer)
        return answer

    def collect(self, member, cursor="", **query):
        """Everything a list gives from `cursor` on: {id: item} and the last cursor."""
        found = {}
        while True:
            asked = {**query, **({"na": cursor} if cursor else {})}
            text = "&".join(f"{name}={value}" for name, value in asked.items())
            page = self.get(member, "meldingen" + (f"?{text}" if text else "")).json()
            found.update((item["id"], item) for item in page["meldingen"])
            cursor = page["cursor"]
            if not page["meer"]:
                return found, cursor

    def epoch_box(self, member, epoch, public):
        """The epoch secret as an officer gets it: the wrap, checked against the lead-signed key."""
        for entry in self.get(member, "sleutels").json()["sleutels"]:
            payload = jws.verify(entry["sleutel"], trust.KEY, [lead.public for lead in self.leads])
            if payload["epoch"] == epoch and payload["publicKey"] == b64u(public) and entry["sealedSecret"]:
                box = jws.BoxKey(self.members[member].box.open(unb64u(entry["sealedSecret"])))
                if box.public == public:
                    return box
        raise AssertionError(f"{member} has no wrap for {epoch}")


def lead_actor(key):
    return Actor(f"beheerder:{key.kid}", key)


class Report:
    """A report as a reporter's client makes it."""

    def __init__(self, world, recipients=None, urgent=False, with_mailbox=True):
        self.id, self.urgent = new_uuid(), urgent
        self.receipt = mailbox.new_receipt() if with_mailbox else None
        self.mailbox = mailbox.Mailbox(self.receipt) if with_mailbox else None
        self.recipients = recipients or [(world.desk.id, routing.EERSTE)]
        self.content_key = secrets.token_bytes(32)
        self.attachments = []
        directory = world.directory()
        usable = directory.usable(today(), world.standaard)
        self.document = {
            "type": "melding", "versie": 1, "id": self.id, "taal": "nl", "rol": "burger", "vormen": ["arbeid"],
            "gemeente": None, "minderjarig": "nee", "spoed": urgent, "wat": "Wat ik zag. Τί είδα. ما رأيت 🕯",
            "contact": None, "professional": None, "politie": "weet-niet", "wensen": ["alleen-melden"],
            "bijlagen": [], "ontvangers": [{"voor": f"loket:{desk}", "rol": role} for desk, role in self.recipients],
            "gids": {"versie": directory.gids["versie"], "hash": directory.hash},
            "postbus": {"boxKey": b64u(self.mailbox.box.public),
                        "signKey": b64u(self.mailbox.sign.public)} if with_mailbox else None}
        self.keys = {desk: usable[desk] for desk, _ in self.recipients}

    def entries(self):
        return [envelope.desk_recipient(desk, self.keys[desk].epoch, self.keys[desk].public, role,
                                        self.content_key, self.id) for desk, role in self.recipients]

    def body(self, **changes):
        """The posted object, without `vulling`."""
        sealed = envelope.seal_body(envelope.MELDING, self.id, self.content_key, dump_json(self.document))
        postbus = {"signKey": b64u(self.mailbox.sign.public)} if self.mailbox else None
        return {"id": self.id, "suite": envelope.SUITE, "ontvangers": self.entries(), "body": b64u(sealed),
                "spoed": self.urgent, "bijlagen": self.attachments, "postbus": postbus, **changes}

    def raw(self):
        return envelope.filled(self.body())


class World:
    def __init__(self, own_desk=True):
        """own_desk: whether to add a desk of our own to the directory, with a lead and an officer."""
        self.server = Server(os.environ["BAKEN_URL"], os.environ["BAKEN_CA"])
        self.roots = [unb64u(pathlib.Path(os.environ["BAKEN_ROOT"]).read_text("ascii").strip(), 32)]
        self.memory = trust.Memory()
        interface = self.server.get("/v1/openapi.json")
        self.codes = codes_in(interface.body)
        described = interface.json()
        base = described["servers"][0]["url"].rstrip("/")
        self.published = {f"{method.upper()} {base}{path}" for path, methods in described["paths"].items()
                          for method in methods}
        before = self.directory()
        self.standaard = routing.read_table(self.server.routing(), before)["standaard"]
        self.version_before = before.gids["versie"]
        if own_desk:
            self.add_desk()

    def add_desk(self):
        self.desk = Desk(self.server, f"interop-{secrets.token_hex(4)}")
        command = shlex.split(os.environ["BAKEN_ADD_DESK"])
        command += ["--id", self.desk.id, "--name", "Interop", "--kind", "zorg", "--fallback", self.standaard]
        for lead in self.desk.leads:
            command += ["--lead", b64u(lead.public)]
        subprocess.run(command, check=True, timeout=120)
        for name, role in (("lead", "beheerder"), ("officer", "medewerker")):
            self.desk.enrol(name, role)
        for weeks in (0, 1, 4):
            self.desk.renew_key(epoch_from_now(weeks))
        self.desk.publish()

    def directory(self):
        document = self.server.get("/v1/sleutelgids").json()
        return trust.read_directory(document, self.roots, today(), self.memory,
                                    self.server.gids_version, self.server.stand_version)

    def post_report(self, report, status=201):
        answer = self.server.post("/v1/meldingen", report.raw())
        expect(answer.status == status, "POST /v1/meldingen", answer)
        return answer


_made = {}


def world():
    """One world per run; if it cannot be made, every class says so instead of trying again."""
    if missing_variables():
        raise unittest.SkipTest(f"no live server: {', '.join(missing_variables())} not set")
    if "fault" in _made:
        raise _made["fault"]
    if "world" not in _made:
        try:
            _made["world"] = World()
        except Exception as fault:
            _made["fault"] = fault
            raise
    return _made["world"]


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = world()
        cls.server, cls.desk = cls.world.server, cls.world.desk

    def needs(self, route):
        """Skips what this stage of the server does not publish yet; runs by itself once the route is there."""
        if route not in self.world.published:
            self.skipTest(f"{route} is not published")

    def assert_status(self, status, answer):
        self.assertEqual(answer.status, status, answer.body[:600])

    def assert_faults(self, answer, *places):
        """400, and for each place (a name, or alternatives) an entry of `errors` that points there."""
        self.assert_status(400, answer)
        errors = answer.json()["errors"]
        for place in places:
            names = (place,) if isinstance(place, str) else place
            self.assertTrue(any(name in fault["location"] for fault in errors for name in names), (place, errors))
        for fault in errors:
            self.assertIn(fault["code"], self.world.codes)
        return errors
