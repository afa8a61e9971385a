"""Every vector of tests/vectors/vectors.json, both ways where the format has two.

Run: /usr/bin/python3 tests/interop/test_vectors.py
"""

import hashlib
import io
import json
import pathlib
import unittest

from nacl import bindings

from witness import envelope, files, httpsig, jws, mailbox
from witness.text import Refused, b64u, key_name, unb64u

VECTORS = json.loads((pathlib.Path(__file__).parent.parent / "vectors" / "vectors.json").read_text("utf-8"))


class Receipts(unittest.TestCase):
    def test_each_receipt_gives_its_mailbox(self):
        for vector in VECTORS["receipts"]:
            with self.subTest(vector["receipt"]):
                digits = mailbox.read_receipt(vector["receipt"])
                if "isThisReceipt" in vector:
                    self.assertEqual(digits, vector["isThisReceipt"])
                    continue
                box = mailbox.Mailbox(vector["receipt"])
                self.assertEqual(mailbox.grouped(digits), vector["receipt"])
                self.assertEqual(box.master.hex(), vector["master"])
                self.assertEqual(box.sign.public.hex(), vector["signPublicKey"])
                self.assertEqual(box.box.public.hex(), vector["boxPublicKey"])
                self.assertEqual(box.box.secret.hex(), vector["boxSecretKey"])
                self.assertEqual(box.id, vector["mailboxId"])

    def test_bad_receipts_are_refused(self):
        for text in VECTORS["badReceipts"]:
            with self.subTest(text), self.assertRaises(Refused):
                mailbox.read_receipt(text)


class Envelopes(unittest.TestCase):
    def test_the_sealed_key_opens_to_k(self):
        for vector in VECTORS["envelopes"]:
            with self.subTest(vector["id"]):
                box = jws.BoxKey(bytes.fromhex(vector["recipientSecretKey"]))
                self.assertEqual(box.public.hex(), vector["recipientPublicKey"])
                self.assertEqual(key_name(box.public), vector["sleutel"])
                opened = envelope.open_key(unb64u(vector["sealedKey"]), vector["id"], box)
                self.assertEqual(opened.hex(), vector["contentKey"])

    def test_the_body_is_this_one_both_ways(self):
        for vector in VECTORS["envelopes"]:
            with self.subTest(vector["id"]):
                content_key = bytes.fromhex(vector["contentKey"])
                if "body" in vector:
                    text = envelope.open_body(vector["kind"], vector["id"], content_key, unb64u(vector["body"]))
                else:
                    text = vector["plaintext"].encode("ascii") * vector["plaintextLength"]
                self.assertEqual(len(text), vector["plaintextLength"])
                self.assertEqual(hashlib.sha256(text).hexdigest(), vector["plaintextSha256"])
                body = envelope.seal_body(vector["kind"], vector["id"], content_key, text)
                self.assertEqual(len(body), vector["bodyLength"])
                self.assertEqual(body[:24].hex(), vector.get("nonce", body[:24].hex()))
                self.assertEqual(hashlib.sha256(body).hexdigest(), vector["bodySha256"])
                self.assertEqual(envelope.open_body(vector["kind"], vector["id"], content_key, body), text)

    def test_bad_envelopes_are_refused(self):
        for vector in VECTORS["badEnvelopes"]:
            with self.subTest(vector["why"]), self.assertRaises(Refused):
                envelope.open_sealed(vector["kind"], vector["id"], vector["sealedKey"], vector["body"],
                                     jws.BoxKey(bytes.fromhex(vector["recipientSecretKey"])))


class Attachments(unittest.TestCase):
    def test_padme(self):
        for length, filled in VECTORS["padme"]:
            with self.subTest(length):
                self.assertEqual(files.padme(length), filled)

    def test_streams_open_and_are_made(self):
        for vector in VECTORS["attachments"]:
            with self.subTest(vector["id"]):
                place = (bytes.fromhex(vector["contentKey"]), vector["id"], vector["index"])
                data = bytes((31 * i + vector["index"]) % 256 for i in range(vector["length"]))
                self.assertEqual(hashlib.sha256(data).hexdigest(), vector["sha256"])
                made = b"".join(files.seal(io.BytesIO(data), len(data), *place))
                self.assertEqual(len(made), vector["sealedLength"])
                self.assertEqual(files.sealed_length(len(data)), vector["sealedLength"])
                self.assertEqual(b"".join(files.unseal(io.BytesIO(made), len(data), *place)), data)
                if "sealed" in vector:
                    sealed = unb64u(vector["sealed"])
                    again = b"".join(files.seal(io.BytesIO(data), len(data), *place, header=sealed[:24]))
                    self.assertEqual(again, sealed)
                    self.assertEqual(b"".join(files.unseal(io.BytesIO(sealed), len(data), *place)), data)


