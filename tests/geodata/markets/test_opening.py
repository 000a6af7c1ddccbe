from __future__ import annotations

import datetime as dt

import pytest

from geodata.errors import DataError
from geodata.markets.opening import next_change, state, states, until, windows
from tests import town

EVENING = "Mo-Su 17:00-21:30"
SEASONS = "May 01-Oct 31 Mo-Fr 17:00-21:30; May 01-Oct 31 Sa,Su 16:00-22:00"


def at(text: str, market: str = EVENING) -> str:
    return state(windows(market), dt.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2020-11-20T16:59:59", "closed"),
        ("2020-11-20T17:00:00", "open"),
        ("2020-11-20T20:59:59", "open"),
        ("2020-11-20T21:00:00", "closing"),  # half an hour before the end
        ("2020-11-20T21:29:59", "closing"),
        ("2020-11-20T21:30:00", "closed"),
    ],
)
def test_a_market_is_open_closing_or_closed_to_the_second(moment, expected):
    assert at(moment) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2020-05-01T18:00", "open"),  # a Friday, first day of the season
        ("2020-04-30T18:00", "closed"),
        ("2020-10-31T21:45", "closing"),  # a Saturday, last day of the season
        ("2020-11-01T18:00", "closed"),
        ("2020-05-02T16:30", "open"),  # a Saturday opens an hour earlier
        ("2020-05-01T16:30", "closed"),
    ],
)
def test_a_market_keeps_its_season_and_its_weekdays(moment, expected):
    assert at(moment, SEASONS) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2020-11-20T23:59", "open"),
        ("2020-11-21T00:00", "open"),
        ("2020-11-21T01:30", "closing"),
        ("2020-11-21T02:00", "closed"),
        ("2020-11-20T01:59", "closed"),  # that night belongs to Thursday
    ],
)
def test_a_night_market_stays_open_past_midnight(moment, expected):
    assert at(moment, "Fr 18:00-02:00") == expected


def test_a_market_that_never_closes_is_never_about_to():
    assert at("2020-11-20T23:59", "24/7") == "open"


def test_a_short_window_is_closing_all_the_time():
    assert at("2020-11-20T17:00", "Mo-Su 17:00-17:30") == "closing"


@pytest.mark.parametrize("text", ["周一至周五 17点", "17-25-31", "Mo-Fr 17:00 bis 21:30"])
def test_an_hour_that_cannot_be_read_is_quoted_with_an_example(text):
    with pytest.raises(DataError, match=rf"'{text}' is not an opening time.*'May 01-Oct 31"):
        windows(text)


def test_every_market_is_told_on_the_clock_of_the_place(reader):
    assert states(reader, town.moment("11-20 07:00")) == {"M1": "closed", "M2": "open"}
    assert states(reader, town.moment("11-20 07:30")) == {"M1": "closed", "M2": "closing"}
    assert states(reader, town.moment("11-20 17:00")) == {"M1": "open", "M2": "closed"}
    assert states(reader, town.moment("11-21 07:00")) == {"M1": "closed", "M2": "closed"}


def test_a_market_says_until_when_its_state_lasts(reader):
    assert until(reader, "M1", town.moment("11-20 18:00")) == town.moment("11-20 21:30")
    assert until(reader, "M1", town.moment("11-20 22:00")) == town.moment("11-21 17:00")
    assert until(reader, "M2", town.moment("11-20 09:00")) == town.moment("11-23 05:30")


def test_the_next_change_of_a_lamp_is_a_warning_an_end_or_a_beginning(reader):
    changes = [town.moment("11-20 04:00")]
    for _ in range(6):
        changes.append(next_change(reader, changes[-1]))
    told = [moment.astimezone(town.PLACE.zone).strftime("%d %H:%M") for moment in changes[1:]]
    assert told == ["20 05:30", "20 07:30", "20 08:00", "20 17:00", "20 21:00", "20 21:30"]


def test_between_two_changes_no_lamp_changes(reader):
    now = town.moment("11-20 04:00")
    for _ in range(8):
        change = next_change(reader, now)
        before = change - dt.timedelta(seconds=1)
        assert states(reader, now) == states(reader, before) != states(reader, change)
        now = change


def test_a_market_that_never_changes_has_no_next_change(tmp_path):
    market = {"id": "M", "name": "夜市", "kind": "夜市", "windows": "24/7"}
    reader = town.published(tmp_path, markets=[market])
    assert next_change(reader, town.NOW) is None
    assert until(reader, "M", town.NOW) is None


def test_a_place_without_markets_has_no_states(tmp_path):
    reader = town.published(tmp_path)
    assert states(reader, town.NOW) == {}
    assert next_change(reader, town.NOW) is None
