#!/usr/bin/python3
"""The linter finds what it is there for: each row spoils one thing in the real document, and the rule named there must tell
it. The document as it is has no fault, and docs/api-rules.md names every rule.
"""
import copy
import json
import pathlib
import re
import unittest

import lint
from document import PUBLISHED
from rules import PROBLEM

DOCS = PUBLISHED.parents[1] / "docs/api-rules.md"
DESK = "/loketten/{l}"
RULES = {**lint.FORM, **lint.NAMES, **lint.RULES}
GONE = object()


def put(*path):
    """The last of these is put where the others lead; GONE takes it away. A callable gets what was there."""
    *way, last, value = path

    def spoil(root):
        here = root
        for name in way:
            here = here[name]
        if value is GONE:
            del here[last]
        else:
            here[last] = value(here[last]) if callable(value) else value
    return spoil


def renamed(old, new):
    return put("paths", lambda paths: {new if path == old else path: item for path, item in paths.items()})


def operation(path, method, *more):
    return put("paths", path, method, *more)


def component(*path):
    return put("components", *path)


def query(name):
    """A further key of a query, of a route that has its own 400."""
    one = {"name": name, "in": "query", "description": "d", "schema": {"type": "string"}}
    return operation("/gemeenten", "get", "parameters", lambda given: [*given, one])


FIND, REPORTS = ("/gemeenten", "get"), (f"{DESK}/meldingen", "get")
REF = "#/components/schemas/Nergens"
# rule: what breaks it, each way by itself.
PLANTED = {
    "openapi/form": [
        put("openapi", "3.0.3"), put("info", "title", GONE), put("info", "titel", "Baken"), put("paths", []),
        operation(*FIND, "responses", GONE), operation(*FIND, "tags", "wegwijzer"),
        operation(*FIND, "responses", "20", {"description": "d"}), operation(*FIND, "parameter", []),
        operation(*FIND, "responses", "200", "description", GONE), renamed("/routering", "routering"),
        put("paths", lambda paths: {**paths, "/sleutelgids/{n}": paths["/sleutelgids/{versie}"]}),
        component("schemas", "Dag", "type", "text"), component("schemas", "Melding", "allOf", 0, "minlength", 1),
        component("schemas", "Gemeenten", "properties", "gemeenten", "items", "requird", []),
        component("schemas", "Uuid", "pattern", "["), component("headers", "ETag", "schema", []),
        component("responses", "Conflict", {"$ref": "#/components/responses/Ongeldig", "content": {}})],
    "openapi/references": [
        component("schemas", "Meldingen", "properties", "cursor", "$ref", REF),
        operation(*FIND, "responses", "400", "$ref", "openapi.json#/components/responses/Ongeldig"),
        component("schemas", "Cursor", GONE)],
    "openapi/operation-ids": [operation(*FIND, "operationId", "getMelding"), operation(*FIND, "operationId", GONE)],
    "openapi/parameters": [
        operation(f"{DESK}/leden", "get", "parameters", []), component("parameters", "l", "name", "loket"),
        component("parameters", "l", "required", False), component("parameters", "IfMatch", "schema", GONE),
        component("parameters", "IfMatch", "in", "elsewhere"),
        operation(*FIND, "parameters", lambda given: [*given, given[0]])],
    "openapi/names": [
        operation(*FIND, "tags", ["kaart"]), put("tags", lambda tags: [*tags, {"name": "kaart"}]),
        component("schemas", "Nergens", {"type": "string"}),
        operation(*REPORTS, "security", [{"wachtwoord": []}])],
    "openapi/examples": [
        operation(*FIND, "responses", "200", "content", "application/json", "example", "gemeenten", 0, "code", "0402"),
        component("schemas", "NieuweMelding", "properties", "bijlagen", "default", [1]),
        component("responses", "Ongeldig", "content", "application/problem+json", "example", "errors", 0, "in", "cookie"),
        component("schemas", "Dag", "examples", ["20261122"])],
    "/core/no-trailing-slash": [renamed("/routering", "/routering/")],
    "/core/path-segments-kebab-case": [
        renamed("/routering", f"/{name}") for name in (
            "Routering", "route_ring", "routering.csv", "-routering", "route--ring", "route%20ring", "routeringé")],
    "/core/query-keys-camel-case": [query(name) for name in ("met-body", "met_body", "MetBody", "2de")],
    "/core/naming-collections": [renamed("/sleutelgids/{versie}", "/gidsje/{versie}")],
    "/core/http-methods": [
        put("paths", "/gemeenten", lambda item: {**item, "head": {**item["get"], "operationId": "h"}})],
    "/core/http-safety": [operation(*FIND, "requestBody", {"content": {"application/json": {"schema": {}}}})],
    "/core/http-response-code": [
        operation("/meldingen", "post", "responses", "201", GONE), operation(*REPORTS, "responses", "403", GONE),
        operation(*REPORTS, "responses", "401", GONE), operation(*REPORTS, "responses", "200", GONE),
        operation(*REPORTS, "responses", lambda given: {**given, "201": given["200"]}),
        operation("/openapi.json", "get", "responses", lambda given: {
            status: one for status, one in given.items() if status < "4"})],
    "/core/date-time/format": [
        component("schemas", "Dag", "format", GONE), component("schemas", "Dag", "type", GONE),
        component("schemas", "Ontvangst", "properties", "ontvangen", {"type": "string"}),
        component("schemas", "Meldingrij", "properties", "termijn", {"type": ["string", "null"]}),
        component("schemas", "Inzage", "properties", "gelezenOp", {"type": "integer"})],
    "/core/date-time/date-omit-time-portion": [component("schemas", "Dag", "format", "date-time")],
    "/core/error-handling/problem-details": [
        component("responses", "Conflict", "content", lambda given: {"application/json": given[PROBLEM]}),
        component("responses", "Conflict", "content", GONE), component("responses", "Anders", "content", GONE),
        component("responses", "Conflict", "content", lambda given: {**given, "text/plain": {}}),
        component("schemas", "Probleem", "required", ["type", "status", "title"]),
        component("schemas", "Probleem", "properties", "detail", GONE)],
    "/core/error-handling/invalid-input": [
        operation(*FIND, "responses", "400", GONE), operation("/meldingen", "post", "responses", "400", GONE),
        operation("/meldingen", "post", "responses", lambda given: {**given, "422": given["400"]})],
    "/core/error-handling/all-errors": [
        component("schemas", "Probleem", "properties", "errors", "items", "required", ["in", "detail"]),
        component("schemas", "Probleem", "properties", "errors", "items", "properties", "code", {"type": "string"})],
    "/core/doc-openapi": [
        put("paths", {}), operation(*FIND, "summary", GONE), operation(*FIND, "description", ""),
        component("parameters", "versie", "description", GONE)],
    "/core/doc-openapi-contact": [
        put("info", "contact", GONE), put("info", "contact", "url", GONE), put("info", "contact", "email", "Baken")],
    "/core/publish-openapi": [
        renamed("/openapi.json", "/openapi"), put("paths", "/openapi.json", GONE),
        operation("/openapi.json", "get", "security", GONE),
        component("headers", "Access-Control-Allow-Origin", "schema", "const", "https://baken.example")],
    "/core/uri-version": [
        put("servers", []), put("servers", GONE), put("info", "version", "2.0.0"),
        renamed("/routering", "/v1/routering"),
        *(put("servers", 0, "url", one) for one in ("/", "/v1.0", "/v2", "/v1/", "/v1/v1", "/v1/api"))],
    "/core/semver": [put("info", "version", one) for one in ("1.0", "v1.0.0", "1.0.00", "2026-11-22")],
    "/core/version-header": [
        component("headers", "API-Version", "required", False), component("headers", "API-Version", "schema", "const", "1"),
        component("responses", "Anders", "headers", "API-Version", GONE), component("responses", "TeGroot", "headers", {}),
        operation(*FIND, "responses", "200", "headers", "API-Version", GONE)],
    "/core/transport/tls": [
        put("servers", 0, "url", one) for one in ("http://baken.example", "//baken.example/", "ftp://a/")],
    "/core/transport/cors": [
        operation(*FIND, "responses", "200", "headers", "Access-Control-Allow-Origin", GONE),
        operation(*FIND, "responses", "200", "headers", "ETag", GONE), operation(*FIND, "responses", "304", GONE),
        operation(*FIND, "parameters", lambda given: given[:-1]),
        operation(*FIND, "responses", "400", {"$ref": "#/components/responses/Ongeldig"}),
        operation(*REPORTS, "responses", "200", "headers", "Access-Control-Allow-Origin",
                  {"$ref": "#/components/headers/Access-Control-Allow-Origin"})],
    "/core/transport/no-sensitive-uris": [
        query("bonnummer"), query("token"), component("securitySchemes", "lid", "in", "query")],
}


