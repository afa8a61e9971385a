#!/usr/bin/python3
"""An urgent report is never silently lost: whoever only fetches it opens nothing, whoever opens it says so, whoever cannot
says that, and the fallback desk gets the key. Told by a client that shares no code with the server, and by the desk's
own program. Run by tests/with_server.py with somebody at every desk.
"""
import contextlib
import http.client
import json
import os
import pathlib
import sqlite3
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "interop"))

from witness import envelope, routing  # noqa: E402
from witness.text import dump_json, new_uuid, parse_json, unb64u  # noqa: E402
from world import Case, Report  # noqa: E402

DATABASE = pathlib.Path(os.environ["BAKEN_DATA"]) / "baken.db"
HOUR = 3600


def asked(sql, *values):
    with contextlib.closing(sqlite3.connect(DATABASE, timeout=10)) as db, db:
        return db.execute(sql, values).fetchall()


def trail(desk):
    """(handeling, object, lid, signatureBase) of every line."""
    lines = (json.loads(row[0]) for row in asked("SELECT bytes FROM logboek WHERE loket = ? ORDER BY regel", desk))
    return [(one["handeling"], one["object"], one["lid"], one["signatureBase"]) for one in lines]


class Opened(Case):
    def urgent(self):
        roles = [(self.desk.id, routing.EERSTE), (self.world.standaard, routing.ACHTERVANG)]
        report = Report(self.world, roles, urgent=True)
        self.world.post_report(report)
        return report

    def row(self, report):
        return bytes.fromhex(report.id.replace("-", ""))

    def hour(self, report):
        return asked("SELECT o.vrij_uur FROM ontvangers o JOIN meldingen m ON m.rij = o.melding WHERE m.id = ? "
                     "AND o.rol = 'achtervang'", self.row(report))[0][0]

    def released(self, report):
        return asked("SELECT o.vrij FROM ontvangers o JOIN meldingen m ON m.rij = o.melding WHERE m.id = ? "
                     "AND o.rol = 'achtervang'", self.row(report))[0][0] == 1

    def opened(self, report):
        return self.desk.get("officer", f"meldingen/{report.id}").json()["geopend"]

    def say(self, report, what="geopend", member="officer", uuid=None, raw=None, desk=None):
        body = raw or dump_json({"id": uuid or new_uuid(), "handeling": what, "tot": None})
        path = f"/v1/loketten/{desk or self.desk.id}/meldingen/{report.id}/inzagen"
        return self.server.signed(self.desk.members[member].actor, "POST", path, body)

    def lines(self, report, desk=None):
        return [what for what, about, _, _ in trail(desk or self.desk.id) if about.startswith(report.id)]

    def test_fetched_by_every_means_the_hour_runs_on_and_the_fallback_gets_the_key(self):
        report = self.urgent()
        hour, now = self.hour(report), time.time()
        self.assertTrue(now + 2 * HOUR <= hour * HOUR < now + 3 * HOUR + 60, (now, hour))
        self.desk.collect("officer")
        self.assertIn(report.id, self.desk.collect("officer", metBody="true")[0])
        self.desk.collect("officer", status="nieuw", metBody="true")
        for _ in range(2):
            self.assertFalse(self.opened(report))
        path, actor = self.desk.path(f"meldingen/{report.id}"), self.desk.members["lead"].actor
        self.assert_status(200, self.server.signed(actor, "HEAD", path))
        self.assert_status(201, self.say(report, "geexporteerd"))
        self.assertEqual(self.hour(report), hour)
        self.assertFalse(self.opened(report))
        # Its hour passes.
        asked("UPDATE ontvangers SET vrij_uur = ? WHERE vrij_uur = ? AND melding = "
              "(SELECT rij FROM meldingen WHERE id = ?)", int(now) // HOUR, hour, self.row(report))
        deadline = time.monotonic() + 90
        while not self.released(report) and time.monotonic() < deadline:
            time.sleep(0.5)
        self.assertTrue(self.released(report), "the fallback waits for a key that nobody hands out")
        for desk in (self.desk.id, self.world.standaard):
            self.assertEqual(self.lines(report, desk).count("achtervang-vrijgegeven"), 1)
        base = next(base for what, about, _, base in trail(self.world.standaard)
                    if (what, about) == ("achtervang-vrijgegeven", report.id))
        self.assertIn(time.strftime("uur: %Y-%m-%dT%H:00Z", time.gmtime(int(now) // HOUR * HOUR)), base)
        # What is only fetched is told of, too: retention and warnings ask whether it was opened.
        self.assertEqual(asked("SELECT geopend FROM meldingen WHERE id = ?", self.row(report)), [(0,)])

    def test_a_program_that_crashes_after_the_fetch(self):
        report = self.urgent()
        hour, path = self.hour(report), self.desk.path(f"meldingen/{report.id}")
        headers = self.server.signed_headers(self.desk.members["officer"].actor, "GET", path)
        line = http.client.HTTPSConnection(self.server.host, self.server.port, timeout=30, context=self.server.tls)
        line.request("GET", path, headers=headers)
        self.assertEqual(line.getresponse().status, 200)
        line.close()
        self.assertEqual((self.hour(report), self.opened(report)), (hour, False))
        self.assertEqual(self.lines(report)[0], "melding-opgehaald")

    def test_opened_by_the_first_desk_the_hour_ends_and_every_list_says_so(self):
        report = self.urgent()
        _, cursor = self.desk.collect("lead")
        self.assert_status(201, self.say(report))
        self.assertIsNone(self.hour(report))
        again, _ = self.desk.collect("lead", cursor)
        self.assertTrue(again[report.id]["geopend"], "it comes again, at the end of the list")
        self.assertFalse(self.released(report))

    def test_a_change_of_status_opens_and_an_assignment_does_not(self):
        report = self.urgent()
        path, actor = self.desk.path(f"meldingen/{report.id}"), self.desk.members["officer"].actor

        def patch(body, revision):
            answer = self.server.signed(actor, "PATCH", path, body, headers={"if-match": f'"{revision}"'})
            self.assert_status(200, answer)

        patch({"toegewezen": self.desk.members["officer"].lid}, 1)
        self.assertFalse(self.opened(report))
        self.assertIsNotNone(self.hour(report))
        patch({"status": "in-behandeling"}, 2)
        self.assertTrue(self.opened(report))
        self.assertIsNone(self.hour(report))

    def test_does_not_open_is_released_at_once_with_a_line_in_both_trails(self):
        report = self.urgent()
        self.assert_status(201, self.say(report, "niet-te-openen"))
        self.assertTrue(self.released(report))
        self.assertEqual(self.lines(report), ["melding-niet-te-openen", "achtervang-vrijgegeven"])
        self.assertEqual(self.lines(report, self.world.standaard), ["achtervang-vrijgegeven"])
        self.assertFalse(self.opened(report))
        # Its fallback can really open it now.
        sealed = asked("SELECT o.sealed, m.body FROM ontvangers o JOIN meldingen m ON m.rij = o.melding "
                       "WHERE m.id = ? AND o.rol = 'achtervang' AND o.vrij", self.row(report))
        self.assertEqual(len(sealed[0][0]), 96)

    def test_a_desk_that_is_not_the_first_opens_nothing(self):
        # Ours is the fallback here, then a mede: what it says of either is a line of its own.
        first = self.world.directory().gids["loketten"]
        fallback_of = next(one["id"] for one in first if one["achtervang"] == self.world.standaard)
        roles = [(fallback_of, routing.EERSTE), (self.desk.id, routing.MEDE),
                 (self.world.standaard, routing.ACHTERVANG)]
        report = Report(self.world, roles, urgent=True)
        self.world.post_report(report)
        hour = self.hour(report)
        for what in ("geopend", "niet-te-openen", "geexporteerd"):
            self.assert_status(201, self.say(report, what))
        self.assertEqual((self.hour(report), self.released(report), self.opened(report)), (hour, False, False))
        self.assertEqual(self.lines(report)[:3],
                         ["melding-geopend", "melding-niet-te-openen", "melding-geexporteerd"])
        self.assert_status(403, self.say(report, desk=fallback_of))

    def test_a_replay_of_what_was_said(self):
        report, other, uuid = self.urgent(), self.urgent(), new_uuid()
        raw = dump_json({"id": uuid, "handeling": "geopend", "tot": None})
        first, again = self.say(report, raw=raw), self.say(report, raw=raw)
        self.assertEqual((first.status, again.status), (201, 200))
        self.assertEqual((first.json(), first.head("Logboek")), (again.json(), again.head("Logboek")))
        self.assertEqual(self.lines(report), ["melding-geopend"])
        for answer in (self.say(report, raw=raw + b" "), self.say(other, raw=raw), self.say(report, raw=raw, member="lead"),
                       self.say(report, "niet-te-openen", uuid=uuid)):
            self.assert_status(409, answer)
        self.assertFalse(self.released(report) or self.opened(other))

    def test_what_cannot_be_said(self):
        report = self.urgent()
        for body in ({"id": new_uuid(), "handeling": "geopend", "tot": new_uuid()},
                     {"id": new_uuid(), "handeling": "niet-te-openen", "tot": new_uuid()},
                     {"id": "x", "handeling": "gezien", "tot": 1}):
            self.assert_faults(self.say(report, raw=dump_json(body)), "tot")
        elsewhere = Report(self.world)
        self.assert_status(404, self.say(elsewhere))
        self.assertFalse(self.opened(report))

    def test_one_that_does_not_open_comes_with_its_own_key_alone(self):
        report = self.urgent()
        item = self.desk.get("officer", f"meldingen/{report.id}").json()
        self.assertEqual(item["ontvangers"], [
            {"voor": f"loket:{desk}", "rol": role, "epoch": report.keys[desk].epoch} for desk, role in report.recipients])
        key = report.keys[self.desk.id]
        text = envelope.open_sealed(envelope.MELDING, report.id, item["sealedKey"], item["body"],
                                    self.desk.epoch_box("officer", key.epoch, key.public))
        self.assertEqual(parse_json(text), report.document)
        self.assertEqual(len(unb64u(item["sealedKey"])), 96)
        self.assertRegex(item["termijn"], r"\A\d{4}-\d\d-\d\d\Z")
        self.assertEqual((item["einde"], item["bewaren"], item["overdracht"]), (None, None, None))


class Revoked(Case):
    def test_a_held_list_of_who_left_answers_401_and_nothing_else(self):
        member = self.desk.enrol("leaver", "medewerker")
        self.desk.publish()
        _, cursor = self.desk.collect("officer")
        sent, seen = threading.Event(), {}

        def wait(name, actor, seconds):
            target = self.desk.path(f"meldingen?na={cursor}&wacht={seconds}&metBody=true")
            answer = self.server.signed(actor, "GET", target, on_sent=sent.set)
            seen[name] = (answer, time.monotonic())

        stays = threading.Thread(target=wait, args=("stays", self.desk.members["officer"].actor, 5))
        leaves = threading.Thread(target=wait, args=("leaves", member.actor, 50))
        for one in (stays, leaves):
            sent.clear()
            one.start()
            self.assertTrue(sent.wait(30))
        time.sleep(1)
        begun = time.monotonic()
        del self.desk.members["leaver"]
        self.desk.publish()
        leaves.join(60)
        answer, when = seen["leaves"]
        self.assert_status(401, answer)
        self.assertNotIn("Logboek", answer.headers)
        self.assertLess(when - begun, 10)
        stays.join(60)
        self.assertEqual((seen["stays"][0].status, seen["stays"][0].json()["meldingen"]), (200, []))


if __name__ == "__main__":
    unittest.main()
