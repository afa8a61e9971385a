"""The rules of the NL API Design Rules 2.2 that show in the document, one function each, named by the standard's own ids
(https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2). Those that show in answers are in tests/wire/design_rules.py;
docs/api-rules.md lists all of them, also those a person must judge.
"""
import re

from document import step

RULES = {}
STANDARD_METHODS = ("get", "post", "put", "patch", "delete")
# What must not be asked in an address: keys, receipts, and whatever tells who somebody is.
SECRET = r"(?i)sleutel|key|secret|token|bon|zaad|naam$|bsn|mail|telefoon"
SEMVER = r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?"
# A member that is a day by its name, in Dutch or English.
DAYS = r"(dag|datum|tot|termijn|ontvangen|vernietigd|date)|\w+(Op|Dag|Datum|Date)"
UUID = "-4[0-9a-f]{3}-"
PROBLEM = "application/problem+json"
PUBLISHED_AT = "/openapi.json"
VERSION_SEGMENT = r"/v[0-9][^/]*"


def rule(name):
    def keep(check):
        RULES[name] = check
        return check
    return keep


def literal_segments(path):
    return [one for one in path.split("/")[1:] if not re.fullmatch(r"\{[^{}]+\}", one)]


@rule("/core/no-trailing-slash")
def no_trailing_slash(document, _):
    """No path ends in a slash."""
    for path in document.root["paths"]:
        if path.endswith("/"):
            yield path, "ends in a slash"


@rule("/core/path-segments-kebab-case")
def path_segments_kebab_case(document, _):
    """Segments are words of lower-case letters and digits joined by hyphens; the document's own address is excepted."""
    for path in document.root["paths"]:
        for segment in literal_segments(path) if path != PUBLISHED_AT else ():
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", segment):
                yield path, f"{segment} is not kebab-case"


