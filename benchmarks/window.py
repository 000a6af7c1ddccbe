"""A real Chromium in front of the counting proxy, under a name of the intranet.

On plain http a browser offers br and zstd to localhost alone; every other host is sent gzip. The
window therefore visits a host name that resolves to this machine, as a visitor's would.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.ground import CHROMIUM
from benchmarks.proxy import Exchange, Wire

HOST = "onemap.test"
READY = '#map[data-ready="true"]'
PATIENCE = 120_000  # milliseconds; software rendering on two busy cores is slow
QUIET = 2.0  # seconds without a byte after which a page has all it wants
FLAGS = (
    *("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    *("--ignore-gpu-blocklist", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
)


@dataclass
class Window:
    """One page with an empty cache, and what it moves over the wire."""

    page: Page
    wire: Wire

    def open(self, path: str) -> list[Exchange]:
        """Everything a page fetches until it is painted and still."""
        return self.during(lambda: self.page.goto(f"http://{HOST}:{self.wire.port}{path}"))

    def during(self, act: Callable[[], object]) -> list[Exchange]:
        """What moves from an act until everything is painted and still."""
        mark = len(self.wire.exchanges)
        self.wire.moved = time.monotonic()
        act()
        self.settle()
        return self.wire.since(mark)

    def settle(self) -> None:
        """Wait until the map is painted and the wire has been quiet for a while."""
        self.page.wait_for_selector(READY, timeout=PATIENCE)
        while not self.wire.quiet(QUIET):
            self.page.wait_for_timeout(100)
        self.page.wait_for_selector(READY, timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser: Browser, wire: Wire, width: int, height: int) -> Iterator[Window]:
    """A window that has never been here: a context of its own keeps no cache."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    try:
        yield Window(context.new_page(), wire)
    finally:
        context.close()
