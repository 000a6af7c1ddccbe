"""A real Chromium in front of a real server.

Every screen asserts, when its test ends: an empty console, no request to any other host, no Content
Security Policy violation, and no layout wider than the window.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
READY = '#map[data-ready="true"]'
PATIENCE = 90_000  # milliseconds; software rendering on two busy cores is slow
FLAGS = [
    *("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    *("--ignore-gpu-blocklist", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


@dataclass
class Served:
    """A running server; ``stop`` and ``start`` keep its port."""

    folder: Path
    url: str = ""
    process: subprocess.Popen[str] | None = None
    code: dict[str, str] = field(default_factory=dict)

    def start(self) -> Served:
        port = urlsplit(self.url).port or 0
        command = [sys.executable, "app.py", "--port", str(port), "--data", str(self.folder)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, **self.code}
        )
        assert self.process.stdout
        line = self.process.stdout.readline()  # printed when it listens
        found = re.search(r"http://\S+", line)
        assert found, f"the server did not start: {line!r}"
        self.url = found[0]
        return self

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.communicate(timeout=30)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    served = Served(folder).start()
    try:
        yield served
    finally:
        served.stop()


@dataclass
class Screen:
    """One page of a browser, as a person sees it."""

    page: Page
    served: Served
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    may_lose_server: bool = False
    may_wait: bool = False  # for another's work: the page asks again, and Chromium tells each 409

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._request)

    def open(self, path: str = "/") -> Screen:
        self.page.goto(self.served.url + path)
        return self.ready()

    def ready(self) -> Screen:
        """Wait until everything the address asks for is painted."""
        self.page.wait_for_selector(READY, timeout=PATIENCE)
        return self

    def doing(self, act: Callable[[], Any]) -> Screen:
        """Do something that changes the address, and wait until it is painted."""
        before = self.page.evaluate("location.href.split('#')[0]")
        act()
        self.page.wait_for_url(lambda url: url.split("#")[0] != before, timeout=PATIENCE)
        return self.ready()

    @property
    def search(self) -> str:
        return unquote(str(self.page.evaluate("location.search")))

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def number(self, indicator: str) -> float:
        card = self.page.locator(f'[data-indicator="{indicator}"]')
        return float(card.get_attribute("data-value") or "nan")

    def crumbs(self) -> list[str]:
        return self.page.locator("nav[aria-label] > a").all_inner_texts()

    def drawn(self, layer: str) -> list[dict[str, Any]]:
        """Features of a style layer that are on the screen now."""
        return list(
            self.page.evaluate(
                """id => onemap.map.queryRenderedFeatures(undefined, {layers: [id]}).map(f => ({
                    id: f.id, properties: f.properties, state: f.state,
                }))""",
                layer,
            )
        )

    def click_map(self, lon: float, lat: float) -> None:
        x, y = self.page.evaluate(
            """([lon, lat]) => { const p = onemap.map.project([lon, lat]);
               const box = onemap.map.getContainer().getBoundingClientRect();
               return [p.x + box.x, p.y + box.y]; }""",
            [lon, lat],
        )
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)

    def summary(self, search: str = "") -> dict[str, Any]:
        """What the API says of an address."""
        with urlopen(f"{self.served.url}/api/summary{search}") as answer:
            return dict(json.load(answer))

    def check(self) -> None:
        assert self.said == []
        assert self.elsewhere == []
        wide, inner = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= inner, f"the layout is {wide} px wide in a window of {inner}"

    def _console(self, message: Any) -> None:
        lost = self.may_lose_server and "net::ERR" in message.text
        waits = self.may_wait and "409 (CONFLICT)" in message.text
        if message.type in {"error", "warning"} and not lost and not waits:
            self.said.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.served.url, "data:", "blob:")):
            self.elsewhere.append(request.url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def district(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration district at scale tiny, with a wall that hurries."""
    folder = tmp_path_factory.mktemp("district") / "data"
    shutil.copytree(tiny_folder, folder)
    place = folder / "place.toml"
    place.write_text(place.read_text("utf-8").replace("wall_seconds = 20", "wall_seconds = 4"))
    with serving(folder) as served:
        yield served


@pytest.fixture
def alone(tiny_folder: Path, tmp_path: Path) -> Iterator[Served]:
    """A server of its own, that a test may stop, or send tickets to."""
    folder = tmp_path / "data"
    shutil.copytree(tiny_folder, folder)
    with serving(folder) as served:
        yield served


@pytest.fixture
def screen(chromium: Browser, district: Served) -> Iterator[Callable[..., Screen]]:
    """Open screens of a size; each is checked when the test ends.

    They belong to readers who asked for less motion, so that no test waits for a flight.
    """
    opened: list[Screen] = []

    def open_screen(width: int = 1440, height: int = 810, **more: Any) -> Screen:
        served = more.pop("served", district)
        asked = {"reduced_motion": "reduce", **more}
        context = chromium.new_context(viewport={"width": width, "height": height}, **asked)
        one = Screen(context.new_page(), served)
        opened.append(one)
        return one

    yield open_screen
    for one in opened:
        one.check()
        one.page.context.close()
