from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers._metrics import METRICS
from layers._view import Stretch, View, to_search, with_filter
from tests.api.conftest import told

CONTRACT = ["total", "smoke", "open", "overdue", "per_10k", "change", "unplaced"]
OF_AREA = ["code", "name", "level", "total", "smoke", "open", "overdue"]


@pytest.fixture
def summary(client):
    def asked(search: str = "") -> dict:
        answer = client.get(f"/api/summary{search}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    return asked


def by_code(found: dict) -> dict[str, tuple[int, ...]]:
    return {a["code"]: (a["total"], a["smoke"], a["open"], a["overdue"]) for a in found["areas"]}


def test_the_opening_numbers_of_the_town(summary):
    # The nine appeals of the thirty days to 2020-11-22; T08 has no place at all.
    found = summary()
    told_ = {name: found[name] for name in CONTRACT}
    assert told_ == {
        **{"total": 9, "smoke": 3, "open": 5, "overdue": 2, "unplaced": 1},
        "per_10k": None,  # nobody has counted all residents of the town
        "change": 350.0,  # nine, after two in the thirty days before
    }
    assert by_code(found) == {"11": (7, 3, 4, 2), "12": (1, 0, 0, 0)}


def test_an_answer_has_the_keys_of_the_contract(summary, reader):
    found = summary()
    assert [key for key in found if key in CONTRACT] == CONTRACT
    assert list(found)[-2:] == ["areas", "data_version"]
    # What it has beside them are metrics too: the other cards of the page.
    assert set(found) - {*CONTRACT, "areas", "data_version"} <= {m.id for m in METRICS}
    assert [list(area) for area in found["areas"]] == [OF_AREA] * 2
    assert found["data_version"] == reader.version


def test_an_area_is_named_and_placed_in_the_hierarchy(summary):
    (north, east) = summary()["areas"]
    assert (north["code"], north["name"], north["level"]) == ("11", "北街道", 1)
    assert (east["code"], east["name"], east["level"]) == ("12", "东街道", 1)


@pytest.mark.parametrize(
    ("search", "total", "unplaced", "areas"),
    [
        ("?area=11", 7, 0, {"111": (6, 3, 4, 2), "112": (1, 0, 0, 0)}),
        ("?area=111", 6, 0, {"111001": (4, 2, 2, 1), "111002": (2, 1, 2, 1)}),
        ("?area=112", 1, 1, {"112001": (0, 0, 0, 0)}),  # T09 is known to be in 112, no finer
        ("?area=111001", 4, 4, {}),  # nothing lies below a grid
        ("?area=121002", 0, 0, {}),
        ("?datetime=../..", 12, 1, {"11": (8, 4, 4, 2), "12": (3, 0, 0, 0)}),
        ("?datetime=2020-11-22", 2, 0, {"11": (2, 1, 2, 1), "12": (0, 0, 0, 0)}),
        ("?hours=18/20", 2, 0, {"11": (2, 2, 1, 0), "12": (0, 0, 0, 0)}),
        ("?hours=23/1", 3, 0, {"11": (3, 1, 3, 2), "12": (0, 0, 0, 0)}),
        ("?tickets.status=overdue", 2, 0, {"11": (2, 1, 2, 2), "12": (0, 0, 0, 0)}),
        ("?tickets.smoke=yes&area=11", 3, 0, {"111": (3, 3, 2, 1), "112": (0, 0, 0, 0)}),
        ("?tickets.smoke=", 0, 0, {"11": (0, 0, 0, 0), "12": (0, 0, 0, 0)}),
        ("?tickets.channel=微信", 3, 1, {"11": (2, 1, 2, 1), "12": (0, 0, 0, 0)}),
        ("?datetime=1999-01-01/1999-02-01", 0, 0, {"11": (0, 0, 0, 0), "12": (0, 0, 0, 0)}),
    ],
)
def test_the_numbers_of_an_address(summary, search, total, unplaced, areas):
    found = summary(search)
    assert (found["total"], found["unplaced"]) == (total, unplaced)
    assert by_code(found) == areas


@pytest.mark.parametrize(
    ("search", "rate"),
    [
        ("?area=111001", 40.0),  # four appeals of a thousand residents
        ("?area=11", 20.0),  # seven of the 3,500 in its three grids
        ("?area=12", None),  # grid E2 has not been counted, so its street has not
        ("?area=111001&datetime=1999-01-01", 0.0),
    ],
)
def test_a_rate_is_told_where_all_residents_are_known(summary, search, rate):
    assert summary(search)["per_10k"] == rate


@pytest.mark.parametrize(
    ("search", "change"),
    [
        ("?datetime=2020-11-22", 100.0),  # two after one
        ("?compare=2020-11-22", 350.0),
        ("?compare=2020-09-23", 800.0),
        ("?datetime=2020-11-21", 0.0),
        ("?compare=1999-01-01", None),
    ],
)
def test_change_is_against_the_time_before_or_the_one_asked_for(summary, search, change):
    assert summary(search)["change"] == change


@pytest.mark.parametrize("more", ["layers=", "layers=grids:50,smoke", "metric=overdue", "lang=en"])
@pytest.mark.parametrize("also", ["selected=tickets:T01", "at=2020-11-01T08:00", "v=3&with=labels"])
def test_what_only_changes_the_look_never_changes_a_number(summary, more, also):
    assert summary(f"?area=11&{more}&{also}") == summary("?area=11")


def test_a_filter_of_another_layer_changes_no_number(summary):
    assert summary("?markets.kind=夜市&addresses.level=room") == summary()


@pytest.mark.parametrize(
    ("search", "key", "word"),
    [
        ("?area=99", "area", "99"),
        ("?area=%00", "area", "no area"),
        ("?layers=subway", "layers", "subway"),
        ("?datetime=yesterday", "datetime", "2026-11-01"),
        ("?datetime=2020-11-02/2020-11-01", "datetime", "before"),
        ("?datetime=2020-02-30/..", "datetime", "a time reads"),
        ("?datetime=", "datetime", "a time reads"),
        ("?hours=17", "hours", "17/23"),
        ("?hours=8/8", "hours", "differ"),
        ("?at=now", "at", "a time reads"),
        ("?metric=happiness", "metric", "happiness"),
        ("?selected=T01", "selected", "layer:id"),
        ("?compare=soon", "compare", "a time reads"),
        ("?lang=fr", "lang", "zh and en"),
        ("?tickets.status=lost", "tickets.status", "lost"),
        ("?tickets.colour=red", "tickets.colour", "no layer has a filter"),
        ("?subway.line=2", "subway.line", "subway.line"),
        ("?colour=red", "colour", "no such part"),
        ("?limit=10", "limit", "no such part"),
    ],
)
def test_a_bad_part_is_400_and_named(client, search, key, word):
    answer = client.get(f"/api/summary{search}")
    assert answer.status_code == 400
    assert answer.get_json()["parts"] == [key]
    assert f"{key}=" in told(answer)
    assert word in told(answer)


def test_every_bad_part_is_named_at_once(client):
    answer = client.get("/api/summary?area=99&hours=99&lang=en")
    assert answer.status_code == 400
    assert sorted(answer.get_json()["parts"]) == ["area", "hours"]


# ---- laws ----

DAYS = st.dates(dt.date(2020, 9, 1), dt.date(2020, 12, 1))
HOURS = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda h: h[0] != h[1])
CODES = ["", "1", "11", "12", "111", "112", "121", "111001", "111002", "112001", "121001", "121002"]
CHOICES = {
    "category": ["市容环境", "社会秩序/噪声扰民", "市容环境/餐饮油烟/烧烤油烟"],
    "status": ["open", "overdue", "closed"],
    "channel": ["电话", "微信"],
    "department": ["执法局", "公安分局"],
    "state": ["closed", "handling"],
    "smoke": ["yes", "no"],
}


