#!/usr/bin/python3
"""A server that lies about whom to trust, to each program that could believe it: the directory, stands and keys, and the
members and wraps that a lead works with; and that lies.py has a lie for every refusal. Nothing is sealed, sent, wrapped or
signed on the word of a lie. Run by tests/with_server.py; liar.py is the server.
"""
import json
import pathlib
import re
import secrets
import unittest

from nacl import bindings

import stage
from liar import DATA, DIRECTORY, TABLE, URL, day, demo_key
from lies import CONTRADICTED, DIVERTED, ELSEWHERE, FORK, LOW_ORDER, MEMBERS, REFUSED, SECOND, SILENT, THIRD, TRAIL, WRAPS
from stage import DESK, FALLBACK, OTHER, SENT, Lying, done, profile, run, setUpModule, submit  # noqa: F401
from witness import jws
from witness.text import b64u, hash_of, key_name, unb64u

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


class Directory(Lying):
    def lied(self, before, lie, state, *verb):
        """What the program does, after it was shown something it believed."""
        if before:
            stage.LIAR.tell(before(stage.WORLD))
            self.assertEqual(submit(state, "--dry-run")[0], 0)
        remembered = self.seen(state)
        stage.LIAR.tell(lie(stage.WORLD))
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
                    self.assertEqual(self.not_submitted(got, 4, "not-trusted", words).count("\n"), 1)
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
        posted, = stage.LIAR.bodies("POST /v1/meldingen")
        key = jws.peek(stage.WORLD.keys[FALLBACK, stage.WORLD.week])
        self.assertEqual([(one["voor"], one["sleutel"]) for one in posted["ontvangers"]],
                         [(f"loket:{FALLBACK}", key_name(unb64u(key["publicKey"])))])

    def test_a_desk_without_a_usable_key_is_passed_over_and_the_reporter_is_told(self):
        for name, _, lie in DIVERTED:
            alarmed = ("is passed over", "shows no standing that a lead") if name.startswith("a stand") else ()
            with self.subTest(name):
                stage.LIAR.tell(lie(stage.WORLD))
                self.diverted(submit(self.state("reporter")), *alarmed if name not in SILENT else ())

    def test_without_any_stand_nothing_is_sealed(self):
        stage.LIAR.tell({DIRECTORY: {**stage.WORLD.truth, "standen": []}})
        self.not_submitted(submit(self.state("reporter")), 3, "try-later", "No desk has a key", "112")

    def test_verification_without_a_memory(self):
        """baken admin directory-verify: from version 1, over every version."""
        verify = ("admin", "directory-verify", "--url", URL, "--root", DATA / "root.pub")
        chain = {1: stage.WORLD.truth["gids"], 2: SECOND(stage.WORLD), 3: THIRD(stage.WORLD)}
        served = {f"GET /v1/sleutelgids/{number}": {"gids": token} for number, token in chain.items()}
        honest = {**stage.WORLD.shows(chain[3]), **served}
        stage.LIAR.tell(honest)
        done(*verify)
        for name, words, told in (
                ("signed by an unknown root", "not by a root that is trusted here",
                 stage.WORLD.shows(stage.WORLD.gids(by=stage.WORLD.stranger))),
                ("past its tot", "has expired", stage.WORLD.shows(stage.WORLD.gids(datum=day(-80), tot=day(-1)))),
                ("an earlier version swapped", "does not follow", {"GET /v1/sleutelgids/2": {"gids": FORK(stage.WORLD)}}),
                ("an earlier version withheld", "was not given", {"GET /v1/sleutelgids/2": 404}),
                ("an earlier version of another number", "another version", {"GET /v1/sleutelgids/2": {"gids": chain[1]}}),
                ("an earlier version by a stranger", "none of the roots",
                 {"GET /v1/sleutelgids/2": {"gids": stage.WORLD.gids(by=stage.WORLD.stranger)}}),
                ("two newest versions", "under a version seen before",
                 {"GET /v1/sleutelgids/3": {"gids": stage.WORLD.gids(chain[2], tot=day(30))}}),
                ("another table", "not the one that the directory signs", {TABLE: stage.WORLD.table + b" "})):
            with self.subTest(name):
                stage.LIAR.tell({**honest, **told})
                status, _, err = run(*verify)
                self.assertEqual(status, 1)
                self.assertIn(words, err)


