from __future__ import annotations

from typing import get_args

import pytest

from callbacks.pages import CONTROLS, PAGES, PANELS, TITLES, control_id, panel_id
from layers._layer import Page as PageId


def test_three_audiences_have_three_paths():
    assert {path: page.id for path, page in PAGES.items()} == {
        **{"/wall": "wall", "/": "leader", "/plan": "plan"}
    }
    assert {page.id for page in PAGES.values()} == set(get_args(PageId))
    assert all(page.path == path for path, page in PAGES.items())


def test_night_for_the_wall_and_the_leader_day_for_the_desk():
    assert {path: page.theme.id for path, page in PAGES.items()} == {
        **{"/wall": "dark", "/": "dark", "/plan": "light"}
    }


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.id)
def test_a_page_names_every_panel_once(page):
    assert len(page.panels) == len(set(page.panels))
    assert set(page.panels) - {"indicators", "controls"} <= set(TITLES)


def test_the_wall_shows_neither_people_nor_who_is_late():
    assert not {"detail", "red"} & set(PAGES["/wall"].panels)


def test_a_leader_sees_what_is_red_before_anything_else_that_is_listed():
    panels = PAGES["/"].panels
    assert panels.index("red") < panels.index("ranking")


def test_ids_are_matched_by_the_patterns():
    for ident, pattern in ((panel_id("trend"), PANELS), (control_id("metric"), CONTROLS)):
        assert set(ident) == set(pattern)
        assert ident["type"] == pattern["type"]


def test_headings_are_in_both_languages():
    for title in TITLES.values():
        assert bool(title.zh) == bool(title.en)
        assert title.en.isascii()
