#!/usr/bin/python3
"""A trail in words: `baken admin audit-verify --show` on the server's machine, and `baken desk audit --show` on an
officer's. Who did what to which report, by report (an id or its beginning), member, kind and day, for people and for
programs; nothing that was typed shows anything else, and what is wrong with a trail is said beside its lines. Run by
tests/with_server.py.
"""
import contextlib
import datetime
import json
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

from programs import DATA, REPORT, baken, profile, run

DESK, OTHER = "amsterdam", "rotterdam"
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
YESTERDAY, TOMORROW = (TODAY + datetime.timedelta(days=n) for n in (-1, 1))


def desk(verb, *arguments, person="medewerker", of=DESK):
    status, out, err = baken("desk", verb, *arguments, "--profile", profile(of, person))
    assert status == 0, (verb, arguments, out, err)
    return out


def sent():
    draft = json.dumps({**REPORT, "gemeente": "GM0363"})
    status, out, err = baken("report", "submit", "-", "--json", "--profile", profile(DESK), text=draft)
    assert status == 0, err
    return json.loads(out)["id"]


def verify(*arguments, data=DATA):
    return run("baken-admin", "audit-verify", "--data", data, *arguments)


class Shown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.lids = {person: json.loads(desk("status", "--json", person=person))["lid"]
                    for person in ("medewerker", "beheerder1")}
        cls.first, cls.second = sent(), sent()
        for report in (cls.first, cls.second):
            desk("open", report)
        desk("open", cls.first, person="beheerder1")
        desk("export", cls.first, "--to", cls.home / "out.json")
        desk("close", cls.second)
        desk("destroy", cls.first, "--reason", "misbruik", "--yes")
        desk("destroy", cls.first, "--confirm", "--yes", person="beheerder1")

    def shown(self, *arguments):
        """(member, kind, object) of each line, from --json; and that the words for people are of the same lines."""
        status, out, err = verify("--desk", DESK, "--show", "--json", *arguments)
        self.assertEqual(status, 0, err)
        trail, = json.loads(out)["logboeken"]
        self.assertEqual((trail["loket"], trail["fouten"]), (DESK, []))
        status, text, err = verify("--desk", DESK, "--show", *arguments)
        self.assertEqual(status, 0, err)
        lines = [line for line in text.splitlines() if line.startswith("  ")]
        self.assertEqual(len(lines), len(trail["regels"]), text)
        for line, row in zip(lines, trail["regels"]):
            self.assertIn(row["woorden"], line)
            self.assertIn(row["object"], line)
            self.assertIn(row["dag"], line)
            self.assertEqual(row["dag"], TODAY.isoformat())
        return [(row["lid"], row["handeling"], row["object"]) for row in trail["regels"]]

    def test_a_report_is_found_by_its_id_and_by_its_beginning(self):
        whole = self.shown("--report", self.first)
        mine, lead = self.lids["medewerker"], self.lids["beheerder1"]
        self.assertEqual({lid for lid, _, _ in whole}, {mine, lead})
        kinds = [(lid, what) for lid, what, _ in whole if what not in ("melding-opgehaald",)]
        self.assertEqual(kinds, [(mine, "melding-geopend"), (lead, "melding-geopend"), (mine, "melding-geexporteerd"),
                                 (mine, "vernietiging-opgedragen"), (lead, "melding-vernietigd")])
        self.assertTrue(all(about.startswith(self.first) for _, _, about in whole))
        for length in (4, 8, 13, 35):
            with self.subTest(length):
                found = self.shown("--report", self.first[:length])
                self.assertEqual([one for one in found if one[2].startswith(self.first)], whole)
                self.assertTrue(all(about.startswith(self.first[:length]) for _, _, about in found))
        self.assertEqual(self.shown("--report", "00000000-0000-4000-8000-000000000000"), [])

    def test_an_officer_finds_it_by_its_beginning_too(self):
        for typed in (self.second, self.second[:8], self.second[:4]):
            with self.subTest(typed):
                told = json.loads(desk("audit", "--show", "--json", "--report", typed, "--what", "changed"))
                self.assertIn((self.lids["medewerker"], f"{self.second} status=afgesloten"),
                              [(one["lid"], one["object"]) for one in told["regels"]])
                self.assertTrue(all(one["object"].startswith(typed) for one in told["regels"]))
                self.assertIn(f"changed report {self.second}", desk("audit", "--show", "--report", typed))
        status, _, err = baken("desk", "audit", "--show", "--report", self.second[:3], "--profile", profile(DESK))
        self.assertEqual(status, 2)
        self.assertIn("at least four characters", err)

    def test_by_member_kind_and_day_and_all_of_them(self):
        mine, lead = self.lids["medewerker"], self.lids["beheerder1"]
        for member in (lead, lead[:8]):
            found = self.shown("--member", member)
            self.assertEqual({lid for lid, _, _ in found}, {lead})
            self.assertIn((lead, "melding-vernietigd"), [one[:2] for one in found])
        for what in ("opened", "melding-geopend"):
            self.assertEqual({kind for _, kind, _ in self.shown("--what", what)}, {"melding-geopend"})
        everything = self.shown()
        self.assertGreater(len(everything), 8)
        self.assertEqual(self.shown("--from", TODAY.isoformat(), "--to", TODAY.isoformat()), everything)
        self.assertEqual(self.shown("--from", TOMORROW.isoformat()), [])
        self.assertEqual(self.shown("--to", YESTERDAY.isoformat()), [])
        self.assertEqual([one[:2] for one in self.shown("--report", self.first, "--member", mine, "--what", "exported")],
                         [(mine, "melding-geexporteerd")])

    def test_what_cannot_be_asked_is_wrong_use_with_its_mend(self):
        for words, *arguments in (("at least four characters", "--show", "--report", "x"),
                                  ("at least four characters", "--show", "--member", "Anna"),
                                  ("melding-geopend", "--show", "--what", "gedroomd"),
                                  ("2027-01-31", "--show", "--from", "morgen"),
                                  ("2027-01-31", "--show", "--to", "2026-02-30"),
                                  ("--show", "--report", self.first),
                                  ("The desks are", "--show", "--desk", "nergens")):
            with self.subTest(arguments):
                status, out, err = verify(*arguments)
                self.assertEqual((status, out), (2, ""), err)
                self.assertIn(words, err)

    def test_every_desk_is_shown_apart(self):
        desk("pull", of=OTHER)
        status, out, err = verify("--show", "--json")
        self.assertEqual(status, 0, err)
        trails = {one["loket"]: one["regels"] for one in json.loads(out)["logboeken"]}
        self.assertIn(self.first, " ".join(row["object"] for row in trails[DESK]))
        self.assertNotIn(self.first, " ".join(row["object"] for row in trails[OTHER]))
        status, out, _ = verify()
        self.assertEqual((status, [line for line in out.splitlines() if line.startswith("  ")]), (0, []))

    def test_a_trail_that_somebody_changed_is_told_beside_its_lines(self):
        data = self.home / "copy"
        data.mkdir()
        for name in ("bakend.toml", "root.pub"):
            shutil.copy(DATA / name, data / name)
        with contextlib.closing(sqlite3.connect(f"file:{DATA}/baken.db?mode=ro", uri=True)) as real, \
                contextlib.closing(sqlite3.connect(data / "baken.db")) as copy:
            real.backup(copy)
            copy.execute("UPDATE logboek SET bytes = replace(bytes, 'melding-geexporteerd', 'melding-geopend') "
                         "WHERE loket = ? AND bytes LIKE '%melding-geexporteerd%'", (DESK,))
            copy.commit()
        text = (data / "bakend.toml").read_text().replace(str(DATA), str(data))
        (data / "bakend.toml").write_text(text)
        status, out, err = verify("--desk", DESK, "--show", "--report", self.first[:8], data=data)
        self.assertEqual(status, 1, out + err)
        self.assertIn("FAULTS", out)
        self.assertNotIn("exported", out)
        self.assertIn(f"destroyed report {self.first}", out)


if __name__ == "__main__":
    unittest.main()
