"""Against a live server: every 400 of POST /v1/meldingen, one fault at a time and many at once."""

import secrets

from witness import jws, routing
from witness.text import b64u, key_name, new_uuid, today
from world import Case, Report, epoch_from_now


class Faults(Case):
    def refuse(self, place, report=None, drop=(), **changes):
        report = report or Report(self.world)
        body = report.body(**changes)
        for name in drop:
            del body[name]
        return self.assert_faults(self.server.post("/v1/meldingen", body), place)

    def changed_entry(self, **changes):
        report = Report(self.world)
        return report, [{**report.entries()[0], **changes}]

    def others(self, number):
        """`number` desks beside our own and its fallback that have a key today."""
        usable = self.world.directory().usable(today(), self.world.standaard)
        found = sorted(set(usable) - {self.desk.id, self.world.standaard})[:number]
        self.assertEqual(len(found), number, "the demonstration has too few desks with keys")
        return found

    def report_to(self, *recipients, urgent=False):
        return Report(self.world, list(recipients), urgent)

    def test_unknown_members(self):
        self.refuse("vreemd", vreemd=1)
        report, entries = self.changed_entry(vreemd=1)
        self.refuse("vreemd", report, ontvangers=entries)
        self.refuse("vreemd", postbus={"signKey": b64u(jws.SignKey().public), "vreemd": 1})

    def test_unknown_suite(self):
        self.refuse("suite", suite="baken-2")

    def test_bad_ids(self):
        for bad in ("", "x", new_uuid().upper(), "00000000-0000-1000-8000-000000000000", 7, None):
            with self.subTest(bad):
                self.refuse("id", id=bad)

    def test_missing_members(self):
        for name in ("id", "suite", "ontvangers", "body"):
            with self.subTest(name):
                self.refuse(name, drop=[name])

    def test_no_recipients(self):
        self.refuse("ontvangers", ontvangers=[])

    def test_over_four_recipients(self):
        self.refuse("ontvangers", self.report_to(
            (self.desk.id, routing.EERSTE), *((desk, routing.MEDE) for desk in self.others(4))))

    def test_not_exactly_one_first(self):
        report, entries = self.changed_entry(rol="mede")
        self.refuse("ontvangers", report, ontvangers=entries)
        self.refuse("ontvangers", self.report_to((self.desk.id, routing.EERSTE), (self.others(1)[0], routing.EERSTE)))

    def test_two_fallbacks(self):
        self.refuse("ontvangers", self.report_to(
            (self.desk.id, routing.EERSTE), (self.world.standaard, routing.ACHTERVANG),
            (self.others(1)[0], routing.ACHTERVANG), urgent=True))

    def test_one_desk_twice(self):
        self.refuse("ontvangers", self.report_to((self.desk.id, routing.EERSTE), (self.desk.id, routing.MEDE)))

    def test_a_mailbox_as_recipient(self):
        report = Report(self.world)
        entry = report.entries()[0]
        extra = {"voor": f"postbus:{report.mailbox.id}", "rol": "mede", "sealedKey": entry["sealedKey"]}
        self.refuse("ontvangers", report, ontvangers=[entry, extra])

    def test_a_desk_that_is_none(self):
        report, entries = self.changed_entry(voor="loket:bestaat-niet")
        self.refuse("ontvangers", report, ontvangers=entries)

    def test_an_unknown_role(self):
        report, entries = self.changed_entry(rol="derde")
        self.refuse("ontvangers", report, ontvangers=entries)

    def test_an_epoch_outside_its_window(self):
        epoch = epoch_from_now(4)
        report, entries = self.changed_entry(epoch=epoch, sleutel=key_name(self.desk.keys[epoch][1].public))
        errors = self.refuse("ontvangers", report, ontvangers=entries)
        self.assertIn("tijdvak", [fault["code"] for fault in errors])

    def test_a_key_that_is_not_in_the_stand(self):
        report, entries = self.changed_entry(sleutel=key_name(secrets.token_bytes(32)))
        self.refuse(("sleutel", "ontvangers"), report, ontvangers=entries)

    def test_a_sealed_key_of_another_length(self):
        for length in (0, 95, 97):
            report, entries = self.changed_entry(sealedKey=b64u(bytes(length)))
            self.refuse(("sealedKey", "ontvangers"), report, ontvangers=entries)

    def test_base64url_that_is_not_strict(self):
        report = Report(self.world)
        self.refuse("body", report, body=report.body()["body"] + "=")
        self.refuse("body", report, body=report.body()["body"][:-1] + "/")

    def test_a_body_of_no_class(self):
        for length in (0, 4095, 4097, 8192):
            self.refuse("body", body=b64u(bytes(length)))

    def test_a_mailbox_key_that_is_none(self):
        for length in (0, 31, 33):
            self.refuse(("signKey", "postbus"), postbus={"signKey": b64u(bytes(length))})

    def test_attachments(self):
        self.refuse("bijlagen", bijlagen=[new_uuid() for _ in range(11)])
        self.refuse("bijlagen", bijlagen=[new_uuid()])
        self.refuse("bijlagen", bijlagen=["x"])

    def test_a_fallback_without_urgency(self):
        self.refuse(("ontvangers", "spoed"), self.report_to(
            (self.desk.id, routing.EERSTE), (self.world.standaard, routing.ACHTERVANG)))

    def test_another_fallback_than_the_directory_names(self):
        self.refuse("ontvangers", self.report_to(
            (self.desk.id, routing.EERSTE), (self.others(1)[0], routing.ACHTERVANG), urgent=True))

    def test_wrong_types(self):
        for name, value in (("ontvangers", {}), ("body", 1), ("spoed", "ja"), ("bijlagen", {}), ("postbus", [])):
            with self.subTest(name):
                self.refuse(name, **{name: value})

    def test_all_faults_are_named_at_once(self):
        report, entries = self.changed_entry(sealedKey=b64u(bytes(95)))
        second = {**entries[0], "voor": "loket:bestaat-niet", "rol": "eerste"}
        body = report.body(id="x", suite="baken-2", ontvangers=[*entries, second], body=b64u(bytes(10)),
                           bijlagen=[new_uuid()], postbus={"signKey": b64u(bytes(31))}, vreemd=True)
        answer = self.server.post("/v1/meldingen", body)
        errors = self.assert_faults(answer, "id", "suite", "ontvangers", "body", "bijlagen",
                                    ("signKey", "postbus"), "vreemd")
        self.assertGreaterEqual(len(errors), 9)  # two eerste, a short sealedKey and no desk are three of them

    def test_bad_input_comes_before_any_conflict(self):
        report = Report(self.world)
        self.world.post_report(report)
        self.refuse("suite", report, suite="baken-2")
