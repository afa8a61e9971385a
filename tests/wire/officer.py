#!/usr/bin/python3
"""An officer's day at a terminal: what a report's text may do to it, ids that are typed in part, words that are typed
wrong, and answers for machines. Run by tests/with_server.py.
"""
import datetime
import fcntl
import json
import os
import pathlib
import pty
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import termios
import threading
import unittest

from programs import BIN, DATA, REPORT, baken, profile

DESK = "landelijk"
SOON = (datetime.date.today() + datetime.timedelta(days=400)).isoformat()
FORGED = "!!! ALARM: this report was opened by others"


def desk(verb, *arguments, text=""):
    return baken("desk", verb, *arguments, "--profile", profile(DESK), text=text)


def at_terminal(columns, *arguments):
    """What baken writes to a terminal that is so wide, and its exit status."""
    pid, end = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execv(BIN / "baken", ["baken", *map(str, arguments)])
    out = b""
    try:
        while piece := os.read(end, 65536):
            out += piece
    except OSError:  # the other end is closed
        pass
    os.close(end)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), out.decode().replace("\r\n", "\n")


class Officer(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)

    def sent(self, **changes):
        draft = json.dumps({**REPORT, **changes})
        status, out, err = baken("report", "submit", "-", "--json", "--profile", profile(DESK), "--exclude", "rotterdam",
                                 text=draft)
        self.assertEqual(status, 0, err)
        return json.loads(out)


class AtATerminal(Officer):
    def test_no_text_of_a_reporter_reaches_the_left_edge(self):
        """At 80 columns its 75th letter would begin a line, and look like an alarm of the program."""
        text = "y" * 74 + FORGED + " " + "z" * 500 + "\n" + FORGED + "\n" + " " * 74 + FORGED + "漢" * 37 + FORGED
        report = self.sent(wat=text, plaats="p" * 60 + FORGED, contact={"naam": "n" * 66 + FORGED})["id"]
        for columns in (20, 80, 81, 132):
            with self.subTest(columns=columns):
                status, out = at_terminal(columns, "desk", "open", report, "--profile", profile(DESK))
                self.assertEqual(status, 0, out)
                shown = [line[at:at + columns] for line in out.split("\n") for at in range(0, max(len(line), 1), columns)]
                self.assertEqual([line for line in shown if line.startswith("!!!")], [])
                self.assertTrue(any(line.startswith("    | ") for line in shown))
                self.assertIn(FORGED.replace(" ", ""), out.replace("\n    | ", "").replace(" ", ""))

    def test_the_list_fits_a_terminal_of_80_columns(self):
        report = self.sent()["id"]
        status, out = at_terminal(80, "desk", "pull", "--profile", profile(DESK))
        self.assertEqual(status, 0, out)
        self.assertIn(f"\n{report[:8]}  ", out)
        self.assertLessEqual(max(map(len, out.splitlines())), 80)
        self.assertIn(f"\n{report}  ", at_terminal(200, "desk", "pull", "--profile", profile(DESK))[1])
        self.assertIn(f"\n{report}  ", desk("pull")[1])  # of what is no terminal, others may read the ids

    def test_a_sentence_is_cut_to_the_terminal_too(self):
        status, out = at_terminal(40, "desk", "open", "ffff", "--profile", profile(DESK), "--server", "https://localhost:1")
        self.assertEqual(status, 1)
        self.assertTrue(out.startswith("baken: The server https://localhost:1"), out)
        self.assertEqual([line for line in out.splitlines()[1:] if not line.startswith("  ")], [])
        self.assertLessEqual(max(map(len, out.splitlines())), 40)


