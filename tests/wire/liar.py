"""A server that lies: it stands between a program and the real one, has the real one's certificate and key, and alters the
answers it is told to. A program comes to it by https_proxy, so that name, address and signatures are those of every day.
Besides, what a lie is made of: documents signed with the demonstration's own root and leads. For stage.py,
lies.py and the tests that use them.
"""
import datetime
import http.client
import http.server
import json
import os
import pathlib
import re
import ssl
import sys
import threading

from nacl import bindings, pwhash

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / room) for room in ("interop", "openapi")]
import contract  # noqa: E402
from witness import jws, trust  # noqa: E402
from witness.text import b64u, dump_json, epoch_of, hash_of, today, unb64u  # noqa: E402

DATA, URL = pathlib.Path(os.environ["BAKEN_DATA"]), os.environ["BAKEN_URL"]
DIRECTORY, TABLE = "GET /v1/sleutelgids", "GET /v1/routering"
DROPPED = ("content-length", "transfer-encoding", "connection", "keep-alive")


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def json(self):
        return json.loads(self.body)

    def put(self, value):
        self.status, self.body = 200, value if isinstance(value, bytes) else dump_json(value)

    def field(self, name):
        return next((value for field, value in self.fields if field.lower() == name), None)

    def set(self, name, value):
        """None: without it."""
        self.fields = [one for one in self.fields if one[0].lower() != name] + ([(name, value)] if value is not None else [])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        self.connection = self.server.liar.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        got = self.server.liar.exchange(self.command, self.path, self.headers, body)
        head = [f"HTTP/1.1 {got.status} Told"]
        head += [f"{name}: {value}" for name, value in got.fields if name.lower() not in DROPPED]
        head += [f"Content-Length: {len(got.body)}", "", ""]
        self.wfile.write("\r\n".join(head).encode("latin-1") + got.body)

    do_GET = do_POST = do_PATCH = do_DELETE = answer

    def log_message(self, *_):
        pass

    def finish(self):
        super().finish()
        self.connection.close()


class Liar:
    """told: {pattern of "METHOD target": what becomes of the answer}: bytes or JSON that replace its body, a status to give
    instead, or a function of the Answer. A write that is told of does not reach the real server."""

    def __init__(self):
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(DATA / "tls/cert.pem", DATA / "tls/key.pem")
        self.trusted = ssl.create_default_context(cafile=DATA / "tls/cert.pem")
        self.told, self.asked, self.trail = {}, [], {}
        self.undocumented = []  # what the real server said that its document does not describe
        self.listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listener.daemon_threads = True
        self.listener.liar = self
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def environment(self):
        return {**os.environ, "https_proxy": f"http://127.0.0.1:{self.listener.server_port}", "no_proxy": ""}

    def tell(self, told):
        self.told, self.asked = told or {}, []

    def bodies(self, pattern):
        """What was sent to such a target, as JSON."""
        return [json.loads(body) for what, body in self.asked if re.fullmatch(pattern, what)]

    def real(self, method, target, fields=(), body=b""):
        line = http.client.HTTPSConnection("localhost", int(URL.rpartition(":")[2]), timeout=90, context=self.trusted)
        line.putrequest(method, target, skip_host=bool(fields), skip_accept_encoding=True)
        for name, value in fields:
            line.putheader(name, value)
        line.endheaders(body)
        got = line.getresponse()
        out = Answer(got.status, got.getheaders(), got.read())
        line.close()
        try:
            contract.check(method, target, out.status, dict(out.fields), out.body)
        except contract.Differs as why:  # in a thread of the listener nobody would see it
            self.undocumented.append(str(why))
        return out

    def exchange(self, method, target, headers, body):
        what = f"{method} {target}"
        self.asked.append((what, body))
        lie = next((lie for pattern, lie in self.told.items() if re.fullmatch(pattern, what)), None)
        desk = re.match(r"/v1/loketten/([^/]*)/", target)
        if method != "GET" and lie is not None:
            got = Answer(201, [("Logboek", self.trail.get(desk and desk[1], ""))], b"{}")
        else:
            got = self.real(method, target, list(headers.items()), body)
            if desk and got.field("logboek"):
                self.trail[desk[1]] = got.field("logboek")
        if callable(lie):
            lie(got)
        elif isinstance(lie, int):
            got.status = lie
        elif lie is not None:
            got.put(lie)
        return got


