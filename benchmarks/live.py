"""Tickets as they come: acknowledged one by one, and on the page that is open."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from unittest.mock import patch

import apsw
import numpy as np
import orjson
import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Page

from benchmarks.clock import Times, progress, timed
from benchmarks.ground import ROOT, Ground
from benchmarks.report import NO_AIM, Row, Table, at_most, ms
from benchmarks.senders import ROUTE, Sent, Task
from benchmarks.served import Served, serving
from benchmarks.visitor import visiting
from benchmarks.waiting import copy, entries, tickets
from benchmarks.window import PATIENCE, READY, chromium
from geodata.store.journal import SYNCHRONOUS

SENDERS = (4, 4)  # threads of each process
SECONDS = 10.0
PER_SECOND = 500
ON_PAGE_SECONDS = 3.0
ROUNDS = 5
TOTAL = '[data-indicator="total"]'
SHOWS = f"n => Number(document.querySelector('{TOTAL}')?.dataset.value) === n"


def tables(ground: Ground) -> Iterator[Table]:
    yield _sustained(ground)
    yield _on_the_page(ground)


def _sustained(ground: Ground) -> Table:
    """Eight clients, each with the next ticket as soon as the last is acknowledged."""
    seconds = 2.0 if ground.quick else SECONDS
    rows = []
    with copy(ground) as folder:
        for compactor in ("elsewhere", "inside"):
            with (
                patch.dict(os.environ, {"ONEMAP_COMPACTOR": compactor, "ONEMAP_WORKERS": "1"}),
                serving(folder) as served,
            ):
                for keyed in (False, True):
                    name = f"compactor {compactor}, {'a key each' if keyed else 'no keys'}"
                    before = _processor(served)
                    sent = _sent(ground, served, seconds, keyed)
                    each = (_processor(served) - before) / max(1, len(sent.taken))
                    rows.append(_row(name, sent, seconds, each))
    rows.append(_alone(ground, seconds))
    notes = (
        f"{sum(SENDERS)} threads in {len(SENDERS)} processes, on the same cores as the server;",
        "CPU: the server's own, without the senders'; less moved by neighbours than the rate.",
        "SQLite alone: one process, one table, WAL and synchronous=FULL, no HTTP, no checks.",
    )
    head = (
        "one ticket a request",
        "acknowledged",
        "a second",
        "p50 ms",
        "p99 ms",
        "CPU ms each",
        "refused",
    )
    return Table("Sustained intake, one worker", head, tuple(rows), notes)


def _row(name: str, sent: Sent, seconds: float, each: float) -> Row:
    rate = len(sent.taken) / seconds
    cells = (*_told(name, sent, seconds), ms(each), str(len(sent.refused)))
    return Row(cells, f"≥ {PER_SECOND} a second", rate >= PER_SECOND)


def _alone(ground: Ground, seconds: float) -> Row:
    start, sent = time.process_time(), _committed(ground, seconds)
    each = (time.process_time() - start) / len(sent.taken)
    name = "SQLite alone, one commit a row"
    return Row((*_told(name, sent, seconds), ms(each), NO_AIM))


def _told(name: str, sent: Sent, seconds: float) -> tuple[str, ...]:
    """Name, count, rate, median and 99th percentile."""
    p50, p99 = (float(np.percentile(sent.taken, share)) for share in (50, 99))
    return name, f"{len(sent.taken):,}", f"{len(sent.taken) / seconds:,.0f}", ms(p50), ms(p99)


def _processor(served: Served) -> float:
    """Seconds of processor time that the server has used so far."""
    first = psutil.Process(served.process.pid)
    times = [p.cpu_times() for p in (first, *first.children(recursive=True))]
    return float(sum(t.user + t.system for t in times))


def _sent(ground: Ground, served: Served, seconds: float, keyed: bool) -> Sent:
    at = time.time() + 2  # the processes have started by then
    running = []
    for i, threads in enumerate(SENDERS):
        task = Task(
            port=served.port,
            name=f"{int(at)}-{i}",
            threads=threads,
            seconds=seconds,
            at=at,
            keyed=keyed,
            ticket=tickets(ground, 1)[0],
        )
        words = [sys.executable, "-m", "benchmarks.senders", json.dumps(asdict(task))]
        running.append(subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True))
    told = [json.loads(process.communicate()[0]) for process in running]
    return Sent([t for e in told for t in e["taken"]], [s for e in told for s in e["refused"]])


def _committed(ground: Ground, seconds: float) -> Sent:
    """What the disk allows: rows of the same size, each with a commit of its own."""
    row = entries(ground, tickets(ground, 1))[0].row
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ground.folder.parent) as name:
        connection = apsw.Connection(str(Path(name) / "plain.sqlite"))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        connection.execute("CREATE TABLE inbox (seq INTEGER PRIMARY KEY, row BLOB NOT NULL)")
        sent, end = Sent(), time.perf_counter() + seconds
        while time.perf_counter() < end:
            sent.taken.append(
                timed(lambda: connection.execute("INSERT INTO inbox (row) VALUES (?)", (row,)))
            )
        connection.close()
    return sent


def _on_the_page(ground: Ground) -> Table:
    """From the acknowledgement to the number on a page that is open, and what a reload takes."""
    rounds = 2 if ground.quick else ROUNDS
    seen, reloads, trips = [], [], []
    with copy(ground) as folder, serving(folder) as served, chromium() as browser:
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.goto(f"http://127.0.0.1:{served.port}/")
        page.wait_for_selector(READY)
        for n in progress(range(rounds + 1), "tickets"):
            seen.append(_until_shown(ground, page, served, f"page-{n}"))
            trips.append(_refreshed(served, f"?hours={n}/{n + 1}"))
        for _ in range(rounds):
            reloads.append(timed(lambda: _reloaded(page)))
    median = Times(tuple(seen[1:])).median
    longest = f"{max(seen[1:]):.2f}"
    rows = (
        at_most(
            ("acknowledged → number on the page", f"{median:.2f}", longest),
            median,
            ON_PAGE_SECONDS,
            "s",
        ),
        Row(("one refresh of the page, at the server", *_two(trips[1:]))),
        Row(("reload until painted, as without it", *_two(reloads))),
    )
    notes = ("The page asks for the data's version once a second, one request at a time.",)
    return Table(
        "A ticket on an open page, 1600×900", ("what", "median s", "longest s"), rows, notes
    )


def _refreshed(served: Served, search: str) -> float:
    """Seconds of a page's round trip for an address that nobody has asked for."""
    with visiting(served.port) as visitor:
        visitor.refresh("/", "")  # knows the page's panels from now on
        return timed(lambda: visitor.refresh("/", search))


def _two(seconds: list[float]) -> tuple[str, str]:
    return f"{Times(tuple(seconds)).median:.2f}", f"{max(seconds):.2f}"


def _until_shown(ground: Ground, page: Page, served: Served, ident: str) -> float:
    before = int(page.get_attribute(TOTAL, "data-value") or 0)
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    body = orjson.dumps({"id": ident, **tickets(ground, 1)[0]})
    connection.request("POST", ROUTE, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    start = time.perf_counter()
    if answer.status != 201:
        raise SystemExit(f"The ticket was answered with {answer.status}: {answer.read()!r}")
    connection.close()
    page.wait_for_function(SHOWS, arg=before + 1, polling=20)
    return time.perf_counter() - start


def _reloaded(page: Page) -> None:
    page.reload()
    page.wait_for_selector(READY)
