#!/usr/bin/python3
"""A server that lies about what a desk works with, to each program that could believe it: reports, the trail, and what
somebody signs or seals that others will believe. Nothing is sealed, sent or signed on the word of a lie. Run by
tests/with_server.py; liar.py is the server.
"""
import datetime
import json
import unittest

import stage
from liar import DATA, DIRECTORY, URL, day, demo_key
from lies import ALARMED, HEADS, NOWHERE, TRAILS, UNOPENED, UNTOLD, anew
from stage import DESK, FALLBACK, OTHER, SENT, Lying, done, profile, run, setUpModule, submit  # noqa: F401
from witness import jws, trust
from witness.text import b64u, epoch_of, hash_of, key_name, today, unb64u


class Reports(Lying):
    def setUp(self):
        super().setUp()
        self.items = {}
        for name, desk in (("x", DESK), ("y", DESK), ("z", OTHER)):
            of = f"GET /v1/loketten/{desk}/meldingen/{SENT[name]}"
            stage.LIAR.tell({of: lambda got, name=name: self.items.update({name: got.json()})})
            done("desk", "open", SENT[name], "--profile", profile(desk), "--state", self.home / f"state-{desk}")

    def open(self, lie, *flags):
        def alter(got):
            item = got.json()
            lie(item, self.items["y"], self.items["z"])
            got.put(item)
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/meldingen/{SENT['x']}": alter})
        return run("desk", "open", SENT["x"], *flags, "--profile", profile(DESK), "--state", self.state("officer"))

    def test_a_report_that_is_not_the_one_is_not_shown(self):
        """Nor opened, for the server: it is told that the report does not open, once, and nothing else."""
        seen = f"POST /v1/loketten/{DESK}/meldingen/{SENT['x']}/inzagen"
        for name, words, lie in UNOPENED:
            with self.subTest(name):
                told = [] if words in UNTOLD else [seen]
                self.assertEqual(self.refused(self.open(lie), words, sent=told).count("\n"), 1)
                self.assertEqual([(one["handeling"], one["tot"]) for one in stage.LIAR.bodies(seen)],
                                 [("niet-te-openen", None)] * len(told))

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
                    seen = json.loads(next((stage.HOME / "officer").glob("*.json")).read_text())["logboeken"][-1]
                    told = change(seen["regel"], seen["hash"])
                    stage.LIAR.tell({f"GET /v1/loketten/{DESK}/.*": lambda got, told=told: got.set("logboek", told)})
                    self.assertEqual(self.refused(self.officer(verb), words).count("\n"), 1)

    def test_a_page_of_another_trail(self):
        stage.LIAR.tell(None)
        self.assertEqual(self.officer("audit")[0], 0)
        for name, words, change in TRAILS:
            with self.subTest(name):
                def alter(got):
                    page = got.json()
                    self.assertGreater(len(page["regels"]), 7)
                    change(page)
                    got.put(page)
                    got.set("logboek", f"regel={len(page['regels'])}, hash={hash_of(unb64u(page['regels'][-1]))}")
                stage.LIAR.tell({f"GET /v1/loketten/{DESK}/logboek.*": alter})
                self.refused(self.officer("audit"), *words)
        with self.subTest("the last line withheld"):
            def cut(got):
                page = got.json()
                got.put({**page, "regels": page["regels"][:-1]})
            stage.LIAR.tell({f"GET /v1/loketten/{DESK}/logboek.*": cut})
            self.refused(self.officer("audit"), "does not end where it says")

    def test_a_trail_that_was_cut_and_grew_again(self):
        """Longer than what this machine saw of it; pull asks for the lines since then, and they do not contain it."""
        state, pages = self.state("officer"), []
        officer = ("--profile", profile(DESK), "--state", state)
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/logboek.*": lambda got: pages.append(got.json())})
        done("desk", "audit", *officer)
        whole = [unb64u(one) for one in pages[0]["regels"]]
        done("desk", "open", SENT["x"], *officer)
        cut = anew(whole + 9 * whole[-1:])
        ends = f"regel={len(cut)}, hash={hash_of(cut[-1])}"
        def other(got):
            got.put({"regels": [b64u(one) for one in cut[len(whole):]], "hoofden": []})
            got.set("logboek", ends)
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/logboek[?]na={len(whole)}": other,
                         f"GET /v1/loketten/{DESK}/.*": lambda got: got.set("logboek", ends)})
        status, _, err = run("desk", "pull", *officer)
        self.assertEqual(status, 1)
        self.assertIn("no longer contains what this machine saw", err)

    def test_a_head_far_ahead(self):
        """There are no lines that lead to it."""
        state = self.state("officer")
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/.*": lambda got: got.set("logboek", f"regel={10**9}, hash={NOWHERE}")})
        status, _, err = run("desk", "pull", "--profile", profile(DESK), "--state", state)
        self.assertEqual(status, 1)
        self.assertIn("no longer contains what this machine saw", err)
        stage.LIAR.tell(None)
        self.refused(run("desk", "pull", "--profile", profile(DESK), "--state", state), "cut or rewritten")


