"""What the kernel knows of running processes: their time on a processor, their memory, their children."""
import os
import pathlib
import time

PAGE = os.sysconf("SC_PAGESIZE")


def cpu_seconds(pids):
    """Time on a processor, all threads of all these processes together (schedstat's first field)."""
    total = 0
    for pid in pids:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def resident(pids):
    """Bytes in memory, of all these processes together; what they share counts for each."""
    return sum(int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE for pid in pids)


def children(pid):
    return [int(one) for one in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def settle(pids, seconds=60.0):
    """Waits until these processes rest: bakend fills its stock of receipts after its start."""
    deadline = time.monotonic() + seconds
    quiet = 0
    while quiet < 10 and time.monotonic() < deadline:
        before = cpu_seconds(pids)
        time.sleep(0.1)
        quiet = quiet + 1 if cpu_seconds(pids) - before < 0.002 else 0
    return quiet >= 10
