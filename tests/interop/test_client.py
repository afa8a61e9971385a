"""The witness by itself: the chain of trust with every refusal of §2, routing (§9), receipts, strict JSON.

Run: /usr/bin/python3 tests/interop/test_client.py
"""

import datetime
import unittest

from witness import envelope, jws, mailbox, routing, trust
from witness.text import Refused, b64u, dump_json, epoch_monday, epoch_of, hash_of, new_uuid, parse_json, unb64u

TODAY = datetime.date(2026, 11, 18)  # a Wednesday of 2026-W47


def plus(days):
    return (TODAY + datetime.timedelta(days=days)).isoformat()


class Made:
    """A small directory: root, two desks, one lead each."""

    def __init__(self):
        self.root, self.lead, self.other = jws.SignKey(), jws.SignKey(), jws.SignKey()
        self.keys = [self.key("a", week) for week in ("2026-W47", "2026-W48")]
        self.member = jws.sign(trust.MEMBER, self.lead, {
            "loket": "a", "lid": new_uuid(), "signKey": b64u(jws.SignKey().public),
            "boxKey": b64u(jws.BoxKey().public), "rol": "medewerker", "van": plus(0), "tot": plus(100)})

    def key(self, desk, epoch, lead=None, **changes):
        monday = epoch_monday(epoch)
        return jws.sign(trust.KEY, lead or self.lead, {
            "loket": desk, "epoch": epoch, "publicKey": b64u(jws.BoxKey().public), "van": monday.isoformat(),
            "tot": (monday + datetime.timedelta(days=7)).isoformat(), **changes})

    def stand(self, versie=1, vorige="", lead=None, **changes):
        return jws.sign(trust.STAND, lead or self.lead, {
            "loket": "a", "versie": versie, "vorige": vorige, "datum": plus(0), "tot": plus(35),
            "leden": [hash_of(self.member)], "sleutels": [hash_of(key) for key in self.keys], **changes})

    def gids(self, versie=1, vorige="", root=None, **changes):
        return jws.sign(trust.GIDS, root or self.root, {
            "versie": versie, "vorige": vorige, "datum": plus(0), "tot": plus(92), "logboek": b64u(bytes(32)),
            "routering": hash_of(b"{}"), "loketten": [
                {"id": "a", "naam": "A", "soort": "zorg", "opsporing": False, "achtervang": "b",
                 "beheerders": [b64u(self.lead.public)]},
                {"id": "b", "naam": "B", "soort": "landelijk", "opsporing": False, "achtervang": None,
                 "beheerders": [b64u(self.other.public)]}], **changes})

    def read(self, gids=None, stands=None, keys=None, memory=None, day=TODAY, earlier=()):
        document = {"gids": gids or self.gids(), "standen": [self.stand()] if stands is None else stands,
                    "sleutels": self.keys if keys is None else keys}
        by_version = {jws.peek(token)["versie"]: token for token in earlier}
        return trust.read_directory(document, [self.root.public], day, memory or trust.Memory(),
                                    by_version.__getitem__, lambda desk, version: by_version[version])


