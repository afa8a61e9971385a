"""Disks that can be filled, broken or frozen under a server: a tmpfs, or ext4 in a file. Whatever becomes of the test,
a guard thaws and unmounts: it reads a pipe that ends with us.
"""
import os
import pathlib
import shutil
import subprocess

from installation import cannot

GUARD = """
read -r -t 600 _
fsfreeze -u "$1"
for try in 1 2 3 4 5 6 7 8 9; do umount "$1" && exit; sleep 0.3; done
umount -l "$1"
"""
SYSTEM = ":/usr/sbin:/sbin"


def mount(*arguments):
    return subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)


class Disk:
    """Mounted at a directory that is made. Used with `with`."""

    def __init__(self, where, *how, needs=()):
        self.where = pathlib.Path(where)
        self.where.mkdir()
        missing = [tool for tool in ("mount", *needs) if not shutil.which(tool, path=os.environ["PATH"] + SYSTEM)]
        if os.geteuid() != 0:
            cannot("only root may mount a disk of its own")
        if missing:
            cannot(f"{', '.join(missing)} is not installed")
        self.make()
        done = mount(*how, str(self.where))
        if done.returncode != 0:
            cannot(f"no disk of its own can be mounted: {done.stderr.strip()}")
        self.guard = subprocess.Popen(["bash", "-c", GUARD, "guard", self.where], stdin=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, start_new_session=True)
        self.ballast = self.where / "ballast"

    def make(self):
        """What is mounted."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.guard.stdin.close()
        self.guard.wait(timeout=60)

    def fill(self, leave=0):
        """To the last byte, or until `leave` bytes are left."""
        with open(self.ballast, "ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue
            file.truncate(max(0, file.tell() - leave))

    def empty(self):
        self.ballast.unlink(missing_ok=True)


class Tmpfs(Disk):
    def __init__(self, where, size):
        super().__init__(where, "-t", "tmpfs", "-o", f"size={size}", "baken-test")


class Ext4(Disk):
    """In a file beside it."""

    def __init__(self, where, size):
        self.image, self.size = pathlib.Path(f"{where}.image"), size
        super().__init__(where, "-o", "loop", str(self.image), needs=("mkfs.ext4", "fsfreeze"))
        (self.where / "lost+found").rmdir()

    def make(self):
        subprocess.run(["truncate", "-s", self.size, self.image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", self.image], check=True, stdout=subprocess.DEVNULL)

    def freeze(self):
        done = subprocess.run(["fsfreeze", "-f", self.where], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            cannot(f"a disk cannot be frozen here: {done.stderr.strip()}")

    def thaw(self):
        subprocess.run(["fsfreeze", "-u", self.where], check=True)

    def settle(self):
        """What was written before is on it."""
        subprocess.run(["sync", "-f", self.where], check=True)

    def break_down(self):
        """What ext4 does at an error of the disk: from now on it takes no write."""
        done = mount("-o", "remount,abort", str(self.where))
        assert done.returncode == 0, done.stderr

    def repair(self):
        """Nobody may use it."""
        subprocess.run(["umount", self.where], check=True)
        subprocess.run(["fsck.ext4", "-p", "-f", self.image], check=False, stdout=subprocess.DEVNULL)
        done = mount("-o", "loop", str(self.image), str(self.where))
        assert done.returncode == 0, done.stderr
