"""Protocol §0: base64url, uuid, hashes, days, epochs and strict JSON.

Everything here refuses rather than repairs; a refusal is `Refused`.
"""

import base64
import datetime
import hashlib
import json
import re
import secrets
import time
import uuid

MAX_INT = 2**53
MAX_DEPTH = 16

B64U = re.compile(r"[A-Za-z0-9_-]*")
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EPOCH = re.compile(r"[0-9]{4}-W[0-9]{2}")


class Refused(ValueError):
    """Something does not hold to the protocol."""


def b64u(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64u(text, length=None):
    """Strict: alphabet only, unused bits zero, no length 1 mod 4."""
    if not isinstance(text, str) or not B64U.fullmatch(text) or len(text) % 4 == 1:
        raise Refused("not base64url")
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64u(raw) != text:
        raise Refused("base64url with unused bits set")
    if length is not None and len(raw) != length:
        raise Refused(f"{len(raw)} bytes where {length} are due")
    return raw


def new_uuid():
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def uuid_bytes(text):
    if not isinstance(text, str) or not UUID4.fullmatch(text):
        raise Refused("not a lower case UUIDv4")
    return uuid.UUID(text).bytes


def blake2b(raw, size=32):
    return hashlib.blake2b(raw, digest_size=size).digest()


def hash_of(raw):
    """The protocol's `hash`: b64u of BLAKE2b-256; a JWS counts as its ASCII bytes."""
    return b64u(blake2b(raw.encode("ascii") if isinstance(raw, str) else raw))


def kid_of(public_key):
    return blake2b(public_key)[:8].hex()


def key_name(public_key):
    """`sleutel` in an envelope: names the key sealed to."""
    return b64u(blake2b(public_key)[:8])


def fingerprint(sign_key, box_key, lead_key=bytes(32)):
    """What two people compare before a lead wraps for a member."""
    return f"{int.from_bytes(blake2b(sign_key + box_key + lead_key, 16), 'big') % 10**24:024d}"


def today():
    """By time.time(), which also dates signatures: whoever moves it moves the whole witness."""
    return datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).date()


def parse_day(text):
    if not isinstance(text, str) or not DAY.fullmatch(text):
        raise Refused("not a day")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Refused("not a day of the calendar") from error


def epoch_of(day):
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def epoch_monday(epoch):
    if not isinstance(epoch, str) or not EPOCH.fullmatch(epoch):
        raise Refused("not an epoch")
    try:
        return datetime.date.fromisocalendar(int(epoch[:4]), int(epoch[6:]), 1)
    except ValueError as error:
        raise Refused("not an ISO week") from error


def _unique(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Refused("duplicate name")
    return result


def _integer(text):
    number = int(text)
    if abs(number) >= MAX_INT:
        raise Refused("integer beyond 2^53")
    return number


def _no_fraction(text):
    raise Refused(f"{text} is not an integer")


def _check_depth(text):
    depth, in_string, escaped = 0, False, False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused("nested too deep")
        elif char in "]}":
            depth -= 1


def _check_strings(value):
    if isinstance(value, str):
        if "\0" in value or any(0xD800 <= ord(char) <= 0xDFFF for char in value):
            raise Refused("U+0000 or a lone surrogate")
    elif isinstance(value, list):
        for item in value:
            _check_strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_strings(name)
            _check_strings(item)


def parse_json(raw):
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("not UTF-8") from error
    if text.startswith("\ufeff"):
        raise Refused("byte order mark")
    _check_depth(text)
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_int=_integer,
                           parse_float=_no_fraction, parse_constant=_no_fraction)
    except json.JSONDecodeError as error:
        raise Refused("not JSON") from error
    _check_strings(value)
    return value


def dump_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
