"""Against a live server: the trail an officer's requests leave, replayed, and the end of a membership."""

import base64

from witness import envelope, jws, trust
from witness.text import Refused, hash_of, parse_day, parse_json, today, unb64u
from world import Case, Member, Report, epoch_from_now


class Trail(Case):
    def test_grows_with_readings_and_not_with_lists(self):
        report = Report(self.world)
        self.world.post_report(report)
        before = self.desk.get("officer", "meldingen").trail()
        self.assertEqual(self.desk.get("officer", "meldingen?wacht=0").trail(), before)
        after = self.desk.get("officer", f"meldingen/{report.id}").trail()
        self.assertEqual(after[0], before[0] + 1)
        self.assertNotEqual(after[1], before[1])
        self.assertEqual(self.desk.get("officer", "meldingen").trail(), after)

    def check_signature(self, line):
        """api.md does not name the two members, so they are known by what they hold."""
        texts = [value for value in line.values() if isinstance(value, str)]
        base = next(text for text in texts if text.startswith('"@method": '))
        keyid = base.partition(';keyid="')[2].partition('"')[0]
        signatures = []
        for text in texts:
            try:
                signatures.append(unb64u(text, 64) if not text.startswith("sig1=")
                                  else base64.b64decode(text[6:-1]))
            except (Refused, ValueError):
                continue
        self.assertTrue(any(jws.signature_holds(self.desk.signers[keyid], base.encode("utf-8"), signature)
                            for signature in signatures), line)
        self.assertIn(line["lid"], keyid)

    def test_replays(self):
        report = Report(self.world)
        self.world.post_report(report)
        number, head = self.desk.get("officer", f"meldingen/{report.id}").trail()
        hashes, heads = {0: ""}, []
        while number not in hashes:
            page = self.desk.get("lead", f"logboek?na={len(hashes) - 1}").json()
            self.assertTrue(page["regels"])
            heads += page["hoofden"]
            for raw in map(unb64u, page["regels"]):
                line = parse_json(raw)
                self.assertEqual(line["regel"], len(hashes))
                self.assertEqual(line["vorige"], hashes[line["regel"] - 1])
                parse_day(line["dag"])
                self.check_signature(line)
                hashes[line["regel"]] = hash_of(raw)
        self.assertEqual(hashes[number], head)
        self.assertIn(f"meldingen/{report.id}", self.base_of_line(number))
        log_key = unb64u(self.world.directory().gids["logboek"], 32)
        for token in heads:
            daily = jws.verify(token, trust.HEAD, [log_key])
            self.assertEqual((daily["loket"], daily["hash"]), (self.desk.id, hashes[daily["regel"]]))

    def line(self, number):
        lines = self.desk.get("lead", f"logboek?na={number - 1}").json()["regels"]
        line = parse_json(unb64u(lines[0]))
        self.assertEqual(line["regel"], number)
        return line

    def test_a_line_names_the_hash_of_what_was_handed_in_and_the_same_again_leaves_none(self):
        member = Member(self.desk.id, self.desk.leads[0], "medewerker")
        key = self.desk.key_token(epoch_from_now(3), jws.BoxKey().public)
        self.desk.members["later"] = member
        for rest, name, token, wraps in (("leden", "lid", member.token, {"wraps": []}),
                                         ("sleutels", "sleutel", key, {"wraps": []}),
                                         ("standen", "stand", self.desk.stand(), {})):
            answer = self.desk.post(rest, {name: token, **wraps})
            line = self.line(answer.trail()[0])
            self.assertEqual((line["handeling"].split("-")[1], line["object"]), ("ingediend", hash_of(token)))
            before = self.desk.get("lead", "meldingen").trail()
            again = self.server.signed(self.desk.lead, "POST", self.desk.path(rest), {name: token, **wraps})
            self.assertEqual((again.status, again.json(), again.trail()), (200, answer.json(), before))
        self.desk.version, self.desk.stand_hash, self.desk.stand_token = (
            self.desk.version + 1, hash_of(token), token)

    def base_of_line(self, number):
        line = self.line(number)
        return next(value for value in line.values() if isinstance(value, str) and '"@path": ' in value)


class Revocation(Case):
    def test_a_new_stand_ends_a_member_and_their_keys_at_once(self):
        leaver = self.desk.enrol("leaver", "medewerker")
        epoch = epoch_from_now(0)
        self.desk.renew_key(epoch)
        self.desk.publish()
        early = Report(self.world)
        self.world.post_report(early)
        self.assertIn(early.id, self.desk.collect("leaver")[0])
        late = Report(self.world)
        del self.desk.members["leaver"]
        for each in list(self.desk.keys):
            self.desk.renew_key(each)
        self.desk.publish()
        for rest in ("meldingen", "sleutels", f"meldingen/{early.id}"):
            self.assert_status(401, self.server.signed(leaver.actor, "GET", self.desk.path(rest)))
        with self.assertRaises(Refused):
            trust.read_member(leaver.token, self.world.directory(), today())
        self.assert_faults(self.server.post("/v1/meldingen", late.raw()), ("sleutel", "ontvangers"))
        late.keys = {self.desk.id: self.world.directory().usable_key(self.desk.id, today(), self.world.standaard)}
        self.world.post_report(late)
        listed, _ = self.desk.collect("officer", metBody="true")
        for report in (early, late):
            item = listed[report.id]
            box = self.desk.epoch_box("officer", epoch, report.keys[self.desk.id].public)
            text = envelope.open_sealed(envelope.MELDING, report.id, item["sealedKey"], item["body"], box)
            self.assertEqual(parse_json(text), report.document)
