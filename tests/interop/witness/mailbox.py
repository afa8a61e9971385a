"""Protocol §6: the receipt of 24 digits and the mailbox keys derived from it."""

import secrets
import unicodedata

from nacl import bindings

from .envelope import kdf
from .jws import BoxKey, SignKey
from .text import Refused, blake2b

DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")
SALT = b"baken-postbus-01"
OPS, MEMORY = 2, 16777216
FOREIGN_DIGITS = {start + digit: str(digit) for start in (0x0660, 0x06F0, 0xFF10) for digit in range(10)}
WHITE_SPACE = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
               0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
BIDI_MARKS = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
OTHER_DASHES = {0x2053, 0x207B, 0x208B, 0x2212}  # Unicode property Dash beyond category Pd


def damm(digits):
    state = 0
    for digit in digits:
        state = int(DAMM[state][int(digit)])
    return state


def new_receipt():
    digits = f"{secrets.randbelow(10**23):023d}"
    return digits + str(damm(digits))


def grouped(receipt):
    return " ".join(receipt[start:start + 4] for start in range(0, 24, 4))


def _dropped(char):
    point = ord(char)
    return (point in WHITE_SPACE or point in BIDI_MARKS or point in OTHER_DASHES
            or unicodedata.category(char) == "Pd")


def read_receipt(typed):
    """The 24 ASCII digits of what somebody typed."""
    digits = "".join(char for char in typed.translate(FOREIGN_DIGITS) if not _dropped(char))
    if len(digits) != 24 or not (digits.isascii() and digits.isdigit()):
        raise Refused("a receipt has 24 digits")
    if damm(digits) != 0:
        raise Refused("the check digit is wrong")
    return digits


def mailbox_id_of(sign_public):
    return blake2b(sign_public, 16).hex()


class Mailbox:
    """A reporter's keys."""

    def __init__(self, receipt):
        digits = read_receipt(receipt)
        self.master = bindings.crypto_pwhash_alg(32, digits.encode("ascii"), SALT, OPS, MEMORY,
                                                 bindings.crypto_pwhash_ALG_ARGON2ID13)
        self.sign = SignKey(kdf(32, 1, "bkn-mbox", self.master))
        self.box = BoxKey(bindings.crypto_box_seed_keypair(kdf(32, 2, "bkn-mbox", self.master))[1])
        self.id = mailbox_id_of(self.sign.public)
        self.keyid = f"postbus:{self.id}"
