"""What was acknowledged is in the numbers, in its area, and in the export."""

from __future__ import annotations

import pytest

from api.intake import ROUTE

T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "社会秩序/噪声扰民/广场舞"}


@pytest.fixture
def numbers(own_client):
    def asked(search: str, name: str = "total") -> int:
        return own_client.get(f"/api/summary?datetime=2020-11-22&{search}").get_json()[name]

    return asked


def test_what_was_acknowledged_is_in_the_numbers_of_its_place_and_kind(own_client, numbers):
    asked = ("area=1", "area=111001", "area=12", "tickets.smoke=yes", "tickets.channel=微信")
    before = [numbers(search) for search in asked]
    smoke = {**T, "id": "L2", "category": "其他", "text": "楼下烧烤烟大", "channel": "微信"}
    response = own_client.post(ROUTE, json=[{**T, "lon": 118.005, "lat": 36.815}, smoke])
    assert response.status_code == 201
    after = [numbers(search) for search in asked]
    assert [b - a for a, b in zip(before, after, strict=True)] == [2, 1, 0, 1, 1]


def test_a_ticket_without_a_place_is_taken_as_unplaced(own_client, numbers):
    before = numbers("", "unplaced")
    assert own_client.post(ROUTE, json={**T, "address": "那边"}).status_code == 201
    assert numbers("", "unplaced") == before + 1


def test_a_ticket_that_names_its_area_is_counted_there(own_client, numbers):
    before = numbers("area=121")
    own_client.post(ROUTE, json={**T, "area": 121002})
    assert numbers("area=121") == before + 1


def test_an_updated_ticket_counts_once_and_as_it_is_now(own_client, numbers):
    own_client.post(ROUTE, json=T)
    before = numbers(""), numbers("", "open")
    own_client.post(ROUTE, json={**T, "closed_at": "2020-11-22T12:00"})
    assert (numbers(""), numbers("", "open")) == (before[0], before[1] - 1)


def test_a_retry_counts_once(own_client, numbers):
    own_client.post(ROUTE, json=T)
    before = numbers("")
    own_client.post(ROUTE, json=T)
    assert numbers("") == before


def test_a_ticket_of_the_generation_may_be_closed_live(own_client, numbers):
    before = numbers("", "open")
    closed = {**T, "id": "T04", "created_at": "2020-11-22", "closed_at": "2020-11-22T09:00"}
    assert own_client.post(ROUTE, json=closed).get_json()["items"][0]["status"] == "created"
    assert numbers("", "open") == before - 1


def test_what_came_in_is_in_the_export_with_its_free_text_masked(own_client):
    own_client.post(ROUTE, json={**T, "text": "请回电 13800001234"})
    rows = own_client.get("/export/tickets.csv?datetime=2020-11-22").get_data(as_text=True)
    (row,) = [row for row in rows.splitlines() if row.startswith("L1,")]
    assert "13800001234" not in row
