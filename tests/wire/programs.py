#!/usr/bin/python3
"""The programs as people use them, against a running server: what works, what is refused, with which sentence and which
exit status (0, 1 failed, 2 wrong use). Run by tests/with_server.py.
"""
import base64
import json
import os
import pathlib
import pty
import secrets
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import termios
import time
import unittest
import uuid

import nacl.signing

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])
REPORT = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": "Ik zag iets."}


def run(program, *arguments, text=""):
    done = subprocess.run([BIN / program, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=60,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def baken(*arguments, text=""):
    return run("baken", *arguments, text=text)


def lead_key(beginning=""):
    """A new public key, as base64url, that begins so."""
    while True:
        key = bytes(nacl.signing.SigningKey.generate().verify_key)
        text = base64.urlsafe_b64encode(key).rstrip(b"=").decode("ascii")
        if text.startswith(beginning):
            return text


def profile(desk, person="medewerker"):
    return DATA / f"demo/{desk}/{person}.toml"


class Programs(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)

    def submit(self, draft=None, *flags):
        return baken("report", "submit", "-", "--profile", profile("rotterdam"), *flags, text=json.dumps(draft or REPORT))

    def sent(self, draft=None, *flags):
        status, out, err = self.submit(draft, "--json", *flags)
        self.assertEqual(status, 0, err)
        return json.loads(out)

    def refused(self, result, status, *words):
        """That exit status, nothing on standard output, and a sentence with these words."""
        self.assertEqual(result[0], status, result)
        self.assertEqual(result[1], "")
        for word in words:
            self.assertIn(word, result[2])

    def test_the_whole_path(self):
        sent = self.sent()
        self.assertEqual([one["voor"] for one in sent["ontvangers"]], ["loket:rotterdam"])
        self.assertRegex(sent["bon"], r"\A[0-9]{24}\Z")
        status, out, _ = baken("desk", "pull", "--profile", profile("rotterdam"))
        self.assertEqual(status, 0)
        self.assertIn(sent["id"], out)
        status, out, _ = baken("desk", "open", sent["id"], "--profile", profile("rotterdam"))
        self.assertEqual(status, 0)
        self.assertIn("Ik zag iets.", out)
        self.assertNotIn("ALARM", out.upper())

    def test_another_desk_gets_one_plain_sentence(self):
        sent = self.sent()
        result = baken("desk", "open", sent["id"], "--profile", profile("amsterdam"))
        self.refused(result, 1, "amsterdam")
        self.assertEqual(result[2].count("\n"), 1)

    def test_an_urgent_report_names_its_fallback_and_hides_it_there(self):
        sent = self.sent({**REPORT, "minderjarig": "ja"})
        self.assertEqual([(one["voor"], one["rol"]) for one in sent["ontvangers"]],
                         [("loket:rotterdam", "eerste"), ("loket:landelijk", "achtervang")])
        self.refused(baken("desk", "open", sent["id"], "--profile", profile("landelijk")), 1, "landelijk")
        _, out, _ = baken("desk", "pull", "--profile", profile("landelijk"))
        self.assertNotIn(sent["id"], out)

    def test_an_excluded_desk_gets_nothing(self):
        sent = self.sent(None, "--exclude", "rotterdam")
        self.assertEqual([one["voor"] for one in sent["ontvangers"]], ["loket:landelijk"])
        self.refused(self.submit(None, "--exclude", "landelijk"), 2, "landelijk")
        self.refused(self.submit(None, "--exclude", "roterdam"), 2, "rotterdam")

    def test_one_shot_leaves_no_receipt(self):
        self.assertIsNone(self.sent(None, "--one-shot")["bon"])

    def test_every_fault_of_a_report_at_once(self):
        result = self.submit({"rol": "x", "vormen": [], "minderjarig": "ja", "wat": " ", "gemeente": 5, "extra": 1})
        self.refused(result, 1, "/rol", "/vormen", "/wat", "/gemeente", "/extra")
        self.refused(baken("report", "submit", "-", "--profile", profile("rotterdam"), text="{"), 1)
        self.refused(baken("report", "submit", self.home / "none.json", "--profile", profile("rotterdam")), 1, "none.json")

    def test_a_long_report_is_refused_before_anything_is_sent(self):
        self.refused(self.submit({**REPORT, "wat": "x" * 190000, "wie": "y" * 190000}), 1, "too long")

    def key(self):
        copy = self.home / "officer.key"
        shutil.copyfile(DATA / "demo/rotterdam/medewerker.key", copy)
        copy.chmod(0o600)
        return copy

    def test_a_wrong_passphrase(self):
        wrong = self.home / "passphrase"
        wrong.write_text("niet deze")
        wrong.chmod(0o600)
        self.refused(baken("desk", "pull", "--profile", profile("rotterdam"), "--passphrase-file", wrong), 1, "passphrase")

    def test_a_key_file_that_others_can_read(self):
        key = self.key()
        key.chmod(0o640)
        self.refused(baken("desk", "pull", "--profile", profile("rotterdam"), "--key", key), 1, "chmod 600")

    def test_a_passphrase_file_that_others_can_read(self):
        secret = self.home / "passphrase"
        shutil.copyfile(DATA / "demo/passphrase", secret)
        secret.chmod(0o644)
        self.refused(baken("desk", "pull", "--profile", profile("rotterdam"), "--passphrase-file", secret), 1, "chmod 600")

    def test_a_damaged_key_file(self):
        key = self.key()
        text = key.read_text()
        key.write_text(text.replace('"geheim":"', '"geheim":"A', 1))
        self.refused(baken("desk", "pull", "--profile", profile("rotterdam"), "--key", key), 1)

    def test_another_root_is_not_believed(self):
        other = self.home / "root.pub"
        other.write_text("A" * 42 + "E\n")
        self.refused(baken("report", "submit", "-", "--profile", profile("rotterdam"), "--root", other, "--state",
                           self.home / "state", text=json.dumps(REPORT)), 4,
                     "not by the root key that is trusted here", str(other))

    def test_a_directory_below_the_least_version(self):
        self.refused(self.submit(None, "--least-version", "999"), 4, "older")
        self.refused(self.submit(None, "--least-version", "none"), 2)

    def test_a_certificate_that_is_not_trusted(self):
        self.refused(baken("desk", "pull", "--profile", profile("rotterdam"), "--cacert",
                           "/etc/ssl/certs/ca-certificates.crt"), 1, "certificate")

    def test_nobody_listens(self):
        self.refused(baken("desk", "pull", "--profile", profile("rotterdam"), "--server", "https://localhost:1"), 1, "reach")

    def test_typing_errors(self):
        self.refused(baken("desk", "pul"), 2, "pull")
        self.refused(baken("repport"), 2, "report")
        self.refused(baken("desk", "open", "12", "--profile", profile("rotterdam")), 2)
        self.refused(baken("desk", "pull", "--porfile", "x"), 2)
        self.assertEqual(baken()[0], 2)
        for verb in ((), ("report",), ("report", "submit"), ("desk",), ("desk", "pull"), ("admin",), ("admin", "init")):
            self.assertEqual(baken(*verb, "--help")[0], 0, verb)

    def add_desk(self, *changes):
        lead = lead_key()
        given = {"--id": f"d{secrets.token_hex(4)}", "--name": "Proef", "--kind": "politie", "--lead": lead}
        given.update(zip(changes[::2], changes[1::2]))
        return baken("admin", "desk-add", "--data", DATA, *[word for pair in given.items() for word in pair])

    def test_adding_a_desk(self):
        status, out, _ = self.add_desk("--id", "proefstad", "--fallback", "landelijk", "--gemeente", "GM0034")
        self.assertEqual(status, 0)
        self.assertIn("proefstad", out)
        # The municipality is routed to it; it has no keys yet, so its fallback receives.
        sent = self.sent({**REPORT, "gemeente": "GM0034"})
        self.assertEqual([one["voor"] for one in sent["ontvangers"]], ["loket:landelijk"])
        self.refused(self.add_desk("--id", "proefstad"), 1, "proefstad")
        status, out, _ = baken("admin", "directory-verify", "--url", os.environ["BAKEN_URL"], "--root", DATA / "root.pub")
        self.assertEqual(status, 0)
        self.assertIn("desk proefstad added", out)

    def test_a_key_that_looks_like_an_option(self):
        for beginning in ("-", "--"):
            key = lead_key(beginning)
            with self.subTest(key):
                status, out, err = self.add_desk("--lead", key)
                self.assertEqual(status, 0, err)
                self.assertIn("is in version", out)

    def test_adding_a_desk_with_typing_errors(self):
        for name, value in (("--id", "Met Spatie"), ("--kind", "polite"), ("--lead", "kort"), ("--lead", "A" * 43),
                            ("--lead", DATA / "demo/passphrase"), ("--name", ""), ("--name", "a\nb"), ("--fallback", "nergens"),
                            ("--gemeente", "GM9999")):
            with self.subTest(name):
                self.assertEqual(self.add_desk(name, value)[0], 2)
        self.assertEqual(baken("admin", "desk-add", "--data", self.home, "--id", "a", "--name", "b", "--kind", "zorg",
                               "--lead", lead_key())[0], 1)

    def test_a_lead_enrols_an_officer(self):
        secret, key, lead = self.home / "secret", self.home / "new.key", profile("limburg", "beheerder1")
        secret.write_text("een lange zin als wachtwoord")
        secret.chmod(0o600)
        made = baken("desk", "keygen", "--loket", "limburg", "--rol", "medewerker", "--out", key, "--cost", "interactive",
                     "--passphrase-file", secret)
        self.assertEqual(made[0], 0, made)
        card = f"{key}.pub"
        own = ("--profile", profile("limburg"), "--key", key, "--passphrase-file", secret, "--state", self.home / "state")
        self.refused(baken("desk", "pull", *own), 1, "key")
        # --yes speaks of the card named, not of whom another lead enrolled.
        self.refused(baken("desk", "enrol", card, "--yes", "--profile", lead), 1, "desk keys --yes")
        self.assertEqual(baken("desk", "keys", "--yes", "--profile", lead)[0], 0)
        self.refused(baken("desk", "enrol", card, "--yes", "--profile", profile("limburg")), 1, "lead")
        done = baken("desk", "enrol", card, "--yes", "--profile", lead)
        self.assertEqual(done[0], 0, done)
        self.assertEqual(baken("desk", "pull", *own)[0], 0)
        sent = self.sent({**REPORT, "gemeente": "GM0935"})
        self.assertEqual([one["voor"] for one in sent["ontvangers"]], ["loket:limburg"])
        status, out, err = baken("desk", "open", sent["id"], *own)
        self.assertEqual(status, 0, err)
        self.assertIn("Ik zag iets.", out)

    def test_a_check_of_what_is_stored(self):
        self.sent()
        status, out, err = baken("admin", "check", "--data", DATA)
        self.assertEqual((status, err), (0, ""), out)
        self.assertIn("all is whole", out)
        status, out, _ = baken("admin", "check", "--data", DATA, "--json")
        found = json.loads(out)
        self.assertEqual((status, found["faults"], found["found"]), (0, 0, []))
        self.assertGreater(found["reports"], 0)
        self.assertGreater(found["lines"], 0)
        self.refused(baken("admin", "check", "--data", self.home), 1, "bakend.toml: it cannot be read: No such file")
        self.refused(baken("admin", "chek"), 2, "did you mean check?")
        self.refused(baken("admin", "check", "--dta", DATA), 2, "--dta")
        self.refused(baken("admin", "check", "--data", DATA, "more"), 2, "more")
        self.assertEqual(baken("admin", "check", "--help")[0], 0)

    def test_the_end_of_reports(self):
        report = self.sent()
        baken("desk", "open", report["id"], "--profile", profile("rotterdam"))
        status, out, err = baken("admin", "retention", "--data", DATA)
        self.assertEqual((status, err), (0, ""), out)
        self.assertIn("nothing comes to its end within 30 days", out)
        database = sqlite3.connect(DATA / "baken.db", timeout=30)
        with database:
            database.execute("UPDATE meldingen SET status = 'afgesloten', status_dag = 20000 WHERE id = ?",
                             (uuid.UUID(report["id"]).bytes,))
        database.close()
        status, out, _ = baken("admin", "retention", "--data", DATA, "--json")
        found = {one["id"]: one for one in json.loads(out)["meldingen"]}
        self.assertEqual((status, found[report["id"]]["wat"]), (0, "wacht"))  # it was not announced yet
        self.assertEqual(found[report["id"]]["archiefcategorie"], "demonstratie")
        status, out, _ = baken("admin", "retention", "--data", DATA)
        self.assertIn(f"{report['id']}  will be destroyed (afgesloten since 2024-10-04", out)
        status, out, _ = baken("admin", "declaration", "--data", DATA, "--desk", "rotterdam")
        self.assertEqual(status, 0)
        self.assertIn("0 vernietigd; logboek van", out)
        self.refused(baken("admin", "declaration", "--data", DATA, "--desk", "nowhere"), 1, "no audit trail")
        self.refused(baken("admin", "declaration", "--data", DATA, "--desk", "Rotterdam"), 2, "desk's id")
        self.refused(baken("admin", "declaration", "--data", DATA), 2, "--desk")
        self.refused(baken("admin", "declaration", "--data", DATA, "--desk", "rotterdam", "--from", "2026"), 2, "YYYY")
        self.refused(baken("admin", "declaration", "--data", DATA, "--desk", "rotterdam", "--from", "2026-02-01", "--to",
                           "2026-01-01"), 2, "is later than")
        self.refused(baken("admin", "retention", "--data", DATA, "--within", "-1"), 2, "--within")
        self.refused(baken("admin", "retention", "--data", self.home), 1, "bakend.toml")

    def test_an_installation_is_made_whole_or_not_at_all(self):
        full = self.home / "full"
        full.mkdir()
        (full / "something").write_text("mine")
        self.refused(baken("admin", "init", "--data", full, "--demo"), 1, "full")
        self.refused(baken("admin", "init", "--data", self.home / "new"), 2, "--root")
        self.refused(baken("admin", "init", "--data", self.home / "new", "--demo", "--schema", self.home), 1)
        self.assertEqual([path.name for path in self.home.iterdir()], ["full"])

    def test_a_second_server_on_the_same_data_refuses(self):
        status, _, err = run("bakend", "--config", DATA / "bakend.toml")
        self.assertEqual(status, 1)
        self.assertIn("Another bakend", err)

    def test_a_second_server_on_the_same_port_refuses(self):
        other = self.home / "data"
        port = os.environ["BAKEN_URL"].rpartition(":")[2]
        self.assertEqual(run("baken-admin", "init", "--data", other, "--root", DATA / "root.pub", "--schema",
                             os.environ["BAKEN_SCHEMA"], "--port", port)[0], 0)
        status, _, err = run("bakend", "--config", other / "bakend.toml")
        self.assertEqual(status, 1)
        self.assertIn("another program listens", err)

    def test_a_configuration_with_faults(self):
        config = self.home / "bakend.toml"
        config.write_text('threads = 1000\nlissten = ["127.0.0.1:1"]\nroot = "none.pub"\n')
        status, _, err = run("bakend", "--config", config)
        self.assertEqual(status, 1)
        for word in ("threads", "lissten", "none.pub"):
            self.assertIn(word, err)
        self.assertEqual(run("bakend", "--confg", config)[0], 2)

    def test_a_check_beside_the_running_server(self):
        status, out, _ = run("bakend", "--config", DATA / "bakend.toml", "--check")
        self.assertEqual(status, 0, out)
        self.assertIn("Looked at, and at nothing else:", out)
        self.assertIn("the one that the directory names", out)

    def test_a_name_that_no_browser_asks_for(self):
        config = DATA / "names.toml"  # its paths count from where it lies
        whole = (DATA / "bakend.toml").read_text()
        for name in ("a b", "x:443", "https://x", "x/"):
            with self.subTest(name):
                lines = [f"names = ['{name}']" if line.startswith("names") else line for line in whole.splitlines()]
                config.write_text("\n".join(lines) + "\n")
                status, _, err = run("bakend", "--config", config, "--check")
                self.assertEqual(status, 1)
                self.assertIn(f"'names': no browser asks for '{name}'", err)

    def test_a_mistyped_verb_or_option_of_admin_is_named_with_what_was_meant(self):
        for words, said in ((("backupp",), "did you mean backup?"), (("backup", "--dat", "x", "--to", "y"), "mean --data?"),
                            (("copy", "--form=x", "--to", "y"), "mean --from?"), (("nonsense",), "not a verb of baken admin")):
            self.refused(run("baken-admin", *words), 2, said)


class Terminal(unittest.TestCase):
    """Somebody types, or thinks better of it, where a passphrase is asked for."""

    def asked(self, *arguments):
        """The program at its question, on a terminal of its own: (pid, its end of the terminal)."""
        pid, end = pty.fork()
        if pid == 0:
            os.execv(BIN / arguments[0], [str(one) for one in arguments])
        self.addCleanup(os.close, end)
        text = b""
        while b"passphrase" not in text.lower():
            text += os.read(end, 1024)
        deadline = time.monotonic() + 10
        while termios.tcgetattr(end)[3] & termios.ECHO and time.monotonic() < deadline:
            time.sleep(0.01)
        return pid, end

    def ended(self, pid, end):
        """By which signal; the terminal echoes again."""
        deadline = time.monotonic() + 10
        while (found := os.waitpid(pid, os.WNOHANG))[0] == 0:
            self.assertLess(time.monotonic(), deadline, "it did not end")
            time.sleep(0.02)
        self.assertTrue(termios.tcgetattr(end)[3] & termios.ECHO)
        return os.WTERMSIG(found[1]) if os.WIFSIGNALED(found[1]) else 0

    def test_a_question_ends_with_ctrl_c_and_with_sigterm_and_the_echo_is_on_again(self):
        with tempfile.TemporaryDirectory() as home:
            for program, verb in (("baken-admin", ("backup-keygen", "--to", f"{home}/a.key")),
                                  ("baken", ("desk", "keygen", "--loket", "x", "--rol", "medewerker", "--out", f"{home}/b"))):
                pid, end = self.asked(program, *verb)
                os.write(end, b"half a pass\x03")
                self.assertEqual(self.ended(pid, end), signal.SIGINT)
                pid, end = self.asked(program, *verb)
                os.kill(pid, signal.SIGTERM)
                self.assertEqual(self.ended(pid, end), signal.SIGTERM)
            self.assertEqual(os.listdir(home), [])

    def test_a_new_passphrase_is_no_single_letter(self):
        with tempfile.TemporaryDirectory() as home:
            words = pathlib.Path(home) / "words"
            words.write_text("x\n")
            words.chmod(0o600)
            for program, verb in (("baken-admin", ("backup-keygen", "--to", f"{home}/a.key")),
                                  ("baken-admin", ("root-keygen", "--to", f"{home}/r.key")),
                                  ("baken", ("desk", "keygen", "--loket", "x", "--rol", "medewerker", "--out", f"{home}/b"))):
                status, _, err = run(program, *verb, "--passphrase-file", words)
                self.assertEqual(status, 1)
                self.assertIn("four words", err)
            self.assertEqual(os.listdir(home), ["words"])


if __name__ == "__main__":
    unittest.main()
