#!/usr/bin/python3
"""TLS itself: no version, cipher or group of yesterday, no second handshake on a line, no compression, and nothing by
which two visits of one reporter could be told to be one: no ticket, no session. What is no TLS is closed without a word
of HTTP. Run by tests/with_server.py.
"""
import ctypes
import os
import socket
import ssl
import subprocess
import time
import unittest

from line import AUTHORITY, MARK, PATIENCE, PORT, Case, Line, reply_to, request, trusting

CA = os.environ["BAKEN_CA"]
HANDSHAKE_RECORD, ALERT_RECORD, DATA_RECORD = 22, 21, 23
HANDSHAKE_FAILURE, ILLEGAL_PARAMETER, DECODE_ERROR, PROTOCOL_VERSION = 40, 47, 50, 70  # RFC 8446 §6
TLS_1_2, TLS_1_3 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


def settings(version=None, ciphers=None, group=None, names=True):
    tls = trusting()
    tls.check_hostname = names
    if version:
        tls.minimum_version = tls.maximum_version = version
    if ciphers:
        tls.set_ciphers(ciphers + ":@SECLEVEL=0")
    if group:
        tls.set_ecdh_curve(group)
    return tls


def record(kind, content, version=b"\3\1"):
    return bytes([kind]) + version + len(content).to_bytes(2, "big") + content


def hello(tls=None):
    """The ClientHello as a handshake message, without its record."""
    line = Line(tls or settings(), shake=False)
    with line:
        return line.hello()[5:]


def with_compression(message, methods):
    """The hello with these compression methods instead of none: behind the version, the random, the session and the
    ciphers (RFC 8446 §4.1.2)."""
    at = 4 + 2 + 32
    at += 1 + message[at]
    at += 2 + int.from_bytes(message[at:at + 2], "big")
    body = message[4:at] + bytes([len(methods)]) + methods + message[at + 1 + message[at]:]
    return message[:1] + len(body).to_bytes(3, "big") + body


class Versions(Case):
    def alert(self, reply, code):
        """One fatal alert and nothing else."""
        self.assertEqual((reply[:1], reply[3:]), (bytes([ALERT_RECORD]), bytes([0, 2, 2, code])), reply)

    def test_old_versions(self):
        now = hello(settings(TLS_1_2))
        # SSL 3 had no alert of its own for it.
        for name, version, code in (("SSL 3", b"\3\0", HANDSHAKE_FAILURE), ("TLS 1.0", b"\3\1", PROTOCOL_VERSION),
                                    ("TLS 1.1", b"\3\2", PROTOCOL_VERSION)):
            with self.subTest(name):
                self.alert(reply_to(record(HANDSHAKE_RECORD, now[:4] + version + now[6:])), code)
        ssl_2 = b"\x80\x2e\1\0\2\0\x15\0\0\0\x10\1\0\x80\2\0\x80\3\0\x80\4\0\x80\5\0\x80\6\0\x40\7\0\xc0" + bytes(16)
        self.assertNotIn(b"\4\0\1\0\2", reply_to(ssl_2))

    def test_versions_of_today(self):
        for version in (TLS_1_2, TLS_1_3):
            with Line(settings(version)) as line:
                self.ask(line, request(), 200)

    def test_ciphers_without_forward_secrecy_or_authentication(self):
        """And those that hide lengths badly: only ECDHE with AES-GCM or ChaCha20."""
        for cipher in ("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA",
                       "ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES256-GCM-SHA384", "NULL",
                       "aNULL",
                       "ECDHE-ECDSA-AES256-CCM8:AES256-CCM8", "CAMELLIA256-SHA"):
            with self.subTest(cipher):
                self.alert(reply_to(record(HANDSHAKE_RECORD, hello(settings(TLS_1_2, cipher)))), HANDSHAKE_FAILURE)

    def test_groups_of_another_kind(self):
        for version in (TLS_1_2, TLS_1_3):
            with self.subTest(version.name):
                self.alert(reply_to(record(HANDSHAKE_RECORD, hello(settings(version, group="secp521r1")))),
                           HANDSHAKE_FAILURE)

    def test_compression(self):
        """The server chooses none, or refuses the hello: in TLS 1.3 nothing else may be offered."""
        answer = reply_to(record(HANDSHAKE_RECORD, with_compression(hello(settings(TLS_1_2)), b"\1\0")),
                          record(ALERT_RECORD, b"\2\0"))
        self.assertEqual((answer[0], answer[5]), (HANDSHAKE_RECORD, 2))
        after_session = 9 + 2 + 32 + 1 + answer[9 + 2 + 32]
        self.assertEqual(answer[after_session + 2], 0)
        for methods, code in ((b"\1\0", ILLEGAL_PARAMETER), (b"\0\1", ILLEGAL_PARAMETER), (b"\1", DECODE_ERROR)):
            with self.subTest(methods):
                reply = reply_to(record(HANDSHAKE_RECORD, with_compression(hello(settings(TLS_1_3)), methods)))
                self.alert(reply, code)
        with Line() as line:
            self.assertIsNone(line.tls.compression())