class Chain(unittest.TestCase):
    def setUp(self):
        self.made = Made()

    def usable(self, **parts):
        directory = self.made.read(**parts)
        return directory.usable_key("a", parts.get("day", TODAY), "b"), directory.alarms

    def test_holds(self):
        key, alarms = self.usable()
        self.assertEqual((key.epoch, alarms), ("2026-W47", []))
        directory = self.made.read()
        self.assertEqual(trust.read_member(self.made.member, directory, TODAY)["rol"], "medewerker")

    def test_a_gids_is_refused(self):
        for why, gids in {"foreign root": self.made.gids(root=jws.SignKey()), "ran out": self.made.gids(tot=plus(-1)),
                          "too long": self.made.gids(tot=plus(93)), "no forerunner": self.made.gids(vorige="x"),
                          "versie": self.made.gids(versie=True)}.items():
            with self.subTest(why), self.assertRaises(Refused):
                self.made.read(gids=gids)

    def test_memory(self):
        first = self.made.gids()
        second = self.made.gids(2, hash_of(first))
        third = self.made.gids(3, hash_of(second))
        memory = trust.Memory()
        self.made.read(gids=first, memory=memory)
        with self.assertRaises(Refused):
            self.made.read(gids=self.made.gids(tot=plus(91)), memory=memory)
        with self.assertRaises(Refused):
            self.made.read(gids=third, memory=memory, earlier=[self.made.gids(2, hash_of(first), tot=plus(9))])
        with self.assertRaises(Refused):
            self.made.read(gids=self.made.gids(2, hash_of(b"x")), memory=memory)
        self.made.read(gids=third, memory=memory, earlier=[second])
        with self.assertRaises(Refused):
            self.made.read(gids=second, memory=memory)

    def test_a_desk_without_a_stand_in_force_has_no_key(self):
        made = self.made
        for why, stands in {"none": [], "stranger": [made.stand(lead=made.other)],
                            "ran out": [made.stand(datum=plus(-9), tot=plus(-1))],
                            "too long": [made.stand(tot=plus(36))], "two": [made.stand(), made.stand(leden=[])]}.items():
            with self.subTest(why):
                key, _ = self.usable(stands=stands)
                self.assertIsNone(key)

    def test_keys_that_do_not_count(self):
        made, twin = self.made, self.made.key("a", "2026-W47")
        self.assertIsNone(self.usable(stands=[made.stand(sleutels=[])])[0])
        listed = [hash_of(key) for key in [*made.keys, twin]]
        key, alarms = self.usable(stands=[made.stand(sleutels=listed)], keys=[*made.keys, twin])
        self.assertIsNone(key)
        self.assertTrue(alarms)
        for bad in (made.key("a", "2026-W47", made.other), made.key("a", "2026-W47", tot=plus(90))):
            self.assertIsNone(self.usable(stands=[made.stand(sleutels=[hash_of(bad)])], keys=[bad])[0])

    def test_only_standaard_outlives_its_dates(self):
        later = TODAY + datetime.timedelta(days=60)
        directory = self.made.read(day=later)
        self.assertIsNone(directory.usable_key("a", later, "b"))
        self.assertEqual(directory.usable_key("a", later, "a").epoch, "2026-W48")

    def test_a_member_no_stand_lists(self):
        directory = self.made.read(stands=[self.made.stand(leden=[])])
        with self.assertRaises(Refused):
            trust.read_member(self.made.member, directory, TODAY)


class Routing(unittest.TestCase):
    TABLE = {"versie": 1, "datum": "2026-11-01", "standaard": "landelijk",
             "gemeenten": {"GM1": {"regio": "noord", "zorg": "zorgnoord"}, "GM2": {"regio": "zuid"}},
             "regels": [
                 {"als": {"politie": ["liever-niet"], "rol": ["slachtoffer"]}, "eerste": "@zorg", "zonder": ["opsporing"]},
                 {"als": {"minderjarig": ["ja"]}, "spoed": True},
                 {"als": {"plek": ["grens"]}, "eerste": "kmar", "mede": ["@regio"]},
                 {"als": {"alleenVorm": ["arbeid"], "minderjarig": ["nee", "onbekend"]},
                  "eerste": "nla", "mede": ["@regio"]},
                 {"als": {"vorm": ["arbeid"]}, "eerste": "@regio", "mede": ["nla"]},
                 {"als": {"maan": ["vol"]}, "eerste": "kmar"}, {"als": {"spoed": [1]}, "eerste": "kmar"}]}
    GIDS = {"loketten": [{"id": name, "opsporing": police, "achtervang": fallback} for name, police, fallback in (
        ("noord", True, "zuid"), ("zuid", True, "noord"), ("kmar", True, "landelijk"), ("nla", True, "landelijk"),
        ("zorg", False, "landelijk"), ("zorgnoord", False, "zorg"), ("landelijk", False, None))]}
    ALL = {desk["id"] for desk in GIDS["loketten"]}

    def decide(self, excluded=(), usable=None, **report):
        report = {"vormen": ["seksueel"], "rol": "burger", "minderjarig": "nee", "politie": "weet-niet",
                  "gemeente": "GM1", "plek": None, **report}
        return routing.decide(self.TABLE, report, set(excluded), self.ALL if usable is None else usable, self.GIDS)

    def test_table(self):
        victim = {"rol": "slachtoffer", "politie": "liever-niet"}
        for asked, answer in (
                ({}, ["noord eerste"]), ({"gemeente": "GM9"}, ["landelijk eerste"]),
                ({"gemeente": None}, ["landelijk eerste"]), (victim, ["zorgnoord eerste"]),
                ({**victim, "gemeente": "GM2"}, ["zorg eerste"]),
                ({**victim, "minderjarig": "ja", "gemeente": "GM2"}, ["zorg eerste", "landelijk achtervang"]),
                ({**victim, "usable": set()}, ["landelijk eerste"]), ({"plek": "grens"}, ["kmar eerste", "noord mede"]),
                ({"vormen": ["arbeid"]}, ["nla eerste", "noord mede"]),
                ({"vormen": ["arbeid"], "minderjarig": "onbekend"}, ["nla eerste", "noord mede"]),
                ({"vormen": ["arbeid"], "minderjarig": "ja"}, ["noord eerste", "nla mede", "zuid achtervang"]),
                ({"vormen": ["arbeid", "orgaan"]}, ["noord eerste", "nla mede"]),
                ({"vormen": ["onbekend", "arbeid"]}, ["noord eerste", "nla mede"]),
                ({"excluded": ["noord"]}, ["zuid eerste"]),
                ({"excluded": ["noord", "zuid"]}, ["landelijk eerste"]),
                ({"excluded": ["landelijk"], "gemeente": None}, ["landelijk eerste"]),
                ({"spoed": True}, ["noord eerste", "zuid achtervang"]),
                ({"spoed": True, "excluded": ["zuid"]}, ["noord eerste"]),
                ({"plek": "grens", "usable": {"landelijk"}}, ["landelijk eerste"])):
            with self.subTest(asked):
                self.assertEqual([f"{desk} {role}" for desk, role in self.decide(**asked)[0]], answer)
        self.assertTrue(self.decide(minderjarig="ja")[1])


