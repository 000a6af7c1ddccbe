"""What is acknowledged is on every open page in three seconds; no page asks twice at once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import PATIENCE, Screen, Served

pytestmark = pytest.mark.browser
Screens = Callable[..., Screen]


DAY = "2024-06-30T20:00:00+08:00"
TICKET = {"created_at": DAY, "category": "社会秩序/噪声扰民/广场舞", "lon": 118.055, "lat": 36.81}


def send(served: Served, *idents: str) -> None:
    """Post tickets of the last day of the data, in the middle of the district."""
    body = json.dumps([{"id": ident, **TICKET} for ident in idents]).encode()
    headers = {"Content-Type": "application/json"}
    request = Request(f"{served.url}/api/intake/tickets", body, headers)
    with urlopen(request) as answer:
        assert answer.status == 201


def test_a_live_ticket_is_in_the_numbers_the_list_and_on_the_map_without_a_reload(
    screen: Screens, alone: Served
) -> None:
    page = screen(served=alone).open("/?layers=tickets#map=15.5/36.81/118.055")
    before = page.number("total")
    page.page.evaluate("window.before = true")
    send(alone, "LIVE-1")
    card = page.page.locator('[data-indicator="total"]')
    expect(card).to_have_attribute("data-value", str(int(before) + 1), timeout=PATIENCE)
    expect(page.page.locator('.slot--list a[href*="LIVE-1"]')).to_be_visible()
    page.page.wait_for_function(
        """() => onemap.map.queryRenderedFeatures(undefined, {layers: ["tickets-point"]})
            .some(f => f.properties.id === "LIVE-1")""",
        timeout=PATIENCE,
    )
    assert page.page.evaluate("window.before === true")
    assert page.summary()["total"] == before + 1


def test_a_slow_server_is_not_asked_again_while_it_answers(screen: Screens, alone: Served) -> None:
    """Every answer takes ten times as long as usual; tickets go on coming."""
    page = screen(served=alone).open("/")
    asked: dict[str, list[tuple[float, float]]] = {"version": [], "screen": []}

    def slowly(kind: str) -> Callable[[Route], None]:
        def answer(route: Route) -> None:
            began = time.monotonic()
            fetched = route.fetch()
            page.page.wait_for_timeout(9_000 * (time.monotonic() - began))
            asked[kind].append((began, time.monotonic()))
            route.fulfill(response=fetched)

        return answer

    def of_the_screen(route: Route) -> Any:
        body = route.request.post_data or ""
        return slowly("screen")(route) if '"output":"..map.scene' in body else route.continue_()

    page.page.route("**/version.json", slowly("version"))
    page.page.route("**/_dash-update-component**", of_the_screen)
    before = page.number("total")
    for n in range(4):
        send(alone, f"SLOW-{n}")
        page.page.wait_for_timeout(700)
    card = page.page.locator('[data-indicator="total"]')
    expect(card).to_have_attribute("data-value", str(int(before) + 4), timeout=PATIENCE)
    page.page.unroute_all(behavior="wait")
    for kind, spans in asked.items():
        assert spans, f"{kind} was never asked"
        for (_, ended), (began, _) in pairwise(spans):
            assert began >= ended, f"{kind} was asked again before it had answered"
