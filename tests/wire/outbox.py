#!/usr/bin/python3
"""Reports that other systems feed in: what the exit status says, and that a crash, a lost answer and a full disk make
neither two reports nor a receipt that nobody has. Run by tests/with_server.py.
"""
import base64
import json
import os
import pathlib
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest

from road import Road

BIN, DATA = pathlib.Path(os.environ["BAKEN_BIN"]), pathlib.Path(os.environ["BAKEN_DATA"])
REPORT = {"rol": "burger", "vormen": ["seksueel"], "gemeente": "GM0599", "minderjarig": "onbekend", "wat": "Ik zag iets."}
PROFILE = DATA / "demo/rotterdam/medewerker.toml"


def baken(*arguments, road=None, **options):
    environment = {**os.environ, **(road.environment if road else {})}
    return subprocess.run([BIN / "baken", *map(str, arguments)], capture_output="stdout" not in options, text=True, timeout=120,
                          check=False, env=environment, **options)


class Outbox(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        self.box = self.home / "uit"
        self.draft = self.write("draft.json", {**REPORT, "wat": "Ik zag iets: " + secrets.token_hex(8)})

    def write(self, name, draft):
        file = self.home / name
        file.write_text(json.dumps(draft))
        return file

    def road(self, way):
        road = Road(way)
        self.addCleanup(road.close)
        return road

    def submit(self, *arguments, road=None, box=True, **options):
        return baken("report", "submit", *arguments, "--profile", PROFILE, "--json", *(["--outbox", self.box] if box else []),
                     road=road, **options)

    def waiting(self):
        return sorted(self.box.glob("*.json"))

    def kept(self):
        [file] = self.waiting()
        return json.loads(file.read_text())

    def stored(self, done, before=False):
        self.assertEqual(done.returncode, 0, done)
        [line] = done.stdout.splitlines()
        said = json.loads(line)
        self.assertEqual(said["eerder"], before, said)
        self.assertEqual(self.waiting(), [])
        return said

    def failed(self, done, status, code, *words):
        self.assertEqual(done.returncode, status, done)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertIn(code, done.stdout)
        return json.loads(done.stdout)

    def times_at_desk(self, report):
        listed = baken("desk", "pull", "--profile", PROFILE)
        self.assertEqual(listed.returncode, 0, listed)
        return listed.stdout.count(report)

    def killed(self, way):
        """A run that is killed as soon as the report has set out (and, with `hold`, was answered)."""
        road = self.road(way)
        run = subprocess.Popen([BIN / "baken", "report", "submit", self.draft, "--profile", PROFILE, "--json", "--outbox", self.box],
                               stdout=subprocess.PIPE, env={**os.environ, **road.environment})
        deadline = time.monotonic() + 60
        while not (road.answers if way == "hold" else road.reports):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
        self.assertEqual(run.communicate()[0], b"")
        kept = self.kept()
        self.assertEqual(stat.S_IMODE(self.waiting()[0].stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.box.stat().st_mode), 0o700)
        self.assertNotIn("Ik zag", self.waiting()[0].read_text())
        return kept

    def test_killed_after_the_server_stored_it(self):
        kept = self.killed("hold")
        said = self.stored(self.submit(), before=True)
        self.assertEqual((said["id"], said["bon"]), (kept["id"], kept["bon"]))
        self.assertEqual(self.times_at_desk(said["id"]), 1)
        self.assertEqual(self.submit().stdout, "")  # nothing waits any more

    def test_killed_before_the_server_had_it(self):
        kept = self.killed("stop")
        said = self.stored(self.submit(self.draft))  # with the same file
        self.assertEqual((said["id"], said["bon"]), (kept["id"], kept["bon"]))
        self.assertEqual(self.times_at_desk(said["id"]), 1)

    def test_an_answer_lost_five_times(self):
        road = self.road("lose")
        self.failed(self.submit(self.draft, road=road), 5, "perhaps-stored", "may be stored", "do not make a new report")
        self.assertGreaterEqual(road.reports, 5)  # curl tries once more where a connection was not new
        kept = self.kept()
        said = self.stored(self.submit(self.draft), before=True)
        self.assertEqual((said["id"], said["bon"]), (kept["id"], kept["bon"]))
        self.assertEqual(self.times_at_desk(said["id"]), 1)

    def test_an_answer_lost_without_an_outbox(self):
        self.failed(self.submit(self.draft, road=self.road("lose"), box=False), 5, "perhaps-stored", "may be stored",
                    "Do not make a new report", "--outbox DIR")

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = self.submit(self.draft, stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 5, done)
        self.assertIn("is stored, but its receipt could not be shown", done.stderr)
        kept = self.kept()
        said = self.stored(self.submit(), before=True)
        self.assertEqual((said["id"], said["bon"]), (kept["id"], kept["bon"]))

    def test_keys_that_passed_meanwhile(self):
        for stored_before in (False, True):
            kept = self.killed("hold" if stored_before else "stop")
            [file] = self.waiting()
            body = json.loads(kept["body"])
            for one in body["ontvangers"]:
                one["epoch"] = "2020-W01"
            file.write_text(json.dumps({**kept, "body": json.dumps(body)}))
            self.failed(self.submit(), 5, "perhaps-stored", "have passed", "the draft's FILE")
            said = self.stored(self.submit(self.draft), before=stored_before)
            self.assertEqual((said["id"], said["bon"]), (kept["id"], kept["bon"]))
            self.assertEqual(self.times_at_desk(said["id"]), 1)
            self.draft = self.write("draft.json", {**REPORT, "wat": "Nog iets: " + secrets.token_hex(8)})

    def test_an_id_that_other_bytes_have(self):
        kept = self.killed("hold")
        [file] = self.waiting()
        body = json.loads(kept["body"])
        body["vulling"] = body["vulling"][1:]
        file.write_text(json.dumps({**kept, "body": json.dumps(body)}))
        self.failed(self.submit(), 5, "perhaps-stored", "other bytes")
        self.assertEqual(self.kept()["bon"], kept["bon"])

    def test_the_same_draft_with_other_wishes_is_asked_about(self):
        self.killed("stop")
        self.failed(self.submit(self.draft, "--one-shot"), 2, "wrong-use", "waits in")
        self.failed(self.submit(self.draft, "--exclude", "zorg"), 2, "wrong-use", "waits in")
        other = self.write("other.json", REPORT)
        done = self.submit(other)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("1 earlier report", done.stderr)
        self.assertEqual(len(self.waiting()), 1)
        self.stored(self.submit())

    def test_several_that_wait_are_sent_each_once(self):
        ids = []
        for _ in range(3):
            ids.append(self.killed("stop")["id"])
            self.waiting()[0].rename(self.home / f"{ids[-1]}.json")
            self.draft = self.write("draft.json", {**REPORT, "wat": secrets.token_hex(8)})
        for one in ids:
            (self.home / f"{one}.json").rename(self.box / f"{one}.json")
        done = self.submit()
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(sorted(json.loads(line)["id"] for line in done.stdout.splitlines()), sorted(ids))
        self.assertEqual(self.waiting(), [])

    def test_for_another_server(self):
        kept = self.killed("stop")
        [file] = self.waiting()
        file.write_text(json.dumps({**kept, "server": "https://elders.example"}))
        self.failed(self.submit(), 2, "wrong-use", "is for https://elders.example")

    def test_a_server_that_is_down(self):
        self.failed(baken("report", "submit", self.draft, "--profile", PROFILE, "--json", "--server", "https://localhost:9"), 3,
                    "try-later", "localhost:9")

    def test_trust_refused(self):
        root = self.home / "other.pub"
        root.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode("ascii") + "\n")
        self.failed(self.submit(self.draft, "--root", root), 4, "not-trusted", str(root), "mark")
        self.assertEqual(self.waiting(), [])
        self.failed(self.submit(self.draft, "--cacert", "/etc/ssl/certs/ca-certificates.crt"), 4, "not-trusted")

    def test_wrong_use(self):
        self.failed(baken("report", "submit", "--profile", PROFILE, "--json"), 2, "wrong-use", "FILE is required")
        self.failed(self.submit("--one-shot"), 2, "wrong-use", "FILE")
        self.box.mkdir()
        self.box.chmod(0o777)
        self.failed(self.submit(self.draft), 2, "wrong-use", f"chmod 700 {self.box}")

    def test_a_draft_that_is_wrong_is_never_sealed(self):
        self.failed(self.submit(self.write("wrong.json", {**REPORT, "wat": "\u2003"})), 1, "failed", "line 1, /wat")
        self.assertFalse(self.box.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
