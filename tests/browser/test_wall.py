"""What the wall does by itself, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser
GRIDS = 1466
Screens = Callable[..., Screen]


@pytest.mark.parametrize("size", [(3840, 2160), (1920, 1080), (3840, 1080)])
def test_the_wall_fills_every_canvas_without_a_scroll_bar(
    screen: Screens, size: tuple[int, int]
) -> None:
    wall = screen(*size).open("/wall")
    high, inner = wall.page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert high <= inner
    smallest = wall.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.page--wall *')]
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
            && e.checkVisibility() && !['SCRIPT', 'STYLE'].includes(e.tagName))
          .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= (15 if size[0] == 1920 else 18)
    assert len({g["id"] for g in wall.drawn("grids-fill")}) == GRIDS


def test_the_wall_goes_round_its_scenes_and_pauses_when_touched(screen: Screens) -> None:
    wall = screen(1920, 1080).open("/wall")
    wall.page.evaluate(
        """() => { window.seen = [];
          const page = document.querySelector(".page--wall");
          new MutationObserver(() => {
            if (seen.at(-1) !== page.dataset.scene) seen.push(page.dataset.scene);
          }).observe(page, {attributes: true, attributeFilter: ["data-scene"]}); }"""
    )
    wall.page.wait_for_function(
        "() => window.seen.join().includes('smoke,markets,ranking,overview')", timeout=4 * PATIENCE
    )
    depth = wall.page.evaluate("history.length")
    wall.page.keyboard.press("Shift")
    expect(wall.page.locator("#scenes")).not_to_have_class("scenes is-rotating")
    assert wall.page.evaluate("history.length") == depth
