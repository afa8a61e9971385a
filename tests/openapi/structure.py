"""Whether a document is OpenAPI 3.1 at all: which members its objects have (OpenAPI 3.1.0 §4.8), that every reference
leads somewhere, every schema is one, every example and default fits its schema, and every name that is used is there.
"""
import collections
import functools
import json
import re

from jsonschema.exceptions import SchemaError

from document import METHODS, Validator, step, walk

# Of each object: its members and what they are. A type; the name of an object; [x] a list, {x} a map by any name. First
# those it must have.
OBJECTS = {
    "document": ({"openapi": str, "info": "info", "paths": {"path"}},
                 {"servers": ["server"], "components": "components", "security": ["requirement"], "tags": ["tag"],
                  "externalDocs": "external", "jsonSchemaDialect": str}),
    "info": ({"title": str, "version": str}, {"summary": str, "description": str, "termsOfService": str,
                                              "contact": "contact", "license": "license"}),
    "contact": ({}, {"name": str, "url": str, "email": str}),
    "license": ({"name": str}, {"identifier": str, "url": str}),
    "server": ({"url": str}, {"description": str, "variables": {"variable"}}),
    "variable": ({"default": str}, {"enum": [str], "description": str}),
    "tag": ({"name": str}, {"description": str, "externalDocs": "external"}),
    "external": ({"url": str}, {"description": str}),
    "components": ({}, {"schemas": {"schema"}, "responses": {"response"}, "parameters": {"parameter"},
                        "examples": {"example"}, "requestBodies": {"body"}, "headers": {"header"},
                        "securitySchemes": {"scheme"}}),
    "path": ({}, {"summary": str, "description": str, "servers": ["server"], "parameters": ["parameter"],
                  **{method: "operation" for method in METHODS}}),
    "operation": ({"responses": {"response"}},
                  {"tags": [str], "summary": str, "description": str, "externalDocs": "external", "operationId": str,
                   "parameters": ["parameter"], "requestBody": "body", "deprecated": bool, "security": ["requirement"],
                   "servers": ["server"]}),
    "parameter": ({"name": str, "in": str}, {"description": str, "required": bool, "deprecated": bool, "style": str,
                                             "explode": bool, "schema": "schema", "example": object,
                                             "examples": {"example"}, "content": {"media"}}),
    "header": ({}, {"description": str, "required": bool, "deprecated": bool, "schema": "schema", "example": object,
                    "examples": {"example"}}),
    "body": ({"content": {"media"}}, {"description": str, "required": bool}),
    "media": ({}, {"schema": "schema", "example": object, "examples": {"example"}}),
    "response": ({"description": str}, {"headers": {"header"}, "content": {"media"}}),
    "example": ({}, {"summary": str, "description": str, "value": object}),
    "scheme": ({"type": str}, {"description": str, "name": str, "in": str, "scheme": str, "bearerFormat": str}),
}
REFERENCES = {"parameter", "header", "body", "response", "example", "scheme"}
KEYWORDS = set("""$ref $comment title description default examples example deprecated readOnly writeOnly type enum const
    multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format maxItems minItems
    uniqueItems items prefixItems contains maxContains minContains maxProperties minProperties required properties
    patternProperties additionalProperties propertyNames unevaluatedProperties unevaluatedItems dependentRequired
    dependentSchemas allOf anyOf oneOf not if then else contentEncoding contentMediaType contentSchema""".split())
LISTED, MAPPED = ("allOf", "anyOf", "oneOf", "prefixItems"), ("properties", "patternProperties", "dependentSchemas")
SINGLE = ("items", "additionalProperties", "propertyNames", "not", "if", "then", "else", "contains",
          "unevaluatedProperties", "unevaluatedItems", "contentSchema")


@functools.lru_cache(maxsize=None)
def no_schema(text):
    """Why this is no schema of JSON Schema; None where it is one. Most schemas of a document stand in it often."""
    try:
        return Validator.check_schema(json.loads(text))
    except SchemaError as wrong:
        return wrong.message


