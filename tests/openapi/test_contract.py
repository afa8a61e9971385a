#!/usr/bin/python3
"""Answers that the document does not describe are told, each for what it is; those that it describes pass. No server."""
import json
import unittest

import contract

VERSION = {"API-Version": "1.0.0"}
PUBLIC = {**VERSION, "ETag": '"x"', "Cache-Control": "public, max-age=0", "Access-Control-Allow-Origin": "*",
          "Content-Type": "application/json"}
TRAIL = {"Logboek": "regel=0, hash="}
JWS = "e30.e30." + "A" * 86
DESK, ID = "/v1/loketten/rotterdam", "00000000-0000-4000-8000-000000000000"


def problem(status, **more):
    return json.dumps({"type": "about:blank", "status": status, "title": "t", "detail": "d", **more}).encode()


PROBLEM = {**VERSION, "Content-Type": "application/problem+json"}
FAULT = {"in": "query", "location": "postcode", "code": "formaat", "detail": "d"}
ROW = {"id": ID, "status": "nieuw", "rol": "eerste", "spoed": False, "ontvangen": "2026-11-22", "epoch": "2026-W47",
       "sealedKey": "A" * 128, "grootteklasse": 4096, "toegewezen": None, "termijn": None, "geopend": False, "ongelezen": 0,
       "bewaren": None, "einde": None, "nietTeOpenen": False, "revisie": 1}
WHOLE = {**ROW, "ontvangers": [], "body": "A" * 5462, "bijlagen": [], "postbus": None, "berichten": [], "notities": [],
         "overdracht": None, "vernietiging": None}


def listed(**changes):
    return json.dumps({"meldingen": [{**ROW, **changes}], "cursor": "c", "meer": False}).encode()


def whole(**changes):
    return json.dumps({**WHOLE, **changes}).encode()


STAND = json.dumps({"stand": JWS}).encode()
SIGNED = {**VERSION, **TRAIL, "Content-Type": "application/json"}
ONE = {**SIGNED, "ETag": '"1"'}
# (method, target, status, fields, body)
DESCRIBED = {
    "public data": ("GET", f"{DESK}/standen/1", 200, PUBLIC, STAND),
    "its head": ("HEAD", f"{DESK}/standen/1", 200, PUBLIC, b""),
    "not changed": ("GET", "/v1/routering", 304, PUBLIC, b""),
    "a fault": ("GET", "/v1/gemeenten?postcode=x", 400, PROBLEM, problem(400, errors=[FAULT])),
    "a frame": ("GET", "/v1/gemeenten", 431, PROBLEM, problem(431)),
    "another method": ("PUT", "/v1/gemeenten", 405, {**PROBLEM, "Allow": "GET, HEAD"}, problem(405)),
    "a method in small letters": ("get", "/v1/gemeenten", 405, {**PROBLEM, "Allow": "GET, HEAD"}, problem(405)),
    "methods": ("OPTIONS", "/v1/gemeenten", 204, {**VERSION, "Allow": "GET, HEAD"}, b""),
    "no address": ("GET", "/v1/nergens", 404, PROBLEM, problem(404)),
    "busy": ("POST", "/v1/meldingen", 503, {**PROBLEM, "Retry-After": "5"}, problem(503)),
    "a list": ("GET", f"{DESK}/meldingen?wacht=1", 200, SIGNED, listed()),
    "a report": ("GET", f"{DESK}/meldingen/{ID}", 200, ONE, whole()),
    "a page": ("GET", "/nl", 200, {"Content-Type": "text/html"}, b"<p>"),
    "a page's refusal": ("POST", "/nl/melden", 415, {"Content-Type": "text/html"}, b"<p>"),
}
# (the words of the fault, method, target, status, fields, body)
PLANTED = {
    "no version": ("API-Version", "GET", "/v1/nergens", 404, {**PROBLEM, "API-Version": "1.0"}, problem(404)),
    "a status": ("not documented", "GET", "/v1/gemeenten", 409, PROBLEM, problem(409)),
    "422": ("not documented", "POST", "/v1/meldingen", 422, PROBLEM, problem(422)),
    "another success": ("not documented", "GET", "/v1/gemeenten", 206, PUBLIC, STAND),
    "a success of nothing": ("not documented", "GET", "/v1/nergens", 200, PUBLIC, STAND),
    "a success of another method": ("not documented", "DELETE", "/v1/gemeenten", 200, PUBLIC, STAND),
    "another address's status": ("not documented", "GET", "/v1/nergens", 409, PROBLEM, problem(409)),
    "no method, where it is one": ("not documented", "GET", "/v1/gemeenten", 405, {**PROBLEM, "Allow": "GET"}, problem(405)),
    "no methods": ("Allow", "PUT", "/v1/gemeenten", 405, PROBLEM, problem(405)),
    "a redirect of a slash": ("not documented", "GET", "/v1/gemeenten/", 301, VERSION, b""),
    "a media type": ("media type", "GET", f"{DESK}/standen/1", 200, {**PUBLIC, "Content-Type": "text/html"}, STAND),
    "a problem as JSON": ("media type", "GET", "/v1/nergens", 404, {**PROBLEM, "Content-Type": "application/json"},
                          problem(404)),
    "a body that is none": ("no JSON", "GET", f"{DESK}/standen/1", 200, PUBLIC, STAND[:-1]),
    "a name twice": ("no JSON", "GET", f"{DESK}/standen/1", 200, PUBLIC, STAND[:-1] + b"," + STAND[1:]),
    "a missing member": ("stand", "GET", f"{DESK}/standen/1", 200, PUBLIC, b"{}"),
    "a member too many": ("meer", "GET", f"{DESK}/standen/1", 200, PUBLIC, STAND[:-1] + b',"meer":1}'),
    "deep within": ("/meldingen/0", "GET", f"{DESK}/meldingen", 200, SIGNED, listed(meer=1)),
    "of two parts": ("meer", "GET", f"{DESK}/meldingen/{ID}", 200, ONE, whole(meer=1)),
    "a type": ("/meldingen/0/revisie", "GET", f"{DESK}/meldingen", 200, SIGNED, listed(revisie="1")),
    "a day that is none": ("/ontvangen", "GET", f"{DESK}/meldingen", 200, SIGNED, listed(ontvangen="2026-11-31")),
    "a moment": ("/ontvangen", "GET", f"{DESK}/meldingen", 200, SIGNED, listed(ontvangen="20261122")),
    "a last line end": ("/epoch", "GET", f"{DESK}/meldingen", 200, SIGNED, listed(epoch="2026-W47\n")),
    "a code nobody listed": ("/errors/0/code", "GET", "/v1/gemeenten?x=1", 400, PROBLEM,
                             problem(400, errors=[{**FAULT, "code": "anders"}])),
    "a problem's own status": ("says 403", "GET", "/v1/nergens", 404, PROBLEM, problem(403)),
    "a problem without detail": ("detail", "GET", "/v1/nergens", 404, PROBLEM, b'{"type":"a","status":404,"title":"t"}'),
    "no ETag": ("ETag is missing", "GET", "/v1/routering", 304, {**PUBLIC, "ETag": None}, b""),
    "not for every origin": ("Allow-Origin", "GET", "/v1/routering", 304,
                             {**PUBLIC, "Access-Control-Allow-Origin": "https://a.example"}, b""),
    "for every origin": ("Allow-Origin", "GET", f"{DESK}/meldingen", 200,
                         {**SIGNED, "Access-Control-Allow-Origin": "*"}, listed()),
    "no trail": ("Logboek is missing", "GET", f"{DESK}/meldingen", 200, {**SIGNED, "Logboek": None}, listed()),
    "a trail that is none": ("Logboek", "GET", f"{DESK}/meldingen", 200, {**SIGNED, "Logboek": "regel=x"}, listed()),
    "busy for no time": ("Retry-After is missing", "POST", "/v1/meldingen", 503, PROBLEM, problem(503)),
    "busy until a day": ("Retry-After", "POST", "/v1/meldingen", 503, {**PROBLEM, "Retry-After": "morgen"}, problem(503)),
    "not signed": ("WWW-Authenticate", "GET", f"{DESK}/meldingen", 401, PROBLEM, problem(401)),
    "a body of nothing": ("has a body", "GET", "/v1/routering", 304, PUBLIC, STAND),
    "a stray problem": ("no JSON", "?", "?", 400, {"Content-Type": "application/problem+json"}, b"{"),
    "a stray version": ("API-Version", "?", "?", 400, {"API-Version": "2.0.0"}, b""),
}


