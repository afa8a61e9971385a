"""Against a live server: a report's way to an officer, and the thread with its reporter."""

import io
import threading
import time

from witness import envelope, files, jws, messages, routing, trust
from witness.text import Refused, dump_json, hash_of, new_uuid, parse_day, parse_json, today
from witness.wire import Actor, expect
from world import Case, Report, epoch_from_now


class Reporting(Case):
    def test_a_report_arrives_and_opens(self):
        report = Report(self.world)
        answer = self.world.post_report(report)
        self.assertEqual(answer.json(), {"id": report.id, "ontvangen": today().isoformat()})
        listed, _ = self.desk.collect("officer", aantal=50, metBody="true")
        item = listed[report.id]
        self.assertEqual(item, {**item, "status": "nieuw", "rol": "eerste", "spoed": False, "toegewezen": None,
                                "geopend": False, "ongelezen": 0, "bewaren": None, "einde": None,
                                "berichten": [], "notities": [], "ontvangen": today().isoformat(),
                                "epoch": report.keys[self.desk.id].epoch})
        box = self.desk.epoch_box("officer", item["epoch"], report.keys[self.desk.id].public)
        text = envelope.open_sealed(envelope.MELDING, report.id, item["sealedKey"], item["body"], box)
        self.assertEqual(parse_json(text), report.document)

    def test_one_report_in_full(self):
        report = Report(self.world)
        self.world.post_report(report)
        answer = self.desk.get("officer", f"meldingen/{report.id}")
        item = answer.json()
        self.assertIn(str(item["revisie"]), answer.head("ETag"))
        self.assertEqual(item["postbus"], report.mailbox.id)
        self.assertEqual((item["bijlagen"], item["berichten"], item["notities"]), ([], [], []))
        key = report.keys[self.desk.id]
        self.assertEqual(item["ontvangers"], [{"voor": f"loket:{self.desk.id}", "rol": "eerste", "epoch": key.epoch}])
        own = {**item["ontvangers"][0], "sealedKey": item["sealedKey"]}
        received = {"id": report.id, "suite": envelope.SUITE, "ontvangers": [own], "body": item["body"]}
        opened = messages.open_report(received, f"loket:{self.desk.id}",
                                      self.desk.epoch_box("officer", key.epoch, key.public))
        self.assertEqual(opened, report.document)
        self.assertEqual(messages.alarms(opened, received, item["spoed"], item["postbus"]), [])

    def test_the_same_bytes_again_are_the_same_answer(self):
        raw = Report(self.world).raw()
        first, second = (self.server.post("/v1/meldingen", raw) for _ in range(2))
        self.assert_status(201, first)
        self.assert_status(200, second)
        self.assertEqual(first.json(), second.json())

    def test_the_same_id_with_other_bytes_is_a_conflict(self):
        report = Report(self.world)
        self.world.post_report(report)
        self.world.post_report(report, 409)  # sealed keys are fresh each time
        other = Report(self.world)
        raw = other.raw()
        self.assert_status(201, self.server.post("/v1/meldingen", raw))
        self.assert_status(409, self.server.post("/v1/meldingen", raw + b"\n"))

    def test_a_mailbox_belongs_to_one_report(self):
        first, second = Report(self.world), Report(self.world)
        self.world.post_report(first)
        second.mailbox = first.mailbox
        self.world.post_report(second, 409)

    def test_without_a_mailbox(self):
        report = Report(self.world, with_mailbox=False)
        self.world.post_report(report)
        self.assertIsNone(self.desk.get("officer", f"meldingen/{report.id}").json()["postbus"])

    def test_an_urgent_one_may_name_the_fallback(self):
        roles = [(self.desk.id, routing.EERSTE), (self.world.standaard, routing.ACHTERVANG)]
        report = Report(self.world, roles, urgent=True)
        self.world.post_report(report)
        self.assertTrue(self.desk.collect("officer")[0][report.id]["spoed"])

    def test_every_class_arrives(self):
        for size in envelope.CLASSES:
            report = Report(self.world)
            report.document["wat"] += "x" * (size - 41 - len(dump_json(report.document)))
            raw = report.raw()
            self.assertEqual(len(raw), envelope.FILLED[size])
            self.assert_status(201, self.server.post("/v1/meldingen", raw))

    def test_an_attachment_goes_along(self):
        self.needs("POST /v1/bijlagen")
        report, file_id, data = Report(self.world), new_uuid(), bytes(range(256)) * 300
        stream = b"".join(files.seal(io.BytesIO(data), len(data), report.content_key, report.id, 0))
        sent = self.server.post("/v1/bijlagen", stream, "application/octet-stream", **{"Bijlage-Id": file_id})
        self.assert_status(201, sent)
        report.attachments = [file_id]
        report.document["bijlagen"] = [{"index": 0, "uuid": file_id, "hash": hash_of(stream), "naam": "a.bin",
                                        "mediaType": "application/octet-stream", "grootte": len(data)}]
        self.world.post_report(report)
        item = self.desk.get("officer", f"meldingen/{report.id}").json()
        self.assertEqual(item["bijlagen"], [{"id": file_id, "index": 0, "grootte": len(stream)}])
        fetched = self.desk.get("officer", f"meldingen/{report.id}/bijlagen/{file_id}").body
        self.assertEqual(b"".join(files.unseal(io.BytesIO(fetched), len(data), report.content_key, report.id, 0)), data)
        again = Report(self.world)
        self.assert_faults(self.server.post("/v1/meldingen", again.body(bijlagen=[file_id])), "bijlagen")


