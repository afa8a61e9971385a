"""Answers held against the document, for every test that reads answers of the interface: the status is documented for that
method and path, the media type and the body are those of the status, and the headers are there and of their form.

What is no request of the interface (a page, a broken frame, bytes that no parser agrees on) is held to less: where it is
answered with a problem, that has a problem's shape. Documents and schemas are read once.
"""
import functools
import json
import re

from document import Document

PROBLEM = "application/problem+json"
# Answers to a frame, whatever its address: the document's `default`, with 405 where the method is another. Every other
# status is documented where it may occur.
OF_THE_FRAME = {408, 411, 413, 414, 417, 421, 431, 500, 501, 505}
# One request as this server takes it, and nothing that another parser might read differently.
REQUEST = re.compile(rb"([A-Za-z]+) ([!-~]+) HTTP/1\.1\r\n((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~]*\r\n)*)\r\n")


class Differs(AssertionError):
    """An answer that the document does not describe."""


def strict(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)


def is_interface(target):
    return target == "/v1" or target.startswith(("/v1/", "/v1?"))


class Contract:
    def __init__(self, document):
        self.document = document
        self.version = document.root["info"]["version"]
        self.known = document.root["components"]["headers"]
        base = document.root["servers"][0]["url"].rstrip("/")
        paths = sorted(document.root["paths"], key=lambda path: path.count("{"))
        self.paths = [(re.compile(re.sub(r"\\\{[^{}]*\\\}", "[^/]+", re.escape(base + path))), path) for path in paths]
        self.problem = document.validator(document.root["components"]["schemas"]["Probleem"], closed=True)

    def path_of(self, target):
        bare = target.partition("?")[0]
        return next((path for form, path in self.paths if form.fullmatch(bare)), None)

    @functools.lru_cache(maxsize=None)
    def response(self, path, method, status):
        """(its headers with their validators, its media types with theirs); None where it is not documented."""
        responses = self.document.root["paths"][path][method]["responses"]
        found = responses.get(str(status)) or (responses.get("default") if status in OF_THE_FRAME else None)
        if found is None:
            return None
        found = self.document.resolved(found)
        headers = {name: self.document.resolved(one) for name, one in found.get("headers", {}).items()}
        headers = {name: (one.get("required", False), one["schema"].get("type"), self.document.validator(one["schema"]))
                   for name, one in headers.items()}
        return headers, {kind: self.document.validator(media["schema"], closed=True)
                         for kind, media in found.get("content", {}).items()}

    def check(self, method, target, status, fields, body, head_only=False):
        """fields: header names in lower case. Raises Differs."""
        try:
            if is_interface(target):
                self.interface(method, target, status, fields, body, head_only or method == "HEAD")
            else:
                self.stray(status, fields, body)
        except Differs as why:
            raise Differs(f"{method} {target[:200]}: {status}: {why}\n{fields}\n{body[:600]!r}") from None

    def stray(self, status, fields, body):
        """What is answered to something that is no request of the interface."""
        if fields.get("api-version", self.version) != self.version:
            raise Differs(f"API-Version is not {self.version}")
        if fields.get("content-type") == PROBLEM and body:
            self.body(self.problem, body, status)

    def interface(self, method, target, status, fields, body, no_body):
        if fields.get("api-version") != self.version:
            raise Differs(f"API-Version is not {self.version}")
        path = self.path_of(target)
        method = "get" if method == "HEAD" else method.lower() if method.isupper() else None  # get is none: 405
        if path and method in self.document.root["paths"][path]:
            described = self.response(path, method, status)
            if not described:
                raise Differs("this status is not documented here")
            self.headers(described[0], fields)
            self.content(described[1], status, fields, body, no_body)
            return
        if path and not fields.get("allow") and status in (204, 405):
            raise Differs("Allow is missing")
        if path and method == "options" and status == 204:
            self.content({}, status, fields, body, no_body)
        elif status not in OF_THE_FRAME | {400, 405 if path else 404}:
            raise Differs("no such status is documented for what is not documented")
        else:
            self.content({PROBLEM: self.problem}, status, fields, body, no_body)

    def headers(self, wanted, fields):
        for name, (required, kind, validator) in wanted.items():
            value = fields.get(name.lower())
            if value is None:
                if required:
                    raise Differs(f"{name} is missing")
                continue
            value = int(value) if kind == "integer" and re.fullmatch("[0-9]{1,9}", value) else value
            for wrong in validator.iter_errors(value):
                raise Differs(f"{name}: {wrong.message}")
        for name in self.known:
            if name.lower() in fields and name not in wanted and name != "Cache-Control":  # which all answers have
                raise Differs(f"{name} is not documented here")

    def content(self, kinds, status, fields, body, no_body):
        if status in (204, 304) or not kinds:
            if body:
                raise Differs("has a body")
            return
        kind = fields.get("content-type", "").partition(";")[0].strip()
        if kind not in kinds:
            raise Differs(f"its media type is {kind or 'missing'}, not {' or '.join(kinds)}")
        if not no_body:
            self.body(kinds[kind], body, status if kind == PROBLEM else None)

    @staticmethod
    def body(validator, body, status):
        try:
            value = json.loads(body, object_pairs_hook=strict)
        except ValueError as wrong:
            raise Differs(f"its body is no JSON: {wrong}") from None
        wrong = next(validator.iter_errors(value), None)
        if wrong:
            raise Differs(f"its body, at /{'/'.join(map(str, wrong.absolute_path))}: {wrong.message[:300]}")
        if status and value["status"] != status:
            raise Differs(f"its body says {value['status']}")


@functools.lru_cache(maxsize=None)
def published():
    return Contract(Document.load())


def check(method, target, status, headers, body, head_only=False):
    published().check(method, target, status, {name.lower(): value for name, value in headers.items()}, body, head_only)


class Line:
    """What was sent on one connection, so that each answer is held against its own request. After anything that parsers may
    read differently nobody knows which request an answer belongs to; from there on it is a stray one."""

    def __init__(self):
        self.sent, self.lost = bytearray(), False

    def send(self, *pieces):
        for piece in pieces if not self.lost else ():
            self.sent += piece

    def next(self):
        """(method, target) of the oldest request that was not answered; None where that is not sure."""
        match = None if self.lost else REQUEST.match(self.sent)
        fields = match[3].lower() if match else b""
        lengths = re.findall(rb"^content-length:[\t ]*([0-9]{1,9})[\t ]*\r$", fields, re.MULTILINE)
        if not match or b"transfer-encoding:" in fields or fields.count(b"content-length:") != len(lengths) or (
                len(lengths) > 1 or len(re.findall(rb"^host:", fields, re.MULTILINE)) != 1):
            self.lost, self.sent = True, bytearray()
            return None
        end = match.end() + (int(lengths[0]) if lengths else 0)
        # Answered before its body was there, or without it: what follows may be that body.
        self.lost = len(self.sent) < end
        self.sent = bytearray() if self.lost else self.sent[end:]
        return match[1].decode("ascii"), match[2].decode("ascii")

    def answered(self, status, fields, body, head_only=False):
        asked = self.next()
        if asked:
            published().check(*asked, status, fields, body, head_only)
        else:
            published().check("?", "?", status, fields, body, head_only)
