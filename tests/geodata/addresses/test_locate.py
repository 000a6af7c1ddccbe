from __future__ import annotations

import pytest

from geodata.addresses.locate import located
from tests import town

TICKETS = (
    {"id": "T1", "address": "世纪花园3号楼2单元501", "category": "噪声"},
    {"id": "T2", "text": "八大局东门烧烤太呛", "category": "油烟"},
    {"id": "T3", "text": "金晶花园垃圾没人管", "category": "垃圾"},
    {"id": "T4", "text": "金晶花园垃圾没人管", "category": "垃圾", "lon": 118.0281, "lat": 36.8021},
    {"id": "T5", "text": "说不清在哪", "category": "垃圾"},
    {"id": "T6", "address_id": "Q1", "category": "噪声", "lon": 118.005, "lat": 36.818},
    {"id": "T7", "address_id": "gone", "category": "噪声", "lon": 118.005, "lat": 36.818},
)


@pytest.fixture
def found(matcher):
    given = [{**ticket, "created_at": town.NOW} for ticket in TICKETS]
    return {row["id"]: row for row in located(town.rows("tickets", *given), matcher).to_pylist()}


def test_a_ticket_without_an_address_gets_the_one_it_speaks_of(found):
    assert [found[t]["address_id"] for t in ("T1", "T2")] == ["Q1-3-2-501", "P1"]
    assert {found[t]["address_by"] for t in ("T1", "T2")} == {"matched"}


def test_what_is_not_certain_stays_open(found):
    assert [found[t]["address_id"] for t in ("T3", "T5")] == [None, None]
    assert [found[t]["address_by"] for t in ("T3", "T5")] == [None, None]


def test_its_own_point_tells_homonyms_apart_and_the_distance_is_kept(found):
    assert found["T4"]["address_id"] == "Q5"
    assert found["T4"]["distance_m"] == pytest.approx(14, abs=2)


def test_an_address_that_came_with_it_stays_and_is_compared(found):
    assert (found["T6"]["address_id"], found["T6"]["address_by"]) == ("Q1", None)
    assert found["T6"]["distance_m"] == pytest.approx(333.6, abs=1)
    assert (found["T7"]["address_id"], found["T7"]["distance_m"]) == ("gone", None)