class Listing(Case):
    def test_pages_by_cursor(self):
        made = [Report(self.world) for _ in range(3)]
        for report in made:
            self.world.post_report(report)
        listed, cursor = self.desk.collect("lead", aantal=1)
        self.assertLessEqual({report.id for report in made}, set(listed))
        self.assertRegex(cursor, r"\A[A-Za-z0-9_-]+\Z")
        news = Report(self.world)
        self.world.post_report(news)
        self.assertIn(news.id, self.desk.collect("lead", cursor, status="nieuw")[0])

    def test_a_wait_ends_when_a_report_arrives(self):
        _, cursor = self.desk.collect("officer")
        report, sent, seen = Report(self.world), threading.Event(), {}

        def wait():
            answer = self.desk.get("officer", f"meldingen?na={cursor}&wacht=50", on_sent=sent.set)
            seen["items"], seen["after"] = answer.json()["meldingen"], time.monotonic()

        waiting = threading.Thread(target=wait)
        waiting.start()
        self.assertTrue(sent.wait(30))
        begun = time.monotonic()
        self.world.post_report(report)
        waiting.join(60)
        self.assertIn(report.id, [item["id"] for item in seen["items"]])
        self.assertLess(seen["after"] - begun, 20)

    def test_a_wait_for_nothing_ends_empty(self):
        _, cursor = self.desk.collect("officer")
        begun = time.monotonic()
        page = self.desk.get("officer", f"meldingen?na={cursor}&wacht=1").json()
        self.assertEqual((page["meldingen"], page["meer"]), ([], False))
        self.assertGreater(time.monotonic() - begun, 0.9)

    def test_faults_in_the_question(self):
        for query in ("aantal=201", "aantal=0", "aantal=x", "wacht=61", "status=anders", "na=!", "metBody=1"):
            with self.subTest(query):
                answer = self.server.signed(self.desk.members["officer"].actor, "GET",
                                            self.desk.path(f"meldingen?{query}"))
                self.assert_faults(answer, query.partition("=")[0])

    def test_a_wrap_is_not_handed_out_before_its_day(self):
        given = {}
        for entry in self.desk.get("officer", "sleutels").json()["sleutels"]:
            payload = jws.peek(entry["sleutel"])
            if hash_of(entry["sleutel"]) in jws.peek(self.desk.stand_token)["sleutels"]:
                given[payload["epoch"]] = (entry["sealedSecret"], parse_day(payload["van"]))
        for epoch, (wrap, first) in given.items():
            self.assertEqual(wrap is not None, first - trust.ONE_DAY <= today(), epoch)
        self.assertIsNone(given[epoch_from_now(4)][0])

    def test_members_are_who_the_stand_says(self):
        document = self.desk.get("officer", "leden").json()
        self.assertEqual(document["stand"], self.desk.stand_token)
        directory = self.world.directory()
        for member in self.desk.members.values():
            self.assertIn(member.token, document["leden"])
            self.assertEqual(trust.read_member(member.token, directory, today())["lid"], member.lid)

    def test_a_change_asks_for_the_revision_it_changes(self):
        self.needs("PATCH /v1/loketten/{l}/meldingen/{id}")
        report = Report(self.world)
        self.world.post_report(report)
        path, actor = self.desk.path(f"meldingen/{report.id}"), self.desk.members["officer"].actor
        tag = self.server.signed(actor, "GET", path).head("ETag")
        changed = self.server.signed(actor, "PATCH", path, {"status": "in-behandeling"}, headers={"if-match": tag})
        self.assert_status(200, changed)
        self.assert_status(409, self.server.signed(actor, "PATCH", path, {"status": "afgesloten"},
                                                   headers={"if-match": tag}))
        self.assert_faults(self.server.signed(actor, "PATCH", path, {"status": "afgesloten"}), "If-Match")
        self.assertEqual(self.server.signed(actor, "GET", path).json()["status"], "in-behandeling")


