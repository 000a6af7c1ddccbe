from __future__ import annotations

import pytest

from callbacks.indicators import plain
from callbacks.pages import PAGES
from layers._metrics import METRICS
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import having, links, nodes, props, text, texts

AREAS = ["", "?area=11", "?area=111", "?area=111001", "?area=121002", "?datetime=2020-01-01"]


def cards(place, search: str = "", path: str = "/") -> dict[str, dict]:
    panel = place.panel("indicators", search, path)
    return {props(n)["data-indicator"]: n for n in nodes(panel) if "data-indicator" in props(n)}


def card(place, ident: str, search: str = "") -> str:
    return text(cards(place, search)[ident])


def test_the_town_in_numbers(here):
    told = {ident: texts(node) for ident, node in cards(here).items()}
    assert told == {
        "total": ["诉求", "9", "件", "↑350.0% · 上期 2"],
        "smoke": ["油烟诉求", "3", "件", "↑200.0% · 上期 1"],
        "open": ["在办", "5", "件"],
        "overdue": ["超期", "2", "件"],
        "per_10k": ["万人诉求比", "—"],
        "change": ["较上期", "+350.0", "%"],
        "closed_rate": ["办结率", "44.4", "%"],
        "on_time_rate": ["按期办结率", "100.0", "%"],
        "unplaced": ["其中未定位", " ", "1", " ", "件"],
    }


def test_the_town_in_numbers_in_english(here):
    told = {ident: texts(node) for ident, node in cards(here, "?lang=en").items()}
    assert told["total"] == ["Appeals", "9", "appeals", "↑350.0% · 2 before"]
    assert told["per_10k"] == ["Per 10,000 residents", "—"]
    assert told["unplaced"] == ["without a place", " ", "1", " ", "appeals"]


@pytest.mark.parametrize("search", AREAS)
def test_cards_and_api_say_the_same(here, client, search):
    summary = client.get(f"/api/summary{search}").json
    known = set(summary) - {"areas", "data_version"}
    told = cards(here, search)
    leaf = {"unplaced"} if search in {"?area=111001", "?area=121002"} else set()
    assert set(told) == known - leaf
    for ident, node in told.items():
        value = props(node)["data-value"]
        assert (float(value) if value else None) == summary[ident]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (0, "0"),
        (1466, "1466"),
        (44.4, "44.4"),
        (350.0, "350"),
        (1234567.8, "1234567.8"),
    ],
)
def test_a_plain_number_loses_nothing(value, told):
    assert plain(value) == told


@pytest.mark.parametrize("path", PAGES)
def test_a_click_paints_the_map_by_the_metric(here, path):
    for metric in METRICS:
        (href,) = links(cards(here, "?area=11&hours=0/24", path)[metric.id])
        question = here.answers.question(href, here.now)
        assert question.view.metric == metric.id
        assert (question.view.area, question.notices) == ("11", ())


def test_the_shown_metric_is_marked(here):
    for metric in METRICS:
        told = cards(here, f"?metric={metric.id}")
        assert [i for i, node in told.items() if props(node).get("aria-current")] == [metric.id]


def test_each_card_says_what_it_counts(here):
    for metric in METRICS:
        assert props(cards(here)[metric.id])["title"] == metric.note.zh
        assert props(cards(here, "?lang=en")[metric.id])["title"] == metric.note.en


def mood(place, ident: str, search: str = "") -> str:
    (value,) = having(cards(place, search)[ident], class_="indicator-value")
    return props(value)["className"].removeprefix("indicator-value").strip()


def test_overdue_is_red_only_where_something_is(here):
    assert mood(here, "overdue") == "is-red"
    assert mood(here, "overdue", "?area=12") == ""
    assert mood(here, "total") == mood(here, "open") == ""


@pytest.mark.parametrize(
    ("search", "told", "feeling"),
    [
        ("", "+350.0", "is-bad"),  # nine after two
        ("?area=121", "0.0", ""),
        ("?datetime=2020-11-12&compare=2020-11-22", "−50.0", "is-good"),  # one after two
        ("?area=121002", "—", ""),
    ],
)
def test_a_change_is_coloured_by_what_it_means(here, search, told, feeling):
    assert texts(cards(here, search)["change"])[1] == told
    assert mood(here, "change", search) == feeling


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("", "↑350.0% · 上期 2"),
        ("?area=121", "→0.0% · 上期 1"),
        ("?datetime=2020-11-12&compare=2020-11-22", "↓50.0% · 上期 2"),
        ("?datetime=2020-11-22&tickets.smoke=no", "上期 0"),
    ],
)
def test_an_arrow_says_the_direction_and_the_count_before_stands_beside_it(here, search, told):
    assert texts(having(cards(here, search)["total"], class_="indicator-change")) == [told]


def test_a_large_count_before_is_told_like_any_other(tmp_path):
    old = [
        {"id": f"B{i}", "created_at": town.moment("10-01 12:00"), "category": "x"}
        for i in range(12_345)
    ]
    town.published(
        tmp_path, tickets=[*old, {**old[0], "id": "N", "created_at": town.moment("11-20 12:00")}]
    )
    told = card(screens(tmp_path), "total", "?datetime=2020-11-20&compare=2020-10-01")
    assert told == "诉求|1|件|↓100.0% · 上期 1.2万"


def test_without_residents_or_appeals_a_rate_is_a_dash_without_a_unit(here):
    told = {ident: texts(node) for ident, node in cards(here, "?area=121002").items()}
    for ident in ("per_10k", "change", "closed_rate", "on_time_rate"):
        assert told[ident][1:] == ["—"], ident
        assert props(cards(here, "?area=121002")[ident])["data-value"] == ""
    assert told["total"][1:] == ["0", "件", "上期 0"]


def test_only_what_has_areas_below_can_have_something_without_a_place(here):
    assert card(here, "unplaced").startswith("其中未定位| |1")
    # T09 is known to lie in community 112 and in no grid of it.
    assert card(here, "unplaced", "?area=112").startswith("其中未定位| |1")
    assert "unplaced" not in cards(here, "?area=111001")
