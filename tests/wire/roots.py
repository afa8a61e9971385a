#!/usr/bin/python3
"""Installations without a demonstration, by the verbs alone: root key, draft, signature, publication, people, a report that
is opened; and the roll-over of the root. roots.py BIN_DIR SCHEMA
"""
import base64
import json
import pathlib
import signal
import sys
import time
import unittest

from ceremony import REPORT, Ceremony, payload, run, tearDownModule  # noqa: F401


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
        status, _, err = run("report", "submit", "-", "--profile", self.profile("landelijk", 2, old),
                             text=json.dumps(REPORT))
        self.assertEqual(status, 4)
        self.assertIn("not by the root key that is trusted here", err)

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