class Visits(Case):
    """Two visits of one browser."""

    def test_no_session_is_kept_or_given(self):
        for version in (TLS_1_2, TLS_1_3):
            with self.subTest(version.name):
                tls = settings(version)
                with Line(tls) as line:
                    self.ask(line, request(), 200)
                    session = line.tls.session
                self.assertFalse(session.has_ticket)
                if version == TLS_1_2:
                    self.assertEqual(session.id, b"")
                again = Line(tls, shake=False)
                with again:
                    again.tls.session = session
                    again.shake()
                    self.assertFalse(again.tls.session_reused)
                    self.ask(again, request(), 200)

    def test_nothing_of_tls_follows_the_handshake(self):
        """A ticket would be a record of its own before the first answer."""
        with Line(settings(TLS_1_3)) as line, self.assertRaises(TimeoutError):
            line.take(time.monotonic() + 0.5)

    def test_a_name_that_is_not_ours(self):
        """SNI chooses nothing here: the certificate is the same, and the Host alone is asked."""
        with Line() as line:
            ours = line.tls.getpeercert(True)
        for name in (f"{MARK}.example", "localhost.", "LOCALHOST", "a" * 63 + ".example", "127.0.0.1", "::1", None):
            with self.subTest(name), Line(settings(names=False), name) as line:
                self.assertEqual(line.tls.getpeercert(True), ours)
                self.ask(line, request(), 200)
                line.send(request(host=f"{MARK}.example"))
                self.assertEqual(self.checked(line.answer()).status, 421)


class Certificate(Case):
    """What `baken admin init` makes until an authority's is there: it vouches for itself and for nothing else."""

    def shown(self, *what):
        return subprocess.run(["openssl", "x509", "-in", CA, "-noout", *what], check=True, capture_output=True,
                              text=True).stdout

    def test_it_is_no_authority(self):
        self.assertIn("CA:FALSE", self.shown("-ext", "basicConstraints"))
        self.assertNotIn("Certificate Sign", self.shown("-ext", "keyUsage"))

    def test_it_lasts_397_days(self):
        since, until = (ssl.cert_time_to_seconds(line.split("=", 1)[1])
                        for line in self.shown("-startdate", "-enddate").splitlines())
        self.assertEqual(until - since, 397 * 86400)

    def test_who_trusts_this_file_alone_connects(self):
        url = f"https://localhost:{PORT}/v1/routering"
        done = subprocess.run(["curl", "--silent", "--fail", "--cacert", CA, "--capath", "/dev/null", "--output", "/dev/null",
                               url], check=False)
        self.assertEqual(done.returncode, 0)
        for name in ("localhost", "127.0.0.1"):
            with self.subTest(name), socket.create_connection(("127.0.0.1", PORT), PATIENCE) as raw, \
                    ssl.create_default_context(cafile=CA).wrap_socket(raw, server_hostname=name) as line:
                self.assertTrue(line.version())


class Native:
    """A client by OpenSSL's own calls, for what Python does not offer."""

    def __init__(self, version):
        self.calls = ctypes.CDLL("libssl.so.3")
        for name, kinds in (("TLS_client_method", ()), ("SSL_CTX_new", (ctypes.c_void_p,)),
                            ("SSL_new", (ctypes.c_void_p,))):
            call = getattr(self.calls, name)
            call.restype, call.argtypes = ctypes.c_void_p, kinds
        self.context = ctypes.c_void_p(self.calls.SSL_CTX_new(self.calls.TLS_client_method()))
        self.calls.SSL_CTX_ctrl(self.context, 124, ctypes.c_long(version), None)  # SSL_CTRL_SET_MAX_PROTO_VERSION
        self.ssl = ctypes.c_void_p(self.calls.SSL_new(self.context))
        self.socket = socket.create_connection(("127.0.0.1", PORT), PATIENCE)
        self.socket.setblocking(True)
        seconds = PATIENCE.to_bytes(8, "little") + bytes(8)
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self.socket.setsockopt(socket.SOL_SOCKET, option, seconds)
        assert self.calls.SSL_set_fd(self.ssl, self.socket.fileno()) == 1
        assert self.calls.SSL_connect(self.ssl) == 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.calls.SSL_free(self.ssl)
        self.calls.SSL_CTX_free(self.context)
        self.socket.close()

    def first_line(self):
        """Of the answer to a good request; empty where there is none."""
        raw, buffer = request(), ctypes.create_string_buffer(65536)
        self.calls.SSL_write(self.ssl, raw, len(raw))
        got = self.calls.SSL_read(self.ssl, buffer, 65536)
        return buffer.raw[:max(got, 0)].split(b"\r\n")[0]


