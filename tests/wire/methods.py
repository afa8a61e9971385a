#!/usr/bin/python3
"""Methods: HEAD says what GET would, without a body, also of errors; OPTIONS names what may be done; every other method
is told 405 with the same list; TRACE, which would send a request back, and CONNECT are nobody's. Run by
tests/with_server.py.
"""
import re
import unittest

from line import FORM, JSON, MARK, Case, Line, post, request

READ, BOTH, WRITE = "GET, HEAD, OPTIONS", "GET, HEAD, POST, OPTIONS", "POST, OPTIONS"
DESK = "/v1/loketten/rotterdam"
ALLOWED = {
    "/": READ, "/nl": READ, "/en": READ, "/nl/melden": BOTH,
    "/v1/openapi.json": READ, "/v1/sleutelgids": BOTH, "/v1/sleutelgids/1": READ, "/v1/routering": READ,
    "/v1/gemeenten": READ,
    "/v1/meldingen": WRITE, f"{DESK}/meldingen": READ, f"{DESK}/sleutels": BOTH, f"{DESK}/leden": BOTH,
    f"{DESK}/standen": WRITE,
    f"{DESK}/logboek": READ, f"{DESK}/standen/1": READ,
}


def assets():
    with Line() as line:
        start = line.send(request("GET", "/nl")).answer().body.decode()
    return re.findall(r'="(/vast/[^"]+)"', start)


class Methods(Case):
    def same(self, target, status, *fields):
        """HEAD and GET on one line have the same header, byte for byte."""
        with self.subTest((target, fields)), Line() as line:
            got = self.ask(line, request("GET", target, *fields), status)
            told = self.ask(line, request("HEAD", target, *fields), status, head_only=True)
            self.assertEqual(told.head, got.head)
            if status != 304:
                self.assertEqual(told.size, len(got.body))
            self.ask(line, request(), 200)  # no body came that would stand before this answer

    def test_head_of_what_is_there(self):
        for target in (*assets(), "/nl", "/nl/melden", "/v1/openapi.json", "/v1/routering", "/v1/sleutelgids",
                       "/v1/gemeenten?zoek=utrecht"):
            self.same(target, 200)
        self.same("/", 303)
        self.same("/nl/", 303)

    def test_head_of_a_coding_or_a_known_state(self):
        for coding in ("br", "gzip", "identity"):
            self.same("/nl", 200, f"Accept-Encoding: {coding}")
        for target in (*assets(), "/v1/routering", "/v1/openapi.json"):
            tag = self.taken(request("GET", target)).field("ETag")
            self.same(target, 304, f"If-None-Match: {tag}")
            self.same(target, 304, "If-None-Match: *")

    def test_head_of_errors(self):
        self.same("/nl/bestaat-niet", 404)
        self.same(f"/{MARK}", 404)
        self.same(f"/v1/{MARK}", 404)
        self.same("/v1/meldingen", 405)
        self.same(f"{DESK}/meldingen", 401)
        self.same(f"/v1/gemeenten?{MARK}=1", 400)

    def test_head_of_a_refused_header(self):
        self.refused(request("HEAD", "/nl", "Transfer-Encoding: chunked"), 501, head_only=True)
        self.refused(request("HEAD", "/nl", "X : a"), 400, head_only=True)
        self.refused(b"HEAD /nl HTTP/1.1\nHost: x\n\n", 400, head_only=True)
        self.refused(b"HEAD /" + b"a" * 20_000, 414, head_only=True)

    def test_options(self):
        for target, allow in ALLOWED.items():
            with self.subTest(target):
                answer = self.taken(request("OPTIONS", target), 204, interface=target.startswith("/v1"))
                self.assertEqual(answer.field("Allow"), allow)
                self.assertIsNone(answer.field("Content-Length"))
                self.assertFalse([name for name in answer.fields if name.startswith("access-control")])
        self.taken(request("OPTIONS", "/nl/bestaat-niet"), 404)
        self.taken(request("OPTIONS", "/v1/bestaat-niet"), 404)

    def test_options_of_the_whole_server(self):
        answer = self.taken(request("OPTIONS", "*"), 204)
        self.assertIsNone(answer.field("Content-Length"))
        for method in ("GET", "HEAD", "DELETE", "TRACE", "BREW"):
            self.refused(request(method, "*"), 400, head_only=method == "HEAD")

    def test_a_preflight_allows_nothing(self):
        """Another site's script may read what is public; it may send nothing."""
        asked = ("Origin: https://evil.example", "Access-Control-Request-Method: POST",
                 "Access-Control-Request-Headers: content-type")
        for target in ("/v1/meldingen", "/nl/melden", f"{DESK}/sleutels", "/v1/routering"):
            answer = self.taken(request("OPTIONS", target, *asked), 204)
            self.assertFalse([name for name in answer.fields if name.startswith("access-control")])

    def test_other_methods(self):
        for target, allow in ALLOWED.items():
            others = ["DELETE", "TRACE", "BREW", "get", "Get", "PRI", "PROPFIND", "OPTION", "GETT", "A" * 16]
            others += [method for method in ("GET", "HEAD") if method not in allow]
            with self.subTest(target), Line() as line:
                for method in others:
                    answer = self.ask(line, request(method, target, f"X: {MARK}"), 405, method == "HEAD",
                                      target.startswith("/v1"))
                    self.assertEqual(answer.field("Allow"), allow, method)
                    self.assertNotIn(b"BREW", answer.body)
                for method in [method for method in ("POST", "PUT", "PATCH") if method not in allow]:
                    answer = self.ask(line, request(method, target, "Content-Length: 0"), 405,
                                      interface=target.startswith("/v1"))
                    self.assertEqual(answer.field("Allow"), allow, method)

    def test_methods_that_need_a_length(self):
        self.each_refused([(method, request(method, "/nl/melden"), 411) for method in ("POST", "PUT", "PATCH")])

    def test_trace_sends_nothing_back(self):
        for target in ("/nl", "/v1/routering", "/v1/bestaat-niet", "/"):
            answer = self.checked(self.taken(request("TRACE", target, f"X-Secret: {MARK}", "Max-Forwards: 0"), 405
                                             if "bestaat" not in target else 404))
            self.assertNotEqual(answer.field("Content-Type"), "message/http")

    def test_connect(self):
        self.refused(request("CONNECT", "localhost:443"), 400)
        self.taken(request("CONNECT", "/nl"), 405)

    def test_what_is_no_method(self):
        for method in ("G T", "G(T", "GET:", "", "G\u00e9T", '"GET"', "A" * 17):
            with self.subTest(method):
                self.refused(request(method), 400)

    def test_a_body_of_the_wrong_kind(self):
        self.refused(post("/v1/meldingen", b"{}", kind=FORM), 415, interface=True)
        self.refused(post("/nl/melden", b"{}", kind=JSON), 415, interface=False)
        for kind in ("application/json; charset=utf-8", "APPLICATION/JSON", "application/json ;x=y"):
            self.taken(post("/v1/meldingen", b"{}", kind=kind), 400)
        for kind in ("application/jsonx", "application/json, text/plain", "json", "", "multipart/form-data"):
            self.refused(post("/v1/meldingen", b"{}", kind=kind), 415)


if __name__ == "__main__":
    unittest.main()
