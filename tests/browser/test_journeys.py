"""What people do at the cockpit, in a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Screen

pytestmark = pytest.mark.browser
GRIDS = 1466
Screens = Callable[..., Screen]


def test_opening_shows_the_whole_district_painted(screen: Screens) -> None:
    leader = screen().open("/")
    told = leader.summary()
    assert [leader.number(i) for i in ("total", "smoke", "open", "overdue")] == [
        told[i] for i in ("total", "smoke", "open", "overdue")
    ]
    grids = leader.drawn("grids-fill")
    assert len({g["id"] for g in grids}) == GRIDS
    painted = {g["id"] for g in grids if g["state"].get("v", 0) > 0}
    assert sum(g["state"]["v"] for g in {g["id"]: g for g in grids}.values()) == sum(
        area["total"] for area in told["areas"]
    )
    assert len(painted) > 50
    names = {f["properties"]["name"] for f in leader.drawn("areas-child-label")}
    assert len(names) >= 10
    assert leader.crumbs() == ["张店区"]
    assert "演示数据" in leader.text(".map-marks")
    assert leader.page.locator("[data-legend=grids] .legend-row").count() >= 2


def test_the_first_screen_is_one_refresh_whatever_the_layers(screen: Screens) -> None:
    leader = screen()
    asked: list[str] = []

    def note(request: Any) -> None:
        if request.method == "POST":
            asked.append(json.loads(request.post_data)["output"])

    leader.page.on("request", note)
    leader.open("/?layers=grids,areas,smoke,markets,addresses,tickets")
    assert len([output for output in asked if "map.scene" in output]) == 1


def test_a_deep_link_shows_what_it_says(screen: Screens) -> None:
    search = "?area=370303009&metric=smoke&datetime=2024-05-01/2024-06-01&hours=17/23"
    leader = screen().open(f"/{search}")
    assert leader.crumbs() == ["张店区", "马尚街道"]
    assert leader.number("smoke") == leader.summary(search)["smoke"]
    assert "17:00–23:00" in leader.text(".slot--asof")
    assert (
        leader.page.locator('.indicator[aria-current="true"]').get_attribute("data-indicator")
        == "smoke"
    )


def test_a_link_with_a_camera_looks_where_it_says(screen: Screens) -> None:
    leader = screen().open("/#map=14.50/36.81000/118.05000")
    assert leader.page.evaluate("onemap.map.getZoom().toFixed(2)") == "14.50"
    assert leader.page.evaluate("onemap.map.getCenter().lat.toFixed(4)") == "36.8100"


def test_drill_from_the_district_to_one_appeal_and_back(screen: Screens) -> None:
    leader = screen().open("/?datetime=../..")
    point = (118.0440, 36.8075)
    for depth in (2, 3, 4):  # street, community, grid: by the map
        leader.doing(lambda: leader.click_map(*point))
        assert len(leader.crumbs()) == depth
        code = leader.search.partition("area=")[2].partition("&")[0]
        assert leader.number("total") == leader.summary(leader.search)["total"], code
    leader.page.go_back()
    leader.ready()
    row = leader.page.locator(".panel--ranking li a").first  # a grid: by the ranking
    leader.doing(row.click)
    assert len(leader.crumbs()) == 4
    assert leader.page.locator(".people li").count() == 8
    assert "*" in leader.text(".people .person")
    leader.doing(leader.page.locator(".panel--ranking li a").first.click)  # an address
    assert "selected=addresses:" in leader.search
    leader.doing(leader.page.locator(".detail .list a").first.click)  # one of its appeals
    assert "selected=tickets:" in leader.search
    assert len(leader.crumbs()) == 6
    assert leader.page.locator(".steps li").count() >= 1
    expect(leader.page.locator(".detail .lamp").first).to_be_visible()
    for _ in range(5):
        leader.page.go_back()
        leader.ready()
    assert leader.crumbs() == ["张店区"]
    assert leader.search == "?datetime=../.."


def test_escape_goes_one_step_up(screen: Screens) -> None:
    leader = screen().open("/?area=370303002002")
    leader.doing(lambda: leader.page.keyboard.press("Escape"))
    assert leader.crumbs() == ["张店区", "公园街道"]
    leader.doing(lambda: leader.page.keyboard.press("Escape"))
    assert leader.crumbs() == ["张店区"]


def test_hover_names_the_street_and_its_number_without_the_server(screen: Screens) -> None:
    leader = screen().open("/")
    street = next(a for a in leader.summary()["areas"] if a["name"] == "中埠镇")
    asked: list[str] = []
    leader.page.on("request", lambda request: asked.append(request.url))
    x, y = leader.page.evaluate(
        "(() => { const f = onemap.map.queryRenderedFeatures(undefined, "
        "{layers: ['areas-child-label']}).find(f => f.properties.name === '中埠镇');"
        "const p = onemap.map.project(f.geometry.coordinates);"
        "const b = onemap.map.getContainer().getBoundingClientRect(); return [p.x+b.x, p.y+b.y]})()"
    )
    leader.page.mouse.move(x - 3, y)
    leader.page.mouse.move(x, y)
    tip = leader.page.locator(".map-tip")
    expect(tip).to_contain_text("中埠镇")
    expect(tip).to_contain_text(f"诉求 {street['total']} 件")
    assert [url for url in asked if "/version.json" not in url] == []


def test_a_drag_asks_the_server_for_nothing_but_tiles(screen: Screens) -> None:
    leader = screen().open("/")
    asked: list[str] = []
    leader.page.on("request", lambda request: asked.append(request.url))
    box = leader.page.locator("#map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = leader.page.evaluate("location.hash")
    leader.page.mouse.move(x, y)
    leader.page.mouse.down()
    leader.page.mouse.move(x + 160, y + 40, steps=6)
    leader.page.mouse.up()
    leader.page.wait_for_url(lambda url: before not in url, timeout=PATIENCE)
    others = [url for url in asked if "/tiles/" not in url and "/version.json" not in url]
    assert others == []


def test_a_number_paints_the_map_by_itself(screen: Screens) -> None:
    leader = screen().open("/")
    leader.doing(leader.page.locator('[data-indicator="overdue"]').click)
    assert "metric=overdue" in leader.search
    assert leader.text("[data-legend=grids] .legend-title").startswith("超期")


def test_search_finds_a_place_while_typing_and_enter_goes_there(screen: Screens) -> None:
    leader = screen().open("/")
    for text, expected in (
        ("和平街道", "area=370303004"),
        ("人民公园", "selected=landmarks:"),
        ("共青团西路", "selected=roads:"),
        ("便民早市", "selected=markets:"),
    ):
        leader.page.locator("#search").fill(text)
        expect(leader.page.locator("[data-combobox-option]").first).to_contain_text(text)
        leader.doing(lambda: leader.page.keyboard.press("Enter"))
        assert expected in leader.search


def test_what_a_link_gets_wrong_is_named_and_the_rest_is_shown(screen: Screens) -> None:
    leader = screen().open("/?area=999&metric=smoke&subway=1")
    notices = leader.text(".notices")
    assert "area=999" in notices
    assert "subway=1" in notices
    assert leader.crumbs() == ["张店区"]
    assert "油烟" in leader.text("[data-legend=grids] .legend-title")


def test_the_map_fits_a_phone(screen: Screens) -> None:
    phone = screen(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2).open("/")
    corners = phone.page.evaluate(
        "(() => { const b = onemap.map.getBounds(); return [b.getWest(), b.getSouth(), "
        "b.getEast(), b.getNorth()]; })()"
    )
    west, south, east, north = corners
    assert west < 117.95
    assert east > 118.18
    assert south < 36.72
    assert north > 36.90
    assert phone.number("total") == phone.summary()["total"]
    phone.doing(phone.page.locator(".panel--ranking li a").first.tap)
    assert len(phone.crumbs()) == 2


def test_the_keyboard_alone_drills_down_and_comes_back(screen: Screens) -> None:
    leader = screen().open("/")
    leader.page.locator("#search").focus()
    inside = "document.activeElement.closest('.panel--ranking') !== null"
    for _ in range(60):
        leader.page.keyboard.press("Tab")
        if leader.page.evaluate(inside):
            break
    assert leader.page.evaluate(inside)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert leader.page.evaluate(outline) == "solid"  # a reader sees where the focus is
    leader.doing(lambda: leader.page.keyboard.press("Enter"))
    assert len(leader.crumbs()) == 2
    leader.doing(lambda: leader.page.keyboard.press("Escape"))
    assert leader.crumbs() == ["张店区"]
