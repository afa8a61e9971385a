"""Where lies are told: the liar, the world that it lies about, machines that have seen the truth, and the programs. For
lies.py, lying_trust.py and lying_desk.py. HOME, LIAR and WORLD are there once setUpModule ran, which each test file imports
for unittest to find; until then they are None, so they are spelled stage.WORLD.
"""
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from liar import DATA, Liar, World, demo_key

BIN = pathlib.Path(os.environ["BAKEN_BIN"])
DESK, PLACE, OTHER, OTHER_PLACE, FALLBACK = "rotterdam", "GM0599", "amsterdam", "GM0363", "landelijk"
REPORT = {"rol": "burger", "vormen": ["seksueel"], "gemeente": PLACE, "minderjarig": "onbekend", "wat": "Ik zag iets."}
HOME, LIAR, WORLD, SENT = None, None, None, {}


def run(*arguments, text=""):
    done = subprocess.run([BIN / "baken", *map(str, arguments)], input=text, capture_output=True, text=True, timeout=120,
                          env=LIAR.environment(), check=False)
    return done.returncode, done.stdout, done.stderr


def done(*arguments, text=""):
    status, out, err = run(*arguments, text=text)
    if status != 0:
        raise AssertionError((arguments, out, err))
    return out


def profile(desk, person="medewerker"):
    return DATA / f"demo/{desk}/{person}.toml"


def submit(state, *flags, place=PLACE):
    return run("report", "submit", "-", "--json", "--profile", profile(DESK), "--state", state, *flags,
               text=json.dumps({**REPORT, "gemeente": place}))


def setUpModule():
    """A lead who compared everybody, a newcomer's card, three reports; and what each machine has seen by then."""
    global HOME, LIAR, WORLD
    HOME, LIAR = pathlib.Path(tempfile.mkdtemp(prefix="baken-lying-")), Liar()
    unittest.addModuleCleanup(shutil.rmtree, HOME)
    lead = ("--profile", profile(DESK, "beheerder1"), "--state", HOME / "lead")
    done("desk", "keys", "--yes", *lead)
    secret = HOME / "secret"
    secret.write_text("een lange zin als wachtwoord")
    secret.chmod(0o600)
    done("desk", "keygen", "--loket", DESK, "--rol", "medewerker", "--out", HOME / "new.key", "--cost", "interactive",
         "--passphrase-file", secret)
    for name, place in (("x", PLACE), ("y", PLACE), ("z", OTHER_PLACE)):
        SENT[name] = json.loads(submit(HOME / "reporter", place=place)[1])["id"]
    done("desk", "status", *lead)
    done("desk", "pull", "--profile", profile(DESK), "--state", HOME / "officer")
    done("desk", "open", SENT["x"], "--profile", profile(DESK), "--state", HOME / "officer")
    WORLD = World(LIAR, DESK, OTHER)


class Lying(unittest.TestCase):
    def setUp(self):
        LIAR.tell(None)
        WORLD.look()
        self.states = itertools.count()
        self.home = pathlib.Path(tempfile.mkdtemp(dir=HOME))

    def tearDown(self):
        self.assertEqual(LIAR.undocumented, [])

    def state(self, of):
        """A machine that has seen what this one has."""
        out = self.home / str(next(self.states))
        shutil.copytree(HOME / of, out)
        return out

    def seen(self, state):
        file, = state.glob("*.json")
        memory = json.loads(file.read_text())
        return memory["gids"], memory["standen"]

    def sent(self):
        return [what for what, _ in LIAR.asked if not what.startswith("GET ")]

    def refused(self, got, *words, sent=()):
        """Status 1, nothing on standard output, nothing sent but this, and one plain sentence with these words."""
        self.assertEqual(got[:2], (1, ""), got)
        for word in words:
            self.assertIn(word, got[2])
        self.assertEqual(self.sent(), list(sent))
        return got[2]

    def not_submitted(self, got, status, code, *words):
        """Of `submit`: this status and code, nothing sent, and the same sentence on both outputs."""
        self.assertEqual(got[0], status, got)
        error = json.loads(got[1])
        self.assertEqual(list(error), ["error"], got)
        said = error["error"]["sentence"]
        self.assertEqual(error, {"error": {"code": code, "sentence": said, "exit": status}})
        self.assertIn(said, got[2])
        return self.refused((1, "", got[2]), *words)

    def verbs(self):
        """Each desk verb that looks at the directory, with a machine of its own."""
        officer = lambda: ("--profile", profile(DESK), "--state", self.state("officer"))
        lead = lambda: ("--profile", profile(DESK, "beheerder1"), "--state", self.state("lead"))
        card, lid = HOME / "new.key.pub", demo_key(f"{DESK}/medewerker.key")["lid"]
        return itertools.cycle([lambda: ("open", SENT["x"], *officer()), lambda: ("keys", "--yes", *lead()),
                                lambda: ("enrol", card, "--yes", *lead()), lambda: ("status", *lead()),
                                lambda: ("revoke", lid, "--yes", *lead()), lambda: ("audit", *officer())])