class Mailbox(Case):
    def inbox(self, report):
        target = f"/v1/postbussen/{report.mailbox.id}/berichten"
        answer = self.server.signed(Actor(report.mailbox.keyid, report.mailbox.sign), "GET", target)
        expect(answer.status == 200, "the mailbox", answer)
        return answer.json()

    def test_an_answer_reaches_the_reporter_and_theirs_the_desk(self):
        self.needs("GET /v1/postbussen/{id}/berichten")
        report, officer = Report(self.world), self.desk.members["officer"]
        self.world.post_report(report)
        self.assertEqual(self.inbox(report), {**self.inbox(report), "status": "ontvangen", "berichten": [],
                                              "loketten": [self.desk.id]})
        key = report.keys[self.desk.id]
        desk_box = self.desk.epoch_box("officer", key.epoch, key.public)

        def to_desk(role):
            return lambda content_key, envelope_id: envelope.desk_recipient(
                self.desk.id, key.epoch, key.public, role, content_key, envelope_id)

        reply_id, voor = new_uuid(), f"postbus:{report.mailbox.id}"
        text = messages.text_of(envelope.ANTWOORD, officer.sign, reply_id, {
            "van": f"loket:{self.desk.id}", "aan": voor, "meldingId": report.id, "na": None, "taal": "nl",
            "tekst": "Bent u veilig?", "code": None, "spoed": False, "bijlagen": [],
            "datum": today().isoformat()}, officer.token)
        reply = envelope.make(envelope.ANTWOORD, reply_id, text, [
            lambda k, i: envelope.mailbox_recipient(report.mailbox.id, report.mailbox.box.public, k, i),
            to_desk("mede")])
        answer = self.server.signed(officer.actor, "POST", self.desk.path(f"meldingen/{report.id}/berichten"),
                                    envelope.filled(reply))
        self.assert_status(201, answer)
        received = self.inbox(report)["berichten"][0]
        self.assertEqual((received["van"], received["dag"]), ("loket", today().isoformat()))
        payload = messages.open_reply(received["envelope"], report.mailbox, self.world.directory(), today())
        self.assertEqual(payload["tekst"], "Bent u veilig?")
        with self.assertRaises(Refused):
            messages.open_reply(received["envelope"], Report(self.world).mailbox, self.world.directory(), today())

        own_id = new_uuid()
        text = messages.text_of(envelope.BERICHT, report.mailbox.sign, own_id, {
            "van": voor, "aan": None, "meldingId": None, "na": reply_id, "taal": "nl", "tekst": "Ja.", "code": None,
            "spoed": False, "bijlagen": [], "datum": today().isoformat()})
        own = envelope.make(envelope.BERICHT, own_id, text, [to_desk("eerste")])
        answer = self.server.signed(Actor(report.mailbox.keyid, report.mailbox.sign), "POST",
                                    f"/v1/postbussen/{report.mailbox.id}/berichten", envelope.filled(own))
        self.assert_status(201, answer)
        thread = self.desk.get("officer", f"meldingen/{report.id}").json()["berichten"]
        mine = next(entry["envelope"] for entry in thread if entry["van"] == "melder")
        payload = messages.open_text(envelope.BERICHT, mine, f"loket:{self.desk.id}", desk_box, report.id,
                                     self.world.directory(), today(), report.mailbox.sign.public)
        self.assertEqual(payload["tekst"], "Ja.")

    def test_an_unknown_mailbox_answers_like_a_wrong_signature(self):
        self.needs("GET /v1/postbussen/{id}/berichten")
        known, stranger = Report(self.world), Report(self.world)
        self.world.post_report(known)
        answers = [self.server.signed(Actor(f"postbus:{box.id}", key), "GET", f"/v1/postbussen/{box.id}/berichten")
                   for box, key in ((stranger.mailbox, stranger.mailbox.sign), (known.mailbox, stranger.mailbox.sign),
                                    (known.mailbox, jws.SignKey()))]
        for answer in answers:
            self.assert_status(401, answer)
            self.assertEqual(answer.body, answers[0].body)