def demo_key(path, words=DATA / "demo/passphrase"):
    """What a key file of the demonstration holds, or another one: top, sign (Ed25519) and box (X25519) keys."""
    file = json.loads((DATA / "demo" / path).read_text())
    passphrase = words.read_bytes().rstrip(b"\n")
    kdf = file["kdf"]
    key = pwhash.argon2id.kdf(32, passphrase, unb64u(kdf["salt"]), kdf["ops"], kdf["mem"])
    bound = f"{file['type']}/1/{file['soort']}/{file['loket']}".encode()
    secret = json.loads(bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
        unb64u(file["geheim"]), bound, unb64u(file["nonce"]), key))
    made = {"top": ("topSeed", jws.SignKey), "sign": ("signSeed", jws.SignKey), "box": ("boxSecret", jws.BoxKey)}
    return {"lid": secret["lid"],
            **{name: make(unb64u(secret[member])) for name, (member, make) in made.items() if secret[member]}}


def day(offset):
    return (today() + datetime.timedelta(days=offset)).isoformat()


class World:
    """What the real server says, and lies about it. Every token but those of strangers is signed by the real key."""

    def __init__(self, liar, desk, other):
        self.liar, self.desk, self.other = liar, desk, other
        self.root, self.stranger = demo_key("root.key")["top"], jws.SignKey()
        self.lead, self.second = (demo_key(f"{desk}/beheerder{n}.key")["top"] for n in (1, 2))
        self.neighbour = demo_key(f"{other}/beheerder1.key")["top"]
        self.week, self.next_week = epoch_of(today()), epoch_of(today() + datetime.timedelta(days=7))
        self.look()

    def look(self):
        self.truth = self.liar.real("GET", "/v1/sleutelgids").json()
        self.table = self.liar.real("GET", "/v1/routering").body
        self.stands = {jws.peek(token)["loket"]: token for token in self.truth["standen"]}
        self.keys = {(jws.peek(token)["loket"], jws.peek(token)["epoch"]): token for token in self.truth["sleutels"]}

    # -- documents ---------------------------------------------------------------------------------------------

    def gids(self, after=None, by=None, typ=trust.GIDS, **changes):
        """The directory that follows `after` (the real one), with these changes."""
        after = after or self.truth["gids"]
        before = jws.peek(after)
        return jws.sign(typ, by or self.root, {**before, "versie": before["versie"] + 1, "vorige": hash_of(after), **changes})

    def leads(self, *keys, of=None):
        """The directory's desks, where this one has these lead keys."""
        return [{**one, "beheerders": [b64u(key.public) for key in keys]} if one["id"] == (of or self.desk) else one
                for one in jws.peek(self.truth["gids"])["loketten"]]

    def stand(self, after=None, by=None, less=(), more=(), **changes):
        """The desk's stand that follows, without these tokens and with those. more: keys and memberships."""
        after = after or self.stands[self.desk]
        out = {**jws.peek(after), "versie": jws.peek(after)["versie"] + 1, "vorige": hash_of(after)}
        gone = [hash_of(token) for token in less]
        out["leden"] = [one for one in out["leden"] if one not in gone]
        out["sleutels"] = [one for one in out["sleutels"] if one not in gone]
        for token in more:
            out["leden" if "lid" in jws.peek(token) else "sleutels"].append(hash_of(token))
        return jws.sign(trust.STAND, by or self.lead, {**out, **changes})

    def key(self, by=None, **changes):
        """Another key for the desk's current week."""
        was = jws.peek(self.keys[self.desk, self.week])
        return jws.sign(trust.KEY, by or self.lead, {**was, "publicKey": b64u(jws.BoxKey().public), **changes})

    def member(self, by=None, **changes):
        return jws.sign(trust.MEMBER, by or self.lead, {
            "loket": self.desk, "lid": "00000000-0000-4000-8000-0000000000aa", "signKey": b64u(jws.SignKey().public),
            "boxKey": b64u(jws.BoxKey().public), "rol": "medewerker", "van": day(-1), "tot": day(100), **changes})

    # -- answers -----------------------------------------------------------------------------------------------

    def shows(self, gids=None, stand=None, keys=None, more=(), desk=None):
        """The answer about the directory; stand: the desk's, "" withholds it; keys: those of the desk, more: besides."""
        desk = desk or self.desk
        stands = dict(self.stands)
        if stand is not None:
            stands[desk] = stand
        shown = [token for (of, _), token in self.keys.items() if of != desk or keys is None]
        return {DIRECTORY: {"gids": gids or self.truth["gids"], "standen": [one for one in stands.values() if one],
                            "sleutels": shown + list(keys or ()) + list(more)}}

    def with_table(self, change):
        """A directory that signs another routing table, and that table."""
        table = change(json.loads(self.table))
        raw = table if isinstance(table, bytes) else dump_json(table)
        return {**self.shows(self.gids(routering=hash_of(raw))), TABLE: raw}