class Signing(Lying):
    """Lies to somebody whose signature or sealing others will believe."""

    def test_a_stand_that_was_taken_but_never_put_in_force(self):
        """A lead's machine remembers the stand that it signed itself, so the old one cannot be shown on."""
        state = self.state("lead")
        stage.LIAR.tell({f"POST /v1/loketten/{DESK}/.*": {}})
        lead = ("--profile", profile(DESK, "beheerder1"), "--state", state)
        done("desk", "revoke", demo_key(f"{DESK}/medewerker.key")["lid"], "--yes", *lead)
        stage.LIAR.tell(None)
        self.refused(run("desk", "status", *lead), "older standing")

    def test_a_stand_withheld_from_a_lead_who_enrols(self):
        """They would sign a first stand anew, with the newcomer alone; this machine has seen a later one."""
        stage.LIAR.tell({**stage.WORLD.shows(stand=""), f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "enrol", stage.HOME / "new.key.pub", "--yes", "--profile", profile(DESK, "beheerder1"),
                         "--state", self.state("lead")), "standing")

    def test_a_stand_by_a_former_lead_that_does_not_follow(self):
        """Its lead was replaced, so nobody is shown what it lists; the next one would list the newcomer alone."""
        former = stage.WORLD.stand(vorige=NOWHERE)
        stage.LIAR.tell({**stage.WORLD.shows(stage.WORLD.gids(loketten=stage.WORLD.leads(stage.WORLD.second)), former),
                         f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "enrol", stage.HOME / "new.key.pub", "--yes", "--profile", profile(DESK, "beheerder2"),
                         "--state", self.state("lead")), "does not follow")

    def test_a_stand_by_nobody_known_that_a_lead_follows(self):
        """They would sign the one after it, which drops every other member and key, and which every client takes."""
        forged = stage.WORLD.stand(by=stage.WORLD.stranger, leden=[], sleutels=[])
        stage.LIAR.tell({**stage.WORLD.shows(stand=forged), f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "enrol", stage.HOME / "new.key.pub", "--yes", "--profile", profile(DESK, "beheerder1"),
                         "--state", self.state("lead")), "standing")

    def test_the_default_desk_s_newest_key_withheld(self):
        """An older one serves, which somebody may hold who left since: with an alarm (protocol §9)."""
        keys = [token for (desk, epoch), token in stage.WORLD.keys.items() if desk == FALLBACK and epoch != stage.WORLD.week]
        monday = today() - datetime.timedelta(days=today().weekday() + 35)
        old = jws.sign(trust.KEY, demo_key(f"{FALLBACK}/beheerder1.key")["top"], {
            **jws.peek(stage.WORLD.keys[FALLBACK, stage.WORLD.week]), "epoch": epoch_of(monday), "van": monday.isoformat(),
            "tot": (monday + datetime.timedelta(days=7)).isoformat(),
            "publicKey": b64u(jws.BoxKey().public)})
        stand = stage.WORLD.stand(stage.WORLD.stands[FALLBACK], demo_key(f"{FALLBACK}/beheerder1.key")["top"], more=[old])
        stage.LIAR.tell({**stage.WORLD.shows(stand=stand, keys=[*keys, old], desk=FALLBACK), "POST /v1/meldingen": {}})
        status, _, err = submit(self.state("reporter"), "--exclude", DESK)
        sealed = [one["epoch"] for body in stage.LIAR.bodies("POST /v1/meldingen") for one in body["ontvangers"]]
        self.assertNotEqual((status, err, sealed), (0, "", [epoch_of(monday)]))

    def test_a_table_with_an_unknown_desk_is_verified(self):
        """directory-verify looks for the table's desks in the directory."""
        told = stage.WORLD.with_table(
            lambda table: {**table, "regels": [{"als": {}, "eerste": "nowhere"}, *table["regels"]]})
        gids = told[DIRECTORY]["gids"]
        stage.LIAR.tell({**told, "GET /v1/sleutelgids/1": {"gids": stage.WORLD.truth["gids"]},
                         "GET /v1/sleutelgids/2": {"gids": gids}})
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
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/meldingen/{SENT['x']}": alter, "PATCH .*": {}})
        status, out, err = run("desk", "keep", SENT["x"], "--until", day(400), "--reason", "onderzoek-loopt", "--profile",
                               profile(DESK), "--state", self.state("officer"))
        sealed = [(one["voor"], one["sleutel"]) for body in stage.LIAR.bodies("PATCH .*")
                  for one in body["bewaren"]["ontvangers"]]
        theirs = key_name(unb64u(jws.peek(stage.WORLD.keys[OTHER, stage.WORLD.week])["publicKey"]))
        self.assertNotIn((f"loket:{OTHER}", theirs), sealed, (status, out, err))


if __name__ == "__main__":
    unittest.main()
