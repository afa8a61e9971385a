"""Looking for what should be gone: every spelling of a mark, in files and in the memory of a living process."""
import base64
import html
import json
import pathlib
import re
from dataclasses import dataclass


def in_base64(raw):
    """What of it shows at each of the three alignments, in both alphabets."""
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + raw)
        inner = whole[shift and shift + 1:len(whole) - 4 if (shift + len(raw)) % 3 else len(whole)]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def spellings(text):
    """The text as bytes, and as forms, pages, documents and programs write it."""
    raw = text.encode("utf-8")
    yield raw
    yield "".join(f"%{byte:02X}" for byte in raw).encode("ascii")
    yield "".join(f"%{byte:02x}" for byte in raw).encode("ascii")
    yield html.escape(text).encode("utf-8")
    yield json.dumps(text)[1:-1].encode("ascii")
    yield raw.hex().encode("ascii")
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield text.encode("utf-32-le")
    yield from in_base64(raw)


def needles(marks):
    """{spelling: mark} of them all. A mark is a text, or bytes that have no other spelling."""
    return {spelling: mark for mark in marks
            for spelling in ([mark] if isinstance(mark, bytes) else spellings(mark))}


@dataclass
class Leftover:
    mark: object
    where: str
    address: int
    around: bytes

    def __str__(self):
        shown = re.sub(rb"[^ -~]", b".", self.around).decode("ascii")
        return f"{self.where} at {self.address:#x}: {shown}"


def search(block, wanted, where="", base=0):
    """Every place in these bytes where one of `needles` stands."""
    for needle, mark in wanted.items():
        at = block.find(needle)
        while at >= 0:
            yield Leftover(mark, where, base + at, block[max(0, at - 48):at + len(needle) + 48])
            at = block.find(needle, at + len(needle))


def search_files(paths, wanted):
    return [found for path in paths for found in search(path.read_bytes(), wanted, str(path))]


def kept_files(data):
    """The data directory without what belongs to the demonstration's people."""
    return [path for path in data.rglob("*") if path.is_file() and data / "demo" not in path.parents]


class Process:
    """The memory of a living process, read as a debugger does: for root, also where it is not dumpable."""

    def __init__(self, pid):
        self.pid = pid
        self.files = pathlib.Path(f"/proc/{pid}")

    def stacks(self):
        """{stack pointer: thread} of the threads that wait in the kernel."""
        out = {}
        for task in (self.files / "task").iterdir():
            try:
                words = (task / "syscall").read_text().split()
                name = (task / "comm").read_text().strip()
            except OSError:
                continue
            if len(words) > 2:
                out[int(words[-2], 16)] = f"stack of thread {task.name} ({name})"
        return out

    def mappings(self):
        """(first, behind the last, name) of everything that can be read, but for files as they are on the disk."""
        stacks = self.stacks()
        for line in (self.files / "maps").read_text().splitlines():
            span, rights, _, _, inode, *name = line.split(None, 5)
            first, behind = (int(part, 16) for part in span.split("-"))
            unwritten = inode != "0" and "w" not in rights
            if not rights.startswith("r") or unwritten or name[:1] in (["[vvar]"], ["[vsyscall]"]):
                continue
            known = [stack for pointer, stack in stacks.items() if first <= pointer < behind]
            yield first, behind, known[0] if known else name[0] if name else f"anonymous {rights}"

    def picture(self):
        """[(name, address, bytes)] of all that memory at one moment."""
        out = []
        with open(self.files / "mem", "rb", buffering=0) as memory:
            for first, behind, name in self.mappings():
                memory.seek(first)
                try:
                    block = memory.read(behind - first)
                except OSError:
                    continue  # gone since it was listed, or libsodium's guard: locked away from everybody
                used = block.lstrip(b"\0")  # most of a stack was never touched
                out.append((name, behind - len(used) if len(block) == behind - first else first, used))
        return out


def search_picture(picture, wanted):
    return [found for name, at, block in picture for found in search(block, wanted, name, at)]
