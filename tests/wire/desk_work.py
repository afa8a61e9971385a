#!/usr/bin/python3
"""What an officer does with a report besides reading it, and what the trail says of it afterwards: close, keep, destroy,
stragglers, export, audit; and audit-verify over the same trails, whole and tampered with. Run by tests/with_server.py.
"""
import concurrent.futures
import contextlib
import datetime
import json
import os
import pathlib
import shutil
import sqlite3
import stat
import tempfile
import unittest
import uuid

from programs import DATA, REPORT, baken, profile, run

DESK = "amsterdam"
SOON = (datetime.date.today() + datetime.timedelta(days=400)).isoformat()


def desk(verb, *arguments, person="medewerker", of=DESK, text=""):
    return baken("desk", verb, *arguments, "--profile", profile(of, person), text=text)


def verify(*arguments, data=DATA):
    return run("baken-admin", "audit-verify", "--data", data, *arguments)


def handlings(of=DESK):
    """(handeling, object) of each line of the desk's trail."""
    with contextlib.closing(sqlite3.connect(f"file:{DATA}/baken.db?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT bytes FROM logboek WHERE loket = ? ORDER BY regel", (of,)).fetchall()
    lines = [json.loads(row[0]) for row in rows]
    return [(line["handeling"], line["object"]) for line in lines]


class Work(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)

    def sent(self, **changes):
        draft = json.dumps({**REPORT, "gemeente": "GM0363", **changes})
        status, out, err = baken("report", "submit", "-", "--json", "--profile", profile(DESK), text=draft)
        self.assertEqual(status, 0, err)
        return json.loads(out)["id"]

    def ok(self, result, *words):
        self.assertEqual(result[0], 0, result)
        for word in words:
            self.assertIn(word, result[1])
        return result[1]

    def refused(self, result, status, *words):
        self.assertEqual(result[0], status, result)
        for word in words:
            self.assertIn(word, result[2])

    def status_of(self, report):
        rows = [json.loads(line) for line in self.ok(desk("pull", "--json")).splitlines()]
        return next((row["status"] for row in rows if row["id"] == report), None)

    def test_opening_is_fetching_and_then_a_line_of_its_own(self):
        report = self.sent()
        self.ok(desk("open", report), "Ik zag iets.")
        about = [handling for handling, of in handlings() if of.startswith(report)]
        self.assertEqual(about, ["melding-opgehaald", "melding-geopend"])

    def test_a_report_is_closed_and_opened_again(self):
        first, second = self.sent(), self.sent()
        self.ok(desk("close", first, second), f"{first} is closed", f"{second} is closed")
        self.assertEqual(self.status_of(first), "afgesloten")
        self.ok(desk("close", "--again", first), "open again")
        self.assertEqual(self.status_of(first), "in-behandeling")
        self.assertIn(("melding-gewijzigd", f"{first} status=afgesloten"), handlings())
        self.refused(desk("close", str(uuid.uuid4())), 1, "has no report")
        self.refused(desk("close", "x"), 2, "not a report's id")
        self.refused(desk("close"), 2, "ID is required")

    def test_a_report_is_kept_with_a_reason_and_not_without(self):
        report = self.sent()
        self.refused(desk("keep", report), 2, "--until")
        self.refused(desk("keep", report, "--until", "soon", "--reason", "rechtszaak"), 2, "not a day")
        self.refused(desk("keep", report, "--until", SOON, "--reason", "zomaar"), 2, "rechtszaak", "Needed in a criminal case")
        self.refused(desk("keep", report, "--until", "2020-01-01", "--reason", "rechtszaak"), 1, "tomorrow")
        self.ok(desk("keep", report, "--until", SOON, "--reason", "rechtszaak"), "is kept until " + SOON)
        self.ok(desk("open", report), "Ik zag iets.")
        self.refused(desk("destroy", report, "--reason", "afgerond", "--yes"), 1, f"baken desk keep {report} --end")
        self.ok(desk("keep", report, "--end"), "its term again")
        self.ok(desk("destroy", report, "--reason", "afgerond", "--yes"), "is ordered to be destroyed")

    def test_one_orders_and_another_confirms(self):
        report = self.sent()
        self.ok(desk("open", report))
        self.ok(desk("open", report, person="beheerder1"))
        self.refused(desk("destroy", report, "--reason", "misbruik"), 1, "--yes")  # nobody to ask
        self.refused(desk("destroy", report, "--reason", "geen-zin", "--yes"), 2, "misbruik", "Spam or abuse")
        self.refused(desk("destroy", report, "--yes"), 2, "--reason")
        self.refused(desk("destroy", report[:8], "--reason", "misbruik", "--yes"), 2, "36 characters")
        self.refused(desk("destroy", "--undo"), 2, "ID is required")
        week = (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=7)).isoformat()
        self.ok(desk("destroy", report, "--reason", "misbruik", "--yes"), "is ordered to be destroyed", "Spam or abuse",
                f"baken desk destroy {report} --confirm", f"when {week} is over", "--undo")
        self.refused(desk("open", report), 1, "ordered its destruction", "--undo")
        self.refused(desk("close", report), 1, "ordered its destruction")
        self.assertEqual(self.status_of(report), "wordt-vernietigd")
        self.ok(desk("destroy", "--list"), report, "Spam or abuse")
        self.ok(desk("destroy", "--confirm", "--yes"), "Nothing that another member ordered")
        self.refused(desk("destroy", report, "--confirm", "--yes"), 1, "ordered by you")
        self.ok(desk("destroy", report, "--undo"), "taken back")
        self.ok(desk("open", report), "Ik zag iets.")
        self.refused(desk("destroy", report, "--confirm", "--yes"), 1, "Nobody ordered")
        self.ok(desk("destroy", report, "--reason", "misbruik", "--yes"))
        self.refused(desk("destroy", "--confirm", person="beheerder1"), 1, "--yes")
        self.ok(desk("destroy", report, "--confirm", "--yes", person="beheerder1"), report, "is destroyed")
        self.refused(desk("open", report), 1, "has no report")
        self.refused(desk("destroy", report, "--reason", "misbruik", "--yes"), 1, "destroyed already")
        self.assertIsNone(self.status_of(report))

    def objects(self, *arguments, **how):
        return [json.loads(line) for line in self.ok(desk(*arguments, "--json", **how)).splitlines()]

    def test_a_program_reads_what_was_ordered_confirmed_and_taken_back(self):
        first, second = self.sent(), self.sent()
        for report in (first, second):
            for person in ("medewerker", "beheerder1"):
                self.ok(desk("open", report, person=person))
        day = datetime.datetime.now(datetime.timezone.utc).date()
        made = self.objects("destroy", first, second, "--reason", "misbruik", "--yes")
        self.assertEqual([one["id"] for one in made], [first, second])
        order = made[0]["vernietiging"]
        self.assertEqual((order["dag"], order["reden"], order["uiterlijk"]),
                         (day.isoformat(), "misbruik", (day + datetime.timedelta(days=7)).isoformat()))
        self.assertIn("--confirm", made[0]["tekst"])
        listed = {one["id"]: one["vernietiging"] for one in self.objects("destroy", "--list")}
        self.assertEqual((listed[first], listed[second]), (order, made[1]["vernietiging"]))
        taken, = self.objects("destroy", second, "--undo")
        self.assertEqual((taken["id"], taken["vernietiging"]), (second, None))
        self.assertEqual(self.objects("destroy", "--confirm", "--yes"), [])  # nothing that another one ordered
        gone, = self.objects("destroy", first, "--confirm", "--yes", person="beheerder1")
        self.assertEqual((gone["id"], gone["vernietigd"]), (first, day.isoformat()))
        status, out, _ = desk("destroy", first, "--undo", "--json")
        self.assertEqual((status, json.loads(out)["error"]["exit"]), (1, 1))

    def test_spam_is_the_same_act_over_a_list(self):
        reports = [self.sent() for _ in range(3)]
        out = self.ok(desk("destroy", *reports, "--reason", "misbruik", "--yes"), *reports)
        self.assertEqual(out.count("one of the two must be a lead"), 3)
        self.assertEqual(out.count("Time alone never destroys it"), 3)
        self.ok(desk("destroy", *reports, "--confirm", "--yes", person="beheerder1"),
                *(f"{report} is destroyed" for report in reports))

    def test_the_declaration_counts_what_was_destroyed_and_nothing_else(self):
        destroyed, ordered = self.sent(), self.sent()
        self.ok(desk("destroy", destroyed, ordered, "--reason", "dubbel", "--yes"))
        self.refused(desk("destroy", str(uuid.uuid4()), "--reason", "dubbel", "--yes"), 1)
        self.ok(desk("destroy", destroyed, "--confirm", "--yes", person="beheerder1"))
        status, out, _ = run("baken-admin", "declaration", "--data", DATA, "--desk", DESK)
        self.assertEqual(status, 0)
        self.assertEqual([line for line in out.splitlines() if ordered in line], [])
        mine = [line for line in out.splitlines() if destroyed in line]
        self.assertEqual(len(mine), 1, out)
        self.assertIn("Dezelfde melding kwam al binnen; opgedragen door ", mine[0])
        self.assertNotIn("@signature-params", out)
        self.assertIn("@signature-params", run("baken-admin", "declaration", "--data", DATA, "--desk", DESK, "--full")[1])
        told = json.loads(run("baken-admin", "declaration", "--data", DATA, "--desk", DESK, "--json")[1])
        self.assertIn(("twee-leden", "dubbel"), [(one["besluit"], one["reden"]) for one in told["vernietigd"]
                                                 if one["id"] == destroyed])
        self.assertIn(f"{len(told['vernietigd'])} vernietigd", out)

    def test_an_export_is_a_file_for_its_maker_alone_and_a_line(self):
        report, file = self.sent(), self.home / "out.json"
        self.ok(desk("export", report, "--to", file), str(file))
        self.assertEqual(json.loads(file.read_text())["melding"]["wat"], "Ik zag iets.")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.refused(desk("export", report, "--to", file), 1, "never overwritten")
        self.refused(desk("export", report, "--to", self.home / "none" / "x"), 1, "none")
        # What could not be written was never asked for.
        self.assertEqual([h for h, of in handlings() if of.startswith(report)].count("melding-geexporteerd"), 1)

    def test_stragglers_are_reports_of_weeks_gone_that_are_still_open(self):
        report, week = self.sent(), "{0.year}-W{0.week:02}".format(
            (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=7)).isocalendar())
        self.ok(desk("stragglers"), "No report of a week before")
        self.refused(desk("stragglers", "--before", "2099-W01", "--close"), 2, "yet to come", week)
        self.refused(desk("stragglers", "--before", week, "--until", SOON), 2, "belong to --keep")
        self.refused(desk("stragglers", "--before", "nu"), 2, "not a week")
        self.refused(desk("stragglers", "--close", "--keep"), 2, "--close or --keep")
        self.refused(desk("stragglers", "--destroy"), 2, "Say why")
        self.refused(desk("stragglers", "--keep"), 2, "--until")
        self.ok(desk("stragglers", "--before", week), report, "keep the keys of weeks before")
        self.assertIn((report, "nieuw"), [(row["id"], row["status"]) for row in self.objects("stragglers", "--before", week)])
        self.assertEqual(self.objects("stragglers"), [])
        self.ok(desk("stragglers", "--before", week, "--keep", "--until", SOON, "--reason", "onderzoek-loopt"), report)
        kept = self.objects("stragglers", "--before", week, "--keep", "--until", SOON, "--reason", "onderzoek-loopt")
        self.assertIn((report, {"tot": SOON, "reden": "onderzoek-loopt"}), [(one["id"], one["bewaren"]) for one in kept])
        self.ok(desk("open", report), "Ik zag iets.")
        urgent = self.sent(minderjarig="ja")
        self.refused(desk("stragglers", "--before", week, "--close"), 1, "--yes")
        closed = desk("stragglers", "--before", week, "--close", "--yes", "--json")
        self.assertIn((report, "afgesloten"), [(one["id"], one["status"]) for one in map(json.loads, closed[1].splitlines())])
        self.assertIn("urgent reports are new and stay", closed[2])
        self.assertEqual((self.status_of(report), self.status_of(urgent)), ("afgesloten", "nieuw"))
        self.ok(desk("close", urgent))
        self.ok(desk("stragglers", "--before", week), "No report of a week before")

    def test_a_desk_judges_its_own_trail(self):
        self.ok(desk("open", self.sent()))
        out = self.ok(desk("audit"), "whole")
        status, _, err = verify("--desk", DESK, "--seen", out.splitlines()[0])
        self.assertEqual(status, 0, err)
        self.ok(desk("audit", person="beheerder1"), "whole")

    def test_two_who_judge_it_at_once_find_it_whole(self):
        """Each asks with a line of their own, which comes between those of the other."""
        def judge(number):
            return desk("audit", "--state", self.home / str(number), person=("medewerker", "beheerder1")[number % 2])
        with concurrent.futures.ThreadPoolExecutor(8) as people:
            for result in people.map(judge, range(24)):
                self.ok(result, "whole")

    def tampered(self, *statements):
        """A copy of the installation with these changes made to its trails; what audit-verify says of it."""
        copy = self.home / uuid.uuid4().hex
        copy.mkdir()
        for name in ("bakend.toml", "root.pub"):
            shutil.copy(DATA / name, copy / name)
        with contextlib.closing(sqlite3.connect(f"file:{DATA}/baken.db?mode=ro", uri=True)) as from_, \
                contextlib.closing(sqlite3.connect(copy / "baken.db")) as to:
            from_.backup(to)
        with contextlib.closing(sqlite3.connect(copy / "baken.db")) as db, db:
            for statement, values in statements:
                self.assertGreater(db.execute(statement, values).rowcount, 0)
        return verify("--desk", DESK, data=copy)

    def test_every_way_of_tampering_is_named(self):
        self.ok(desk("open", self.sent()))
        lines = len(handlings())
        status, out, _ = verify()
        self.assertEqual(status, 0, out)
        self.assertEqual(out.count(": whole"), 14 + out.count("added"))
        change = "UPDATE logboek SET bytes = replace(bytes, ?, ?) WHERE loket = ? AND regel = ?"
        for number in (1, lines // 2, lines - 1):
            status, out, _ = self.tampered((change, ('"dag":"20', '"dag":"21', DESK, number)))
            self.assertEqual(status, 1, out)
            self.assertIn(f"line {number} ", out)
        status, out, _ = self.tampered(("DELETE FROM logboek WHERE loket = ? AND regel = ?", (DESK, lines // 2)),
                                       ("UPDATE logboek SET regel = regel - 1 WHERE loket = ? AND regel > ?",
                                        (DESK, lines // 2)))
        self.assertEqual(status, 1, out)
        self.assertIn("removed", out)

    def test_a_trail_cut_off_shows_to_who_saw_its_end(self):
        self.ok(desk("open", self.sent()))
        head = self.ok(desk("audit")).splitlines()[0]
        self.ok(desk("open", self.sent()))
        regel = int(head.split("regel=")[1].split(",")[0])
        copy = ("DELETE FROM logboek WHERE loket = ? AND regel >= ?", (DESK, regel))
        self.assertEqual(self.tampered(copy)[0], 0)  # nobody says that there was more
        status, out, _ = verify("--seen", head.replace(f"regel={regel}", f"regel={regel + 1000}"))
        self.assertEqual(status, 1)
        self.assertIn("cut off", out)
        self.refused(verify("--seen", "nonsense"), 2, "not the head of a trail")
        self.refused(verify("--desk", "rotterdm", "--desk", DESK), 2, "has a desk rotterdm.", "rotterdam")
        self.assertEqual(verify("--root", str(DATA / "root.pub"), "--desk", DESK)[0], 0)
        self.refused(verify("--root", str(DATA / "logboek.key")), 1, "not signed by a key")
        self.assertTrue(json.loads(verify("--json")[1])["logboeken"])


if __name__ == "__main__":
    unittest.main()
