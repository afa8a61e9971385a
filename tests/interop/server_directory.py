"""Against a live server: the directory from the pinned root down, and what may not enter it."""

import datetime

from witness import jws, routing, trust
from witness.text import Refused, b64u, hash_of, new_uuid, today
from witness.wire import expect
from world import Case, Member, epoch_from_now


class Directory(Case):
    def document(self):
        return self.server.get("/v1/sleutelgids").json()

    def test_verifies_from_the_root_and_from_no_other(self):
        directory = self.world.directory()
        self.assertFalse(directory.alarms)
        with self.assertRaises(Refused):
            trust.read_directory(self.document(), [jws.SignKey().public], today(), trust.Memory(),
                                 self.server.gids_version, self.server.stand_version)

    def test_every_version_is_there_and_chained(self):
        token = self.document()["gids"]
        gids = jws.verify(token, trust.GIDS, self.world.roots)
        while gids["versie"] > 1:
            before = self.server.gids_version(gids["versie"] - 1)
            self.assertEqual(gids["vorige"], hash_of(before))
            earlier = jws.verify(before, trust.GIDS, self.world.roots)
            self.assertEqual(earlier["versie"], gids["versie"] - 1)
            gids = earlier
        self.assertEqual(gids["vorige"], "")

    def test_an_unknown_version_is_404(self):
        for path in ("/v1/sleutelgids/9999999", f"/v1/loketten/{self.desk.id}/standen/9999999",
                     f"/v1/loketten/{new_uuid()}/standen/1"):
            self.assert_status(404, self.server.get(path))

    def test_an_earlier_stand_is_there(self):
        self.assertEqual(jws.peek(self.server.stand_version(self.desk.id, 1))["versie"], 1)

    def test_adding_a_desk_was_one_version(self):
        gids = jws.peek(self.server.gids_version(self.world.version_before + 1))
        mine = next(desk for desk in gids["loketten"] if desk["id"] == self.desk.id)
        self.assertEqual(mine, {**mine, "naam": "Interop", "soort": "zorg", "opsporing": False,
                                "achtervang": self.world.standaard,
                                "beheerders": [b64u(lead.public) for lead in self.desk.leads]})

    def test_our_stand_and_keys_are_published(self):
        directory = self.world.directory()
        self.assertEqual(directory.stands[self.desk.id].hash, self.desk.stand_hash)
        for weeks in (0, 1):
            epoch = epoch_from_now(weeks)
            self.assertEqual(directory.keys[self.desk.id][epoch].public, self.desk.keys[epoch][1].public)
        self.assertNotIn(epoch_from_now(4), directory.keys[self.desk.id])

    def test_standaard_publishes_all_its_keys(self):
        directory = self.world.directory()
        listed = directory.stands[self.world.standaard].payload["sleutels"]
        given = {hash_of(token) for token in self.document()["sleutels"]
                 if jws.peek(token)["loket"] == self.world.standaard}
        self.assertEqual(given, set(listed))

    def test_the_routing_table_is_the_signed_one_and_total(self):
        directory, raw = self.world.directory(), self.server.routing()
        table = routing.read_table(raw, directory)
        with self.assertRaises(Refused):
            routing.read_table(raw + b" ", directory)
        usable = directory.usable(today(), table["standaard"])
        for municipality in [*table["gemeenten"], None, "GM9999"]:
            for minor in ("ja", "nee"):
                report = {"gemeente": municipality, "rol": "slachtoffer", "vormen": ["arbeid"],
                          "minderjarig": minor, "politie": "liever-niet", "plek": None, "spoed": False}
                recipients, urgent = routing.decide(table, report, set(), usable, directory.gids)
                self.assertIs(urgent, minor == "ja")
                for desk, _ in recipients:
                    self.assertIn(desk, usable)
                    self.assertFalse(directory.desks[desk]["opsporing"])


