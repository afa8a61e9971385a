#!/usr/bin/python3
"""What is refused on the way from a root key to a directory in force: wrong use, damaged drafts, other keys, a second
directory of one number. roots_refused.py BIN_DIR SCHEMA
"""
import base64
import json
import shutil
import subprocess
import sys
import unittest

from ceremony import BIN, PEOPLE, SCHEMA, Ceremony, at_terminal, run, tearDownModule  # noqa: F401


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
                      ("directory-publish", out, "--data", self.data, "--url"),
                      ("directory-publish", out, "--data", self.data, "--cacert", "x")):
            with self.subTest(words):
                self.refused(run("admin", *words), status=2)
        # With --data, --url says where its server is asked: here only the file is missing.
        self.refused(run("admin", "directory-publish", out, "--data", self.data, "--url", "https://x"), f"{out} cannot be read")
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
        status, shown = at_terminal((("New passphrase", "een eerste lange zin"), ("Once more", "een tweede lange zin")),
                                    *keygen)
        self.assertEqual(status, 1, shown)
        self.assertIn("The two passphrases differ", shown)
        self.assertFalse(made.exists())
        status, shown = at_terminal((("New passphrase", "een eerste lange zin"), ("Once more", "een eerste lange zin")),
                                    *keygen)
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
        self.refused(result, "not a root key")
        self.refused(run("admin", "directory-draft", "--url", self.url(), "--root", f"{other}.pub", "--to", self.home / "x"),
                     "reach")
        # Signed under both, and still not taken where only the first is pinned.
        signed, _ = self.sign(draft, other, "--root", f"{self.root}.pub", "--root", f"{other}.pub")
        self.refused(self.publish(signed, expect=1), "not signed by a root that is pinned here")

    def test_a_draft_is_judged_before_anybody_types_a_passphrase(self):
        self.first_directory(self.root)
        draft = self.draft()
        for verb in ((), ("--root", f"{self.root}.pub")):
            result = run("admin", "directory-check", draft, *verb)
            self.assertEqual(result[0], 0, result)
            self.assertIn("nothing but its term changes", result[1])
            self.assertEqual("no root was named" in result[1], not verb)
        other = self.root_keygen("other.key")
        self.refused(run("admin", "directory-check", draft, "--root", f"{other}.pub"), "not signed by a root that is trusted")
        self.edit(draft, lambda c: c["loketten"][0].update(beheerders=[], soort="polite"))
        words = ("needs the key of a lead", "'soort'")
        self.refused(run("admin", "directory-check", draft), *words)
        # No passphrase file and no terminal: it would be asked for now, were the draft not looked at first.
        result = run("admin", "directory-sign", draft, "--root-key", self.root, "--to", self.home / "never", "--yes")
        self.refused(result, *words)
        self.assertNotIn("passphrase", result[2])
        self.assertFalse((self.home / "never").exists())
        self.refused(run("admin", "directory-check", self.home / "none"), "none is not a directory")

    def test_a_table_is_written_for_editing_and_its_bytes_are_what_is_signed(self):
        self.first_directory(self.root)
        draft = self.draft()
        text = (draft / "routering.json").read_text()
        self.assertEqual(text, (draft / "routering.vorige.json").read_text())
        content = json.loads(text)
        lines = text.splitlines()
        for code in content["gemeenten"]:
            self.assertEqual(sum(one.startswith(f'    "{code}": {{') for one in lines), 1)
        self.assertEqual(len(lines), 9 + len(content["gemeenten"]) + len(content["regels"]))
        shipped = json.loads((SCHEMA / "routering.json").read_text(encoding="utf-8"))
        self.assertEqual(content["regels"], shipped["regels"])  # the first that fits decides, so their order is kept
        # Written otherwise, it says the same: the bytes in force stay.
        (draft / "routering.json").write_text(json.dumps(content))
        signed, (_, out, _) = self.sign(draft, self.root)
        self.assertIn("nothing but its term changes", out)
        self.assertEqual(base64.urlsafe_b64decode(json.loads(signed.read_text())["routering"] + "=="), text.encode())
        # Edited, its own bytes are signed.
        edited = text.replace('"versie": 1', '"versie": 2', 1).replace('"regio":"rotterdam"', '"regio":"amsterdam"', 1)
        (draft / "routering.json").write_text(edited)
        signed, _ = self.sign(draft, self.root, "--again", to=self.home / "edited.json")
        self.assertEqual(base64.urlsafe_b64decode(json.loads(signed.read_text())["routering"] + "=="), edited.encode())

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
        judged(lambda d: (d / "loketten.json").write_bytes(text.replace("Politie", "P\xff", 1).encode("latin-1")),
               "loketten.json, line 6, column 17: This is not strict JSON")
        judged(lambda d: (d / "loketten.json").write_text(text.replace('"naam"', '"id"', 1)), "loketten.json, line 6, column",
               "strict JSON")
        table = (whole / "routering.json").read_text()
        line = next(number for number, one in enumerate(table.splitlines(), 1) if "GM0034" in one)
        judged(lambda d: (d / "routering.json").write_text(table.replace('"GM0034": ', '"GM0034" ', 1)),
               f"routering.json, line {line}, column 14: This is not strict JSON")
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
        result = self.sign(stale, other, "--root", self.home / "other.key.pub", "--root", self.home / "root.key.pub",
                           to=fork, expect=1)[1]
        self.refused(result, "Version 2 was signed on this machine before")
        fork, _ = self.sign(stale, self.root, "--again", to=fork)
        self.refused(self.publish(fork, expect=1), "Version 2 is in force already")

    def test_what_cannot_be_published(self):
        _, signed, _ = self.first_directory(self.root)
        broken = self.home / "broken.json"
        broken.write_text("{}")
        self.refused(self.publish(broken, expect=1), "not a signed directory")
        content = json.loads(signed.read_text())
        third, _ = self.sign(self.draft(), self.root)
        content["routering"] = base64.urlsafe_b64encode(b"{}").decode().rstrip("=")
        content["gids"] = json.loads(third.read_text())["gids"]
        broken.write_text(json.dumps(content))
        self.refused(self.publish(broken, expect=1), "routing table is not the one")
        self.server.start()
        self.addCleanup(self.end)
        self.refused(self.publish(broken, expect=1), "The directory was not published",
                     "/routering: The routing table is not")
        self.refused(self.publish(signed, "--url", self.url(), expect=1), "certificate")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
