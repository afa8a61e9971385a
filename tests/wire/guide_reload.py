#!/usr/bin/python3
"""Somebody edits the guide of a running server and gets it wrong: every answer stays as it was, the log names file and
line of every fault, and what is mended is in force at the next SIGHUP. A start, and --check, with such files is refused
with the same words; and while many ask, every answer is whole. guide_reload.py BIN SCHEMA
"""
import http.client
import itertools
import json
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "crash")]

from installation import Installation, poll, told  # noqa: E402
from with_server import PATIENT  # noqa: E402

ASKED = "/v1/wegwijzer?rol=zorg&acuut=ja"
OTHERS = "/nl", "/v1/gemeenten?zoek=utrecht", "/v1/sleutelgids", "/v1/hulpaanbod", "/v1/routering"
KEPT, DONE = "cannot be used; the old data stays", "bakend: reloaded"
BAD = "the new certificate is no good"
FIRST = 'waarom.nl = "Is er nu gevaar'


def line_of(text, what):
    return text[:text.index(what)].count("\n") + 1


def broken(right):
    """Each way to get it wrong: the file's bytes, and of every fault its line (0: none) and words."""
    def with_(what, by, *faults):
        text = right.replace(what, by, 1)
        assert text != right, what
        return text.encode(), [(line_of(right, what) + below if below is not None else 0, words)
                               for below, words in faults]
    always = 'naam = "Altijd"\nurgentie = 5\n'
    return {
        "typing error in a key": with_(FIRST, FIRST.replace("waarom", "warom"), (0, "no key 'warom'"),
                                       (1, "'waarom.nl' is missing")),
        "unknown organisation": with_('organisatie = "csg"', 'organisatie = "cgs"',
                                      (0, "there is no organisation 'cgs'")),
        "three faults": with_('organisatie = "csg"', 'organisatie = 5\nbrno = ""\nrecht = ["nergens"]',
                              (0, "'organisatie' must be a text"), (1, "no key 'brno'"), (2, "no sentence 'nergens'")),
        "no TOML": with_('id = "bel-csg"', "id = bel-csg", (0, "")),
        "dead end": with_(always, always + 'als = {rol = ["slachtoffer"]}\n', (None, "answered day and night")),
        "not 112 first": with_('stappen = ["bel-112"]', 'stappen = ["bel-csg", "bel-112"]', (None, "before 112")),
        "a spreadsheet": (b"\xef\xbb\xbfid;waarom;bron\r\nbel-112;Bel;Wet\r\n", [(1, "from a spreadsheet")]),
        "cut in the middle of a letter": (right.encode()[:400] + b"\xc3", [(right[:400].count("\n") + 1, "not UTF-8")]),
        "empty": (b"", [(0, "no [[regel]]"), (0, "no [[stap]]")]),
    }


class Guide:
    """The server, its own file that stands in, and what it answers."""

    def __init__(self, server):
        self.server = server
        self.file = server.data / "own/wegwijzer/wegwijzer.toml"
        self.trusting = ssl.create_default_context(cafile=server.data / "tls/cert.pem")

    def line(self):
        return http.client.HTTPSConnection("localhost", self.server.port, context=self.trusting, timeout=60)

    def ask(self, target=ASKED, over=None):
        line = over or self.line()
        line.request("GET", target)
        answer = line.getresponse()
        body = answer.read()
        if not over:
            line.close()
        return answer.status, body

    def put(self, content):
        """Whole, as an editor that is careful does it."""
        beside = self.file.with_name(".new")
        beside.write_bytes(content)
        os.replace(beside, self.file)

    def reload(self):
        """Sends SIGHUP; what the log says of it, once it said that it was done, or not."""
        begun = self.server.log.stat().st_size
        said = lambda: self.server.log.read_bytes()[begun:].decode()
        self.server.process.send_signal(signal.SIGHUP)
        # All of it comes in one write.
        return poll(lambda: said() if said().endswith("\n") and (KEPT in said() or DONE in said()) else "", 60,
                    "the log did not tell of a SIGHUP")

    def names(self, said, faults):
        """Exactly these, each with the file and its line."""
        lines = [line.strip() for line in said.splitlines() if str(self.file) in line]
        assert len(lines) == len(faults), said
        for line, (number, words) in zip(lines, faults):
            assert line.startswith(f"{self.file}:{number}: " if number else f"{self.file}: ") and words in line, line


def stays_as_it_was(guide, right):
    before = guide.ask()
    assert before[0] == 200, before
    for name, (content, faults) in broken(right).items():
        guide.put(content)
        said = guide.reload()
        assert KEPT in said and DONE not in said, (name, said)
        guide.names(said, faults)
        assert guide.ask() == before, name
        for other in OTHERS:
            status, body = guide.ask(other)
            assert status == 200 and body, (name, other, status)
        refused(guide, faults, "--check")
    guide.file.unlink()  # what was shipped is good enough
    assert DONE in guide.reload() and guide.ask() == before