def told(spoil):
    root = copy.deepcopy(DOCUMENT)
    spoil(root)
    assert root != DOCUMENT
    return lint.faults(root)


DOCUMENT = json.loads(PUBLISHED.read_text("utf-8"))


class Lint(unittest.TestCase):
    def test_the_document_has_no_fault(self):
        self.assertEqual(lint.faults(DOCUMENT), [])

    def test_every_rule_tells_what_breaks_it(self):
        self.assertEqual(set(PLANTED), set(RULES))
        for rule, spoilers in PLANTED.items():
            for place, spoil in enumerate(spoilers):
                with self.subTest(rule, row=place):
                    found = told(spoil)
                    self.assertIn(rule, {one.rule for one in found}, found)
                    self.assertTrue(all(one.place and one.text for one in found))

    def test_every_rule_says_what_it_asks(self):
        for name, check in RULES.items():
            self.assertTrue(check.__doc__, name)

    def test_docs_list_every_rule_and_how_it_is_held(self):
        rows = dict(re.findall(r"^\| `(/core/[a-z/-]+)` \| ([^|]+?) \|", DOCS.read_text("utf-8"), re.MULTILINE))
        linted = {name for name, how in rows.items() if "lint" in how}
        self.assertEqual(linted, set(lint.RULES))
        self.assertEqual({name for how in rows.values() for name in how.split(", ")}, {"lint", "answers", "judged"})
        answers = (pathlib.Path(__file__).parents[1] / "wire/design_rules.py").read_text("utf-8")
        self.assertEqual({name for name, how in rows.items() if "answers" in how},
                         set(re.findall(r"/core/[a-z/-]+", answers)))

    def test_docs_have_a_changelog_of_this_version(self):
        """/core/changelog."""
        self.assertIn(f"\n### {DOCUMENT['info']['version']}", DOCS.read_text("utf-8"))


if __name__ == "__main__":
    unittest.main()
