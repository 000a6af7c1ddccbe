"""Tickets as they arrive: each is acknowledged when it is kept, or refused with its reason."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.intake.items import LONGEST, LONGEST_ID
from geodata.intake.live import LIMIT
from tests.api.intake.conftest import T, faults, kept, results


def micros(text: str) -> int:
    moment = dt.datetime.fromisoformat(text)
    return (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


# ---- what is taken ----


def test_a_ticket_is_acknowledged_and_kept_as_a_canonical_row(send, folder):
    response = send(
        {**T, "lon": 118.005, "lat": 36.815, "address": "世纪花园3号楼", "text": "太吵"}
    )
    assert response.status_code == 201
    assert response.get_json() == {
        "accepted": 1,
        "rejected": 0,
        "items": [{"id": "L1", "status": "created"}],
    }
    (row,) = kept(folder)
    assert row["created_at"] == micros("2020-11-22T10:00:00+08:00")  # the place's clock
    assert (row["lon"], row["lat"]) == (118.005, 36.815)
    assert (row["address"], row["text"]) == ("世纪花园3号楼", "太吵")
    assert (row["state"], row["smoke"], row["is_demo"]) == ("accepted", False, False)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (T, 1),
        ([T], 1),
        ({"tickets": [T]}, 1),
        ([{**T, "id": f"L{i}"} for i in range(LIMIT)], LIMIT),
    ],
)
def test_one_ticket_a_list_and_a_wrapped_list_are_taken(send, folder, body, count):
    response = send(body)
    assert response.status_code == 201
    assert response.get_json()["accepted"] == len(kept(folder)) == count


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("?crs=GCJ-02", T),
        ("", {**T, "crs": "GCJ-02"}),
        ("", {"crs": "GCJ-02"}),
        ("?crs=BD-09", {**T, "crs": "GCJ-02"}),  # the nearer word counts
        ("?crs=BD-09", {"crs": "GCJ-02"}),
    ],
)
def test_shifted_coordinates_are_brought_home(send, folder, query, body):
    place = {"lon": 118.0560706, "lat": 36.8105120}
    body = {**body, **place} if "id" in body else {**body, "tickets": [{**T, **place}]}
    assert send(body, query=query).status_code == 201
    (row,) = kept(folder)
    assert (row["lon"], row["lat"]) == pytest.approx((118.05, 36.81), abs=1e-7)


def test_coordinates_of_several_systems_may_stand_in_one_request(send, folder):
    metres = {"crs": "EPSG:3857", "lon": 13136258.0, "lat": 4411400.0}
    response = send([{**T, "lon": 118.0, "lat": 36.8}, {**T, **metres, "id": "L2"}])
    assert results(response) == [("L1", "created"), ("L2", "created")]
    assert kept(folder)[1]["lon"] == pytest.approx(118.005, abs=1e-3)


def test_the_steps_of_a_story_are_kept(send, folder):
    story = {"signed_at": "2020-11-22T11:00Z", "result": "已劝离", "satisfaction": "满意"}
    assert send({**T, **story, "closed_at": "2020-11-23"}).status_code == 201
    (row,) = kept(folder)
    assert row["signed_at"] == micros("2020-11-22T11:00:00+00:00")
    assert (row["result"], row["satisfaction"], row["state"]) == ("已劝离", "满意", "closed")


def test_numbers_may_be_codes_and_come_back_as_texts(send, folder):
    response = send({**T, "id": 2024123, "area": 111001})
    assert results(response) == [("2024123", "created")]
    assert (kept(folder)[0]["id"], kept(folder)[0]["area"]) == ("2024123", "111001")


def test_categories_are_spelled_as_the_place_spells_them(send, folder):
    send({**T, "category": "Noise/Loud"})
    send({**T, "id": "L2", "category": "NOISE/loud/Night"})
    assert [row["category"] for row in kept(folder)] == ["Noise/Loud", "Noise/Loud/Night"]


# ---- what is refused ----


def test_good_tickets_land_and_bad_ones_come_back_in_order(send, folder):
    response = send([T, {**T, "id": "L2", "created_at": "yesterday"}, {**T, "id": "L3"}])
    assert response.status_code == 422
    assert response.get_json() == {
        "accepted": 2,
        "rejected": 1,
        "items": [
            {"id": "L1", "status": "created"},
            {
                **{"index": 1, "id": "L2", "status": "rejected"},
                "errors": [
                    {
                        **{"column": "created_at", "value": "yesterday"},
                        **{"reason": "is not a time", "cure": faults(response)[0]["cure"]},
                    }
                ],
            },
            {"id": "L3", "status": "created"},
        ],
    }
    assert [row["id"] for row in kept(folder)] == ["L1", "L3"]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"id": None}, "id"),
        ({"id": ""}, "id"),
        ({"id": "  "}, "id"),
        ({"id": True}, "id"),
        ({"id": 1e30}, "id"),
        ({"id": "x" * (LONGEST_ID + 1)}, "id"),
        ({"id": "a\u0000b"}, "id"),
        ({"created_at": None}, "created_at"),
        ({"created_at": 1_700_000_000}, "created_at"),
        ({"created_at": "2020-13-01"}, "created_at"),
        ({"created_at": "9999999999-01-01"}, "created_at"),
        ({"closed_at": "later"}, "closed_at"),
        ({"category": None}, "category"),
        ({"category": ["a", "b"]}, "category"),
        ({"text": "a\u0000b"}, "text"),
        ({"text": "x" * (LONGEST + 1)}, "text"),
        ({"text": {"zh": "太吵"}}, "text"),
        ({"lon": "118.0", "lat": 36.8}, "lon"),
        ({"lon": 118.0, "lat": True}, "lat"),
        ({"lon": 118.0}, "lon, lat"),
        ({"lon": 36.8, "lat": 118.0}, "lon, lat"),
        ({"lon": 1e300, "lat": 36.8}, "lon, lat"),
        ({"lon": 118.0, "lat": 36.8, "crs": "EPSG:4527"}, "crs"),
        ({"crs": "WGS84"}, "crs"),
        ({"crs": "EPSG:5703"}, "crs"),
        ({"crs": "EPSG:4978"}, "crs"),
        ({"crs": "EPSG:999999"}, "crs"),
        ({"crs": "+proj=longlat"}, "crs"),
        ({"crs": 4326}, "crs"),
        ({"smoke": True}, "smoke"),
        ({"is_demo": True}, "is_demo"),
        ({"phone": "13800001234", "name": "王"}, "phone, name"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(send, folder, change, column):
    response = send({**T, **change})
    assert response.status_code == 422
    (fault, *_) = faults(response)
    assert fault["column"] == column
    assert fault["reason"]
    assert fault["cure"]
    assert kept(folder) == []


def test_every_wrong_key_of_a_ticket_is_named(send):
    response = send({**T, "nonsense": 1, "lon": "x", "text": 5})
    assert [fault["column"] for fault in faults(response)] == ["nonsense", "lon", "text"]


@pytest.mark.parametrize("item", [None, 5, "x", [], [T], True])
def test_what_is_no_object_is_refused_in_its_place(send, item):
    response = send([T, item])
    assert response.status_code == 422
    assert results(response) == [("L1", "created"), (None, "rejected")]


@pytest.mark.parametrize("second", [T, {**T, "id": " L1 "}, {**T, "text": "x", "crs": "GCJ-02"}])
def test_of_one_id_twice_in_a_request_the_second_is_refused(send, second):
    response = send([T, second])
    assert [status for _, status in results(response)] == ["created", "rejected"]
    assert "index 0" in faults(response)[0]["reason"]


def test_coordinates_of_another_zone_cost_only_the_tickets_that_have_some(send):
    far = {"crs": "EPSG:4527", "lon": 118.0, "lat": 36.8}
    response = send([{**T, **far}, {**T, "id": "L2", "crs": "EPSG:4527"}])
    assert results(response) == [("L1", "rejected"), ("L2", "created")]


def test_a_ticket_from_the_day_after_tomorrow_is_refused(send):
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=30)
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=20)
    response = send(
        [{**T, "created_at": soon.isoformat()}, {**T, "id": "L2", "created_at": later.isoformat()}]
    )
    assert [status for _, status in results(response)] == ["created", "rejected"]
