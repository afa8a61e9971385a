"""One installation without a demonstration, and its people, by the verbs alone: for roots.py and roots_refused.py, which
are run as FILE.py BIN_DIR SCHEMA, and import tearDownModule for unittest to find.
"""
import base64
import json
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from with_server import PATIENT, Server  # noqa: E402

BIN, SCHEMA = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
REPORT = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": "Ik zag iets."}
DESKS = ("landelijk", "rotterdam")
PEOPLE = {}


def tearDownModule():
    if "home" in PEOPLE:
        shutil.rmtree(PEOPLE["home"])


def run(*arguments, text="", expect=None):
    """Status, standard output, standard error of `baken …`; fails where another status was expected."""
    done = subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, text=True, timeout=120,
                          check=False)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"{arguments}: {done.returncode}, not {expect}\n{done.stdout}{done.stderr}")
    return done.returncode, done.stdout, done.stderr


def at_terminal(talk, *arguments):
    """The same with a terminal: talk is (what it asks, what is typed) in order. Status, and everything shown."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(BIN / "baken", [str(word) for word in ("baken", *arguments)])
    shown, asked = "", 0
    for prompt, answer in talk:
        while prompt not in shown[asked:]:
            shown += os.read(terminal, 4096).decode("utf-8")
        asked = len(shown)
        os.write(terminal, answer.encode("utf-8") + b"\n")
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other side is closed
            part = b""
        if not part:
            break
        shown += part.decode("utf-8")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def payload(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Ceremony(unittest.TestCase):
    """One installation, one offline machine, and a lead with two hats at every desk."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="baken-roots-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.secret = self.home / "secret"
        self.secret.write_text("een lange zin als wachtwoord\n")
        self.secret.chmod(0o600)
        self.quick = ("--cost", "interactive", "--passphrase-file", self.secret)
        self.drafts = 0

    # -- the verbs ---------------------------------------------------------------------------------------------

    def root_keygen(self, name="root.key"):
        run("admin", "root-keygen", "--to", self.home / name, *self.quick, expect=0)
        return self.home / name

    def install(self, root, start=True):
        self.server = Server(BIN, SCHEMA, self.home, PATIENT, init=("--root", f"{root}.pub"))
        self.data = self.server.data
        if start:
            self.server.start()
            self.addCleanup(self.end)

    def end(self):
        """Unlike Server.stop: without a directory, or with desks without keys, its log tells faults."""
        process = self.server.process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        text = self.server.log.read_text()
        self.assertEqual(process.wait(timeout=20), 0, text)
        for word in ("Sanitizer", "runtime error", "of its own"):
            self.assertNotIn(word, text)

    def draft(self, *place):
        self.drafts += 1
        to = self.home / f"draft{self.drafts}"
        run("admin", "directory-draft", *(place or ("--data", self.data)), "--to", to, expect=0)
        return to

    def sign(self, draft, root, *more, to=None, expect=0):
        out = to or draft.with_suffix(".json")
        return out, run("admin", "directory-sign", draft, "--root-key", root, "--to", out, "--passphrase-file",
                        self.secret, "--yes", *more, expect=expect)

    def publish(self, signed, *place, expect=0):
        return run("admin", "directory-publish", *(place or ("--data", self.data)), signed, expect=expect)

    def url(self):
        return f"https://localhost:{self.server.port}"

    def edit(self, draft, change, name="loketten.json"):
        content = json.loads((draft / name).read_text())
        change(content)
        (draft / name).write_text(json.dumps(content, indent=2, ensure_ascii=False))

    def refused(self, result, *words, status=1):
        self.assertEqual(result[0], status, result)
        self.assertIn("baken admin: ", result[2])
        for word in words:
            self.assertIn(word, result[2])

    # -- the people --------------------------------------------------------------------------------------------

    def people(self):
        """Two leads per desk, with keys that they made once for every test; their public keys by desk."""
        self.leads = PEOPLE.setdefault("leads", {})
        PEOPLE.setdefault("home", pathlib.Path(tempfile.mkdtemp(prefix="baken-people-")))
        for one in json.loads((SCHEMA / "loketten.json").read_text())["loketten"]:
            for number in (1, 2):
                self.leads.setdefault(one["id"], [])
                if len(self.leads[one["id"]]) == number - 1:
                    self.leads[one["id"]].append(self.lead(one["id"], PEOPLE["home"] / f"{one['id']}{number}.key"))

    def lead(self, desk, key):
        _, out, _ = run("desk", "keygen", "--loket", desk, "--rol", "beheerder", "--out", key, *self.quick, expect=0)
        line = next(line for line in out.splitlines() if line.startswith("Lead key: "))
        return line.removeprefix("Lead key: ")

    def with_leads(self, content):
        for desk in content["loketten"]:
            desk["beheerders"] = list(self.leads[desk["id"]])

    def profile(self, desk, number, *roots):
        path = self.home / f"{desk}{number}.toml"
        listed = ", ".join(f'"{root}.pub"' for root in roots)
        path.write_text(f'server = "{self.url()}"\nroot = [{listed}]\ncacert = "{self.data}/tls/cert.pem"\n'
                        f'loket = "{desk}"\nkey = "{PEOPLE["home"]}/{desk}{number}.key"\npassphrase-file = "secret"\n'
                        f'state = "{desk}{number}.state"\n')
        return path

    def furnish(self, *roots):
        """The desks that a report of this test reaches get members and keys."""
        for desk in DESKS:
            lead = self.profile(desk, 1, *roots)
            run("desk", "enrol", *(PEOPLE["home"] / f"{desk}{n}.key.pub" for n in (1, 2)), "--yes", "--profile", lead,
                expect=0)
            run("desk", "keys", "--yes", "--profile", lead, expect=0)

    def report(self, profile):
        _, out, _ = run("report", "submit", "-", "--json", "--profile", profile, text=json.dumps(REPORT), expect=0)
        sent = json.loads(out)
        self.assertEqual([one["voor"] for one in sent["ontvangers"]], ["loket:rotterdam"])
        return sent["id"]

    def opened(self, report, profile):
        _, out, _ = run("desk", "open", report, "--profile", profile, expect=0)
        self.assertIn("Ik zag iets.", out)
        self.assertNotIn("ALARM", out.upper())

    def first_directory(self, root):
        draft = self.draft()
        self.people()
        self.edit(draft, self.with_leads)
        signed, (_, out, _) = self.sign(draft, root)
        self.publish(signed)
        return draft, signed, out
