"""Protocol §2, the outer half: Ed25519 keys and JWS in the one shape Baken accepts."""

import secrets

from nacl import bindings, exceptions

from .text import Refused, b64u, dump_json, kid_of, parse_json, unb64u


class SignKey:
    """An Ed25519 key pair."""

    def __init__(self, seed=None):
        self.public, self._secret = bindings.crypto_sign_seed_keypair(seed or secrets.token_bytes(32))
        self.kid = kid_of(self.public)

    def sign(self, message):
        return bindings.crypto_sign(message, self._secret)[:64]


class BoxKey:
    """An X25519 key pair."""

    def __init__(self, secret=None):
        self.secret = secret or secrets.token_bytes(32)
        self.public = bindings.crypto_scalarmult_base(self.secret)

    def open(self, sealed):
        try:
            return bindings.crypto_box_seal_open(sealed, self.public, self.secret)
        except (exceptions.CryptoError, exceptions.TypeError, exceptions.ValueError) as error:
            raise Refused("this key does not open it") from error


def signature_holds(public_key, message, signature):
    if len(signature) != 64 or len(public_key) != 32:
        return False
    try:
        bindings.crypto_sign_open(signature + message, public_key)
    except exceptions.BadSignatureError:
        return False
    return True


def header_of(typ, kid):
    return dump_json({"alg": "EdDSA", "typ": typ, "kid": kid})


def sign(typ, key, payload):
    return sign_bytes(header_of(typ, key.kid), key, dump_json(payload))


def sign_bytes(header, key, payload):
    """For tests that need a header or payload no honest client makes."""
    signed = f"{b64u(header)}.{b64u(payload)}"
    return f"{signed}.{b64u(key.sign(signed.encode('ascii')))}"


def peek(token):
    """The payload before any verification: good for choosing candidate keys, nothing else."""
    parts = token.split(".") if isinstance(token, str) else []
    if len(parts) != 3:
        raise Refused("not a compact JWS")
    payload = parse_json(unb64u(parts[1]))
    if not isinstance(payload, dict):
        raise Refused("payload is not an object")
    return payload


def verify(token, typ, public_keys):
    """The payload, if one of `public_keys` (trusted for this typ and desk) signed it."""
    payload = peek(token)
    header, body, signature = token.split(".")
    header_bytes = unb64u(header)
    for public_key in public_keys:
        if header_bytes != header_of(typ, kid_of(public_key)):
            continue
        if signature_holds(public_key, f"{header}.{body}".encode("ascii"), unb64u(signature, 64)):
            return payload
    raise Refused(f"no trusted key signed this {typ}")