def checked(method, target, status, fields, body):
    contract.check(method, target, status, {name: value for name, value in fields.items() if value is not None}, body)


class Answers(unittest.TestCase):
    def test_what_the_document_describes(self):
        for name, answer in DESCRIBED.items():
            with self.subTest(name):
                checked(*answer)

    def test_what_it_does_not(self):
        for name, (words, *answer) in PLANTED.items():
            with self.subTest(name), self.assertRaises(contract.Differs) as told:
                checked(*answer)
            said = str(told.exception).split("\n")[0]
            self.assertTrue(said.startswith(f"{answer[0]} {answer[1]}: {answer[2]}: "), said)
            self.assertIn(words, said, name)


GET, POST = b"GET /v1/routering HTTP/1.1\r\nHost: a\r\n\r\n", b"POST /nl HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"


class Lines(unittest.TestCase):
    """Which request an answer belongs to."""

    def asked(self, *pieces):
        line, out = contract.Line(), []
        line.send(*pieces)
        while line.sent or not (out and out[-1] is None):
            out.append(line.next())
        return out[:-1]

    def test_requests_in_order(self):
        routing, page = ("GET", "/v1/routering"), ("POST", "/nl")
        for name, pieces, wanted in (
                ("one", (GET,), [routing]), ("two in one", (GET + POST + b"abcdGET",), [routing, page]),
                ("in pieces", (POST[:9], POST[9:], b"ab", b"cd", GET), [page, routing]),
                ("answered before its body", (POST, b"ab"), [page]),
                ("a body that looks like a request", (POST, GET), [page])):
            with self.subTest(name):
                self.assertEqual(self.asked(*pieces), wanted)

    def test_what_parsers_may_read_differently(self):
        for name, raw in (("half", GET[:-2]), ("no host", GET.replace(b"Host", b"Hast")), ("LF", GET.replace(b"\r", b"")),
                          ("a coding", GET.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: x\r\n\r\n")),
                          ("two lengths", POST.replace(b"\r\n\r\n", b"\r\nContent-Length: 4\r\n\r\n")),
                          ("a length of words", POST.replace(b": 4", b": four")),
                          ("folded", GET.replace(b"Host", b" Host")), ("HTTP/1.0", GET.replace(b"1.1", b"1.0"))):
            with self.subTest(name):
                self.assertEqual(self.asked(raw + GET), [])


if __name__ == "__main__":
    unittest.main()