@st.composite
def stretches(draw):
    start, days = draw(st.none() | DAYS), draw(st.none() | st.integers(1, 90))
    end = None if days is None else (start or dt.date(2020, 10, 1)) + dt.timedelta(days)
    return Stretch(start, end)


@st.composite
def searches(draw):
    """A valid address of the town."""
    view = View(
        area=draw(st.sampled_from(CODES)),
        period=draw(st.none() | stretches()),
        compare=draw(st.none() | stretches()),
        hours=draw(st.none() | HOURS),
    )
    for name, values in CHOICES.items():
        chosen = draw(st.none() | st.frozensets(st.sampled_from(values)))
        view = with_filter(view, "tickets", name, chosen)
    return to_search(view)


@given(searches())
def test_a_total_is_its_areas_and_what_lies_in_none_of_them(client, search):
    found = client.get(f"/api/summary{search}").get_json()
    assert found["total"] == sum(area["total"] for area in found["areas"]) + found["unplaced"]
    assert found["unplaced"] >= 0


@given(searches())
def test_a_part_is_never_more_than_the_whole(client, search):
    found = client.get(f"/api/summary{search}").get_json()
    for counts in (found, *found["areas"]):
        assert 0 <= counts["overdue"] <= counts["open"] <= counts["total"]
        assert 0 <= counts["smoke"] <= counts["total"]
    for name in ("smoke", "open", "overdue"):
        assert sum(area[name] for area in found["areas"]) <= found[name]


@given(searches())
def test_an_area_has_the_same_numbers_from_above_and_from_within(client, search):
    above = client.get(f"/api/summary{search}").get_json()
    rest = search.removeprefix("?").split("&")
    rest = [part for part in rest if part and not part.startswith("area=")]
    for area in above["areas"]:
        within = "&".join([f"area={area['code']}", *rest])
        found = client.get(f"/api/summary?{within}").get_json()
        names = ("total", "smoke", "open", "overdue")
        assert [found[name] for name in names] == [area[name] for name in names]