class Twice(Case):
    def test_renegotiation(self):
        """Asked for by the client on a line that works: the second handshake never happens."""
        with Native(0x0303) as line:
            self.assertEqual(line.first_line(), b"HTTP/1.1 200 OK")
            self.assertEqual(line.calls.SSL_renegotiate(line.ssl), 1)
            self.assertNotEqual(line.calls.SSL_do_handshake(line.ssl), 1)
        self.taken(request())

    def test_key_updates(self):
        """Those of TLS 1.3 are allowed, also many, and each with a wish for one in return (RFC 8446 §4.6.3)."""
        with Native(0x0304) as line:
            for _ in range(100):
                self.assertEqual(line.calls.SSL_key_update(line.ssl, 1), 1)
                self.assertEqual(line.calls.SSL_do_handshake(line.ssl), 1)
            self.assertEqual(line.first_line(), b"HTTP/1.1 200 OK")

    def test_a_hello_in_a_thousand_records(self):
        """One byte each is slow and allowed."""
        line = Line(shake=False)
        with line:
            message = line.hello()[5:]
            line.socket.sendall(b"".join(record(HANDSHAKE_RECORD, bytes([byte])) for byte in message))
            line.shake()
            self.ask(line, request(), 200)


class NoTls(Case):
    ROWS = {
        "HTTP": [request()], "a post over HTTP": [request("POST", "/v1/meldingen", "Content-Length: 2", body=b"{}")],
        "an absolute target": [f"GET https://{AUTHORITY}/nl HTTP/1.1\r\n\r\n".encode()],
        "HTTP of a proxy": [f"CONNECT {AUTHORITY} HTTP/1.1\r\n\r\n".encode()],
        "HTTP/2": [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
        "SSH": [b"SSH-2.0-OpenSSH_9.2\r\n"], "zeros": [bytes(4000)], "ones": [b"\xff" * 4000],
        "words": [MARK.encode() * 400],
        "an alert first": [record(ALERT_RECORD, b"\2\x28")], "a warning first": [record(ALERT_RECORD, b"\1\0") * 50],
        "data first": [record(DATA_RECORD, request())], "an unknown record": [record(99, bytes(100))],
        "a heartbeat": [record(24, b"\1\x40\0" + bytes(16))],
        "a record too long": [b"\x16\3\1\xff\xff" + bytes(70_000)],
        "empty records": [record(HANDSHAKE_RECORD, b"") * 2000], "change of cipher first": [record(20, b"\1") * 100],
        "a hello of 16 MB": [record(HANDSHAKE_RECORD, b"\1\xff\xff\xff" + bytes(16_000)) + record(HANDSHAKE_RECORD,
                                                                                                  bytes(16_000)) * 9],
        "another message first": [record(HANDSHAKE_RECORD, b"\x0b\0\0\4" + bytes(4))],
        "a hello of nothing": [record(HANDSHAKE_RECORD, b"\1\0\0\0")],
        "a hello of garbage": [record(HANDSHAKE_RECORD, b"\1\0\1\0" + b"\xa5" * 256)],
    }

    def test_what_is_no_tls_is_closed(self):
        """At once, without a word of HTTP and with nothing of what was sent."""
        for name, pieces in self.ROWS.items():
            with self.subTest(name):
                reply = reply_to(*pieces)
                self.assertNotIn(b"HTTP", reply)
                self.assertNotIn(MARK.encode(), reply)
                self.assertLess(len(reply), 100)
        self.taken(request())

    def test_a_hello_twice(self):
        message = record(HANDSHAKE_RECORD, hello())
        reply = reply_to(message, message)
        self.assertNotIn(b"HTTP", reply)

    def test_a_hello_changed_in_every_byte(self):
        """Whatever it then says, it never is a handshake that ends well, and the server goes on."""
        message = bytearray(hello())
        for at in range(0, len(message), 3):
            message[at] ^= 0xff
            reply = reply_to(record(HANDSHAKE_RECORD, bytes(message)), record(ALERT_RECORD, b"\2\x28"))
            self.assertNotIn(b"HTTP", reply)
            message[at] ^= 0xff
        self.taken(request())

    def test_a_record_that_was_altered_on_its_way(self):
        """Nothing of it is executed and nothing is answered: the line ends there."""
        for at in (5, 20, -1):
            with self.subTest(at), Line() as line:
                sealed = bytearray(line.sealed(request()))
                sealed[at] ^= 1
                line.socket.sendall(bytes(sealed))
                with self.assertRaises((AssertionError, ssl.SSLError)):
                    line.answer()
                self.assertEqual(line.received, b"")

    def test_a_record_repeated(self):
        with Line() as line:
            sealed = line.sealed(request())
            line.socket.sendall(sealed + sealed)
            self.assertEqual(line.answer().status, 200)
            with self.assertRaises((AssertionError, ssl.SSLError)):
                line.answer()

    def test_plain_text_in_the_middle(self):
        with Line() as line:
            self.ask(line, request(), 200)
            line.socket.sendall(request())
            with self.assertRaises((AssertionError, ssl.SSLError)):
                line.answer()


if __name__ == "__main__":
    unittest.main()
