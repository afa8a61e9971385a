#!/usr/bin/python3
"""A card that was changed on its way to the lead, names on a machine and between machines, a clock that is wrong, a trail
that was cut, and who did what: what the programs of a desk say. Run by tests/with_server.py.
"""
import glob
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
from witness import jws  # noqa: E402
from witness.text import b64u, fingerprint, unb64u  # noqa: E402

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])
REPORT = {"rol": "burger", "vormen": ["seksueel"], "minderjarig": "onbekend", "wat": "Ik zag iets."}


def profile(desk, person="medewerker"):
    return DATA / f"demo/{desk}/{person}.toml"


def compact(document):
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


class Cards(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        self.secret = self.home / "secret"
        self.secret.write_text("een lange zin als wachtwoord")
        self.secret.chmod(0o600)

    def run_it(self, *arguments, text="", **environment):
        done = subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, text=True,
                              timeout=300, check=False, env={**os.environ, **environment})
        return done.returncode, done.stdout, done.stderr

    def done(self, *arguments, **more):
        status, out, err = self.run_it(*arguments, **more)
        self.assertEqual(status, 0, (arguments, out, err))
        return out, err

    def refused(self, words, *arguments, **environment):
        status, out, err = self.run_it(*arguments, **environment)
        self.assertEqual((status, out), (1, ""), err)
        for word in words:
            self.assertIn(word, err)
        return err

    def person(self, desk, name, rol="medewerker"):
        key = self.home / f"{name}.key"
        out, _ = self.done("desk", "keygen", "--loket", desk, "--rol", rol, "--out", key, "--cost", "interactive",
                           "--passphrase-file", self.secret)
        return key, pathlib.Path(f"{key}.pub"), out

    def settle(self, desk, state):
        """A lead's machine that compared everybody."""
        lead = ("--profile", profile(desk, "beheerder1"), "--state", self.home / state)
        self.done("desk", "keys", "--yes", *lead)
        return lead

    def test_a_card_signs_itself_and_its_fingerprint_is_of_the_lead_key_too(self):
        for rol in ("medewerker", "beheerder"):
            _, file, out = self.person("zorg", rol, rol)
            card = json.loads(file.read_text())
            mark = unb64u(card.pop("handtekening"), 64)
            signed = f"baken-kaart\n{compact(card)}".encode("utf-8")
            self.assertTrue(jws.signature_holds(unb64u(card["signKey"], 32), signed, mark))
            lead = unb64u(card["beheerder"], 32) if rol == "beheerder" else bytes(32)
            digits = fingerprint(unb64u(card["signKey"], 32), unb64u(card["boxKey"], 32), lead)
            self.assertEqual(card["vingerafdruk"], digits)
            self.assertIn(" ".join(digits[at:at + 4] for at in range(0, 24, 4)), out)

    def test_a_card_changed_on_its_way_is_not_enrolled(self):
        lead = self.settle("zorg", "lead")
        key, file, _ = self.person("zorg", "anna", "beheerder")
        right = file.read_text()
        card, thief = json.loads(right), jws.SignKey()
        before, _ = self.done("desk", "status", "--json", *lead)
        mine = fingerprint(thief.public, unb64u(card["boxKey"], 32), unb64u(card["beheerder"], 32))
        for changes in ({"rol": "regisseur"}, {"beheerder": b64u(thief.public)}, {"boxKey": b64u(jws.BoxKey().public)},
                        {"lid": "6f1b3a52-8d3e-4c55-9b3f-0c1d2e3f4a5b"}, {"nieuw": 1},
                        {"signKey": b64u(thief.public), "vingerafdruk": mine}):
            file.write_text(compact({**card, **changes}) + "\n")
            self.refused([f"{file} was changed"], "desk", "enrol", file, "--yes", *lead)
        # Of before cards signed themselves.
        old = {name: value for name, value in card.items() if name not in ("versie", "handtekening")}
        file.write_text(compact(old) + "\n")
        self.refused(["does not sign itself", "baken desk card --key FILE"], "desk", "enrol", file, "--yes", *lead)
        after, _ = self.done("desk", "status", "--json", *lead)
        self.assertEqual(json.loads(after)["leden"], json.loads(before)["leden"])
        self.done("desk", "card", "--key", key, "--passphrase-file", self.secret)
        self.assertEqual(file.read_text(), right)
        other, _, _ = self.person("zorg", "bob")
        self.refused(["not the card of these keys"], "desk", "card", "--key", other, "--passphrase-file", self.secret,
                     "--out", file)

    def test_names_stay_here_and_go_to_the_members_by_hand(self):
        desk = "noord-nederland" if profile("noord-nederland").exists() else "limburg"
        lead = self.settle(desk, "lead")
        _, anna, _ = self.person(desk, "anna")
        _, bob, _ = self.person(desk, "zonder")
        out, _ = self.done("desk", "enrol", anna, "--yes", *lead)
        lid = json.loads(anna.read_text())["lid"]
        self.assertIn(f"On this machine {lid} is called anna.", out)
        self.done("desk", "enrol", bob, "--as", "Bob de B.", "--yes", *lead)
        text, _ = self.done("desk", "status", *lead)
        self.assertIn(f"{lid}  anna", text)
        self.assertIn("Bob de B.", text)
        self.assertIn(f"{lid}  medewerker  anna", self.done("desk", "names", *lead)[0])
        self.assertIn("anna", self.run_it("desk", "revoke", lid, *lead)[2])
        given = self.home / "namen.json"
        self.done("desk", "names", "--to", given, *lead)
        self.assertNotIn("anna", given.read_text())
        officer = ("--profile", profile(desk), "--state", self.home / "officer")
        self.assertNotIn("anna", self.done("desk", "names", *officer)[0])
        self.assertIn("Took 2 names", self.done("desk", "names", "--from", given, *officer)[0])
        self.assertIn(f"{lid}  anna", self.done("desk", "status", *officer)[0])
        self.refused(["a lead runs"], "desk", "names", "--to", self.home / "mine.json", *officer)
        forged = json.loads(given.read_text())
        forged["dag"] = "2026-01-01"
        given.write_text(compact(forged))
        self.refused(["was changed"], "desk", "names", "--from", given, *officer)
        self.refused(["is of desk"], "desk", "names", "--from", given, "--profile", profile("zorg"), "--state",
                     self.home / "other")
        # Nothing of them went to the server.
        for file in DATA.glob("*.db*"):
            self.assertNotIn(b"Bob de B.", file.read_bytes())

    def test_who_did_what_is_shown_in_words(self):
        desk = "rotterdam"
        lead = self.settle(desk, "lead")
        mine = ("--profile", profile(desk), "--state", self.home / "officer")
        out, _ = self.done("report", "submit", "-", "--json", "--profile", profile(desk), "--state", self.home / "r",
                           text=json.dumps({**REPORT, "gemeente": "GM0599"}))
        report = json.loads(out)["id"]
        self.done("desk", "open", report, *mine)
        lid = json.loads(self.done("desk", "status", "--json", *mine)[0])["lid"]
        self.done("desk", "names", "--name", f"{lid}=anna", *lead)
        shown, _ = self.done("desk", "audit", "--show", "--report", report, "--what", "opened", *lead)
        line, *rest = shown.splitlines()
        self.assertIn(f"anna ({lid[:8]})  opened report {report}", line)
        self.assertIn("whole", rest[-1])
        self.assertEqual(len(rest), 2)
        by_name = json.loads(self.done("desk", "audit", "--show", "--json", "--member", "anna", *lead)[0])
        self.assertEqual({one["lid"] for one in by_name["regels"]}, {lid})
        self.assertIn("melding-geopend", {one["handeling"] for one in by_name["regels"]})
        self.assertEqual(by_name["fouten"], [])
        for arguments in (("--show", "--member", "niemand"), ("--show", "--what", "gedroomd"), ("--report", report),
                          ("--show", "--from", "morgen")):
            self.assertEqual(self.run_it("desk", "audit", *arguments, *lead)[0], 2, arguments)
        theirs, _ = self.done("admin", "audit-verify", "--data", DATA, "--desk", desk, "--show", "--report", report[:8],
                              "--what", "melding-geopend")
        self.assertIn(f"{lid}  opened report {report}", theirs)
        self.assertEqual(self.run_it("admin", "audit-verify", "--data", DATA, "--show", "--report", "x")[0], 2)

    def test_an_alarm_about_a_cut_trail_stays_until_restored(self):
        desk = "kmar"
        state = self.home / "officer"
        mine = ("--profile", profile(desk), "--state", state)
        self.done("desk", "pull", *mine)
        file, = state.glob("*.json")
        seen = json.loads(file.read_text())
        for one in seen["logboeken"]:
            one["regel"] += 100
        file.write_text(json.dumps(seen))
        self.assertEqual(self.run_it("desk", "pull", *mine)[0], 1)
        # The trail grows on, and nothing contradicts what was seen any more; the alarm stays.
        seen["logboeken"] = []
        file.write_text(json.dumps(seen))
        for verb in (("pull",), ("status",), ("pull", "--json")):
            _, err = self.done("desk", *verb, *mine)
            self.assertIn("ALARM: the audit trail of desk kmar", err)
            self.assertIn("baken desk restored", err)
        _, err = self.done("desk", "restored", "--yes", *mine)
        self.assertNotIn("ALARM", err)
        self.assertNotIn("ALARM", self.done("desk", "status", *mine)[1])

    def clock(self, moved):
        """The environment of a program whose clock is wrong by so much."""
        if b"__asan_init" in (BIN / "baken").read_bytes():
            self.skipTest("a clock is moved by LD_PRELOAD, which a sanitizer wants for itself")
        (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") or self.skipTest("libfaketime is not installed")
        return {"LD_PRELOAD": library, "FAKETIME": moved, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def test_a_clock_that_is_wrong_is_said_and_makes_nobody_a_stranger(self):
        wrong = self.clock("+10m")
        mine = ("--profile", profile("limburg"), "--state", self.home / "officer")
        err = self.refused(["clock may be wrong: it says ", "(401)"], "desk", "pull", *mine, **wrong)
        self.assertNotIn("membership", err)
        out, _ = self.done("desk", "status", *mine, **wrong)
        self.assertIn("Warning: This machine's clock may be wrong", out)
        self.assertNotIn("know you as a member", out)
        self.refused(["clock may be wrong"], "desk", "keys", "--yes", "--profile", profile("limburg", "beheerder1"),
                     "--state", self.home / "lead", **wrong)
        self.assertNotIn("Warning", self.done("desk", "status", *mine)[0])

    def test_what_ends_soon_is_said_once_a_day(self):
        later = self.clock("+25d")
        mine = ("--profile", profile("zorg"), "--state", self.home / "officer")
        self.assertNotIn("standing", self.done("desk", "pull", *mine)[1])
        _, _, err = self.run_it("desk", "pull", *mine, **later)
        self.assertIn("The standing of desk zorg ends on ", err)
        self.assertIn("a lead renews it: baken desk keys", err)
        self.assertNotIn("The standing of desk zorg ends", self.run_it("desk", "pull", *mine, **later)[2])


if __name__ == "__main__":
    unittest.main()
