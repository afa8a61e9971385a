#!/usr/bin/python3
"""What a reporter writes must be nowhere on the server: a report with a marker in every field is sent and opened, then
the data directory (without DIR/demo, where the demonstration's people keep their keys), its WAL and the log are searched
for each marker, as text, in base64 and in hex. Run by tests/with_server.py.
"""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FIELDS = ("plaats", "wat", "wie", "waar", "wanneer", "voertuigen", "online")
CONTACT = ("naam", "telefoon", "email", "veilig")


def spellings(marker):
    """The marker as bytes, and what of it shows in base64 at each of the three alignments."""
    raw = marker.encode("utf-8")
    yield raw
    yield raw.hex().encode("ascii")
    yield marker.encode("utf-16-le")
    for shift in range(3):
        inner = base64.b64encode(b"\0" * shift + raw)[shift and 4:-4]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


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

    files = [path for path in data.rglob("*") if path.is_file() and data / "demo" not in path.parents]
    assert any(path.name == "baken.db" for path in files)
    for path in [*files, pathlib.Path(log)]:
        text = path.read_bytes()
        for marker in markers.values():
            for spelling in spellings(marker):
                assert spelling not in text, f"{marker} stands in {path.name}"
    print(f"{len(markers)} markers are in none of {len(files) + 1} files")


if __name__ == "__main__":
    sys.exit(main())
