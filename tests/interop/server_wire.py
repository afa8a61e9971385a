"""Against a live server: JSON nobody may send, and what HTTP itself must answer.

The headers every answer owes (API-Version, security headers, the shape of a problem) are checked in
witness/wire.py on each answer of the whole suite.
"""

import json
import socket

from witness.text import dump_json, new_uuid
from world import Case, Report

LIMIT = 512 * 1024


class Hazards(Case):
    """Each starts from a report that would be taken; `vulling` is a member the server ignores."""

    def refuse(self, spoil):
        report = Report(self.world)
        good = dump_json({**report.body(), "vulling": "0"})
        bad = spoil(good)
        self.assertNotEqual(good, bad)
        self.assert_status(400, self.server.post("/v1/meldingen", bad))
        self.assert_status(201, self.server.post("/v1/meldingen", good))

    def with_filling(self, raw):
        self.refuse(lambda good: good.replace(b'"vulling":"0"', b'"vulling":' + raw))

    def test_a_duplicate_name(self):
        self.refuse(lambda good: good[:-1] + b',"vulling":"0"}')
        self.refuse(lambda good: good[:-1] + b',"\\u0076ulling":"0"}')
        self.refuse(lambda good: good.replace(b'"rol":"eerste"', b'"rol":"eerste","rol":"eerste"'))

    def test_a_byte_order_mark(self):
        self.refuse(lambda good: b"\xef\xbb\xbf" + good)

    def test_depth_17(self):
        self.with_filling(b"[" * 16 + b"]" * 16)
        self.with_filling(b"[" * 100_000 + b"]" * 100_000)

    def test_lone_surrogates(self):
        self.with_filling(b'"\\ud800"')
        self.with_filling(b'"\\udc00\\ud800"')

    def test_the_null_character(self):
        self.with_filling(b'"\\u0000"')
        self.with_filling(b'"\0"')

    def test_bytes_that_are_not_utf8(self):
        for raw in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            self.with_filling(b'"' + raw + b'"')

    def test_numbers_that_are_not_integers_below_2_53(self):
        for raw in (b"1.0", b"1e3", b"9007199254740992", b"-9007199254740992", b"01", b"NaN", b"1" * 400):
            self.with_filling(raw)

    def test_what_is_not_json(self):
        self.refuse(lambda good: good[:-1])
        self.refuse(lambda good: good + b"{}")
        self.refuse(lambda good: good[:-1] + b",}")
        self.refuse(lambda good: b"[" + good + b"]")
        self.assert_status(400, self.server.post("/v1/meldingen", b"null"))

    def test_an_empty_body(self):
        self.assert_status(400, self.server.post("/v1/meldingen", b""))

    def test_in_a_signed_body(self):
        self.needs("POST /v1/loketten/{l}/tellingen")
        target, officer = self.desk.path("tellingen"), self.desk.members["officer"].actor
        telling = '{"id":"%s","kwartaal":"2026-Q4","kenmerken":{"vorm":"arbeid"},"delta":%s}'
        for delta in ("1.0", "1e0", "9007199254740993", "0", "2", '"1"', '1,"delta":1', '1,"vreemd":1'):
            with self.subTest(delta):
                body = (telling % (new_uuid(), delta)).encode("ascii")
                self.assert_status(400, self.server.signed(officer, "POST", target, body))

    def test_unknown_members_of_signed_bodies(self):
        for rest, body in (("standen", {"stand": self.desk.stand()}),
                           ("leden", {"lid": self.desk.members["lead"].token, "wraps": []})):
            with self.subTest(rest):
                answer = self.server.signed(self.desk.lead, "POST", self.desk.path(rest), {**body, "vreemd": 1})
                self.assert_faults(answer, "vreemd")


class Http(Case):
    def test_another_media_type(self):
        raw = Report(self.world).raw()
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/octet-stream"):
            self.assert_status(415, self.server.post("/v1/meldingen", raw, kind))

    def raw(self, text):
        """The status of the final answer to bytes no client library would send."""
        with socket.create_connection((self.server.host, self.server.port), 30) as plain:
            with self.server.tls.wrap_socket(plain, server_hostname=self.server.host) as line:
                line.sendall(text.encode("ascii"))
                with line.makefile("rb") as answer:
                    return int(answer.readline().split()[1])

    def test_too_large(self):
        """Answered after the headers: of this body not a byte is ever sent."""
        self.assertEqual(413, self.raw(
            f"POST /v1/meldingen HTTP/1.1\r\nHost: {self.server.authority}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {LIMIT + 1}\r\nExpect: 100-continue\r\n\r\n"))

    def test_a_body_that_may_come_is_asked_for(self):
        self.assertEqual(100, self.raw(
            f"POST /v1/meldingen HTTP/1.1\r\nHost: {self.server.authority}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {LIMIT}\r\nExpect: 100-continue\r\n\r\n"))

    def test_the_largest_body_is_read(self):
        raw = Report(self.world).raw()
        self.assert_status(201, self.server.post("/v1/meldingen", raw + b" " * (LIMIT - len(raw))))

    def test_a_trailing_slash(self):
        for path in ("/v1/sleutelgids/", "/v1/routering/", "/v1/openapi.json/"):
            self.assert_status(404, self.server.get(path))
        self.assert_status(404, self.server.post("/v1/meldingen/", Report(self.world).raw()))

    def test_a_path_that_is_none(self):
        for path in ("/v1", "/v1/bestaat-niet", "/v1/sleutelgids/x/y"):
            self.assert_status(404, self.server.get(path))

    def test_another_method(self):
        for method, path, allowed in (("DELETE", "/v1/meldingen", "POST"), ("GET", "/v1/meldingen", "POST"),
                                      ("PUT", "/v1/sleutelgids", "GET"), ("POST", "/v1/routering", "GET"),
                                      ("DELETE", self.desk.path("meldingen"), "GET")):
            with self.subTest((method, path)):
                answer = self.server.send(method, path)
                self.assert_status(405, answer)
                self.assertIn(allowed, answer.head("Allow"))

    def test_public_data_may_be_kept(self):
        for path in ("/v1/routering", "/v1/sleutelgids", "/v1/gemeenten", "/v1/wegwijzer"):
            answer = self.server.get(path)
            self.assertTrue(answer.head("ETag"))
            self.assertIn("max-age=", answer.head("Cache-Control"))
        tag = self.server.get("/v1/routering").head("ETag")
        again = self.server.send("GET", "/v1/routering", None, {"If-None-Match": tag})
        self.assert_status(304, again)

    def test_what_somebody_looks_for_may_not(self):
        for path in ("/v1/gemeenten?zoek=utrecht", "/v1/wegwijzer?rol=slachtoffer&postcode=3011"):
            answer = self.server.get(path)
            self.assert_status(200, answer)
            self.assertEqual("no-store", answer.head("Cache-Control"))

    def test_what_is_signed_may_not(self):
        self.assertIn("no-store", self.desk.get("officer", "meldingen").head("Cache-Control"))

    def test_the_interface_is_published(self):
        answer = self.server.get("/v1/openapi.json")
        self.assertEqual(answer.head("Access-Control-Allow-Origin"), "*")
        document = json.loads(answer.body)
        self.assertRegex(document["openapi"], r"\A3\.1\.")
        published = {document["servers"][0]["url"] + path for path in document["paths"]}
        self.assertLessEqual({"/v1/meldingen", "/v1/sleutelgids", "/v1/routering", "/v1/gemeenten"}, published)