class Ids(Officer):
    def test_an_id_may_be_typed_in_part(self):
        report = self.sent()["id"]
        others = [json.loads(line)["id"] for line in desk("pull", "--json")[1].splitlines()]
        short = next(report[:size] for size in range(4, 37)
                     if [one for one in others if one.startswith(report[:size])] == [report])
        self.assertIn("Ik zag iets.", desk("open", short)[1])
        self.assertIn(f"{report} is closed", desk("close", short)[1])
        self.assertEqual(desk("export", short, "--to", self.home / "out")[0], 0)
        self.assertEqual(json.loads((self.home / "out").read_text())["melding"]["id"], report)
        status, out, err = desk("destroy", report[:8], "--reason", "afgerond", "--yes")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("all 36 characters", err)

    def test_a_beginning_of_several_names_them_and_opens_none(self):
        letters = "0123456789abcdef"
        ids = [self.sent()["id"] for _ in range(3)]
        status, out, err = desk("open", next(f"{a}{b}{c}{d}" for a in letters for b in letters for c in letters
                                             for d in letters if not any(one.startswith(a) for one in ids)))
        self.assertEqual((status, out), (1, ""))
        self.assertIn("it was destroyed", err)
        # Of the ids that there are, four characters hardly ever fit two: the program's unit tests hold that case.
        self.assertEqual(desk("open", "abc")[0], 2)

    def test_a_destroyed_report_is_said_to_be_perhaps_destroyed(self):
        self.assertIn("or it was destroyed", desk("open", "11111111-1111-4111-8111-111111111111")[2])


class Words(Officer):
    def refused(self, result, status, *words):
        self.assertEqual(result[0], status, result)
        for word in words:
            self.assertIn(word, result[2])

    def test_a_word_typed_wrong_is_answered_with_the_command_that_was_meant(self):
        self.refused(baken("pull"), 2, "did you mean baken desk pull?")
        self.refused(baken("desk", "list"), 2, "did you mean baken desk pull?")
        self.refused(baken("desk", "keygen", "--lokket", "rotterdam"), 2, "'--lokket'", "did you mean --loket?")
        self.refused(desk("export", "11111111-1111-4111-8111-111111111111", "--to", "-"), 2, "--to names a new file")

    def test_a_server_that_is_down_is_named_with_the_file_that_names_it(self):
        file = self.home / "mine.toml"
        text = profile(DESK).read_text()
        lines = ["server = 'https://localhost:1'" if line.startswith("server") else
                 line.replace("= '", f"= '{profile(DESK).parent}/").replace('= "', f'= "{profile(DESK).parent}/')
                 if line.split(" ")[0] in ("root", "cacert", "key", "passphrase-file", "state") else line
                 for line in text.splitlines()]
        file.write_text("\n".join(lines) + "\n")
        self.refused(baken("desk", "status", "--profile", file), 1, "https://localhost:1", str(file))
        self.refused(baken("desk", "status", "--profile", profile(DESK), "--server", "https://localhost:1"), 1, "(--server)")
        self.refused(baken("desk", "status", "--profile", profile(DESK), "--server", "localhost"), 2, "'localhost', --server")

    def test_a_wrong_root_is_named_with_both_marks_and_the_mend(self):
        other = self.home / "other.pub"
        other.write_text("A" * 42 + "E\n")
        for verb in (("desk", "status"), ("desk", "audit")):
            self.refused(baken(*verb, "--profile", profile(DESK), "--root", other, "--state", self.home / "state"), 1,
                         str(other), "is signed by the key with mark ", "Ask your administrator", "--root once more")
        self.refused(baken("report", "submit", "-", "--profile", profile(DESK), "--root", other, "--state",
                           self.home / "state", text=json.dumps(REPORT)), 4, str(other), "Ask your administrator")


