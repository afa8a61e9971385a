#!/usr/bin/python3
"""The NL API Design Rules 2.2 as far as they show in answers, and what public data owes a reader from elsewhere: CORS,
ETag, 304. Which rule is held where stands in docs/api-rules.md. Run by tests/with_server.py.
"""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "openapi"))

from contract import PROBLEM, published  # noqa: E402
from document import PUBLISHED  # noqa: E402
from line import JSON, MARK, Case, Line, post, reply_to, request  # noqa: E402

DESK = "/v1/loketten/rotterdam"
PUBLIC = ("/v1/openapi.json", "/v1/sleutelgids", "/v1/sleutelgids/1", "/v1/routering", "/v1/gemeenten?zoek=rotterdam",
          "/v1/gemeenten?postcode=3011", "/v1/gemeenten", "/v1/wegwijzer?acuut=ja", "/v1/hulpaanbod?postcode=3011",
          "/v1/signalen", f"{DESK}/standen/1")
ELSEWHERE = "Origin: https://elders.example"
# Of every kind of answer one: (bytes, status).
KINDS = {
    "public data": (request("GET", "/v1/routering"), 200), "methods": (request("OPTIONS", "/v1/routering"), 204),
    "not there": (request("GET", "/v1/nergens"), 404), "another method": (request("DELETE", "/v1/routering"), 405),
    "bad input": (request("GET", "/v1/gemeenten?postcode=x"), 400), "bad JSON": (post("/v1/meldingen", b"{"), 400),
    "not signed": (request("GET", f"{DESK}/meldingen"), 401),
    "another media type": (post("/v1/meldingen", b"{}", kind="text/plain"), 415),
    "too large": (request("POST", "/v1/meldingen", f"Content-Type: {JSON}", "Content-Length: 999999"), 413),
    "no length": (request("POST", "/v1/meldingen"), 411),
}


class DesignRules(Case):
    def each(self):
        for name, (raw, status) in KINDS.items():
            with self.subTest(name), Line() as line:
                answer = self.checked(line.send(raw).answer(), interface=True)
                self.assertEqual(answer.status, status, answer)
                yield answer

    def test_the_published_document(self):
        """/core/publish-openapi: without a signature, for every origin, and it is the one that was linted."""
        answer = self.taken(request("GET", "/v1/openapi.json", ELSEWHERE))
        self.assertEqual(answer.field("Content-Type"), JSON)
        self.assertEqual(answer.field("Access-Control-Allow-Origin"), "*")
        self.assertTrue(answer.json() == json.loads(PUBLISHED.read_text("utf-8")), "another document is built in")

    def test_the_version(self):
        """/core/version-header: whole, on every answer, and that of the document."""
        for answer in self.each():
            self.assertEqual(answer.field("API-Version"), published().version)

    def test_problems(self):
        """/core/error-handling/problem-details."""
        for answer in self.each():
            if answer.status >= 400:
                self.assertEqual(answer.field("Content-Type"), PROBLEM)
                self.assertLessEqual({"status", "title", "detail"}, set(answer.json()))
                self.assertEqual(answer.json()["status"], answer.status)

    def test_bad_input(self):
        """/core/error-handling/invalid-input and /core/error-handling/all-errors: 400, with every fault."""
        answer = self.taken(request("GET", f"/v1/gemeenten?postcode=x&zoek=a&zoek=b&{MARK}=1"), 400)
        self.assertEqual({(one["in"], one["code"]) for one in answer.json()["errors"]},
                         {("query", "formaat"), ("query", "dubbel"), ("query", "onbekend-lid")})
        answer = self.taken(post("/v1/meldingen", b'{"suite":1,"vreemd":2}'), 400)
        found = {(one["location"], one["code"]) for one in answer.json()["errors"]}
        self.assertLessEqual({("/suite", "type"), ("/id", "vereist"), ("/body", "vereist")}, found)
        self.assertIn("onbekend-lid", {code for _, code in found})

    def test_a_trailing_slash(self):
        """/core/no-trailing-slash: not there, and no redirect."""
        for target in PUBLIC:
            path, mark, rest = target.partition("?")
            self.assertIsNone(self.taken(request("GET", f"{path}/{mark}{rest}"), 404).field("Location"))
        self.refused(post("/v1/meldingen/", b"{}"), 404)  # its body was not read, so the line closes
        self.taken(request("GET", "/v1/"), 404)

    def test_another_method(self):
        """/core/http-methods: 405, with those there are."""
        for target in PUBLIC:
            for method in ("DELETE", "PROPFIND"):
                answer = self.taken(request(method, target), 405)
                self.assertIn("GET, HEAD", answer.field("Allow"))

    def test_security_headers(self):
        """/core/transport/security-headers. Public data may be kept; nothing else may."""
        for answer in self.each():
            self.assertIn("frame-ancestors 'none'", answer.field("Content-Security-Policy"))
            self.assertTrue(answer.field("Content-Type") or answer.status == 204)
            self.assertEqual(answer.field("X-Content-Type-Options"), "nosniff")
            self.assertIn("max-age=", answer.field("Strict-Transport-Security"))
            self.assertEqual("no-store" in answer.field("Cache-Control"), answer.status != 200)

    def test_no_state(self):
        """/core/stateless: nothing to remember a visitor by."""
        for answer in self.each():
            self.assertFalse({"set-cookie", "set-cookie2"} & set(answer.fields))

    def test_tls_alone(self):
        """/core/transport/tls: there is no other way in."""
        reply = reply_to(request("GET", "/v1/routering"))
        self.assertNotIn(b"HTTP", reply)
        self.assertLess(len(reply), 100)  # an alert of TLS at most


