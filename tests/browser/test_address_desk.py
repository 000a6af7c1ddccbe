"""The address desk as a clerk uses it: a name, one click, what it placed, and the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geodata import tokens
from geodata.store.reader import Store
from tests.browser.conftest import PATIENCE, serving
from tests.geodata.desk import waiting
from tests.geodata.desk.waiting import HOMONYM, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Screen, Served

pytestmark = pytest.mark.browser

READY = '#queue[data-ready="true"]'


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Served]:
    """A town with names that wait; what a test decides it takes back."""
    with serving(waiting.build(tmp_path_factory.mktemp("office") / "data")) as served:
        yield served


@pytest.fixture
def address_desk(screen, office):
    def opened(path: str = "/plan/addresses", **more) -> Screen:
        at = screen(served=office, **more)
        at.may_wait = True
        at.open(path)
        if "#" not in path and "extra_http_headers" not in more:
            at.page.wait_for_selector(READY, timeout=PATIENCE)
        return at

    return opened


def shown(at: Screen, selector: str) -> None:
    at.page.wait_for_selector(f"{selector}:visible", timeout=PATIENCE)


def said(at: Screen, sentence: str) -> None:
    shown(at, f'#verdict-told:has-text("{sentence}")')


def choose(at: Screen, mention: str) -> None:
    at.page.click(f'.name[data-mention="{mention}"]')
    shown(at, f'#mention:has-text("{mention}")')


def addressed(office: Served) -> dict[str, str | None]:
    reader = Store(office.folder).reader()
    rows = reader.rows("SELECT id, address_id FROM tickets WHERE id LIKE 'W%'")
    return {row["id"]: row["address_id"] for row in rows}


def test_a_clerk_decides_and_takes_it_back(address_desk, office):
    before = addressed(office)
    at = address_desk()
    names = at.page.locator(".name-said").all_inner_texts()
    assert names == [HOMONYM, UNKNOWN]
    choose(at, HOMONYM)
    assert at.text("#unlocks") == "3"
    assert "2处同名" in at.text("#why")
    assert "13812345678" not in at.text("#examples")
    assert at.page.locator(".maplibregl-marker.pin").all_inner_texts() == ["1", "2"]
    shown(at, '.candidate[data-id="H2"] .candidate-would:has-text("3")')

    at.page.click('.candidate[data-id="H2"] .choose')
    said(at, "这一条决定定位了 3 件诉求")
    now = addressed(office)
    assert (now["W1"], now["W2"], now["W3"]) == ("H2", "H3", "H2")
    assert at.page.locator(".name-said").all_inner_texts() == [UNKNOWN]

    at.page.click("#verdict-undo")
    said(at, "已撤销")
    assert addressed(office) == before
    shown(at, f'.name[data-mention="{HOMONYM}"]')


def test_a_name_nobody_knew_is_given_an_address_that_is_searched_for(address_desk, office):
    at = address_desk()
    choose(at, UNKNOWN)
    at.page.fill("#other", "阳光新城")
    at.page.click('#found button:has-text("阳光新城")')
    said(at, "这一条决定定位了 2 件诉求")
    assert addressed(office)["W4"] == "Q1"

    at.page.click("#tab-decided")
    row = at.page.locator("#decisions li").first
    assert UNKNOWN in row.inner_text()
    assert "阳光新城" in row.inner_text()
    undo = row.locator("button")
    undo.click()
    assert "确认撤销 2 件" in undo.inner_text()
    undo.click()
    shown(at, "#decisions li:first-child.is-undone")
    assert addressed(office)["W4"] is None


def test_what_needs_no_decision_is_placed_with_one_click(address_desk, office):
    before = addressed(office)
    at = address_desk()
    assert "不需要认定" in at.text("#ready-told")
    count = re.findall(r"[\d,]+", at.text("#ready-told"))[0]
    at.page.click("#place")
    said(at, f"已定位 {count} 件诉求")
    assert at.page.locator("#ready").is_hidden()
    assert addressed(office)["W7"] == "Q1"

    at.page.click("#tab-decided")
    shown(at, '#decisions li:first-child:has-text("按地址库重新匹配")')
    undo = at.page.locator("#decisions li").first.locator("button")
    undo.click()
    undo.click()
    shown(at, "#decisions li:first-child.is-undone")
    assert addressed(office) == before
    at.page.click("#tab-queue")
    shown(at, "#ready")


def test_a_clerk_decides_on_while_the_last_decision_is_being_written(address_desk, office):
    at = address_desk()
    choose(at, HOMONYM)
    at.page.click('.candidate[data-id="H2"] .choose')
    shown(at, f'#mention:has-text("{UNKNOWN}")')  # the next name is open at once
    at.page.click("#no-place")
    said(at, f"“{UNKNOWN}”不再作为地名")
    assert addressed(office)["W1"] == "H2"
    shown(at, "#names .nothing")

    at.page.click("#tab-decided")
    for row in range(2):
        undo = at.page.locator("#decisions li").nth(row).locator("button")
        undo.click()
        undo.click()
        shown(at, f"#decisions li:nth-child({row + 1}).is-undone")
    assert addressed(office)["W1"] is None


def test_what_cannot_be_decided_comes_back_with_the_reason(address_desk, office):
    at = address_desk()
    at.may_lose_server = True
    choose(at, HOMONYM)
    at.page.route("**/api/addresses/decisions", lambda route: route.abort())
    at.page.click('.candidate[data-id="H2"] .choose')
    said(at, f"“{HOMONYM}”未能认定")
    shown(at, f'.name[data-mention="{HOMONYM}"]')
    assert addressed(office)["W1"] is None


def test_in_english_a_reason_is_english_and_what_people_said_is_marked_as_chinese(address_desk):
    at = address_desk("/plan/addresses?lang=en")
    choose(at, HOMONYM)
    assert at.text("#why") == f"Several places are called {HOMONYM}; nothing tells which is meant."
    assert at.page.locator("#why").get_attribute("lang") is None
    assert at.page.locator("#mention").get_attribute("lang") == "zh-CN"
    assert at.page.locator("#examples q").first.get_attribute("lang") == "zh-CN"


def test_what_is_no_place_leaves_the_queue(address_desk, office):
    at = address_desk()
    choose(at, UNKNOWN)
    at.page.click("#no-place")
    said(at, "不再作为地名")
    at.page.click("#verdict-undo")
    said(at, "已撤销")
    shown(at, f'.name[data-mention="{UNKNOWN}"]')


def test_every_figure_of_the_coverage_shows_what_it_is_a_part_of(address_desk):
    at = address_desk("/plan/addresses?lang=en")
    at.page.click("#tab-coverage")
    shown(at, '[data-share="matched"]')
    for node in at.page.locator(".share").all():
        assert " / " in node.locator(".share-parts").inner_text()
    assert at.page.locator("#without li").count() == 2
    at.page.go_back()
    shown(at, "#queue")


def test_a_browser_elsewhere_is_asked_for_a_token_and_works_with_one(address_desk, office):
    at = address_desk(extra_http_headers={"X-Forwarded-For": "10.1.2.3"})
    shown(at, "#token")
    at.page.fill("#token-text", tokens.issue(office.folder, "browser"))
    at.page.keyboard.press("Enter")
    shown(at, ".name")
    at.said[:] = [line for line in at.said if "401" not in line]


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (390, 844)])
@pytest.mark.parametrize("theme", ["", "?theme=light"])
def test_the_page_fits_its_screen_and_carries_its_marks(address_desk, size, theme):
    at = address_desk(f"/plan/addresses{theme}", width=size[0], height=size[1])
    assert at.text(".demo-mark") == "演示数据"
    assert "审图号" in at.text(".approval")
    box = at.page.locator("#mention").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