class Machines(Officer):
    def error_of(self, result, status):
        self.assertEqual(result[0], status, result)
        self.assertNotEqual(result[2], "")
        error = json.loads(result[1])["error"]
        self.assertEqual(error["exit"], status)
        self.assertIn(error["sentence"].split("\n")[0], result[2])
        return error["code"]

    def test_with_json_a_failure_is_an_object_on_standard_output_too(self):
        nowhere = ("--profile", profile(DESK), "--server", "https://localhost:1", "--json")
        self.assertEqual(self.error_of(baken("desk", "pull", *nowhere), 1), "try-later")
        self.assertEqual(self.error_of(baken("desk", "status", *nowhere), 1), "try-later")
        self.assertEqual(self.error_of(baken("desk", "pul", "--json"), 2), "wrong-use")
        self.assertEqual(self.error_of(desk("open", "zz", "--json"), 2), "wrong-use")
        self.assertEqual(self.error_of(desk("pull", "--statsu", "x", "--json"), 2), "wrong-use")
        gone = "11111111-1111-4111-8111-111111111111"
        self.assertEqual(self.error_of(desk("open", gone, "--json"), 1), "not-there")

    def test_every_verb_that_is_done_says_so_in_one_object(self):
        report, key, secret = self.sent()["id"], self.home / "a.key", self.home / "secret"
        secret.write_text("een lange zin als wachtwoord")
        secret.chmod(0o600)

        def object_of(result):
            self.assertEqual(result[0], 0, result)
            self.assertEqual(result[1].count("\n"), 1)
            return json.loads(result[1])

        self.assertEqual(object_of(desk("close", report, "--json"))["status"], "afgesloten")
        self.assertEqual(object_of(desk("close", "--again", report, "--json"))["status"], "in-behandeling")
        kept = desk("keep", report, "--until", SOON, "--reason", "rechtszaak", "--json")
        self.assertEqual(object_of(kept)["bewaren"], {"tot": SOON, "reden": "rechtszaak"})
        self.assertIsNone(object_of(desk("keep", report, "--end", "--json"))["bewaren"])
        self.assertEqual(object_of(desk("export", report, "--to", self.home / "x", "--json"))["bestand"], str(self.home / "x"))
        made = object_of(baken("desk", "keygen", "--loket", DESK, "--rol", "medewerker", "--out", key, "--cost", "interactive",
                               "--passphrase-file", secret, "--json"))
        self.assertEqual((made["sleutelbestand"], made["kaart"], made["beheerder"]), (str(key), f"{key}.pub", None))
        self.assertRegex(made["lid"], "^[0-9a-f-]{36}$")
        lead = ("--profile", profile(DESK, "beheerder1"), "--json", "--yes")
        keys = object_of(baken("desk", "keys", *lead))
        self.assertGreater(keys["stand"]["versie"], 1)
        self.assertEqual(keys["loket"], DESK)

    def test_what_is_not_known_is_named_all_at_once(self):
        status, out, err = baken("desk", "status", "--profile", os.devnull)
        self.assertEqual((status, out), (1, ""))
        empty = self.home / "empty.toml"
        empty.write_text("")
        status, _, err = baken("desk", "status", "--profile", empty)
        self.assertEqual(status, 2)
        for word in ("--server", "--root", "--loket", "--key", str(empty)):
            self.assertIn(word, err)

    def test_no_failure_stands_on_standard_output_without_it(self):
        self.assertEqual(desk("open", "zz")[1], "")


class Silence(Officer):
    """A server that takes the call and says nothing."""

    def test_whoever_waits_for_a_silent_server_is_told_so_after_half_a_minute(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(DATA / "tls/cert.pem", DATA / "tls/key.pem")
        with socket.create_server(("127.0.0.1", 0)) as listening:
            address = f"https://localhost:{listening.getsockname()[1]}"
            held = []

            def answer_nobody():
                while True:
                    try:
                        held.append(context.wrap_socket(listening.accept()[0], server_side=True))
                    except (OSError, ssl.SSLError):
                        if listening.fileno() < 0:
                            return
            threading.Thread(target=answer_nobody, daemon=True).start()
            verbs = (("desk", "pull"), ("desk", "status"), ("desk", "audit"), ("report", "submit", self.home / "draft"))
            (self.home / "draft").write_text(json.dumps(REPORT))
            running = [subprocess.Popen([BIN / "baken", *map(str, verb), "--profile", profile(DESK), "--server", address,
                                         "--state", str(self.home / str(i))], stderr=subprocess.PIPE, text=True)
                       for i, verb in enumerate(verbs)]
            for one in running:
                self.assertEqual(one.stderr.readline(), f"baken: still waiting for {address} (30 s)\n")
                one.kill()
                one.wait()
                one.stderr.close()
            for one in held:
                one.close()


if __name__ == "__main__":
    unittest.main()