def refused(guide, faults, *words):
    """A start, or --check, ends with status 1 and the same words."""
    done = subprocess.run([guide.server.bin / "bakend", "--config", guide.server.data / "bakend.toml", *words],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and ("FAULT  data files" in done.stdout) == (words != ()), done
    assert told(done.stderr)[0] == "bakend: The data under schema/ cannot be used:", done.stderr
    guide.names(done.stderr, faults)


def version_of(guide):
    """What guide-check says of the files as they are: one can see that what was checked is what is in force."""
    done = subprocess.run([guide.server.bin / "baken", "admin", "guide-check", "--data", guide.server.data, "--json"],
                          capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)["version"]


def mended(guide, right):
    """One text differs, and that is all that does; the log says which version it is."""
    before = guide.ask()[1]
    assert f"the guide is read version={version_of(guide)}\n" in guide.server.log.read_text()
    guide.put(right.replace(FIRST, FIRST + ", hier en nu", 1).encode())
    said = guide.reload()
    assert f"the guide is read version={version_of(guide)}\n" in said and DONE in said, said
    status, body = guide.ask()
    assert status == 200 and body == before.replace(b"Is er nu gevaar", b"Is er nu gevaar, hier en nu"), body
    assert body != before
    guide.put(right.encode())
    assert DONE in guide.reload() and guide.ask()[1] == before


def beside_a_bad_certificate(guide, right):
    """The guide is in force all the same, and the log says which."""
    file = guide.server.data / "tls/cert.pem"
    kept = file.read_bytes()
    guide.put(right.replace(FIRST, FIRST + ", in het nauw", 1).encode())
    begun = guide.server.log.stat().st_size
    said = lambda: guide.server.log.read_bytes()[begun:].decode()
    file.write_bytes(kept[:200])
    try:
        guide.server.process.send_signal(signal.SIGHUP)
        poll(lambda: f"the guide is read version={version_of(guide)}\n" in said(), 60, "the version was not told")
        status, body = guide.ask()
        assert status == 200 and b"Is er nu gevaar, in het nauw" in body, body
    finally:
        file.write_bytes(kept)
    assert DONE not in said() and BAD in said(), said()
    guide.put(right.encode())
    assert DONE in guide.reload()


def while_many_ask(guide, right, times=50 if os.environ.get("BAKEN_LONG") else 20, askers=8):
    """Old, new and broken files in turn: every answer is the old or the new one, to the last byte."""
    new = right.replace(FIRST, FIRST + ", hier en nu", 1).encode()
    wrong = broken(right)["three faults"][0]
    guide.put(new)
    guide.reload()
    whole = {guide.ask()[1]: "new"}
    guide.put(right.encode())
    guide.reload()
    whole[guide.ask()[1]] = "old"
    seen, torn, over = {"old": 0, "new": 0}, [], threading.Event()
    counting = threading.Lock()

    def keep_asking():
        line = guide.line()
        while not over.is_set():
            try:
                status, body = guide.ask(over=line)
            except (http.client.HTTPException, OSError) as why:
                torn.append(repr(why))
                return
            what = whole.get(body) if status == 200 else None
            if not what:
                torn.append((status, body))
                return
            with counting:
                seen[what] += 1
    threads = [threading.Thread(target=keep_asking) for _ in range(askers)]
    for thread in threads:
        thread.start()
    try:
        for content, _ in zip(itertools.cycle((new, wrong, right.encode(), wrong)), range(times)):
            guide.put(content)
            said = guide.reload()
            assert (KEPT if content is wrong else DONE) in said, said
        for _ in range(times):  # and as fast as they can be sent: some become one
            guide.server.process.send_signal(signal.SIGHUP)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not torn, torn[:3]
    assert seen["old"] > askers and seen["new"] > askers, seen
    guide.put(right.encode())
    poll(lambda: DONE in guide.reload() and whole.get(guide.ask()[1]) == "old", 60, "the last file is not in force")


def main():
    bin_dir, schema = sys.argv[1:3]
    with tempfile.TemporaryDirectory(prefix="baken-guide-") as home:
        server = Installation(bin_dir, schema, home, config=[*PATIENT, 'schema-own = "own"'])
        guide = Guide(server)
        guide.file.parent.mkdir(parents=True)
        shutil.copy(pathlib.Path(schema) / "wegwijzer/wegwijzer.toml", guide.file)
        right = guide.file.read_text()
        server.start()
        try:
            stays_as_it_was(guide, right)
            mended(guide, right)
            beside_a_bad_certificate(guide, right)
            while_many_ask(guide, right)
            server.stop(faults=["the old data stays", BAD])
            for content, faults in broken(right).values():
                guide.put(content)
                refused(guide, faults)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
