#!/usr/bin/python3
"""What a reporter writes must be nowhere on the server: a report with a marker in every field is sent and opened, then
the data directory (without DIR/demo, where the demonstration's people keep their keys), its WAL and the log are searched
for each marker, as text, in base64 and in hex. Run by tests/with_server.py.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from leftovers import kept_files, needles, search_files

FIELDS = ("plaats", "wat", "wie", "waar", "wanneer", "voertuigen", "online")
CONTACT = ("naam", "telefoon", "email", "veilig")


def main():
    data, log, baken = pathlib.Path(os.environ["BAKEN_DATA"]), os.environ["BAKEN_LOG"], os.environ["BAKEN_BIN"] + "/baken"
    markers = {name: f"Merkteken{name}Zq7{name[::-1]}x" for name in FIELDS + CONTACT}
    draft = {"rol": "burger", "vormen": ["arbeid"], "gemeente": "GM0599", "minderjarig": "ja",
             **{name: markers[name] for name in FIELDS}, "contact": {name: markers[name] for name in CONTACT}}
    profile = str(data / "demo/rotterdam/medewerker.toml")
    with tempfile.TemporaryDirectory() as home:
        path = pathlib.Path(home) / "report.json"
        path.write_text(json.dumps(draft))
        sent = subprocess.run([baken, "report", "submit", path, "--profile", profile, "--json"], check=True, capture_output=True)
    report = json.loads(sent.stdout)["id"]
    opened = subprocess.run([baken, "desk", "open", report, "--profile", profile], check=True, capture_output=True).stdout
    for marker in markers.values():
        assert marker.encode() in opened, f"the desk does not read {marker}"

    files = kept_files(data)
    assert any(path.name == "baken.db" for path in files)
    found = search_files([*files, pathlib.Path(log)], needles(markers.values()))
    assert not found, "\n".join(map(str, found))
    print(f"{len(markers)} markers are in none of {len(files) + 1} files")


if __name__ == "__main__":
    sys.exit(main())
