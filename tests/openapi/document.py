"""The OpenAPI document (schema/openapi.json) as a value: references followed, operations in order, schemas as validators.

Validators are those of JSON Schema 2020-12 (OpenAPI 3.1 §4.8.24) with two corrections: a `$` of a pattern does not forgive
a last line end, as Python's does, and a day is written YYYY-MM-DD and nothing else.
"""
import datetime
import json
import pathlib
import re
from dataclasses import dataclass

from jsonschema import FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import Draft202012Validator, extend

PUBLISHED = pathlib.Path(__file__).resolve().parents[2] / "schema/openapi.json"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date", ValueError)
def is_day(value):
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


@FORMATS.checks("uri-reference", ValueError)
def is_reference(value):
    """No more than its signs (RFC 3986 §2)."""
    signs = r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
    return not isinstance(value, str) or bool(re.fullmatch(signs, value))


def matches(_, pattern, instance, __):
    if isinstance(instance, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance[:60]!r} does not match {pattern!r}")


Validator = extend(Draft202012Validator, {"pattern": matches})


@dataclass
class Operation:
    path: str
    method: str
    value: dict

    @property
    def place(self):
        return f"{self.method.upper()} {self.path}"


def step(pointer, name):
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def walk(value, pointer=""):
    """Everything within, with its JSON Pointer."""
    yield pointer, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield from walk(one, step(pointer, name))


class Document:
    def __init__(self, root):
        self.root = root

    @staticmethod
    def load(file=PUBLISHED):
        return Document(json.loads(pathlib.Path(file).read_text("utf-8")))

    def at(self, reference):
        """What a local reference names. KeyError where there is nothing."""
        if not isinstance(reference, str) or not reference.startswith("#/"):
            raise KeyError(reference)
        here = self.root
        for name in reference[2:].split("/"):
            name = name.replace("~1", "/").replace("~0", "~")
            here = here[int(name)] if isinstance(here, list) else here[name]
        return here

    def resolved(self, value):
        while isinstance(value, dict) and "$ref" in value:
            value = self.at(value["$ref"])
        return value

    def operations(self):
        for path, item in self.root["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(path, method, item[method])

    def parameters(self, operation):
        shared = self.root["paths"][operation.path].get("parameters", [])
        return [self.resolved(one) for one in (*shared, *operation.value.get("parameters", []))]

    def responses(self, operation):
        for status, response in operation.value.get("responses", {}).items():
            yield status, self.resolved(response)

    def inlined(self, schema):
        """Without references, so that it stands by itself. What a reference says beside itself is kept."""
        if isinstance(schema, list):
            return [self.inlined(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            beside = {name: one for name, one in schema.items() if name != "$ref"}
            schema = {**self.resolved(schema), **beside}
        return {name: self.inlined(one) for name, one in schema.items()}

    def validator(self, schema, closed=False):
        """closed: a member that is not named is a fault. Answers may gain members, but not before they are documented."""
        schema = self.inlined(schema)
        return Validator(shut(schema) if closed else schema, format_checker=FORMATS)


def shut(schema):
    """The same schema, closed wherever it names the members of an object."""
    out = dict(schema)
    for name in ("items", "additionalProperties"):
        if isinstance(out.get(name), dict):
            out[name] = shut(out[name])
    if "properties" in out:
        out["properties"] = {name: shut(one) for name, one in out["properties"].items()}
        out.setdefault("additionalProperties", False)
    elif "allOf" in out:
        # The parts describe one object together, so none of them is closed by itself.
        out["allOf"] = [{**one, "properties": {name: shut(inner) for name, inner in one.get("properties", {}).items()}}
                        for one in out["allOf"]]
        out["unevaluatedProperties"] = False
    for name in ("anyOf", "oneOf"):
        if name in out:
            out[name] = [shut(one) for one in out[name]]
    return out
