"""What a planner does at the desk, in a real Chromium."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser
Screens = Callable[..., Screen]


def test_filters_narrow_every_number_and_reach_the_export(screen: Screens) -> None:
    planner = screen().open("/plan")
    whole = planner.number("total")
    states = planner.page.locator('.ag-row [col-id="status"]')
    expect(states.first).not_to_be_empty()
    planner.page.get_by_label("办理").first.click()
    option = planner.page.locator('[data-combobox-option][value="open"]:visible')
    planner.doing(option.click)
    assert "tickets.status=open" in planner.search
    told = planner.summary(planner.page.evaluate("location.search"))
    assert planner.number("total") == told["total"] < whole
    href = planner.page.locator(".exports a[href^='/export/grids.csv']").get_attribute("href")
    with urlopen(planner.served.url + str(href)) as answer:
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert sum(int(row["total"]) for row in rows) == sum(a["total"] for a in told["areas"])
    shown = re.compile("在办|超期")
    expect(planner.page.locator('[row-index="0"] [col-id="status"]')).to_have_text(shown)
    assert set(states.all_inner_texts()) <= {"在办", "超期"}


def test_layers_switch_fade_and_come_back(screen: Screens) -> None:
    planner = screen().open("/plan")
    planner.doing(planner.page.locator('[data-layer="smoke"] [type=checkbox]').uncheck)
    assert planner.page.evaluate("onemap.map.getLayer('smoke-heat') === undefined")
    planner.doing(planner.page.locator('[data-layer="addresses"] [type=checkbox]').check)
    assert planner.drawn("addresses-count")
    slider = planner.page.locator('[data-layer="grids"] [role="slider"]')
    slider.focus()
    planner.doing(lambda: planner.page.keyboard.press("ArrowLeft"))
    assert "grids:90" in planner.search
    planner.page.go_back()
    planner.page.go_back()
    planner.page.go_back()
    planner.ready()
    assert planner.search == ""
    expect(planner.page.locator('[data-layer="smoke"] [type=checkbox]')).to_be_checked()


def test_the_table_reads_on_by_key(screen: Screens) -> None:
    planner = screen().open("/plan?datetime=../..")
    first = planner.page.locator('.ag-row [col-id="category"]').first
    expect(first).not_to_be_empty()
    viewport = planner.page.locator(".ag-body-viewport")
    viewport.evaluate("e => { e.scrollTop = 100 * 32 + 40; }")
    far = planner.page.locator('.ag-row[row-index="110"] [col-id="created_at"]')
    expect(far).not_to_be_empty(timeout=PATIENCE)


def test_playback_moves_map_and_charts_together_and_leaves_no_history(screen: Screens) -> None:
    planner = screen().open("/plan?datetime=2024-05-01/2024-05-04")
    depth = planner.page.evaluate("history.length")
    total = planner.number("total")
    seen: list[tuple[str, float]] = []
    planner.page.locator('[data-play="day"]').click()
    for day in ("01", "02", "03"):
        planner.page.wait_for_url(re.compile(f"datetime=2024-05-{day}/"), timeout=PATIENCE)
        planner.ready()
        seen.append((day, planner.number("total")))
    planner.page.wait_for_url(re.compile("datetime=2024-05-01/2024-05-04"), timeout=PATIENCE)
    planner.ready()
    assert sum(count for _, count in seen) == total
    assert planner.page.evaluate("history.length") == depth


def test_english_switches_every_word(screen: Screens) -> None:
    planner = screen().open("/plan?lang=en")
    chinese = planner.page.evaluate(
        """() => {
          const own = '.lang, .list-where, .person, .table, .ag-root, blockquote';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          while (walker.nextNode()) {
            const { parentElement: e, textContent: t } = walker.currentNode;
            const code = ['SCRIPT', 'STYLE'].includes(e.tagName);
            if (/[\\u4e00-\\u9fff]/.test(t) && !e.closest(own) && !code) found.push(t);
          }
          return found; }"""
    )
    assert chinese == []
    assert planner.crumbs() == ["Zhangdian District"]


def test_nothing_can_be_clicked_that_cannot_be_focused(screen: Screens) -> None:
    planner = screen().open("/plan")
    unreachable = planner.page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter(e => e.checkVisibility() && getComputedStyle(e).cursor === 'pointer'
            && getComputedStyle(e.parentElement).cursor !== 'pointer'
            && !e.closest('.ag-root-wrapper, .js-plotly-plot, canvas, label, .mantine-Slider-root')
            && !e.matches('a[href], button, input, select, textarea, [tabindex]')
            && !e.querySelector('a[href], button, input, [tabindex]'))
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert unreachable == []
