from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import orjson
import pytest

import callbacks.refresh
from callbacks.pages import PAGES
from callbacks.refresh import encoded, screen
from tests import town
from tests.api.bodies import ADDRESS, body
from tests.callbacks.conftest import screens

COCKPIT = PAGES["/"]


def drawn(place, search: str, path: str = "/") -> dict:
    question = place.answers.question(search, place.now)
    return orjson.loads(encoded(place.answers, question, PAGES[path], ()))["scene"]


def test_a_screen_is_json_and_has_the_panels_asked_for(here):
    shown = orjson.loads(screen(here.answers, "", COCKPIT, ("trend", "crumbs")))
    assert list(shown["panels"]) == ["trend", "crumbs"]
    assert shown["scene"]["ring"] == COCKPIT.theme.color("selected")


def test_the_same_address_is_computed_once(here, monkeypatch):
    search = "?area=121&at=2020-11-20T12:00&metric=open"
    first = screen(here.answers, search, COCKPIT, ("crumbs",))
    monkeypatch.setattr(callbacks.refresh, "encoded", None)
    assert screen(here.answers, search, COCKPIT, ("crumbs",)) == first
    # However it is written.
    other = "?metric=open&at=2020-11-20T12:00:00&area=121&lang=zh"
    assert screen(here.answers, other, COCKPIT, ("crumbs",)) == first


@pytest.mark.parametrize(
    ("search", "path", "names"),
    [
        ("?area=121&at=2020-11-20T12:00&metric=smoke", "/", ("crumbs",)),
        ("?area=121&at=2020-11-20T12:00&metric=open", "/plan", ("crumbs",)),
        ("?area=121&at=2020-11-20T12:00&metric=open", "/", ("legend",)),
        ("?area=121&at=2020-11-20T18:00&metric=open", "/", ("crumbs",)),
        ("?area=121&at=2020-11-20T12:00&metric=open&lang=en", "/", ("crumbs",)),
    ],
)
def test_what_differs_is_computed_anew(here, search, path, names):
    usual = "?area=121&at=2020-11-20T12:00&metric=open"
    assert screen(here.answers, search, PAGES[path], names) != screen(
        here.answers, usual, COCKPIT, ("crumbs",)
    )


def test_what_was_left_out_is_said_each_time_and_to_nobody_else(here):
    for _ in range(2):
        told = screen(here.answers, "?area=12&metric=happiness", COCKPIT, ("notices",)).decode()
        assert "没有指标 happiness" in told
    assert orjson.loads(screen(here.answers, "?area=12", COCKPIT, ("notices",)))["panels"] == {
        "notices": []
    }


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (
            dt.datetime(2020, 11, 20, 4, 0, tzinfo=dt.UTC),
            5 * 3600,
        ),  # M1 opens at 17:00, it is 12:00
        (
            dt.datetime(2020, 11, 20, 12, 45, tzinfo=dt.UTC),
            15 * 60,
        ),  # at 21:00 M1 is about to close
        (dt.datetime(2020, 11, 20, 13, 15, tzinfo=dt.UTC), 15 * 60),  # at 21:30 it closes
    ],
)
def test_the_browser_is_told_when_a_state_changes_by_itself(here, monkeypatch, now, seconds):
    clock = SimpleNamespace(UTC=dt.UTC, datetime=SimpleNamespace(now=lambda _: now))
    monkeypatch.setattr(callbacks.refresh, "dt", clock)
    assert drawn(here.at(now), "")["next"] == seconds


def test_an_address_that_fixes_the_moment_does_not_change_by_itself(here):
    assert drawn(here, "?at=2020-11-20T12:00")["next"] is None


def test_without_markets_nothing_changes_by_itself(flat):
    assert drawn(flat, "")["next"] is None


def refreshed(client, app, search, names=("crumbs", "list"), path="/") -> dict:
    said = {"url.search": search, "url.pathname": path}
    answer = client.post(ADDRESS, json=body(app, "map.scene", said, {"panel": names}))
    assert answer.status_code == 200
    return answer.json["response"]


def test_one_answer_brings_the_map_and_every_panel_of_the_page(client, app):
    response = refreshed(client, app, "?area=11")
    assert response["map"]["scene"]["search"] == "?area=11"
    crumbs = response['{"name":"crumbs","type":"panel"}']["children"]
    assert [a["props"]["children"] for a in crumbs["props"]["children"]] == ["小城", "北街道"]
    assert len(response) == 3


def test_a_panel_that_nobody_knows_stays_empty(client, app):
    response = refreshed(client, app, "", ("crumbs", "happiness"))
    assert response['{"name":"happiness","type":"panel"}']["children"] is None
    assert response['{"name":"crumbs","type":"panel"}']["children"]


@pytest.mark.parametrize("path", [None, "/nowhere", 5])
def test_a_path_of_no_page_is_answered_like_the_cockpit(client, app, path):
    assert refreshed(client, app, None, path=path)["map"]["scene"]["ground"] == (
        COCKPIT.theme.color("ground")
    )


def test_a_generation_later_the_answer_is_another(tmp_path):
    town.published(tmp_path, tickets=town.tickets().to_pylist()[:1])
    place = screens(tmp_path)
    at = "?at=2020-11-23T08:00&datetime=../.."
    before = screen(place.answers, at, COCKPIT, ("indicators",))
    town.published(tmp_path, areas=town.areas(), tickets=town.tickets())
    after = screen(place.answers, at, COCKPIT, ("indicators",))
    assert b'"data-value":"1"' in before
    assert b'"data-value":"12"' in after
