#!/usr/bin/python3
"""An officer's day at a terminal: what a report's text may do to it, ids that are typed in part, words that are typed
wrong, and answers for machines. Run by tests/with_server.py.
"""
import fcntl
import json
import os
import pathlib
import pty
import shutil
import struct
import tempfile
import termios
import unittest

from programs import BIN, REPORT, baken, profile

DESK = "landelijk"
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


if __name__ == "__main__":
    unittest.main()
