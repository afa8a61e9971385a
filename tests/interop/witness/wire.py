"""HTTP to a live server: TLS anchored in one file, and the rules every answer must keep: api.md's, and the server's own
OpenAPI document."""

import http.client
import json
import pathlib
import re
import ssl
import sys
import urllib.parse
from dataclasses import dataclass

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "openapi"))
import contract  # noqa: E402

from . import httpsig  # noqa: E402
from .text import dump_json, parse_json  # noqa: E402

PROBLEM = ("type", "status", "title", "detail")


@dataclass
class Actor:
    """Who signs: the keyid and its key."""

    keyid: str
    key: object


@dataclass
class Answer:
    status: int
    headers: object
    body: bytes

    def json(self):
        return parse_json(self.body)

    def head(self, name):
        return self.headers.get(name, "")

    def trail(self):
        """(line number, hash) of the Logboek header."""
        match = re.fullmatch(r"regel=([0-9]+), ?hash=([A-Za-z0-9_-]*)", self.head("Logboek"))
        if not match:
            raise AssertionError(f"Logboek: {self.head('Logboek')!r}")
        return int(match[1]), match[2]


def expect(holds, text, answer):
    if not holds:
        raise AssertionError(f"{text}: {answer.status}\n{answer.headers}\n{answer.body[:600]!r}")


def check_common(answer, target):
    """What api.md says of every answer, whatever the question."""
    head = answer.head
    expect(head("API-Version") == "1.0.0" or not target.startswith("/v1"), "API-Version", answer)
    expect("max-age=" in head("Strict-Transport-Security"), "HSTS", answer)
    expect(head("X-Content-Type-Options") == "nosniff", "nosniff", answer)
    expect(head("Referrer-Policy") == "no-referrer", "Referrer-Policy", answer)
    policy = head("Content-Security-Policy")
    expect("default-src" in policy and "unsafe-inline" not in policy, "CSP", answer)
    expect(head("Cross-Origin-Opener-Policy") == "same-origin", "COOP", answer)
    expect(head("Cross-Origin-Embedder-Policy") in ("require-corp", "credentialless"), "COEP", answer)
    expect("Set-Cookie" not in answer.headers, "a cookie", answer)
    expect(not re.search("[0-9/]", head("Server")), "Server version", answer)
    if answer.status < 400:
        expect("no-store" in head("Cache-Control") or "max-age=" in head("Cache-Control"), "Cache-Control", answer)
        return
    expect("no-store" in head("Cache-Control"), "no-store", answer)
    if not answer.body:
        return
    expect(head("Content-Type").split(";")[0] == "application/problem+json", "problem type", answer)
    problem = answer.json()
    expect(all(name in problem for name in PROBLEM) and problem["status"] == answer.status, "problem", answer)
    if answer.status == 400:
        expect(problem.get("errors"), "errors", answer)
        for fault in problem["errors"]:
            expect(all(isinstance(fault.get(name), str) for name in ("in", "location", "code", "detail")),
                   "fault", answer)
    if answer.status == 401:
        expect(head("WWW-Authenticate").split(" ")[0] == "Signature", "WWW-Authenticate", answer)


class Server:
    """One address; a fresh connection per request, so that no answer leans on the one before."""

    def __init__(self, url, ca_file):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port or 443
        self.authority = httpsig.authority_of(parts.netloc, "https")
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.load_verify_locations(ca_file)

    def connect(self, timeout=90):
        return http.client.HTTPSConnection(self.host, self.port, timeout=timeout, context=self.tls)

    def send(self, method, target, body=None, headers=None, on_sent=None):
        connection = self.connect()
        try:
            connection.request(method, target, body=body, headers=headers or {})
            if on_sent:
                on_sent()
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        if method != "HEAD":
            check_common(answer, target)
        contract.check(method, target, answer.status, answer.headers, answer.body)
        return answer

    def get(self, target):
        return self.send("GET", target)

    def post(self, target, body, content_type="application/json", **headers):
        raw = body if isinstance(body, bytes) else dump_json(body)
        return self.send("POST", target, raw, {"content-type": content_type, **headers})

    def signed_headers(self, actor, method, target, raw=None, authority=None, **changes):
        return httpsig.sign(method, authority or self.authority, target, raw, actor.keyid, actor.key, **changes)

    def signed(self, actor, method, target, body=None, on_sent=None, **changes):
        raw = body if isinstance(body, bytes) or body is None else dump_json(body)
        headers = self.signed_headers(actor, method, target, raw, **changes)
        if raw:
            headers.setdefault("content-type", "application/json")
        return self.send(method, target, raw, headers, on_sent)

    def gids_version(self, version):
        return self.get(f"/v1/sleutelgids/{version}").json()["gids"]

    def stand_version(self, desk, version):
        return self.get(f"/v1/loketten/{desk}/standen/{version}").json()["stand"]

    def routing(self):
        return self.get("/v1/routering").body


def codes_in(openapi):
    """Every string of the published interface: a fault's code must be one of them."""
    found = set()

    def walk(value):
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            for name, item in value.items():
                found.add(name)
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(json.loads(openapi))
    return found
