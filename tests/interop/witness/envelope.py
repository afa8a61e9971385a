"""Protocol §3: the envelope, its padding and the filling of the HTTP body around it."""

import hashlib
import secrets

from nacl import bindings, exceptions

from .text import Refused, b64u, dump_json, key_name, unb64u, uuid_bytes

SUITE = "baken-1"
CLASSES = (4096, 16384, 65536, 262144)
FILLED = dict(zip(CLASSES, (8192, 24576, 90112, 352256)))
OVERHEAD = 24 + 16 + 1  # nonce, tag and the 0x80 that ends the text
MELDING, BERICHT, ANTWOORD, NOTITIE, LOKETBERICHT = 1, 2, 3, 4, 5


def kdf(size, number, context, key):
    """crypto_kdf_derive_from_key, spelled out as §0 does."""
    return hashlib.blake2b(b"", digest_size=size, key=key, salt=number.to_bytes(8, "little") + bytes(8),
                           person=context.encode("ascii") + bytes(8)).digest()


def pad(text, size):
    if len(text) > size - OVERHEAD:
        raise Refused("too long for this class")
    return text + b"\x80" + bytes(size - OVERHEAD - len(text))


def unpad(padded):
    text = padded.rstrip(b"\0")
    if not text.endswith(b"\x80"):
        raise Refused("padding without 0x80")
    return text[:-1]


def class_for(length):
    for size in CLASSES:
        if length <= size - OVERHEAD:
            return size
    raise Refused("too long for any class: bulk belongs in attachments")


def _associated(kind, envelope_id):
    return SUITE.encode("ascii") + bytes([kind]) + uuid_bytes(envelope_id)


def _body_keys(content_key):
    return kdf(32, 1, "bkn-body", content_key), kdf(24, 2, "bkn-body", content_key)


def seal_body(kind, envelope_id, content_key, text, size=None):
    key, nonce = _body_keys(content_key)
    padded = pad(text, size or class_for(len(text)))
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
        padded, _associated(kind, envelope_id), nonce, key)


def open_body(kind, envelope_id, content_key, body):
    if len(body) not in CLASSES:
        raise Refused("body of no class")
    key, nonce = _body_keys(content_key)
    if body[:24] != nonce:
        raise Refused("the nonce is not this key's: the body is not committed to K")
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            body[24:], _associated(kind, envelope_id), nonce, key)
    except exceptions.CryptoError as error:
        raise Refused("the body does not open") from error
    return unpad(padded)


def seal_key(content_key, envelope_id, public_key):
    try:
        return bindings.crypto_box_seal(content_key + uuid_bytes(envelope_id), public_key)
    except exceptions.CryptoError as error:
        raise Refused("cannot seal to this key") from error


def open_key(sealed, envelope_id, box_key):
    """K, if `sealed` was made for this envelope."""
    if len(sealed) != 96:
        raise Refused("sealedKey is not 96 bytes")
    opened = box_key.open(sealed)
    if opened[32:] != uuid_bytes(envelope_id):
        raise Refused("the id inside sealedKey is another")
    return opened[:32]


def desk_recipient(desk, epoch, public_key, role, content_key, envelope_id):
    return {"voor": f"loket:{desk}", "epoch": epoch, "sleutel": key_name(public_key), "rol": role,
            "sealedKey": b64u(seal_key(content_key, envelope_id, public_key))}


def mailbox_recipient(mailbox_id, public_key, content_key, envelope_id):
    return {"voor": f"postbus:{mailbox_id}", "rol": "eerste",
            "sealedKey": b64u(seal_key(content_key, envelope_id, public_key))}


def make(kind, envelope_id, text, recipients, content_key=None, size=None):
    """`recipients`: functions that take K and the id and give one entry of `ontvangers`."""
    content_key = content_key or secrets.token_bytes(32)
    return {"id": envelope_id, "suite": SUITE,
            "ontvangers": [entry(content_key, envelope_id) for entry in recipients],
            "body": b64u(seal_body(kind, envelope_id, content_key, text, size))}


def open_for(kind, envelope, voor, box_key):
    """The text of an envelope, opened with the key of the recipient `voor`."""
    if envelope["suite"] != SUITE:
        raise Refused("unknown suite")
    for entry in envelope["ontvangers"]:
        if entry["voor"] == voor:
            return open_sealed(kind, envelope["id"], entry["sealedKey"], envelope["body"], box_key)
    raise Refused("not for this recipient")


def open_sealed(kind, envelope_id, sealed_key, body, box_key):
    content_key = open_key(unb64u(sealed_key), envelope_id, box_key)
    return open_body(kind, envelope_id, content_key, unb64u(body))


def filled(message):
    """The HTTP body of a posted envelope, brought to its class's one length with `vulling`."""
    target = FILLED[len(unb64u(message["body"]))]
    bare = dump_json({**message, "vulling": ""})
    if len(bare) > target:
        raise Refused("too much around the body")
    return dump_json({**message, "vulling": "0" * (target - len(bare))})