class SignedDocuments(unittest.TestCase):
    def test_jws(self):
        for vector in VECTORS["jws"]:
            with self.subTest(vector.get("why", "good")):
                keys = [bytes.fromhex(vector["publicKey"])]
                if vector.get("bad"):
                    with self.assertRaises(Refused):
                        jws.verify(vector["token"], vector["typ"], keys)
                    continue
                self.assertEqual(jws.verify(vector["token"], vector["typ"], keys), vector["payload"])
                with self.assertRaises(Refused):
                    jws.verify(vector["token"], "baken-lid+jws", keys)

    def test_made_like_the_vector(self):
        good = next(vector for vector in VECTORS["jws"] if "payload" in vector)
        key = jws.SignKey(bytes(32))
        token = jws.sign(good["typ"], key, good["payload"])
        self.assertEqual(token.split(".")[1], good["token"].split(".")[1])
        self.assertEqual(jws.verify(token, good["typ"], [key.public]), good["payload"])


class SignedRequests(unittest.TestCase):
    def parts(self, vector):
        body = vector["body"].encode("utf-8") if vector["body"] is not None else None
        return vector["method"], vector["authority"], vector["target"], body

    def test_each_request_verifies_at_its_hour(self):
        for vector in VECTORS["signedRequests"]:
            with self.subTest(vector["target"]):
                keyid = httpsig.verify(*self.parts(vector), vector["headers"], bytes.fromhex(vector["publicKey"]),
                                       1795363200)
                self.assertEqual(keyid, "lid:00000000-0000-4000-8000-000000000009")

    def test_each_request_is_refused_once_changed(self):
        for vector in VECTORS["signedRequests"]:
            method, authority, target, body = self.parts(vector)
            key, head = bytes.fromhex(vector["publicKey"]), vector["headers"]
            changed = {"later": (method, authority, target, body, head, key, 1795363501),
                       "method": ("DELETE", authority, target, body, head, key, 1795363200),
                       "authority": (method, "x.example", target, body, head, key, 1795363200),
                       "target": (method, authority, target + "x", body, head, key, 1795363200),
                       "body": (method, authority, target, (body or b"") + b"x", head, key, 1795363200),
                       "key": (method, authority, target, body, head, jws.SignKey().public, 1795363200)}
            for why, case in changed.items():
                with self.subTest(why), self.assertRaises(Refused):
                    httpsig.verify(*case)

    def test_signed_here_is_verified_here_with_the_vector_s_text(self):
        key = jws.SignKey(bytes(32))
        for vector in VECTORS["signedRequests"]:
            with self.subTest(vector["target"]):
                given = vector["headers"]["Signature-Input"]
                nonce = given.partition('nonce="')[2].partition('"')[0]
                sent = httpsig.sign(*self.parts(vector), "lid:00000000-0000-4000-8000-000000000009", key,
                                    created=1795363200, nonce=nonce)
                self.assertEqual(sent["signature-input"], given)
                self.assertEqual(sent.get("content-digest"), vector["headers"].get("Content-Digest"))
                httpsig.verify(*self.parts(vector), sent, key.public, 1795363200)


class Text(unittest.TestCase):
    def test_bad_base64url_is_refused(self):
        for text in VECTORS["badB64u"]:
            with self.subTest(text), self.assertRaises(Refused):
                unb64u(text)

    def test_nothing_in_the_file_is_passed_over(self):
        self.assertEqual(set(VECTORS), {"note", "receipts", "envelopes", "attachments", "jws", "signedRequests",
                                        "padme", "badB64u", "badReceipts", "badEnvelopes"})

    def test_low_order_keys_cannot_be_sealed_to(self):
        with self.assertRaises(Refused):
            envelope.seal_key(bytes(32), VECTORS["envelopes"][0]["id"], bytes(32))
        self.assertEqual(len(b64u(bindings.crypto_box_seal(bytes(48), jws.BoxKey().public))), 128)


if __name__ == "__main__":
    unittest.main()