class Public(Case):
    """/core/transport/cors: what anybody may read, every origin may; what is kept is asked for again by its ETag."""

    def test_every_origin_may_read_it(self):
        for target in PUBLIC:
            for fields in ((), (ELSEWHERE,), ("Origin: null",)):
                with self.subTest((target, fields)):
                    answer = self.taken(request("GET", target, *fields), interface=True)
                    self.assertEqual(answer.field("Access-Control-Allow-Origin"), "*")
                    self.assertEqual(answer.field("Cross-Origin-Resource-Policy"), "cross-origin")
                    self.assertIsNone(answer.field("Access-Control-Allow-Credentials"))
                    # The same for every origin, so that it is kept once.
                    self.assertNotIn("origin", (answer.field("Vary") or "").lower())

    def test_every_origin_may_read_why_it_was_refused(self):
        for target, status in (("/v1/gemeenten?postcode=x", 400), ("/v1/wegwijzer?rol=nergens", 400),
                               ("/v1/sleutelgids/999", 404)):
            with self.subTest(target), Line() as line:
                answer = line.send(request("GET", target, ELSEWHERE)).answer()
                self.assertEqual(answer.status, status)
                self.assertEqual(answer.field("Access-Control-Allow-Origin"), "*")

    def test_no_origin_may_read_anything_else(self):
        others = [raw for name, (raw, _) in KINDS.items() if name not in ("public data", "bad input")]
        for raw in others:
            with self.subTest(raw[:60]), Line() as line:
                answer = line.send(raw.replace(b"\r\n\r\n", f"\r\n{ELSEWHERE}\r\n\r\n".encode(), 1)).answer()
                self.assertFalse([name for name in answer.fields if name.startswith("access-control")])
                self.assertEqual(answer.field("Cross-Origin-Resource-Policy"), "same-origin")

    def test_nothing_is_sent_twice_to_who_has_it(self):
        for target in PUBLIC:
            first = self.taken(request("GET", target))
            tag = first.field("ETag")
            self.assertRegex(tag, r'\A"[!#-~]+"\Z')
            # What somebody looks for is kept nowhere.
            self.assertRegex(first.field("Cache-Control"),
                             r"\Ano-store\Z" if "?" in target else r"\Apublic, max-age=[0-9]+(, must-revalidate)?\Z")
            for known in (tag, f'"anders", {tag}', f"W/{tag}", "*"):
                with self.subTest((target, known)):
                    again = self.taken(request("GET", target, f"If-None-Match: {known}", ELSEWHERE), 304)
                    for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy"):
                        self.assertEqual(again.field(name), first.field(name), name)
                    self.assertIsNone(again.field("Content-Type"))
            for other in ('"anders"', tag.strip('"'), tag[:-2] + '"', "", f'{tag[:-1]}x"'):
                with self.subTest((target, other)):
                    self.assertEqual(self.taken(request("GET", target, f"If-None-Match: {other}")).body, first.body)

    def test_a_tag_is_of_what_is_answered(self):
        """The same bytes, the same tag; other bytes, another."""
        seen = {}
        for target in (*PUBLIC, "/v1/gemeenten?zoek=utrecht", "/v1/gemeenten?zoek=Rotterdam"):
            answer = self.taken(request("GET", target))
            self.assertEqual(seen.setdefault(answer.field("ETag"), answer.body), answer.body)
        self.assertEqual(len(set(seen.values())), len(seen))

    def test_what_is_signed_for_has_no_tag_to_ask_by(self):
        self.assertIsNone(self.taken(request("GET", f"{DESK}/meldingen", "If-None-Match: *"), 401).field("ETag"))


if __name__ == "__main__":
    unittest.main()
