"""Bytes over the wire between a real Chromium and the server: opening, filtering, dragging."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.ground import Ground
from benchmarks.proxy import POLLING, Exchange, counting
from benchmarks.report import Row, Table, kb
from benchmarks.served import serving
from benchmarks.window import Window, chromium, window

TABLE_LIBRARY = "dash_ag_grid"
DESK, WALL, WALL_4K = (1600, 900), (1920, 1080), (3840, 2160)
OPENED = (  # path, window, limit in MB, whether the table library may come
    ("/", DESK, 2.0, False),
    ("/wall", WALL, 2.0, False),
    ("/wall", WALL_4K, 2.0, False),
    ("/plan", DESK, 2.8, True),
)
FILTER_KB = 40.0
KINDS = ("code", "geometry", "tiles", "answers", "polling")
OPEN_HEAD = (
    *("cold load", "requests", *(f"{kind} kB" for kind in KINDS), "in all, kB", "sent up, kB"),
    *("table library",),
)
ACT_HEAD = (
    *("act", "requests", "tiles kB", "polling kB", "geometry requests"),
    *("beside tiles and polling: down kB", "up kB"),
)


def tables(ground: Ground) -> Iterator[Table]:
    """Cold loads, then what a reader does on a page that is open."""
    with ground.unvisited() as folder:
        yield from _measured(folder)


def _measured(folder: Path) -> Iterator[Table]:
    with serving(folder) as served, counting(served.port) as wire, chromium() as browser:
        opened = []
        for path, size, limit, may_have_table in OPENED:
            with window(browser, wire, *size) as page:
                name = f"{path} at {size[0]}×{size[1]}"
                opened.append(_opened(name, page.open(path), limit, may_have_table))
        asked_for = " · ".join(sorted({e.encodings for e in wire.exchanges if e.encodings}))
        note = f"Heads and bodies, web workers included; Chromium accepted: {asked_for}."
        yield Table("Bytes of a cold load", OPEN_HEAD, tuple(opened), (note,))
        acts = []
        for path, name, act, limit in ACTS:
            with window(browser, wire, *DESK) as page:
                page.open(path)
                acts.append(_acted(f"{path}: {name}", page.during(lambda: act(page)), limit))  # noqa: B023
        yield Table("Bytes of an act", ACT_HEAD, tuple(acts))


def _opened(name: str, moved: list[Exchange], limit: float, may_have_table: bool) -> Row:
    of_kind = [down(moved, kind) for kind in KINDS]
    has_table = any(TABLE_LIBRARY in exchange.path for exchange in moved)
    cells = (
        name,
        str(len(moved)),
        *map(kb, of_kind),
        kb(sum(of_kind)),
        kb(sum(e.up for e in moved)),
        "yes" if has_table else "no",
    )
    aim = f"≤ {limit} MB" + ("" if may_have_table else ", no table library")
    return Row(cells, aim, sum(of_kind) <= limit * 1e6 and (may_have_table or not has_table))


def _acted(name: str, moved: list[Exchange], limit: float) -> Row:
    """A row whose bytes beside tiles, both ways, should not exceed a limit in kB."""
    rest = [e for e in moved if kind_of(e) not in {"tiles", "polling"}]
    geometry = sum(kind_of(e) == "geometry" for e in moved)
    told, sent = sum(e.down for e in rest), sum(e.up for e in rest)
    cells = (
        name,
        str(len(moved)),
        kb(down(moved, "tiles")),
        kb(down(moved, "polling")),
        str(geometry),
        kb(told),
        kb(sent),
    )
    met = told + sent <= limit * 1000 and not geometry
    return Row(cells, f"≤ {limit:g} kB both ways, no geometry", met)


def kind_of(exchange: Exchange) -> str:
    """What an exchange is about, by its path."""
    path = exchange.bare
    if path == POLLING:
        return "polling"
    if path.startswith(("/vendor/", "/_dash-component-suites/", "/assets/")):
        return "code"
    return {"tiles": "tiles", "geo": "geometry"}.get(path.split("/")[1], "answers")


def down(moved: Iterable[Exchange], kind: str) -> int:
    """Bytes sent to the browser for one kind."""
    return sum(exchange.down for exchange in moved if kind_of(exchange) == kind)


def _last_week(page: Window) -> None:
    page.page.locator(".periods a").nth(1).click()


def _one_status(page: Window) -> None:
    page.page.get_by_label("办理").first.click()
    page.page.locator('[data-combobox-option][value="open"]:visible').click()


def _into_a_street(page: Window) -> None:
    page.page.locator(".panel--ranking li a").first.click()


def _drag(page: Window) -> None:
    box = page.page.locator("#map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    before = page.page.evaluate("location.hash")
    page.page.mouse.move(x + box["width"] / 3, y + box["height"] / 4, steps=8)
    page.page.mouse.up()
    page.page.wait_for_function("before => location.hash !== before", arg=before)


ACTS: tuple[tuple[str, str, Callable[[Window], None], float], ...] = (
    ("/", "another period", _last_week, FILTER_KB),
    ("/", "into a street", _into_a_street, FILTER_KB),
    ("/plan", "a status", _one_status, FILTER_KB),
    ("/", "a drag", _drag, 0),
)