class Small(unittest.TestCase):
    def test_epochs(self):
        for day, epoch in (("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"), ("2026-11-16", "2026-W47")):
            self.assertEqual(epoch_of(datetime.date.fromisoformat(day)), epoch)
        with self.assertRaises(Refused):
            epoch_monday("2027-W53")

    def test_strict_json(self):
        for raw in (b'{"a":1,"\\u0061":2}', b"\xef\xbb\xbf{}", b"1.0", b"1e3", b"9007199254740992", b'"\\ud800"',
                    b'"\\u0000"', b"[" * 17 + b"]" * 17, b'"\xff"', b"NaN", b"{} {}", b"", b'{"a":1,}'):
            with self.subTest(raw), self.assertRaises(Refused):
                parse_json(raw)
        self.assertTrue(parse_json(b"[" * 15 + b'["[[[", 9007199254740991]' + b"]" * 15))
        self.assertEqual(parse_json('"\\ud83d\\udd6f é"'.encode()), "🕯 é")

    def test_receipts_survive_how_people_write(self):
        receipt = mailbox.new_receipt()
        typed = "\u202a" + mailbox.grouped(receipt).replace(" ", "\u2013\u00a0\u200f") + "\t"
        self.assertEqual(mailbox.read_receipt(typed), receipt)
        for at in range(24):
            wrong = receipt[:at] + str((int(receipt[at]) + 1) % 10) + receipt[at + 1:]
            with self.assertRaises(Refused):
                mailbox.read_receipt(wrong)

    def test_filling_reaches_each_length(self):
        for size in envelope.CLASSES:
            box = jws.BoxKey()
            made = envelope.make(1, new_uuid(), bytes(b"x" * (size - 41)), [
                lambda k, i, box=box: envelope.desk_recipient("a", "2026-W47", box.public, "eerste", k, i)])
            self.assertEqual(len(unb64u(made["body"])), size)
            self.assertEqual(len(envelope.filled(made)), envelope.FILLED[size])
            self.assertEqual(len(envelope.open_for(1, made, "loket:a", box)), size - 41)
            with self.assertRaises(Refused):
                envelope.open_for(2, made, "loket:a", box)
        self.assertEqual(dump_json({"ä": None}), '{"ä":null}'.encode())


if __name__ == "__main__":
    unittest.main()
