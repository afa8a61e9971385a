#!/usr/bin/python3
"""One member's key against a whole desk: whoever has it wipes nothing and buries nothing. Told by a client that shares no
code with the server. Run by tests/with_server.py.
"""
import contextlib
import os
import pathlib
import sqlite3
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

from server_destruction import Working  # noqa: E402
from witness import routing  # noqa: E402
from witness.text import new_uuid  # noqa: E402
from world import Report  # noqa: E402

DATABASE = pathlib.Path(os.environ["BAKEN_DATA"]) / "baken.db"


def asked(sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True, timeout=10)) as db:
        return db.execute(sql, values).fetchall()


class OneKey(Working):
    def states(self, reports):
        listed, _ = self.desk.collect("lead", aantal=200)
        return [listed[report.id]["status"] if report.id in listed else None for report in reports]

    def test_a_member_alone_destroys_nothing_and_orders_fifty_a_day(self):
        thief = self.desk.enrol("thief", "medewerker")
        self.desk.publish()
        reports = [self.posted() for _ in range(52)]
        answers = [self.delete(report, "thief", tag='"1"') for report in reports]
        self.assertEqual([answer.status for answer in answers], [202] * 50 + [429] * 2)
        self.assertTrue(0 < int(answers[50].head("Retry-After")) <= 86400)
        # Saying it again changes nothing, with whatever revision.
        for tag in ('"1"', '"2"'):
            self.assert_status(202, self.delete(reports[0], "thief", tag=tag))
        self.assertEqual(self.states(reports), ["wordt-vernietigd"] * 50 + ["nieuw"] * 2)
        # What is taken back counts all the same.
        self.assert_status(200, self.patch(reports[0], {"vernietiging": None}))
        self.assert_status(429, self.delete(reports[51], "thief"))
        # Nobody opened them: another member without a lead ends none either, and time never does.
        self.assertIsNone(answers[1].json()["vernietiging"]["uiterlijk"])
        self.assert_status(403, self.delete(reports[1], "second"))
        for report in reports[1:50]:
            self.assert_status(200, self.patch(report, {"vernietiging": None}))
        self.assertEqual(set(self.states(reports)), {"nieuw"})
        del thief

    def test_an_order_does_not_stop_the_hour_of_an_urgent_report(self):
        roles = [(self.desk.id, routing.EERSTE), (self.world.standaard, routing.ACHTERVANG)]
        report = Report(self.world, roles, urgent=True)
        self.world.post_report(report)
        sql = ("SELECT o.vrij_uur FROM ontvangers o JOIN meldingen m ON m.rij = o.melding WHERE m.id = ? "
               "AND o.rol = 'achtervang'")
        row = bytes.fromhex(report.id.replace("-", ""))
        before = asked(sql, row)
        self.assertIsNotNone(before[0][0])
        self.assert_status(202, self.delete(report))
        self.assertEqual(asked(sql, row), before)
        self.assertFalse(self.fetch(report).json()["geopend"])

    def test_a_lead_key_makes_nobody_who_confirms(self):
        report = self.posted()
        self.open(report, "officer", "second")
        self.assert_status(202, self.delete(report))
        fresh = f"fresh-{new_uuid()}"
        self.desk.enrol(fresh, "beheerder")
        self.desk.publish()
        self.assert_status(403, self.delete(report, fresh))
        # The lead key itself signs for no report at all.
        self.assert_status(403, self.server.signed(self.desk.lead, "DELETE", self.path(report) + "?reden=misbruik",
                                                   headers={"if-match": self.tag(report)}))
        self.assertEqual(self.states([report]), ["wordt-vernietigd"])
        self.assert_status(200, self.delete(report, "second"))

    def test_an_order_or_its_confirmation_is_not_replayed(self):
        report = self.posted()
        self.open(report, "officer", "second")
        target, headers = self.path(report) + "?reden=misbruik", {"if-match": self.tag(report)}
        order = self.server.signed_headers(self.desk.members["officer"].actor, "DELETE", target, headers=headers)
        self.assert_status(202, self.server.send("DELETE", target, None, order))
        self.assert_status(200, self.patch(report, {"vernietiging": None}))
        self.assert_status(401, self.server.send("DELETE", target, None, order))
        self.assertEqual(self.states([report]), ["nieuw"])
        # A confirmation of an order that was taken back does nothing to the next one.
        self.assert_status(202, self.delete(report))
        seen = self.tag(report)
        confirm = self.server.signed_headers(self.desk.members["second"].actor, "DELETE", target,
                                             headers={"if-match": seen})
        self.assert_status(200, self.patch(report, {"vernietiging": None}))
        self.assert_status(202, self.delete(report))
        self.assert_status(409, self.server.send("DELETE", target, None, confirm))
        self.assert_status(401, self.server.send("DELETE", target, None, confirm))
        self.assertEqual(self.states([report]), ["wordt-vernietigd"])

    def test_a_confirmation_names_the_order_that_was_seen(self):
        report = self.posted()
        self.open(report, "officer", "second")
        unseen = self.tag(report)
        self.assert_status(202, self.delete(report))
        self.assert_status(409, self.delete(report, "second", tag=unseen))
        self.assert_faults(self.server.signed(self.desk.members["second"].actor, "DELETE",
                                              self.path(report) + "?reden=misbruik"), "If-Match")
        self.assertEqual(self.states([report]), ["wordt-vernietigd"])

    def test_what_was_ordered_is_handed_to_nobody_of_the_desk(self):
        report = self.posted()
        key = self.fetch(report).json()["sealedKey"]
        self.assert_status(202, self.delete(report))
        for member in ("officer", "second", "lead"):
            for answer in (self.fetch(report, member),
                           self.server.signed(self.desk.members[member].actor, "GET",
                                              self.desk.path("meldingen?metBody=true&status=wordt-vernietigd"))):
                self.assertNotIn(key.encode(), answer.body)
        self.assert_status(200, self.patch(report, {"vernietiging": None}))
        self.assertIn(key.encode(), self.fetch(report).body)


if __name__ == "__main__":
    unittest.main()
