"""A progress bar for what takes longer than two seconds: on stderr, on a terminal only."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tell = Callable[[str], None]

DELAY, BEAT = 2.0, 0.5  # seconds


def silent(_: str) -> None:
    """Tells nobody."""


@contextmanager
def step(name: str) -> Iterator[None]:
    """Shows one step while it lasts."""
    with steps(1) as tell:
        tell(name)
        yield


@contextmanager
def counted(name: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function that is told how many are done, of how many; a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from tqdm import tqdm

    with tqdm(desc=name, delay=DELAY, leave=False, unit="") as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


@contextmanager
def steps(count: int) -> Iterator[Tell]:
    """Gives a function that is told the name of each of ``count`` steps as it begins."""
    if not sys.stderr.isatty():
        yield silent
        return
    from tqdm import tqdm

    done, start = threading.Event(), time.monotonic()
    # tqdm itself shows nothing before its delay; when to begin is decided here.
    bar = tqdm(total=count, delay=1e9, leave=False, bar_format="{desc} {bar} {elapsed}")

    def beat() -> None:
        while not done.wait(BEAT):
            show()  # the clock goes on while a step lasts

    def show() -> None:
        if time.monotonic() - start >= DELAY:
            bar.refresh()

    def tell(step: str) -> None:
        bar.n += bool(bar.desc)
        bar.set_description_str(step, refresh=False)
        show()

    ticking = threading.Thread(target=beat, daemon=True)
    ticking.start()

    try:
        yield tell
    finally:
        done.set()
        ticking.join()
        bar.close()
