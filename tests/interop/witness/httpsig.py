"""Protocol §7: RFC 9421 signatures under Baken's policy.

`sign` makes what the policy asks unless told otherwise; tests tell it otherwise.
"""

import base64
import hashlib
import re
import secrets
import time

from .jws import signature_holds
from .text import Refused, b64u, unb64u

INPUT = re.compile(r'sig1=(\(([^()]*)\)((?:;[a-z]+=(?:"[^"]*"|[0-9]+))*))')
PARAMETER = re.compile(r';([a-z]+)=("[^"]*"|[0-9]+)')
SKEW = 300


def digest_of(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def authority_of(host, scheme="https"):
    default = {"https": ":443", "http": ":80"}[scheme]
    return host.lower().removesuffix(default)


def wanted_components(body, headers):
    wanted = ["@method", "@authority", "@path", "@query"]
    if body:
        wanted.append("content-digest")
    if "if-match" in headers:
        wanted.append("if-match")
    return wanted


def base_for(components, params, method, authority, target, headers):
    """The signature base for any component list, as RFC 9421 §2.5 builds it."""
    path, mark, query = target.partition("?")
    derived = {"@method": method, "@authority": authority, "@path": path, "@query": "?" + query,
               "@request-target": target, "@scheme": "https"}
    lines = [f'"{name}": {derived[name] if name in derived else headers[name].strip()}' for name in components]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode("utf-8")


def sign(method, authority, target, body, keyid, key, *, headers=None, components=None, created=None,
         nonce=None, order=("created", "nonce", "keyid", "alg", "tag"), label="sig1", **values):
    """The headers to send, lower case names; `values` overrides any parameter's text."""
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    if body and "content-digest" not in sent:
        sent["content-digest"] = digest_of(body)
    components = components or wanted_components(body, sent)
    parameters = {"created": str(int(time.time()) if created is None else created),
                  "nonce": f'"{nonce or b64u(secrets.token_bytes(16))}"', "keyid": f'"{keyid}"',
                  "alg": '"ed25519"', "tag": '"baken"', **values}
    names = " ".join(f'"{name}"' for name in components)
    params = f"({names})" + "".join(f";{name}={parameters[name]}" for name in order)
    signature = key.sign(base_for(components, params, method, authority, target, sent))
    sent["signature-input"] = f"{label}={params}"
    sent["signature"] = f"{label}=:{base64.b64encode(signature).decode('ascii')}:"
    return sent


def verify(method, authority, target, body, headers, public_key, now):
    """The keyid, if the request holds to the policy; replay is the caller's affair."""
    sent = {name.lower(): value for name, value in headers.items()}
    match = INPUT.fullmatch(sent.get("signature-input", ""))
    if not match:
        raise Refused("no sig1")
    params, names, tail = match.groups()
    components = [name.strip('"') for name in names.split()]
    pairs = PARAMETER.findall(tail)
    given = dict(pairs)
    if len(given) != len(pairs) or set(given) != {"created", "nonce", "keyid", "alg", "tag"}:
        raise Refused("parameters")
    if given["alg"] != '"ed25519"' or given["tag"] != '"baken"':
        raise Refused("alg or tag")
    unb64u(given["nonce"].strip('"'), 16)
    if given["created"].startswith('"') or abs(now - int(given["created"])) > SKEW:
        raise Refused("created")
    if components != wanted_components(body, sent):
        raise Refused("components")
    if body and sent.get("content-digest") != digest_of(body):
        raise Refused("body")
    value = re.fullmatch(r"sig1=:([A-Za-z0-9+/]{86}==):", sent.get("signature", ""))
    if not value or not signature_holds(public_key, base_for(components, params, method, authority, target, sent),
                                        base64.b64decode(value[1])):
        raise Refused("signature")
    return given["keyid"].strip('"')
