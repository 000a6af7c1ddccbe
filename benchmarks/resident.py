"""The most memory a process has ever had resident, as the kernel remembers it."""

from __future__ import annotations

from pathlib import Path


def high_water(pid: int | str = "self") -> int:
    """Give bytes; 0 of a process that has ended.

    What ``wait4`` tells of a child is no less than the memory of who started it; this is its own.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    told = status.partition("VmHWM:")[2].split()
    return int(told[0]) * 1_024 if told else 0