@rule("/core/query-keys-camel-case")
def query_keys_camel_case(document, _):
    """Keys of a query are lower camelCase."""
    for operation in document.operations():
        for one in document.parameters(operation):
            if one["in"] == "query" and not re.fullmatch(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*", one["name"]):
                yield operation.place, f"{one['name']} is not lower camelCase"


@rule("/core/naming-collections")
def naming_collections(document, _):
    """A segment before an id names a collection, so it is a plural; the one directory is versioned as itself."""
    for path in document.root["paths"]:
        segments = path.split("/")[1:]
        for name, following in zip(segments, segments[1:]):
            if following.startswith("{") and not name.startswith("{") and not name.endswith(("en", "s")):
                yield path, f"{name} is no plural"


@rule("/core/http-methods")
def http_methods(document, _):
    """Nothing but get, post, put, patch and delete."""
    for operation in document.operations():
        if operation.method not in STANDARD_METHODS:
            yield operation.place, "is no standard method"


@rule("/core/http-safety")
def http_safety(document, _):
    """What reads takes no body, and what destroys needs none."""
    for operation in document.operations():
        if operation.method in ("get", "delete") and "requestBody" in operation.value:
            yield operation.place, "takes a body"


@rule("/core/http-response-code")
def http_response_code(document, _):
    """Each operation has a success and a refusal of its own; 201 is what a post made; a signed one has 401 and 403."""
    for operation in document.operations():
        statuses = set(operation.value["responses"])
        if not any(one.startswith("2") for one in statuses):
            yield operation.place, "never succeeds"
        if not any(one.startswith("4") for one in statuses):
            yield operation.place, "is never refused"
        if operation.method == "post" and "201" not in statuses:
            yield operation.place, "makes nothing"
        if operation.method == "get" and "201" in statuses:
            yield operation.place, "reads and makes something"
        if operation.value.get("security", document.root.get("security")) and not {"401", "403"} <= statuses:
            yield operation.place, "asks for a signature and has no 401 or 403"


@rule("/core/date-time/format")
def date_time_format(document, seen):
    """A day is a string of format date, a moment of format date-time, a time of format time-local."""
    for pointer, schema in seen.found["schema"]:
        if schema.get("format") in ("time", "date-time-local") or (
                schema.get("format") in ("date", "date-time", "time-local") and schema.get("type") != "string"):
            yield pointer, "is written in another way than the standard's"
        for name, one in schema.get("properties", {}).items():
            if re.fullmatch(DAYS, name) and not has_format(document, one):
                yield step(step(pointer, "properties"), name), "is a day or moment without its format"


def has_format(document, schema):
    schema = document.resolved(schema)
    choices = schema.get("anyOf", schema.get("oneOf", []))
    choices = [one for one in choices if document.resolved(one) != {"type": "null"}]
    return all(has_format(document, one) for one in choices) if choices else (
        schema.get("format") in ("date", "date-time") or UUID in schema.get("pattern", ""))  # up to a message


@rule("/core/date-time/date-omit-time-portion")
def date_omit_time_portion(_, seen):
    """Nothing here has a time: the server keeps days and no moments, so that nobody is found by one."""
    for pointer, schema in seen.found["schema"]:
        if schema.get("format") in ("date-time", "time-local"):
            yield pointer, "has a time of day"


@rule("/core/error-handling/problem-details")
def problem_details(document, seen):
    """Every refusal is application/problem+json with status, title and detail, and nothing else."""
    for operation in document.operations():
        for status, response in document.responses(operation):
            if status != "default" and status < "4":
                continue
            content = response.get("content", {})
            if set(content) != {PROBLEM}:
                yield operation.place, f"{status} is not {PROBLEM} alone"
                continue
            schema = document.resolved(content[PROBLEM].get("schema", {}))
            if not {"status", "title", "detail"} <= set(schema.get("required", [])) & set(schema.get("properties", {})):
                yield operation.place, f"{status} does not promise status, title and detail"
    for pointer, media in seen.found["response"]:
        if PROBLEM in media.get("content", {}) and len(media["content"]) > 1:
            yield pointer, "is a problem and something else"


@rule("/core/error-handling/invalid-input")
def invalid_input(document, _):
    """Whatever takes a parameter or a body can answer 400; 422 does not occur."""
    for operation in document.operations():
        statuses = operation.value["responses"]
        if "422" in statuses:
            yield operation.place, "answers 422"
        if ("requestBody" in operation.value or document.parameters(operation)) and "400" not in statuses:
            yield operation.place, "takes input and has no 400"


@rule("/core/error-handling/all-errors")
def all_errors(document, _):
    """A 400 has room for every fault: in, location, code of a closed list, detail."""
    for operation in document.operations():
        for status, response in document.responses(operation):
            if status != "400":
                continue
            schema = document.inlined(response.get("content", {}).get(PROBLEM, {}).get("schema", {}))
            one = schema.get("properties", {}).get("errors", {}).get("items", {})
            if set(one.get("required", [])) != {"in", "location", "code", "detail"} or (
                    "enum" not in one["properties"]["code"]):
                yield operation.place, "does not list in, location, code and detail of every fault"


@rule("/core/doc-openapi")
def doc_openapi(document, _):
    """The document describes: a summary and a description with each operation, an example with the problem."""
    if not document.root["paths"]:
        yield "/paths", "has no paths"
    for operation in document.operations():
        for name in ("summary", "description"):
            if not operation.value.get(name):
                yield operation.place, f"has no {name}"
        for one in document.parameters(operation):
            if not one.get("description"):
                yield operation.place, f"{one['name']} has no description"


@rule("/core/doc-openapi-contact")
def doc_openapi_contact(document, _):
    """Whom to ask: a name, an address of mail and one of the web."""
    contact = document.root["info"].get("contact", {})
    for name, form in (("name", r".+"), ("email", r"[^@\s]+@[^@\s]+"), ("url", r"https://.+")):
        if not re.fullmatch(form, contact.get(name, "")):
            yield "/info/contact", f"has no {name}"


@rule("/core/publish-openapi")
def publish_openapi(document, _):
    """openapi.json stands in the root of the interface, needs no signature and may be read by every origin."""
    item = document.root["paths"].get(PUBLISHED_AT, {})
    if set(item) != {"get"}:
        yield "/paths", f"{PUBLISHED_AT} is not there for reading alone"
        return
    if item["get"].get("security") != []:
        yield PUBLISHED_AT, "asks for a signature"
    for status in ("200", "304"):
        headers = document.resolved(item["get"]["responses"].get(status, {})).get("headers", {})
        origin = document.resolved(headers.get("Access-Control-Allow-Origin", {}))
        if origin.get("schema", {}).get("const") != "*":
            yield PUBLISHED_AT, f"{status} does not say that every origin may read it"


@rule("/core/uri-version")
def uri_version(document, _):
    """The base path of every server ends in v and the major version; no path has a version."""
    major = str(document.root["info"]["version"]).split(".")[0]
    servers = document.root.get("servers", [])
    if not servers:
        yield "/servers", "names no server"
    for server in servers:
        if re.findall(VERSION_SEGMENT, server["url"]) != [f"/v{major}"] or not server["url"].endswith(f"/v{major}"):
            yield "/servers", f"{server['url']} does not end in /v{major}"
    for path in document.root["paths"]:
        if re.search(VERSION_SEGMENT, path):
            yield path, "has a version of its own"


@rule("/core/semver")
def semver(document, _):
    """info.version is major.minor.patch."""
    if not re.fullmatch(SEMVER, document.root["info"]["version"]):
        yield "/info/version", "is no semantic version"


@rule("/core/version-header")
def version_header(document, _):
    """Every answer has API-Version, and it is info.version."""
    for operation in document.operations():
        for status, response in document.responses(operation):
            header = document.resolved(response.get("headers", {}).get("API-Version", {}))
            if header.get("required") is not True or (
                    header.get("schema", {}).get("const") != document.root["info"]["version"]):
                yield operation.place, f"{status} does not promise API-Version"


@rule("/core/transport/tls")
def transport_tls(document, _):
    """No server is reached without TLS."""
    for server in document.root.get("servers", []):
        if not re.match(r"https://|/(?!/)", server["url"]):
            yield "/servers", f"{server['url']} is not https"


@rule("/core/transport/cors")
def transport_cors(document, _):
    """What anybody may read, every origin may read, also why it was refused, and it has an ETag and 304; nothing else is
    open to other origins."""
    for operation in document.operations():
        public = operation.method == "get" and operation.value.get("security") == []
        for status, response in document.responses(operation):
            headers = response.get("headers", {})
            opened = public and status != "default"
            if ("Access-Control-Allow-Origin" in headers) != opened:
                yield operation.place, f"{status} is " + ("not opened" if opened else "opened") + " to every origin"
            if status in ("200", "304") and opened and not {"ETag", "Cache-Control"} <= set(headers):
                yield operation.place, f"{status} has no ETag or Cache-Control"
        asks = "If-None-Match" in {one["name"] for one in document.parameters(operation)}
        if public and not ({"200", "304"} <= set(operation.value["responses"]) and asks):
            yield operation.place, "has no 304, or does not say how to ask for it"


@rule("/core/transport/no-sensitive-uris")
def no_sensitive_uris(document, _):
    """Signatures travel in headers, and no key of a query is the name of something secret."""
    for name, scheme in document.root["components"].get("securitySchemes", {}).items():
        if scheme.get("in") not in ("header", None):
            yield name, "stands in an address"
    for operation in document.operations():
        for one in document.parameters(operation):
            if one["in"] == "query" and re.search(SECRET, one["name"]):
                yield operation.place, f"{one['name']} stands in an address"
