"""Against a live server: who is let in (protocol §7), and that every other signature gets the one 401."""

import time

from witness import jws
from witness.text import b64u, dump_json, new_uuid
from witness.wire import Actor
from world import Case, Report, lead_actor

LIST = ["@method", "@authority", "@path", "@query"]


class Signatures(Case):
    @property
    def officer(self):
        return self.desk.members["officer"].actor

    @property
    def target(self):
        return self.desk.path("meldingen?aantal=1")

    def send(self, headers, method="GET", target=None, body=None):
        return self.server.send(method, target or self.target, body, headers)

    def refused(self, answer):
        """401, with the one text there is."""
        self.assert_status(401, answer)
        self.assertEqual(answer.body, self.server.get(self.target).body)

    def signed_otherwise(self, **changes):
        return self.send(self.server.signed_headers(self.officer, "GET", self.target, **changes))

    def test_a_good_one(self):
        self.assert_status(200, self.signed_otherwise())

    def test_parameters_in_any_order(self):
        order = ("tag", "keyid", "alg", "nonce", "created")
        self.assert_status(200, self.signed_otherwise(order=order))

    def test_without_a_query_the_base_has_a_question_mark(self):
        self.assert_status(200, self.server.signed(self.officer, "GET", self.desk.path("meldingen")))

    def test_none(self):
        self.refused(self.send({}))

    def test_replayed(self):
        headers = self.server.signed_headers(self.officer, "GET", self.target)
        self.assert_status(200, self.send(headers))
        self.refused(self.send(headers))

    def test_a_nonce_used_again(self):
        nonce = b64u(bytes(8) + jws.SignKey().public[:8])
        self.assert_status(200, self.signed_otherwise(nonce=nonce))
        self.refused(self.signed_otherwise(nonce=nonce))

    def test_a_false_signature_does_not_spend_the_nonce(self):
        nonce = b64u(jws.SignKey().public[:16])
        self.refused(self.send(self.server.signed_headers(
            Actor(self.officer.keyid, jws.SignKey()), "GET", self.target, nonce=nonce)))
        self.assert_status(200, self.signed_otherwise(nonce=nonce))

    def test_too_old_or_too_new(self):
        for off in (-301, 400):
            told = self.signed_otherwise(created=int(time.time()) + off)
            self.assert_status(401, told)
            self.assertEqual(told.head("WWW-Authenticate"), "Signature")
            self.assertEqual([fault["code"] for fault in told.json()["errors"]], ["klok"])
            # Before any key is looked up: a stranger is told the same, as far as the clock stood still.
            stranger = Actor(f"lid:{new_uuid()}", jws.SignKey())
            other = self.send(self.server.signed_headers(stranger, "GET", self.target,
                                                         created=int(time.time()) + off))
            self.assertEqual((other.status, [fault["code"] for fault in other.json()["errors"]]), (401, ["klok"]))

    def test_another_method_path_query_or_host_than_was_signed(self):
        for method, target in (("GET", self.desk.path("meldingen?aantal=2")), ("GET", self.desk.path("meldingen")),
                               ("GET", self.desk.path("leden"))):
            with self.subTest(target):
                self.refused(self.send(self.server.signed_headers(self.officer, "GET", self.target), method, target))
        self.refused(self.send(self.server.signed_headers(self.officer, "HEAD", self.target)))
        port = self.server.authority.partition(":")[2]
        for authority in ("127.0.0.2", f"127.0.0.1:{port}", "evil.example", self.server.authority + "0"):
            if authority != self.server.authority:
                with self.subTest(authority):
                    self.refused(self.signed_otherwise(authority=authority))

    def test_a_host_that_is_not_the_server_s(self):
        headers = self.server.signed_headers(self.officer, "GET", self.target, authority="evil.example")
        answer = self.send({**headers, "Host": "evil.example"})
        self.assertIn(answer.status, (400, 401, 421))

    def test_another_body_than_was_signed(self):
        target, first, second = self.desk.path("standen"), dump_json({"stand": "a"}), dump_json({"stand": "b"})
        headers = self.server.signed_headers(self.desk.lead, "POST", target, first)
        headers["content-type"] = "application/json"
        self.refused(self.send(headers, "POST", target, second))
        other = self.server.signed_headers(self.desk.lead, "POST", target, second)
        headers = self.server.signed_headers(self.desk.lead, "POST", target, first)
        self.refused(self.send({**headers, "content-type": "application/json",
                                "content-digest": other["content-digest"]}, "POST", target, second))

    def test_a_body_that_is_not_covered(self):
        target, body = self.desk.path("standen"), dump_json({"stand": "a"})
        headers = self.server.signed_headers(self.desk.lead, "POST", target, body, components=LIST)
        self.refused(self.send({**headers, "content-type": "application/json"}, "POST", target, body))
        del headers["content-digest"]
        self.refused(self.send({**headers, "content-type": "application/json"}, "POST", target, body))

    def test_an_if_match_that_is_not_covered(self):
        headers = self.server.signed_headers(self.officer, "GET", self.target)
        self.refused(self.send({**headers, "if-match": '"1"'}))

    def test_a_component_left_out(self):
        for name in LIST:
            with self.subTest(name):
                self.refused(self.signed_otherwise(components=[one for one in LIST if one != name]))

    def test_a_component_added(self):
        self.refused(self.signed_otherwise(components=[*LIST, "@scheme"]))
        self.refused(self.signed_otherwise(components=[*LIST, "accept"], headers={"accept": "*/*"}))

    def test_components_in_another_order(self):
        self.refused(self.signed_otherwise(components=LIST[::-1]))

    def test_parameters_missing_or_wrong(self):
        every = ("created", "nonce", "keyid", "alg", "tag")
        for name in every:
            with self.subTest(name):
                self.refused(self.signed_otherwise(order=[one for one in every if one != name]))
        self.refused(self.signed_otherwise(alg='"hmac-sha256"'))
        self.refused(self.signed_otherwise(tag='"other"'))
        self.refused(self.signed_otherwise(created=f'"{int(time.time())}"'))
        self.refused(self.signed_otherwise(nonce=b64u(bytes(15))))

    def test_another_label(self):
        self.refused(self.signed_otherwise(label="sig2"))

    def test_unknown_keys(self):
        stranger = jws.SignKey()
        for keyid in (f"lid:{new_uuid()}", self.officer.keyid, lead_actor(stranger).keyid, self.desk.lead.keyid,
                      "lid:x", "", "anders:1"):
            with self.subTest(keyid):
                self.refused(self.server.signed(Actor(keyid, stranger), "GET", self.target))


