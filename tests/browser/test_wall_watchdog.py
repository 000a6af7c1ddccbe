"""A wall survives what happens to walls: a server that goes, a GPU that resets, a new build."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, READY, Screen, Served

pytestmark = pytest.mark.browser
Screens = Callable[..., Screen]


def test_a_lost_server_is_said_with_the_time_of_the_data_and_unsaid_when_it_is_back(
    screen: Screens, alone: Served
) -> None:
    wall = screen(1920, 1080, served=alone)
    wall.may_lose_server = True
    wall.open("/wall")
    bar = wall.page.locator("#watchdog")
    expect(bar).to_be_hidden()
    alone.stop()
    expect(bar).to_be_visible(timeout=PATIENCE)
    expect(bar).to_contain_text("连接中断")
    expect(bar).to_contain_text("2024-07-01 00:00")
    assert wall.page.locator('[data-indicator="total"]').get_attribute("data-value")
    alone.start()
    expect(bar).to_be_hidden(timeout=PATIENCE)
    wall.page.wait_for_selector(READY, timeout=PATIENCE)


def test_a_lost_webgl_context_gives_the_map_back_with_the_same_scene(screen: Screens) -> None:
    wall = screen(1920, 1080).open("/wall")
    wall.page.keyboard.press("Shift")  # hold the round, so that the scene stays the same
    wall.page.wait_for_selector(READY, timeout=PATIENCE)
    search = wall.search
    # Asked in the page itself, because a busy one may be back before anybody looks from outside.
    with wall.page.expect_event("load", timeout=PATIENCE):
        ready = wall.page.evaluate(
            """() => new Promise((told) => {
                const ready = () => told(document.getElementById("map").dataset.ready);
                addEventListener("webglcontextlost", () => setTimeout(ready), true);
                const gl = onemap.map.getCanvas().getContext("webgl2");
                gl.getExtension("WEBGL_lose_context").loseContext();
            })"""
        )
    assert ready == "false"
    assert wall.search == search  # before the round goes on, which takes its time from here
    wall.ready()
    assert wall.page.evaluate("!onemap.map.getCanvas().getContext('webgl2').isContextLost()")
    assert wall.drawn("grids-fill")


def test_a_scene_that_comes_while_the_context_is_lost_is_drawn_when_it_is_back(
    screen: Screens,
) -> None:
    page = screen(1920, 1080).open("/")
    drawn = page.drawn("grids-fill")
    with page.page.expect_response("**/_dash-update-component**", timeout=PATIENCE):
        page.page.evaluate(
            """() => {
                const canvas = onemap.map.getCanvas();
                window.lost = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
                canvas.addEventListener("webglcontextlost", () => onemap.refresh(), { once: true });
                lost.loseContext();
            }"""
        )
    with page.page.expect_event("console", lambda told: told.text == "back", timeout=PATIENCE):
        page.page.evaluate(
            """() => requestAnimationFrame(() => {
                addEventListener("onemap-scene", () => console.info("back"), { once: true });
                lost.restoreContext();
            })"""
        )
    page.ready()
    assert page.drawn("grids-fill") == drawn


def test_a_new_build_reloads_the_wall(screen: Screens) -> None:
    wall = screen(1920, 1080)
    wall.open("/wall")
    wall.page.evaluate("window.before = true")
    wall.page.route(
        "**/version.json",
        lambda route: route.fulfill(
            json={
                "build": "another",
                "data_version": "1",
                "data_until": "2024-07-01T00:00:00+08:00",
            },
            headers={"Date": "Mon, 01 Jul 2024 00:00:00 GMT"},
        ),
        times=1,
    )
    with wall.page.expect_navigation(timeout=PATIENCE):
        pass
    wall.ready()
    assert wall.page.evaluate("window.before === undefined")


def test_the_wall_tells_the_servers_time_and_hides_the_cursor(screen: Screens) -> None:
    wall = screen(1920, 1080).open("/wall")
    expect(wall.page.locator("#clock")).to_contain_text(":")
    expect(wall.page.locator(".page--wall.is-idle")).to_be_visible(timeout=PATIENCE)
    assert wall.page.evaluate("getComputedStyle(document.getElementById('body')).cursor") == "none"


def test_newer_data_is_on_every_open_page_without_a_reload(screen: Screens, alone: Served) -> None:
    from geodata.__main__ import main

    wall = screen(1920, 1080, served=alone).open("/")
    before = wall.number("total")
    wall.page.evaluate("window.before = true")
    rows = alone.folder.parent / "new.csv"
    rows.write_text(
        "id,created_at,category,lon,lat\nNEW1,2024-06-30T12:00:00,市容环境/其他/其他,118.04,36.81\n"
    )
    assert main(["import", "tickets", str(rows), "--data", str(alone.folder)]) == 0
    card = wall.page.locator('[data-indicator="total"]')
    expect(card).to_have_attribute("data-value", str(int(before) + 1), timeout=PATIENCE)
    assert wall.page.evaluate("window.before === true")
