#!/usr/bin/python3
"""Installations without a demonstration, by the verbs alone: root key, draft, signature, publication, people, a report that
is opened; the roll-over of the root; and what is refused on the way. roots.py BIN_DIR SCHEMA
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
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from with_server import Server  # noqa: E402

BIN, SCHEMA = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
REPORT = {"rol": "burger", "vormen": ["arbeid"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": "Ik zag iets."}
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
        self.server = Server(BIN, SCHEMA, self.home, init=("--root", f"{root}.pub"))
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
            run("desk", "enrol", *(PEOPLE["home"] / f"{desk}{n}.key.pub" for n in (1, 2)), "--yes", "--profile", lead, expect=0)
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


class FromNothing(Ceremony):
    def test_the_whole_path(self):
        root = self.root_keygen()
        self.assertEqual(root.stat().st_mode & 0o777, 0o600)
        self.assertEqual(json.loads(root.read_text())["soort"], "root")
        self.assertRegex(pathlib.Path(f"{root}.pub").read_text(), r"\A[A-Za-z0-9_-]{43}\n\Z")
        self.install(root)
        draft = self.draft()
        self.assertEqual(sorted(path.name for path in draft.iterdir()), ["loketten.json", "routering.json"])
        # Without leads it cannot be signed; every desk is told at once.
        _, result = self.sign(draft, root, expect=1)
        self.assertEqual(result[2].count("needs the key of a lead"), 14)
        self.people()
        self.edit(draft, self.with_leads)
        signed, (_, out, err) = self.sign(draft, root)
        self.assertIn("THE FIRST", out)
        self.assertIn("desk rotterdam added", out)
        self.assertIn(self.leads["rotterdam"][0], out)
        self.assertIn("must be signed and published by ", out)
        self.assertEqual(err, "")
        self.assertEqual(signed.stat().st_mode & 0o777, 0o644)
        self.assertEqual(self.publish(signed)[1].split(",")[0], "version 1 is in force")
        self.publish(signed)  # again is no fault
        self.furnish(root)
        officer = self.profile("rotterdam", 2, root)
        self.opened(self.report(officer), officer)
        _, out, _ = run("admin", "directory-verify", "--url", self.url(), "--root", f"{root}.pub", expect=0)
        self.assertIn("desk rotterdam added", out)

        # The second, drafted from the public endpoints and published over the network; the table's bytes stay.
        draft = self.draft("--url", self.url(), "--root", f"{root}.pub")
        table = (draft / "routering.json").read_bytes()
        self.assertEqual((draft / "routering.vorige.json").read_bytes(), table)
        self.edit(draft, lambda d: d["loketten"][0].update(naam="Politie Noord"))
        signed, (_, out, _) = self.sign(draft, root)
        self.assertIn("name was Politie Noord-Nederland, is Politie Noord", out)
        self.assertEqual(out.count("\n    "), 1, out)  # that is all that changes
        body = json.loads(signed.read_text())
        self.assertEqual(base64.urlsafe_b64decode(body["routering"] + "=="), table)
        self.assertEqual(payload(body["gids"])["versie"], 2)
        self.publish(signed, "--url", self.url(), "--cacert", self.data / "tls/cert.pem")
        self.publish(signed, "--url", self.url(), "--cacert", self.data / "tls/cert.pem")
        self.opened(self.report(officer), officer)

    def test_without_a_running_server(self):
        root = self.root_keygen()
        self.install(root, start=False)
        self.first_directory(root)
        draft = self.draft()
        self.assertEqual(payload((draft / "vorige.jws").read_text().strip())["versie"], 1)
        self.assertEqual(json.loads((draft / "loketten.json").read_text())["loketten"][0]["beheerders"],
                         self.leads["noord-nederland"])
        signed, (_, out, _) = self.sign(draft, root)
        self.assertIn("nothing but its term changes", out)
        self.publish(signed)
        self.server.start()
        self.addCleanup(self.end)
        _, out, _ = run("admin", "directory-verify", "--url", self.url(), "--root", f"{root}.pub", expect=0)
        self.assertIn("version 2", out)


class Refusals(Ceremony):
    def setUp(self):
        super().setUp()
        self.root = self.root_keygen()
        self.install(self.root, start=False)

    def test_wrong_use(self):
        out = self.home / "out.json"
        for words in (("root-keygen",), ("root-keygen", "--to", out, "--passphrase", "x"), ("root-keygn", "--to", out),
                      ("directory-draft", "--to", out), ("directory-draft", "--data", self.data),
                      ("directory-draft", "--data", self.data, "--url", "https://x", "--root", "x", "--to", out),
                      ("directory-draft", "--url", "https://localhost:1", "--to", out),
                      ("directory-draft", "--url", "no address", "--root", f"{self.root}.pub", "--to", out),
                      ("directory-sign", self.home, "--root-key", self.root),
                      ("directory-sign", self.home, "--root-kye", self.root, "--to", out),
                      ("directory-sign", "--root-key", self.root, "--to", out),
                      ("directory-publish", out), ("directory-publish", "--data", self.data),
                      ("directory-publish", out, "--data", self.data, "--url", "https://x"),
                      ("directory-publish", out, "--data", self.data, "--cacert", "x")):
            with self.subTest(words):
                self.refused(run("admin", *words), status=2)
        for verb in ("root-keygen", "directory-draft", "directory-sign", "directory-publish"):
            self.assertEqual(run("admin", verb, "--help")[0], 0)

    def test_nothing_is_written_over(self):
        self.refused(run("admin", "root-keygen", "--to", self.root, *self.quick), "exists already")
        draft = self.draft()
        self.refused(run("admin", "directory-draft", "--data", self.data, "--to", draft), "exists already")
        self.people()
        self.edit(draft, self.with_leads)
        signed, _ = self.sign(draft, self.root)
        before = signed.read_bytes()
        _, result = self.sign(draft, self.root, expect=1)
        self.refused(result, "exists already")
        self.assertEqual(signed.read_bytes(), before)
        # Without a terminal and without --yes nothing is signed.
        out = self.home / "other.json"
        result = subprocess.run([BIN / "baken-admin", "directory-sign", draft, "--root-key", self.root, "--to", out,
                                 "--passphrase-file", self.secret], capture_output=True, text=True, check=False,
                                start_new_session=True, stdin=subprocess.DEVNULL)
        self.assertEqual(result.returncode, 1, result)
        self.assertIn("--yes", result.stderr)
        self.assertFalse(out.exists())

    def test_at_the_terminal(self):
        made = self.home / "typed.key"
        keygen = ("admin", "root-keygen", "--cost", "interactive", "--to", made)
        status, shown = at_terminal((("New passphrase", "een eerste lange zin"), ("Once more", "een tweede lange zin")), *keygen)
        self.assertEqual(status, 1, shown)
        self.assertIn("The two passphrases differ", shown)
        self.assertFalse(made.exists())
        status, shown = at_terminal((("New passphrase", "een eerste lange zin"), ("Once more", "een eerste lange zin")), *keygen)
        self.assertEqual(status, 0, shown)
        self.assertNotIn("een eerste lange zin", shown)
        draft, out = self.draft(), self.home / "out.json"
        self.people()
        self.edit(draft, self.with_leads)
        sign = ("admin", "directory-sign", draft, "--root-key", made, "--to", out)
        status, shown = at_terminal((("Passphrase of", "een eerste lange zin"), ("[y/N]", "n")), *sign)
        self.assertEqual(status, 1, shown)
        self.assertIn("Nothing was signed.", shown)
        self.assertFalse(out.exists())
        status, shown = at_terminal((("Passphrase of", "een eerste lange zin"), ("[y/N]", "y")), *sign)
        self.assertEqual(status, 0, shown)
        self.assertTrue(out.exists())

    def test_another_key(self):
        self.first_directory(self.root)
        draft, other = self.draft(), self.root_keygen("other.key")
        _, result = self.sign(draft, other, expect=1)
        self.refused(result, "vorige.jws is not signed by a root that is trusted here")
        _, result = self.sign(draft, other, "--root", f"{self.root}.pub", expect=1)
        self.refused(result, "none of the roots named with --root")
        _, result = self.sign(draft, PEOPLE["home"] / "landelijk1.key", expect=1)
        self.refused(result, "no root key")
        self.refused(run("admin", "directory-draft", "--url", self.url(), "--root", f"{other}.pub", "--to", self.home / "x"),
                     "reach")
        # Signed under both, and still not taken where only the first is pinned.
        signed, _ = self.sign(draft, other, "--root", f"{self.root}.pub", "--root", f"{other}.pub")
        self.refused(self.publish(signed, expect=1), "not signed by a root that is pinned here")

    def test_a_draft_that_was_damaged(self):
        self.first_directory(self.root)
        whole = self.draft()

        def judged(change, *words):
            draft = self.home / "damaged"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(whole, draft)
            change(draft)
            _, result = self.sign(draft, self.root, expect=1)
            self.refused(result, *words)

        text = (whole / "loketten.json").read_text()
        judged(lambda d: (d / "loketten.json").unlink(), "loketten.json cannot be read")
        judged(lambda d: (d / "routering.json").unlink(), "routering.json cannot be read")
        judged(lambda d: (d / "vorige.jws").unlink(), "vorige.jws is missing")
        judged(lambda d: (d / "vorige.jws").write_text(""), "vorige.jws is empty")
        judged(lambda d: (d / "vorige.jws").write_text((d / "vorige.jws").read_text()[:-9]), "vorige.jws")
        judged(lambda d: (d / "loketten.json").write_bytes(text.replace("Politie", "P\xff", 1).encode("latin-1")), "strict JSON")
        judged(lambda d: (d / "loketten.json").write_text(text.replace('"naam"', '"id"', 1)), "strict JSON")
        judged(lambda d: self.edit(d, lambda c: c["loketten"][0].update(telefoon="1")), "telefoon")

        def many(content):
            desks = {one["id"]: one for one in content["loketten"]}
            desks["rotterdam"].update(achtervang="rotterdam")
            desks["amsterdam"].update(achtervang="nergens", soort="polite")
            desks["limburg"]["beheerders"].append(desks["zorg"]["beheerders"][0])
            desks["den-haag"]["beheerders"] = ["A" * 43]
            desks["nla"]["beheerders"] = []
            content["loketten"].remove(desks["kmar"])
        judged(lambda d: self.edit(d, many), "desk rotterdam: it cannot fall back on itself", "desk nergens to fall back",
               "'soort': This must be one of", "desk zorg", "desk den-haag, 'beheerders'", "desk nla, 'beheerders'",
               "names the desk kmar, which is not in")

        def moved(content):
            content["gemeenten"]["GM0599"]["regio"] = "amsterdam"
        judged(lambda d: self.edit(d, moved, "routering.json"), "was changed, but its versie is 1; write 2 or more")
        judged(lambda d: (self.edit(d, moved, "routering.json"), (d / "routering.vorige.json").unlink()),
               "routering.vorige.json is missing")
        judged(lambda d: self.edit(d, moved, "routering.vorige.json"), "is not the table that vorige.jws signs")

        # With a higher versie the change is told, and taken.
        self.edit(whole, lambda c: (moved(c), c.update(versie=2)), "routering.json")
        signed, (_, out, _) = self.sign(whole, self.root)
        self.assertIn("routing table changed", out)
        self.assertIn('GM0599: was {"regio":"rotterdam","zorg":"zorg"}, is {"regio":"amsterdam","zorg":"zorg"}', out)
        self.publish(signed)

    def test_a_server_that_shows_an_old_directory_gets_no_second_one(self):
        self.first_directory(self.root)
        stale = self.draft()
        signed, _ = self.sign(stale, self.root)
        self.publish(signed)
        self.edit(stale, lambda c: c["loketten"][0].update(naam="Een ander"))
        fork, result = self.sign(stale, self.root, to=self.home / "fork.json", expect=1)
        self.refused(result, "Version 2 was signed on this machine before")
        self.assertFalse(fork.exists())
        other = self.root_keygen("other.key")  # which has signed nothing, and lies where the old one does
        result = self.sign(stale, other, "--root", self.home / "other.key.pub", "--root", self.home / "root.key.pub", to=fork,
                           expect=1)[1]
        self.refused(result, "Version 2 was signed on this machine before")
        fork, _ = self.sign(stale, self.root, "--again", to=fork)
        self.refused(self.publish(fork, expect=1), "Version 2 is in force already")

    def test_what_cannot_be_published(self):
        _, signed, _ = self.first_directory(self.root)
        broken = self.home / "broken.json"
        broken.write_text("{}")
        self.refused(self.publish(broken, expect=1), "no signed directory")
        content = json.loads(signed.read_text())
        third, _ = self.sign(self.draft(), self.root)
        content["routering"] = base64.urlsafe_b64encode(b"{}").decode().rstrip("=")
        content["gids"] = json.loads(third.read_text())["gids"]
        broken.write_text(json.dumps(content))
        self.refused(self.publish(broken, expect=1), "routing table is not the one")
        self.server.start()
        self.addCleanup(self.end)
        self.refused(self.publish(broken, expect=1), "The directory was not published", "/routering: The routing table is not")
        self.refused(self.publish(signed, "--url", self.url(), expect=1), "certificate")


class RollOver(Ceremony):
    def pin(self, *roots):
        file = self.data / "bakend.toml"
        listed = ", ".join(f'"{root}.pub"' for root in roots)
        lines = [f"root = [{listed}]" if line.startswith("root = ") else line for line in file.read_text().splitlines()]
        file.write_text("\n".join(lines) + "\n")

    def hang_up(self, words):
        """SIGHUP, until the log says these words once more."""
        before = self.server.log.read_text().count(words)
        self.server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 30
        while self.server.log.read_text().count(words) == before:
            self.assertLess(time.monotonic(), deadline, self.server.log.read_text())
            time.sleep(0.05)

    def test_the_root_is_rolled_over(self):
        old = self.root_keygen("old.key")
        self.install(old)
        self.first_directory(old)
        self.furnish(old)
        officer = self.profile("rotterdam", 2, old)
        report = self.report(officer)
        self.report(self.profile("landelijk", 2, old))

        # Both are pinned: in the server while it runs, in the profiles.
        new = self.root_keygen("new.key")
        self.pin(old, new)
        self.hang_up("other roots are pinned number=2")
        officer, lead = self.profile("rotterdam", 2, old, new), self.profile("rotterdam", 1, old, new)
        self.opened(report, officer)
        self.report(self.profile("landelijk", 1, old, new))
        for number in (2, 3):  # those two see neither
            root = old if number == 2 else new
            signed, (_, out, _) = self.sign(self.draft(), root, "--root", f"{old}.pub", "--root", f"{new}.pub")
            self.publish(signed)
        self.assertIn("signed by another root", out)
        self.opened(self.report(officer), officer)
        run("desk", "keys", "--yes", "--profile", lead, expect=0)
        # Who pins the old one alone is told so, and sends nothing.
        status, _, err = run("report", "submit", "-", "--profile", self.profile("landelijk", 2, old), text=json.dumps(REPORT))
        self.assertEqual(status, 1)
        self.assertIn("not signed by a key that may sign it", err)

        # The old one is dropped.
        self.pin(new)
        self.hang_up("other roots are pinned number=1")
        officer = self.profile("rotterdam", 2, new)
        self.opened(self.report(officer), officer)
        self.opened(report, officer)
        # One that knows version 1 goes on over version 2, which the old root signed: the new one vouches for it.
        self.report(self.profile("landelijk", 1, new))
        # And who was told to stop goes on, once the new root is pinned there.
        self.report(self.profile("landelijk", 2, new))
        # Replaying from version 1 needs every root that ever signed, and says so.
        status, _, err = run("admin", "directory-verify", "--url", self.url(), "--root", f"{new}.pub")
        self.assertEqual(status, 1)
        self.assertIn("Version 1 of the directory is signed by none of the roots given", err)
        self.assertIn("--root OLD.pub", err)
        _, out, _ = run("admin", "directory-verify", "--url", self.url(), "--root", f"{new}.pub", "--root", f"{old}.pub",
                        expect=0)
        self.assertIn("signed by another root", out)
        # The next one by the new root alone; a restart changes nothing.
        self.end()
        self.server.start()
        signed, _ = self.sign(self.draft(), new)
        self.publish(signed)
        self.opened(self.report(officer), officer)

    def test_a_root_dropped_too_early(self):
        old, new = self.root_keygen("old.key"), self.root_keygen("new.key")
        self.install(old, start=False)
        self.first_directory(old)
        self.server.start()
        self.pin(new)
        # A running server keeps what it has, and says so.
        self.hang_up("the directory in force is signed by none of the roots named now; those before stay")
        status, out, _ = run("admin", "directory-verify", "--url", self.url(), "--root", f"{old}.pub")
        self.assertEqual(status, 0, out)
        self.server.kill()
        # One that starts so has no directory; the verbs say why instead of beginning a first one.
        self.server.start()
        self.refused(run("admin", "directory-draft", "--data", self.data, "--to", self.home / "x"), "'root'")
        self.server.kill()
        self.refused(run("admin", "directory-draft", "--data", self.data, "--to", self.home / "x"), "'root'")
        self.pin(old, new)
        self.server.start()
        self.draft()
        self.server.kill()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