class Structure:
    """Reads a whole document once: faults of its form, and what stands where, for the checks after it."""

    def __init__(self, root):
        self.faults = []
        self.found = collections.defaultdict(list)  # the name of an object: (pointer, value)…
        self.look("document", root, "")

    def fault(self, pointer, text):
        self.faults.append((pointer or "/", text))

    def look(self, kind, value, pointer):
        if isinstance(kind, type):
            if not isinstance(value, kind):
                self.fault(pointer, f"is no {kind.__name__}")
        elif isinstance(kind, (list, set)):
            wanted, (inner,) = (list, kind) if isinstance(kind, list) else (dict, kind)
            if not isinstance(value, wanted):
                self.fault(pointer, f"is no {wanted.__name__}")
                return
            for name, one in enumerate(value) if wanted is list else value.items():
                self.look(inner, one, step(pointer, name))
        elif kind == "schema":
            self.schema(value, pointer)
            wrong = no_schema(json.dumps(value))
            if wrong:
                self.fault(pointer, f"is no schema: {wrong}")
        elif not isinstance(value, dict):
            self.fault(pointer, f"is no {kind}")
        elif kind == "requirement":
            self.found[kind].append((pointer, value))
        elif kind in REFERENCES and "$ref" in value:
            if set(value) - {"$ref", "summary", "description"}:
                self.fault(pointer, "says more beside a reference than it may")
        else:
            self.object(kind, value, pointer)

    def object(self, kind, value, pointer):
        self.found[kind].append((pointer, value))
        must, may = OBJECTS[kind]
        for name in must:
            if name not in value:
                self.fault(pointer, f"has no {name}")
        for name, one in value.items():
            if name in must or name in may:
                self.look({**must, **may}[name], one, step(pointer, name))
            elif not name.startswith("x-"):
                self.fault(pointer, f"has a member that no {kind} has: {name}")

    def schema(self, value, pointer):
        if isinstance(value, bool):
            return
        if not isinstance(value, dict):
            self.fault(pointer, "is no schema")
            return
        self.found["schema"].append((pointer, value))
        for name in value:
            if name not in KEYWORDS and not name.startswith("x-"):
                self.fault(pointer, f"has a keyword that no schema has: {name}")
        for name in LISTED:
            for place, one in enumerate(value.get(name, [])):
                self.schema(one, step(step(pointer, name), place))
        for name in MAPPED:
            for key, one in value.get(name, {}).items():
                self.schema(one, step(step(pointer, name), key))
        for name in SINGLE:
            if name in value:
                self.schema(value[name], step(pointer, name))
        try:
            re.compile(value.get("pattern", ""))
        except (re.error, TypeError) as wrong:
            self.fault(pointer, f"has a pattern that is none: {wrong}")


def form(document, seen):
    """Objects have the members that OpenAPI 3.1 gives them, of the right kind; statuses and paths are written as such."""
    yield from seen.faults
    if not re.fullmatch(r"3\.1\.[0-9]+", str(document.root.get("openapi"))):
        yield "/openapi", "is not OpenAPI 3.1"
    for path in document.root.get("paths", {}):
        if not path.startswith("/") or "?" in path or "#" in path:
            yield path, "is no path"
    shapes = collections.Counter(re.sub(r"\{[^}]*\}", "{}", path) for path in document.root.get("paths", {}))
    for shape, count in shapes.items():
        if count > 1:
            yield shape, "stands twice under other names of parameters"
    for pointer, operation in seen.found["operation"]:
        for status in operation.get("responses", {}):
            if not re.fullmatch(r"[1-5]([0-9][0-9]|XX)|default", status):
                yield pointer, f"{status} is no status"


def references(document, _):
    """Every reference leads somewhere within the document."""
    for pointer, value in walk(document.root):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            try:
                document.at(value["$ref"])
            except (KeyError, IndexError, ValueError, TypeError):
                yield pointer, f"nothing stands at {value['$ref']}"


def operation_ids(_, seen):
    """Every operation has an id, which is its own."""
    ids = collections.Counter(one.get("operationId") for _, one in seen.found["operation"])
    for pointer, operation in seen.found["operation"]:
        if ids[operation.get("operationId")] > 1 or not operation.get("operationId"):
            yield pointer, f"operationId {operation.get('operationId')} is missing or stands twice"


def parameters(document, _):
    """The parameters of a path are those in its braces; no parameter stands twice; each says where it belongs."""
    for operation in document.operations():
        named = [(one.get("in"), one.get("name")) for one in document.parameters(operation)]
        wanted = set(re.findall(r"\{([^}]*)\}", operation.path))
        if {name for where, name in named if where == "path"} != wanted:
            yield operation.place, "its path parameters are not those of its path"
        if len(set(named)) != len(named):
            yield operation.place, "a parameter stands twice"
        for one in document.parameters(operation):
            if one.get("in") not in ("path", "query", "header", "cookie") or ("schema" in one) == ("content" in one):
                yield operation.place, f"{one.get('name')} has no place, or not one schema"
            if one.get("in") == "path" and one.get("required") is not True:
                yield operation.place, f"{one.get('name')} stands in the path and is not required"


def names(document, seen):
    """Tags and security schemes that are used are declared, and what is declared is used."""
    declared = {one["name"] for one in document.root.get("tags", [])}
    used = {tag for _, one in seen.found["operation"] for tag in one.get("tags", [])}
    for tag in sorted(declared ^ used):
        yield f"tag {tag}", "is used and not declared, or declared and not used"
    pointed = {value["$ref"] for _, value in walk(document.root)
               if isinstance(value, dict) and isinstance(value.get("$ref"), str)}
    pointed |= {f"#/components/securitySchemes/{name}" for _, one in seen.found["requirement"] for name in one}
    there = {f"#/components/{kind}/{name}" for kind, parts in document.root.get("components", {}).items()
             for name in parts}
    for name in sorted(there - pointed):
        yield name, "is used nowhere"
    for name in sorted(one for one in pointed - there if one.startswith("#/components/securitySchemes/")):
        yield name, "is not declared"


def examples(document, seen):
    """Every example and every default fits the schema it stands with."""
    for kind in ("media", "parameter", "header", "schema"):
        for pointer, value in seen.found[kind]:
            schema = value if kind == "schema" else value.get("schema", {})
            given = [value[name] for name in ("example",) if name in value]
            more = value.get("examples", {})
            given += more if isinstance(more, list) else [
                document.resolved(one).get("value") for one in more.values()]
            if kind == "schema" and "default" in value:
                given.append(value["default"])
            for one in given:
                for wrong in document.validator(schema).iter_errors(one):
                    yield pointer, f"an example or default does not fit: {wrong.message[:200]}"
