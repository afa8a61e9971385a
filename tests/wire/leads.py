#!/usr/bin/python3
"""What a lead does about people, against a running server: enrol, revoke, a lost key, keys, status, a passphrase; and that
a revocation which is killed anywhere can be run again. Run by tests/with_server.py.
"""
import base64
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time
import unittest

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])
# Each test works at a desk of its own, and reports from a municipality that leads to it.
REPORT = {"rol": "burger", "vormen": ["seksueel"], "minderjarig": "onbekend", "wat": "Ik zag iets."}
SENTENCE = "een lange zin als wachtwoord"
STRANGER = "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b"


def baken(*arguments, text=""):
    done = subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, text=True, timeout=300,
                          check=False)
    return done.returncode, done.stdout, done.stderr


def profile(desk, person="medewerker"):
    return DATA / f"demo/{desk}/{person}.toml"


class Leads(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        self.secret = self.write("secret", SENTENCE)

    def write(self, name, text):
        file = self.home / name
        file.write_text(text)
        file.chmod(0o600)
        return file

    def done(self, *arguments, text=""):
        status, out, err = baken(*arguments, text=text)
        self.assertEqual(status, 0, (arguments, out, err))
        return out

    def refused(self, status, words, *arguments):
        """That exit status, nothing on standard output, and a sentence with these words."""
        got = baken(*arguments)
        self.assertEqual((got[0], got[1]), (status, ""), got)
        for word in words:
            self.assertIn(word, got[2])
        return got[2]

    def settle(self, desk, person="beheerder1"):
        """A lead's machine that has compared everybody; its profile's option."""
        lead = ("--profile", profile(desk, person))
        self.done("desk", "keys", "--yes", *lead)
        return lead

    def person(self, desk, name, rol="medewerker"):
        """New keys: the options that use them, the card, and its lid."""
        key = self.home / f"{name}.key"
        self.done("desk", "keygen", "--loket", desk, "--rol", rol, "--out", key, "--cost", "interactive",
                  "--passphrase-file", self.secret)
        card = pathlib.Path(f"{key}.pub")
        own = ("--profile", profile(desk), "--key", key, "--passphrase-file", self.secret, "--state", self.home / name)
        return own, card, json.loads(card.read_text())["lid"]

    def status(self, *who):
        return json.loads(self.done("desk", "status", "--json", *who))

    def lids(self, lead, rol):
        return [one["lid"] for one in self.status(*lead)["leden"] if one["rol"] == rol]

    def sent(self, gemeente, desk):
        out = json.loads(self.done("report", "submit", "-", "--json", "--profile", profile("rotterdam"),
                                   text=json.dumps({**REPORT, "gemeente": gemeente})))
        self.assertEqual(out["ontvangers"][0]["voor"], f"loket:{desk}")
        return out["id"]

    def drop_lead(self, desk, keys):
        """What the administrator does then: a directory without these lead keys."""
        draft, signed = self.home / "draft", self.home / "gids.json"
        self.done("admin", "directory-draft", "--data", DATA, "--to", draft)
        desks = json.loads((draft / "loketten.json").read_text())
        for one in desks["loketten"] if isinstance(desks, dict) else desks:
            if one["id"] == desk:
                one["beheerders"] = [key for key in one["beheerders"] if key not in keys]
                self.assertEqual(len(one["beheerders"]), 1)
        (draft / "loketten.json").write_text(json.dumps(desks))
        self.done("admin", "directory-sign", draft, "--root-key", DATA / "demo/root.key", "--passphrase-file",
                  DATA / "demo/passphrase", "--yes", "--to", signed)
        self.done("admin", "directory-publish", signed, "--data", DATA)

    def opens(self, report, *who):
        self.assertIn("Ik zag iets.", self.done("desk", "open", report, *who))

    def test_an_officer_leaves(self):
        desk, gemeente = "limburg", "GM0935"
        lead = self.settle(desk)
        own, card, lid = self.person(desk, "officer")
        self.done("desk", "enrol", card, "--yes", *lead)
        before = self.sent(gemeente, desk)
        self.opens(before, *own)
        old = self.status(*own)["sleutels"]["deze"]
        self.refused(1, ["terminal", "--yes"], "desk", "revoke", lid, *lead)
        self.assertIn("Revoked 1", self.done("desk", "revoke", lid, "--yes", *lead))
        # From the very next request.
        self.refused(1, ["401"], "desk", "pull", *own)
        self.refused(1, ["401"], "desk", "open", before, *own)
        after = self.sent(gemeente, desk)
        self.refused(1, ["401"], "desk", "open", after, *own)
        for person in ("medewerker", "beheerder1", "beheerder2"):
            self.opens(before, "--profile", profile(desk, person))
            self.opens(after, "--profile", profile(desk, person))
        now = self.status(*lead)
        self.assertNotEqual(now["sleutels"]["deze"], old)
        self.assertGreaterEqual(now["sleutels"]["weken"], 8)
        self.assertNotIn(lid, [one["lid"] for one in now["leden"]])
        told = self.status(*own)
        self.assertEqual([one["code"] for one in told["waarschuwingen"]], ["geen-lid"])
        # Run again, it says that it is done.
        self.assertIn("nothing to do", self.done("desk", "revoke", lid, "--yes", *lead))

    def test_what_a_revocation_refuses(self):
        desk = "nla"
        lead = self.settle(desk)
        first, second = self.lids(lead, "beheerder")
        mine = [one["lid"] for one in self.status(*lead)["leden"] if one["zelf"]][0]
        told = self.refused(1, ["never was", "--last", "--yes-myself", STRANGER, first, second], "desk", "revoke", first,
                            second, STRANGER, "--yes", *lead)
        self.assertNotIn("Revoked", told)
        self.refused(1, ["--yes-myself"], "desk", "revoke", mine, "--yes", *lead)
        self.refused(1, ["lead"], "desk", "revoke", first, "--yes", "--profile", profile(desk))
        self.refused(2, ["'x'", "'y'"], "desk", "revoke", "x", "y", *lead)
        self.refused(2, ["revoke"], "desk", "revok", first, *lead)
        self.refused(2, ["LID"], "desk", "revoke", *lead)
        self.refused(2, ["--frob"], "desk", "revoke", first, "--frob", *lead)
        self.refused(1, ["none.key"], "desk", "revoke", first, "--yes", *lead, "--key", self.home / "none.key")
        wrong = self.write("wrong", "niet deze")
        self.refused(1, ["passphrase"], "desk", "revoke", first, "--yes", *lead, "--passphrase-file", wrong)
        self.assertEqual(len(self.status(*lead)["leden"]), 3)
        # Who never compared the others here wraps nothing for them.
        self.refused(1, ["desk keys --yes"], "desk", "revoke", mine, "--yes", "--profile", profile(desk, "beheerder2"))

    def test_a_lead_leaves_and_everything_outlives_their_key(self):
        desk, gemeente = "oost-brabant", "GM0772"
        before = self.sent(gemeente, desk)
        lead = self.settle(desk, "beheerder2")
        first = [one["lid"] for one in self.status(*lead)["leden"] if one["rol"] == "beheerder" and not one["zelf"]][0]
        out = self.done("desk", "revoke", first, "--yes", *lead)
        self.assertIn("administrator", out)
        self.assertIn("--lead", out)
        self.assertIn("Signed", out)
        self.assertIn("Warning", out)  # one lead is left
        self.refused(1, ["401"], "desk", "pull", "--profile", profile(desk, "beheerder1"))
        self.drop_lead(desk, [line.split()[1] for line in out.splitlines() if line.startswith("  --lead")])
        self.refused(1, ["directory"], "desk", "keys", "--yes", "--profile", profile(desk, "beheerder1"))
        after = self.sent(gemeente, desk)
        for person in ("medewerker", "beheerder2"):
            self.opens(before, "--profile", profile(desk, person))
            self.opens(after, "--profile", profile(desk, person))
        warnings = self.status(*lead)["waarschuwingen"]
        self.assertEqual([one["code"] for one in warnings], ["beheerders"])
        # The last one, knowingly: nobody is asked twice, and the officer still reads.
        mine = [one["lid"] for one in self.status(*lead)["leden"] if one["zelf"]][0]
        self.refused(1, ["--last"], "desk", "revoke", mine, "--yes", "--yes-myself", *lead)
        self.done("desk", "revoke", mine, "--yes", "--yes-myself", "--last", *lead)
        self.opens(after, "--profile", profile(desk))
        self.opens(self.sent(gemeente, desk), "--profile", profile(desk))

    def test_a_lost_key_is_replaced(self):
        desk, gemeente = "rotterdam", "GM0599"
        before = self.sent(gemeente, desk)
        lead = self.settle(desk)
        lost = self.lids(lead, "medewerker")[0]
        own, card, lid = self.person(desk, "again")
        _, other, _ = self.person(desk, "as-lead", "beheerder")
        self.refused(1, ["not a member", lost], "desk", "enrol", card, "--replaces", STRANGER, "--yes", *lead)
        self.refused(1, ["role"], "desk", "enrol", other, "--replaces", lost, "--yes", *lead)
        self.refused(2, ["one card"], "desk", "enrol", card, other, "--replaces", lost, "--yes", *lead)
        out = self.done("desk", "enrol", card, "--replaces", lost, "--yes", *lead)
        self.assertIn(lost, out)
        self.refused(1, ["401"], "desk", "pull", "--profile", profile(desk))
        after = self.sent(gemeente, desk)
        self.opens(before, *own)
        self.opens(after, *own)
        self.opens(after, *lead)
        now = self.status(*own)
        self.assertEqual(now["waarschuwingen"], [])
        # A second replacement: this week has three keys by now, and all three open.
        last, card, _ = self.person(desk, "once-more")
        self.done("desk", "enrol", card, "--replaces", lid, "--yes", *lead)
        for report in (before, after, self.sent(gemeente, desk)):
            self.opens(report, *last)
        # Run again after it was done: a plain enrolling.
        self.done("desk", "enrol", card, "--replaces", lid, "--yes", *lead)

    def test_status(self):
        lead = self.settle("zorg")
        text = self.done("desk", "status", *lead)
        for word in ("Desk zorg", "Standing", "Keys", "Members", "You open", "Not yet", "compared here", "you"):
            self.assertIn(word, text)
        now = self.status(*lead)
        self.assertEqual((now["rol"], now["beheerders"], now["waarschuwingen"]),
                         ("beheerder", {"gids": 2, "leden": 2}, []))
        self.assertEqual({one["vergeleken"] or one["zelf"] for one in now["leden"]}, {True})
        officer = self.status("--profile", profile("zorg"))
        self.assertEqual({one["vergeleken"] for one in officer["leden"]}, {False})
        self.assertEqual({one["staat"] for one in officer["tijdvakken"]}, {"opent", "nog-niet"})
        self.refused(2, ["status"], "desk", "statsu")
        self.refused(2, ["--jsn"], "desk", "status", "--jsn", *lead)
        self.refused(1, ["none.toml"], "desk", "status", "--profile", self.home / "none.toml")

    def test_a_standing_that_was_swapped_is_a_fork(self):
        lead = self.settle("kmar")
        for file in (DATA / "demo/kmar/beheerder1.state").glob("*.json"):
            seen = json.loads(file.read_text())
            for one in seen["standen"]:
                if one["loket"] == "kmar":
                    one["hash"] = base64.urlsafe_b64encode(bytes(32)).rstrip(b"=").decode("ascii")
            file.write_text(json.dumps(seen))
        for verb in (["keys", "--yes"], ["status"], ["revoke", STRANGER, "--yes"]):
            self.refused(1, ["standing"], "desk", *verb, *lead)

    def test_a_passphrase_is_changed(self):
        own, _, _ = self.person("zorg", "mine")
        key, fresh = self.home / "mine.key", self.write("fresh", "een andere lange zin")
        before = key.read_bytes()
        passwd = ("desk", "passwd", "--key", key)
        self.refused(1, ["passphrase"], *passwd, "--passphrase-file", fresh, "--new-passphrase-file", self.secret)
        self.refused(1, ["nothing was changed"], *passwd, "--passphrase-file", self.secret, "--new-passphrase-file",
                     self.secret)
        self.refused(1, ["none"], *passwd, "--passphrase-file", self.home / "none", "--new-passphrase-file", fresh)
        self.refused(1, ["terminal"], *passwd, "--passphrase-file", self.secret)
        self.refused(1, ["none.key"], "desk", "passwd", "--key", self.home / "none.key", "--new-passphrase-file", fresh)
        self.refused(2, ["--passphrase"], *passwd, "--passphrase", SENTENCE)
        fresh.chmod(0o644)
        self.refused(1, ["chmod 600"], *passwd, "--passphrase-file", self.secret, "--new-passphrase-file", fresh)
        fresh.chmod(0o600)
        self.assertEqual(key.read_bytes(), before)
        out = self.done(*passwd, "--passphrase-file", self.secret, "--new-passphrase-file", fresh)
        self.assertIn("new passphrase only", out)
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        self.assertEqual([file.name for file in self.home.glob("mine.key*")].count("mine.key"), 1)
        self.assertEqual(len(list(self.home.glob("mine.key*"))), 2)  # and its card
        self.refused(1, ["passphrase"], "desk", "status", *own)
        # The profile goes on naming the file, which holds the new one from now on.
        shutil.copyfile(fresh, self.secret)
        self.done("desk", "status", *own)

    def killed(self, after, *arguments):
        """Whether it was still at work when it was killed."""
        running = subprocess.Popen([BIN / "baken", *map(str, arguments)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            running.wait(timeout=after)
            return False
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
            return True

    def finished(self, lid, lead):
        """A revocation to its end; how long it took, on this machine at this moment."""
        begun = time.monotonic()
        self.done("desk", "revoke", lid, "--yes", *lead)
        return time.monotonic() - begun

    def test_a_revocation_that_is_killed_anywhere_is_run_again(self):
        desk, gemeente = "den-haag", "GM0518"
        lead = self.settle(desk)
        own, card, lid = self.person(desk, "officer")
        self.done("desk", "enrol", card, "--yes", *lead)
        stopped, stayed, turns = 0, 0, 20 if os.environ.get("BAKEN_LONG") else 5
        inside, whole = False, self.finished(lid, lead)
        for turn in range(turns):
            if not inside:  # with new keys: those that were revoked are for good
                self.assertIn("were revoked", self.refused(1, [], "desk", "enrol", card, "--yes", *lead))
                own, card, lid = self.person(desk, f"officer{turn}")
                self.done("desk", "enrol", card, "--yes", *lead)
            stopped += self.killed(random.uniform(whole / 4, whole), "desk", "revoke", lid, "--yes", *lead)
            halfway, theirs = self.status(*lead), self.status(*own)
            inside = lid in [one["lid"] for one in halfway["leden"]]
            stayed += inside
            # Never without a key for this week, never out and still able to read, never in and cut off.
            self.assertGreaterEqual(halfway["sleutels"]["weken"], 8)
            self.assertEqual(theirs["inKracht"], inside)
            if inside:
                self.assertEqual(theirs["sleutels"]["deze"], halfway["sleutels"]["deze"])
                self.assertNotIn("sleutel-ontbreekt", [one["code"] for one in theirs["waarschuwingen"]])
            if turn % 5 == 4:
                before = self.sent(gemeente, desk)
                took = self.finished(lid, lead)
                inside, whole = False, took if inside else whole
                self.refused(1, ["401"], "desk", "open", before, *own)
                for report in (before, self.sent(gemeente, desk)):
                    self.opens(report, "--profile", profile(desk))
                    self.opens(report, *lead)
        print(f"killed {stopped} of {turns}; {stayed} times before anything had changed")


if __name__ == "__main__":
    unittest.main()
