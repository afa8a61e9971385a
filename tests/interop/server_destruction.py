"""Against a live server: what officers change about a report, and its end by two of them (protocol §§11, 12)."""

from witness import envelope
from witness.text import new_uuid, parse_json, today, unb64u
from world import Case, Report, WEEK

PATCH, DELETE = "PATCH /v1/loketten/{l}/meldingen/{id}", "DELETE /v1/loketten/{l}/meldingen/{id}"


class Working(Case):
    """A desk with a second officer and a third, who stand in its standing before anything is ordered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        missing = [(name, role) for name, role in (("second", "medewerker"), ("figures", "regisseur"))
                   if name not in cls.desk.members]
        for name, role in missing:
            cls.desk.enrol(name, role)
        if missing:
            cls.desk.publish()

    def setUp(self):
        self.needs(DELETE)

    def posted(self, **how):
        report = Report(self.world, **how)
        self.world.post_report(report)
        return report

    def path(self, report, desk=None):
        return f"/v1/loketten/{desk or self.desk.id}/meldingen/{report.id}"

    def fetch(self, report, member="officer"):
        return self.server.signed(self.desk.members[member].actor, "GET", self.path(report))

    def tag(self, report):
        return self.fetch(report).head("ETag")

    def open(self, report, *members):
        for member in members:
            said = {"id": new_uuid(), "handeling": "geopend", "tot": None}
            self.assert_status(201, self.server.signed(self.desk.members[member].actor, "POST",
                                                       self.path(report) + "/inzagen", said))

    def patch(self, report, body, member="officer", tag=None):
        return self.server.signed(self.desk.members[member].actor, "PATCH", self.path(report), body,
                                  headers={"if-match": tag or self.tag(report)})

    def delete(self, report, member="officer", tag=None, reden="misbruik"):
        return self.server.signed(self.desk.members[member].actor, "DELETE", self.path(report) + f"?reden={reden}",
                                  headers={"if-match": tag or self.tag(report)})


class Destruction(Working):
    def test_an_order_withholds_and_another_member_confirms(self):
        report = self.posted()
        self.open(report, "officer", "second")
        answer = self.delete(report)
        self.assert_status(202, answer)
        order = answer.json()["vernietiging"]
        self.assertEqual(answer.json()["id"], report.id)
        self.assertEqual({**order, "uiterlijk": None}, {"door": self.desk.members["officer"].lid,
                                                        "dag": today().isoformat(), "reden": "misbruik", "uiterlijk": None})
        self.assertEqual(order["uiterlijk"], (today() + WEEK).isoformat())
        item = self.fetch(report, "second").json()
        self.assertEqual((item["status"], item["sealedKey"], item["body"], item["vernietiging"]),
                         ("wordt-vernietigd", None, None, order))
        row = self.desk.collect("second", status="wordt-vernietigd", metBody="true")[0][report.id]
        self.assertEqual((row["sealedKey"], row["body"], row["einde"]), (None, None, order["uiterlijk"]))
        again = self.delete(report, tag='"1"')
        self.assert_status(202, again)
        self.assertEqual(again.json(), answer.json())
        self.assert_status(409, self.delete(report, "second", tag='"1"'))
        done = self.delete(report, "second")
        self.assert_status(200, done)
        self.assertEqual(done.json(), {"id": report.id, "vernietigd": today().isoformat()})
        self.assert_status(404, self.fetch(report))
        self.assertNotIn(report.id, self.desk.collect("officer")[0])
        self.world.post_report(report, 409)

    def test_an_order_is_taken_back_and_the_state_is_what_it_was(self):
        report = self.posted()
        self.assert_status(200, self.patch(report, {"status": "wacht-op-melder"}))
        self.assert_status(202, self.delete(report))
        for body in ({"status": "afgesloten"}, {"toegewezen": None}, {"bewaren": None},
                     {"vernietiging": None, "toegewezen": None}):
            self.assert_status(409, self.patch(report, body))
        before = parse_json(self.fetch(report).body)["revisie"]
        undone = self.patch(report, {"vernietiging": None}, "second")
        self.assert_status(200, undone)
        self.assertEqual(undone.json(), {"id": report.id, "revisie": before + 1})
        self.assertEqual(undone.head("ETag"), f'"{before + 1}"')
        item = self.fetch(report).json()
        self.assertEqual((item["status"], item["vernietiging"]), ("wacht-op-melder", None))
        key = report.keys[self.desk.id]
        text = envelope.open_sealed(envelope.MELDING, report.id, item["sealedKey"], item["body"],
                                    self.desk.epoch_box("officer", key.epoch, key.public))
        self.assertEqual(parse_json(text), report.document)
        self.assert_status(409, self.patch(report, {"vernietiging": None}))

    def test_what_nobody_opened_or_is_urgent_needs_a_lead(self):
        for urgent in (False, True):
            report = self.posted(urgent=urgent)
            if urgent:
                self.open(report, "officer", "second")
            answer = self.delete(report)
            self.assert_status(202, answer)
            self.assertIsNone(answer.json()["vernietiging"]["uiterlijk"])
            self.assert_status(403, self.delete(report, "second"))
            self.assert_status(200, self.delete(report, "lead"))

    def test_what_is_kept_cannot_be_ordered(self):
        report = self.posted()
        keep = {"tot": (today() + WEEK).isoformat(), "reden": "rechtszaak", "herzegeld": []}
        self.assert_status(200, self.patch(report, {"bewaren": keep}))
        self.assertEqual(self.fetch(report).json()["bewaren"], {"tot": keep["tot"], "reden": keep["reden"]})
        self.assert_status(409, self.delete(report))
        self.assert_status(200, self.patch(report, {"bewaren": None}))
        self.assert_status(202, self.delete(report))

    def test_faults_are_named_in_their_order(self):
        report = self.posted()
        actor, path = self.desk.members["officer"].actor, self.path(report)
        self.assert_faults(self.server.signed(actor, "DELETE", path + "?reden=misbruik"), "If-Match")
        self.assert_faults(self.server.signed(actor, "DELETE", path, headers={"if-match": '"1"'}), "reden")
        self.assert_faults(self.delete(report, reden="rechtszaak"), "reden")
        self.assert_faults(self.server.signed(actor, "DELETE", path), "If-Match", "reden")
        self.assert_status(409, self.delete(report, tag='"9"'))
        self.assert_status(404, self.server.signed(actor, "DELETE", self.path(Report(self.world))))

    def test_one_who_sees_figures_is_refused_before_all_else(self):
        figures = self.desk.members["figures"].actor
        path = self.path(Report(self.world))
        for method, rest, body in (("GET", "", None), ("PATCH", "", {}), ("DELETE", "", None), ("POST", "/inzagen", {})):
            self.assert_status(403, self.server.signed(figures, method, path + rest, body))
        for rest in ("meldingen", "sleutels", "logboek"):
            self.assert_status(403, self.server.signed(figures, "GET", self.desk.path(rest)))
        self.assert_status(200, self.server.signed(figures, "GET", self.desk.path("leden")))
        report = self.posted()
        self.assert_faults(self.patch(report, {"toegewezen": self.desk.members["figures"].lid}), "toegewezen")
        self.assert_status(200, self.patch(report, {"toegewezen": self.desk.members["second"].lid}))


class Changing(Working):
    def test_the_states_that_are_set_by_hand(self):
        report = self.posted()
        for number, status in enumerate(("in-behandeling", "wacht-op-melder", "afgesloten", "in-behandeling"), 2):
            self.assertEqual(self.patch(report, {"status": status}).json(), {"id": report.id, "revisie": number})
        for status in ("nieuw", "ingetrokken", "overgedragen", "wordt-vernietigd"):
            self.assert_faults(self.patch(report, {"status": status}), "status")
        self.assert_faults(self.patch(report, {"labels": []}), "labels")
        without = self.posted(with_mailbox=False)
        self.assert_status(409, self.patch(without, {"status": "wacht-op-melder"}))

    def test_a_key_is_sealed_anew_and_the_report_opens_by_it(self):
        report = self.posted()
        key = report.keys[self.desk.id]
        anew = envelope.desk_recipient(self.desk.id, key.epoch, key.public, "eerste", report.content_key, report.id)
        answer = self.patch(report, {"herzegeld": [{"id": report.id, "ontvangers": [anew]}]})
        self.assertEqual(answer.json(), {"id": report.id, "revisie": 1})
        item = self.fetch(report).json()
        self.assertEqual(item["sealedKey"], anew["sealedKey"])
        box = self.desk.epoch_box("officer", key.epoch, key.public)
        text = envelope.open_sealed(envelope.MELDING, report.id, item["sealedKey"], item["body"], box)
        self.assertEqual(parse_json(text), report.document)
        self.assert_faults(self.patch(report, {"herzegeld": [{"id": new_uuid(), "ontvangers": [anew]}]}), "herzegeld")
        self.assert_faults(self.patch(report, {"herzegeld": [{"id": report.id, "ontvangers": [
            {**anew, "voor": f"loket:{self.world.standaard}"}]}]}), "voor")

    def test_the_trail_says_what_was_ordered_and_taken_back(self):
        report = self.posted()
        self.delete(report)
        self.patch(report, {"vernietiging": None}, "second")
        lines, after = [], 0
        while page := self.desk.get("lead", f"logboek?na={after}").json()["regels"]:
            lines += page
            after = parse_json(unb64u(page[-1]))["regel"]
            if len(page) < 50:
                break
        done = [(line["handeling"], line["lid"], line["object"]) for line in map(parse_json, map(unb64u, lines))
                if line["object"].startswith(report.id) and line["handeling"] != "melding-opgehaald"]
        self.assertEqual(done, [
            ("vernietiging-opgedragen", self.desk.members["officer"].lid, f"{report.id} reden=misbruik"),
            ("vernietiging-teruggenomen", self.desk.members["second"].lid, report.id)])