class DirectoryRefusals(Case):
    def refused(self, gids, table=None):
        before = self.server.get("/v1/sleutelgids").json()["gids"]
        answer = self.server.post("/v1/sleutelgids", {
            "gids": gids, "routering": b64u(self.server.routing() if table is None else table)})
        expect(answer.status in (400, 401, 403, 409), "a directory that had to be refused", answer)
        self.assertEqual(self.server.get("/v1/sleutelgids").json()["gids"], before)

    def test_the_first_again(self):
        self.refused(self.server.gids_version(1))

    def test_the_current_one_with_another_table(self):
        self.refused(self.server.get("/v1/sleutelgids").json()["gids"], b"{}")

    def test_the_current_one_again_changes_nothing(self):
        before = self.server.get("/v1/sleutelgids").json()["gids"]
        self.server.post("/v1/sleutelgids", {"gids": before, "routering": b64u(self.server.routing())})
        self.assertEqual(self.server.get("/v1/sleutelgids").json()["gids"], before)

    def test_the_next_one_from_a_foreign_root(self):
        token = self.server.get("/v1/sleutelgids").json()["gids"]
        payload = jws.peek(token)
        self.refused(jws.sign(trust.GIDS, jws.SignKey(), {
            **payload, "versie": payload["versie"] + 1, "vorige": hash_of(token)}))

    def test_one_with_a_foreign_signature_under_the_root_s_kid(self):
        token = self.server.get("/v1/sleutelgids").json()["gids"]
        header, _, signature = token.split(".")
        other = jws.sign(trust.GIDS, jws.SignKey(), {**jws.peek(token), "versie": 10**6})
        self.refused(f"{header}.{other.split('.')[1]}.{signature}")


class StandRefusals(Case):
    def post(self, token, status, actor=None):
        answer = self.server.signed(actor or self.desk.lead, "POST", self.desk.path("standen"), {"stand": token})
        statuses = (status,) if isinstance(status, int) else status
        self.assertIn(answer.status, statuses, answer.body)
        self.assertEqual(self.world.directory().stands[self.desk.id].hash, self.desk.stand_hash)

    def test_a_version_too_far_or_too_low(self):
        self.post(self.desk.stand(versie=self.desk.version + 2), 409)
        self.post(self.desk.stand(versie=self.desk.version, leden=[]), 409)

    def test_a_forerunner_that_is_not_it(self):
        self.post(self.desk.stand(vorige=hash_of(b"another")), 409)

    def test_a_hash_nobody_knows(self):
        known = [hash_of(token) for token, _ in self.desk.keys.values()]
        self.post(self.desk.stand(sleutels=[*known, hash_of(b"no key")]), 400)
        self.post(self.desk.stand(leden=[hash_of(b"no member")]), 400)

    def test_one_that_would_last_too_long(self):
        self.post(self.desk.stand(tot=(today() + datetime.timedelta(days=36)).isoformat()), 400)

    def test_one_signed_by_a_stranger(self):
        self.post(self.desk.stand(lead=jws.SignKey()), (400, 403))

    def test_one_of_another_desk(self):
        self.post(self.desk.stand(loket=self.world.standaard), (400, 403))


class KeyRefusals(Case):
    def post(self, token, wraps, statuses=(400,)):
        answer = self.server.signed(self.desk.lead, "POST", self.desk.path("sleutels"),
                                    {"sleutel": token, "wraps": wraps})
        self.assertIn(answer.status, statuses, answer.body)

    def test_a_key_whose_dates_are_not_its_week(self):
        self.post(self.desk.key_token(epoch_from_now(2), jws.BoxKey().public, van=today().isoformat(),
                                      tot=today().isoformat()), [])

    def test_a_key_of_another_desk_or_a_stranger(self):
        epoch, public = epoch_from_now(2), jws.BoxKey().public
        self.post(self.desk.key_token(epoch, public, loket=self.world.standaard), [], (400, 403))
        self.post(self.desk.key_token(epoch, public, jws.SignKey()), [], (400, 403))

    def test_a_wrap_of_the_wrong_length(self):
        wraps = [{"lid": self.desk.members["lead"].lid, "sealedSecret": b64u(bytes(79))}]
        self.post(self.desk.key_token(epoch_from_now(2), jws.BoxKey().public), wraps)

    def test_a_membership_signed_by_a_stranger(self):
        member = self.desk.members["officer"]
        payload = {**jws.peek(member.token), "lid": new_uuid()}
        answer = self.server.signed(self.desk.lead, "POST", self.desk.path("leden"),
                                    {"lid": jws.sign(trust.MEMBER, jws.SignKey(), payload), "wraps": []})
        self.assertIn(answer.status, (400, 403), answer.body)

    def test_a_membership_no_stand_lists_signs_nothing(self):
        waiting = Member(self.desk.id, self.desk.leads[0], "medewerker")
        self.desk.post("leden", {"lid": waiting.token, "wraps": []})
        answer = self.server.signed(waiting.actor, "GET", self.desk.path("meldingen"))
        self.assert_status(401, answer)
