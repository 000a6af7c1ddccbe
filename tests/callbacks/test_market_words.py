from __future__ import annotations

import pytest

from callbacks.market_words import LAMPS, STATE_WORDS, opening_words
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import CJK, having, links, nodes, text, texts


def markets(place, search: str = "", path: str = "/wall"):
    return place.panel("markets", search, path)


def rows(place, search: str = "") -> list[list[str]]:
    return [texts(n) for n in nodes(markets(place, search)) if n["type"] == "Li"]


@pytest.mark.parametrize(
    ("at", "counts", "first"),
    [
        ("2020-11-20T06:00", ["1", "0", "1"], ["东关早市", "早市", "08:00 收市", "开市"]),
        ("2020-11-20T07:40", ["0", "1", "1"], ["东关早市", "早市", "08:00 收市", "将收市"]),
        ("2020-11-20T12:00", ["0", "0", "2"], ["北关夜市", "夜市", "17:00 开市", "未开市"]),
        ("2020-11-20T18:00", ["1", "0", "1"], ["北关夜市", "夜市", "21:30 收市", "开市"]),
    ],
)
def test_markets_are_told_as_they_are_at_the_moment(here, at, counts, first):
    search = f"?at={at}"
    values = [text(n) for n in having(markets(here, search), class_="indicator-value")]
    assert values == counts
    assert rows(here, search)[0] == first


def test_the_soonest_to_close_stands_first_then_the_open_then_the_closed(tmp_path):
    kinds = {"kind": "夜市", "lon": 118.005, "lat": 36.815}
    times = {"A": "12:00-13:00", "B": "12:00-20:00", "C": "12:00-18:00", "D": "18:00-20:00"}
    town.published(
        tmp_path,
        markets=[{"id": i, "name": i, "windows": f"Mo-Su {w}", **kinds} for i, w in times.items()],
        tickets=town.tickets(),
    )
    told = rows(screens(tmp_path), "?at=2020-11-20T12:45")
    assert [row[0] for row in told] == ["A", "C", "B", "D"]


def test_a_market_of_another_season_says_on_which_day_it_opens(tmp_path):
    spot = {"kind": "节令", "lon": 118.005, "lat": 36.815}
    windows = {"花市": "Apr 10-May 05 Mo-Su 08:00-18:00", "夜市": "Mo-Su 17:00-21:30"}
    town.published(
        tmp_path,
        markets=[{"id": n, "name": n, "windows": w, **spot} for n, w in windows.items()],
        tickets=town.tickets(),
    )
    place = screens(tmp_path)
    assert rows(place, "?at=2020-11-20T12:00") == [
        ["夜市", "节令", "17:00 开市", "未开市"],
        ["花市", "节令", "4月10日 08:00 开市", "未开市"],
    ]
    english = rows(place, "?at=2020-11-20T12:00&lang=en")
    assert english[1][2] == "opens 10 Apr 08:00"


def test_markets_in_english(here):
    assert rows(here, "?at=2020-11-20T18:00&lang=en") == [
        ["北关夜市", "夜市", "until 21:30", "Open"],
        ["东关早市", "早市", "opens 23 Nov 05:30", "Closed"],  # it is Friday
    ]


def test_a_market_can_be_opened(here):
    for href in links(markets(here, "?at=2020-11-20T18:00")):
        found = here.answer(href)
        assert found.chosen.layer == "markets"
        assert found.question.view.at.hour == 18


def test_only_the_markets_of_the_shown_area_are_told(here):
    assert [row[0] for row in rows(here, "?area=12")] == ["东关早市"]
    assert [row[0] for row in rows(here, "?markets.kind=夜市")] == ["北关夜市"]
    assert texts(markets(here, "?area=112")) == ["本区域没有市场"]
    assert texts(markets(here, "?area=112&lang=en")) == ["No markets here"]
    assert texts(markets(here, "?markets.kind=")) == ["本区域没有市场"]


def test_each_state_has_a_lamp_of_its_own():
    assert LAMPS == {"open": "green", "closing": "yellow", "closed": "grey"}
    assert len({word.zh for word in STATE_WORDS.values()}) == 3
    assert len({word.en for word in STATE_WORDS.values()}) == 3


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        ("Mo-Su 17:00-21:30", "每天 17:00-21:30"),
        ("Mo-Fr 05:30-08:00", "周一-周五 05:30-08:00"),
        ("Sa,Su 16:00-22:00", "周六,周日 16:00-22:00"),
        ("May 01-Oct 31 Mo-Su 17:00-22:00", "5月1日-10月31日 每天 17:00-22:00"),
        ("May 1-Oct 31 17:00-22:00", "5月1日-10月31日 17:00-22:00"),
        ("May-Sep 17:00-22:00", "5月-9月 17:00-22:00"),
        ("Apr 17:00-22:00", "4月 17:00-22:00"),
        ("PH off", "节假日 休市"),
    ],
)
def test_opening_hours_are_told_as_people_read_them(windows, told):
    assert opening_words(windows, "zh") == told
    assert opening_words(windows, "en") == windows


def test_no_english_word_is_left_in_the_hours_of_the_district(tiny):
    for row in tiny.answers.reader().rows("SELECT DISTINCT windows FROM markets"):
        told = opening_words(row["windows"], "zh")
        assert not any(char.isascii() and char.isalpha() for char in told), told
        assert CJK.search(told)