class Rights(Case):
    def test_a_member_of_another_desk(self):
        target = f"/v1/loketten/{self.world.standaard}/meldingen"
        self.assert_status(403, self.server.signed(self.desk.members["officer"].actor, "GET", target))

    def test_a_desk_that_is_none(self):
        self.assert_status(404, self.server.signed(self.desk.members["officer"].actor, "GET",
                                                   "/v1/loketten/bestaat-niet/meldingen"))

    def test_a_report_that_is_none(self):
        self.assert_status(404, self.server.signed(self.desk.members["officer"].actor, "GET",
                                                   self.desk.path(f"meldingen/{new_uuid()}")))

    def test_a_report_of_another_desk(self):
        report = Report(self.world, [(self.world.standaard, "eerste")])
        self.world.post_report(report)
        self.assert_status(404, self.server.signed(self.desk.members["officer"].actor, "GET",
                                                   self.desk.path(f"meldingen/{report.id}")))

    def test_a_lead_key_reads_nothing(self):
        for rest in ("meldingen", "leden", "sleutels", "logboek"):
            with self.subTest(rest):
                self.assert_status(403, self.server.signed(self.desk.lead, "GET", self.desk.path(rest)))

    def test_a_lead_key_serves_its_own_desk_only(self):
        self.assert_status(403, self.server.signed(self.desk.lead, "POST",
                                                   f"/v1/loketten/{self.world.standaard}/standen",
                                                   {"stand": self.desk.stand(loket=self.world.standaard)}))

    def test_a_mailbox_key_is_no_member(self):
        report = Report(self.world)
        self.world.post_report(report)
        answer = self.server.signed(Actor(report.mailbox.keyid, report.mailbox.sign), "GET",
                                    self.desk.path("meldingen"))
        self.assertIn(answer.status, (401, 403))