class Members(Lying):
    """What the lead's program makes of members and keys that do not belong. Nothing that it hands in arrives."""

    def lead(self, verb, *arguments, told):
        """What it says, and whom it wrapped for: lids by epoch key."""
        stage.LIAR.tell({**told, f"POST /v1/loketten/{DESK}/.*": {}})
        status, out, err = run("desk", verb, *arguments, "--profile", profile(DESK, "beheerder1"), "--state",
                               self.state("lead"))
        wrapped = {wrap["lid"] for body in stage.LIAR.bodies("POST .*/sleutels") for wrap in body["wraps"]}
        return status, out, err, wrapped

    def leden(self, change, stand=None, **shown):
        """The answer of GET …/leden, altered; and the directory that goes with this stand."""
        def alter(got):
            answer = got.json()
            change(answer["leden"])
            got.put({**answer, **({"stand": stand} if stand else {})})
        return {**stage.WORLD.shows(stand=stand, **shown), f"GET /v1/loketten/{DESK}/leden": alter}

    def test_a_member_slipped_in_gets_nothing(self):
        real = {demo_key(f"{DESK}/{one}.key")["lid"] for one in ("medewerker", "beheerder1", "beheerder2")}
        for name, member in (("by nobody known", stage.WORLD.member(by=stage.WORLD.stranger)),
                             ("by a lead whose stand lists it not", stage.WORLD.member()),
                             ("by another desk's lead", stage.WORLD.member(by=stage.WORLD.neighbour))):
            with self.subTest(name):
                told = self.leden(lambda x: x.append(member))
                status, _, err, wrapped = self.lead("keys", "--yes", "--weeks", "9", told=told)
                self.assertEqual((status, wrapped), (0, real), err)
        for name, member, words in (
                ("listed, by nobody known", stage.WORLD.member(by=stage.WORLD.stranger), "no lead of the directory signed"),
                ("listed, of another desk", stage.WORLD.member(loket=OTHER), "no lead of the directory signed"),
                ("listed, for more than 26 weeks", stage.WORLD.member(tot=day(190)), "no lead of the directory signed"),
                ("listed, with a key of low order", stage.WORLD.member(boxKey=LOW_ORDER), "no lead of the directory signed"),
                ("listed, over since yesterday", stage.WORLD.member(tot=day(-1)), f"until {day(-1)}")):
            with self.subTest(name):
                stand = stage.WORLD.stand(more=[member])
                told = self.leden(lambda x: x.append(member), stand)
                status, out, err, wrapped = self.lead("keys", "--yes", told=told)
                self.assertEqual((status, wrapped), (0, real), err)
                self.assertIn("A membership no longer counts", out)
                self.assertIn(words, out)
                self.assertNotIn(hash_of(member), jws.peek(stage.LIAR.bodies("POST .*/standen")[0]["stand"])["leden"])
        with self.subTest("listed by the desk's other lead, never compared here"):
            member = stage.WORLD.member(by=stage.WORLD.second)
            stand = stage.WORLD.stand(more=[member], by=stage.WORLD.second)
            got = self.lead("enrol", stage.HOME / "new.key.pub", "--yes", told=self.leden(lambda x: x.append(member), stand))
            self.refused(got[:3], "never compared here", "aa: fingerprint")

    def listed(self):
        """The memberships that the real standing lists, by lid."""
        seen = []
        self.assertEqual(self.lead("status", told=self.leden(seen.extend))[0], 0)
        stand = jws.peek(stage.WORLD.stands[DESK])
        return {jws.peek(token)["lid"]: token for token in seen if hash_of(token) in stand["leden"]}

    def test_a_card_slipped_in_by_the_server_is_refused(self):
        """Keys of its own under the lid of somebody who was compared, or of the newcomer whose card the lead holds; signed
        and listed by the desk's other lead, whom it robbed."""
        colleague, newcomer = demo_key(f"{DESK}/medewerker.key"), demo_key(stage.HOME / "new.key", stage.HOME / "secret")
        real = self.listed()[colleague["lid"]]
        with self.subTest("in a colleague's place"):
            slipped = stage.WORLD.member(by=stage.WORLD.second, lid=colleague["lid"])
            stand = stage.WORLD.stand(less=[real], more=[slipped], by=stage.WORLD.second)
            told = self.leden(lambda x: x.append(slipped), stand)
            for verb in (("enrol", stage.HOME / "new.key.pub", "--yes"), ("keys",)):
                got = self.lead(*verb, told=told)
                self.refused(got[:3], colleague["lid"], "fingerprint")
                self.assertEqual(got[3], set())
        with self.subTest("beside a colleague"):
            slipped = stage.WORLD.member(by=stage.WORLD.second, lid=colleague["lid"], tot=day(180))
            stand = stage.WORLD.stand(more=[slipped], by=stage.WORLD.second)
            got = self.lead("enrol", stage.HOME / "new.key.pub", "--yes", told=self.leden(lambda x: x.append(slipped), stand))
            if got[0] == 0:  # the colleague's own lasts longer, so it is the one that counts
                self.assertNotIn(hash_of(slipped), jws.peek(stage.LIAR.bodies("POST .*/standen")[0]["stand"])["leden"])
            else:
                self.refused(got[:3], "never compared here")
        with self.subTest("in the newcomer's place"):
            box = jws.BoxKey()
            slipped = stage.WORLD.member(by=stage.WORLD.second, lid=newcomer["lid"], boxKey=b64u(box.public))
            stand = stage.WORLD.stand(more=[slipped], by=stage.WORLD.second)
            told = self.leden(lambda x: x.append(slipped), stand)
            status, _, err, wrapped = self.lead("enrol", stage.HOME / "new.key.pub", "--yes", told=told)
            self.assertEqual(status, 0, err)
            self.assertIn(newcomer["lid"], wrapped)
            self.assertNotIn(hash_of(slipped), jws.peek(stage.LIAR.bodies("POST .*/standen")[0]["stand"])["leden"])
            opened = 0
            for body in stage.LIAR.bodies("POST .*/sleutels"):
                for wrap in body["wraps"]:
                    if wrap["lid"] == newcomer["lid"]:
                        self.assertEqual(bindings.crypto_scalarmult_base(newcomer["box"].open(unb64u(wrap["sealedSecret"]))),
                                         unb64u(jws.peek(body["sleutel"])["publicKey"]))
                        opened += 1
            self.assertGreater(opened, 0)  # new keys for every week, which the card's own key opens and the other does not

    def test_a_member_withheld_from_a_lead(self):
        """They would be dropped from the stand that the lead signs next."""
        lid = demo_key(f"{DESK}/medewerker.key")["lid"]
        def alter(got):
            answer = got.json()
            got.put({**answer, "leden": [one for one in answer["leden"] if jws.peek(one)["lid"] != lid]})
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/leden": alter, f"POST /v1/loketten/{DESK}/.*": {}})
        self.refused(run("desk", "keys", "--yes", "--profile", profile(DESK, "beheerder1"), "--state", self.state("lead")),
                     "withholds 1 memberships and 0 keys", "--drop-missing")

    def test_keys_withheld_from_a_lead(self):
        """They would be listed no longer, and what was sealed to them would open for nobody."""
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/sleutels": {"sleutels": []}, f"POST /v1/loketten/{DESK}/.*": {}})
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
        stage.LIAR.tell({f"GET /v1/loketten/{DESK}/sleutels": alter, f"POST /v1/loketten/{DESK}/.*": {}})
        status, _, err = run("desk", "revoke", demo_key(f"{DESK}/beheerder1.key")["lid"], "--yes", *lead)
        self.assertEqual(status, 0, err)
        self.assertIn(f"Your wrap of week {stage.WORLD.week} was not passed on", err)

    def test_two_standings_at_once(self):
        told = self.leden(lambda x: None)
        def swap(got):
            got.put({**got.json(), "stand": stage.WORLD.stand()})
        for verb in (("keys", "--yes"), ("enrol", stage.HOME / "new.key.pub", "--yes"), ("status",)):
            with self.subTest(verb[0]):
                got = self.lead(*verb, told={**told, f"GET /v1/loketten/{DESK}/leden": swap})
                self.refused(got[:3], "two standings", "do not trust")

    def test_a_lead_told_that_they_are_no_member(self):
        """They may not look, so what was listed stays listed, the newcomer beside it, and nobody gets a key."""
        was = jws.peek(stage.WORLD.stands[DESK])
        for status in (401, 403):
            with self.subTest(status):
                told = {f"GET /v1/loketten/{DESK}/leden": status}
                got = self.lead("enrol", stage.HOME / "new.key.pub", "--yes", told=told)
                self.assertEqual((got[0], got[3]), (0, set()), got)
                self.assertIn("You held no keys", got[1])
                now = jws.peek(stage.LIAR.bodies("POST .*/standen")[0]["stand"])
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
        week = stage.WORLD.week
        self.box = demo_key(f"{DESK}/medewerker.key")["box"]
        stage.LIAR.tell(self.wraps(week))
        err = self.refused(run("desk", "open", SENT["x"], "--profile", profile(DESK), "--state", self.state("officer")),
                           f"ALARM: week {week}", "does not belong to the signed epoch key", "hold no key")
        self.assertNotIn("Ik zag", err)
        self.box = demo_key(f"{DESK}/beheerder1.key")["box"]
        status, out, err, _ = self.lead("status", told=self.wraps(week))
        self.assertEqual(status, 0)
        self.assertIn(f"Your wrap of week {week} ", out)
        status, out, err, _ = self.lead("enrol", stage.HOME / "new.key.pub", "--yes", told=self.wraps(week))
        self.assertEqual(status, 0, err)
        self.assertIn(f"Your wrap of week {week} was not passed on", err)
        for body in stage.LIAR.bodies("POST .*/leden"):
            self.assertNotIn(week, [wrap["epoch"] for wrap in body["wraps"]])
        mine = {body["sleutel"]: wrap["sealedSecret"] for body in stage.LIAR.bodies("POST .*/sleutels")
                for wrap in body["wraps"] if wrap["lid"] == demo_key(f"{DESK}/beheerder1.key")["lid"]}
        self.assertIn(week, [jws.peek(key)["epoch"] for key in mine])  # a new key for it instead
        for key, sealed in mine.items():
            self.assertEqual(bindings.crypto_scalarmult_base(self.box.open(unb64u(sealed))),
                             unb64u(jws.peek(key)["publicKey"]))

    def test_a_key_in_the_wraps_that_no_lead_signed_is_none(self):
        self.box = demo_key(f"{DESK}/medewerker.key")["box"]
        for name, key in (("by nobody known", stage.WORLD.key(by=stage.WORLD.stranger)),
                          ("of another desk", stage.WORLD.keys[OTHER, stage.WORLD.week])):
            with self.subTest(name):
                def alter(got):
                    answer = got.json()
                    got.put({"sleutels": [{**one, "sleutel": key} for one in answer["sleutels"]]})
                stage.LIAR.tell({f"GET /v1/loketten/{DESK}/sleutels": alter})
                self.refused(run("desk", "open", SENT["x"], "--profile", profile(DESK), "--state", self.state("officer")),
                             "hold no key")


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
        roots = (SOURCE / "client/line/directory.cpp").read_text()  # who signs for no root is told with both marks
        for name, errc, words, *_ in REFUSED + CONTRADICTED:
            self.assertIn(words, roots if errc == "bad_signature" else said[errc], name)
        self.assertEqual(len(set(said.values())), len(said))


if __name__ == "__main__":
    unittest.main()
