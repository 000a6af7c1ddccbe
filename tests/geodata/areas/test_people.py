from __future__ import annotations

from geodata.areas.people import people


def test_a_grid_has_eight_roles_in_order_and_no_full_name(reader):
    told = people(reader, "111001")
    assert [row["role"] for row in told] == list(range(1, 9))
    assert {row["name"] for row in told} == {"王**"}
    assert {row["phone"] for row in told} == {"138****0001"}
    assert all(row["is_demo"] for row in told)


def test_an_area_without_people_has_none(reader):
    assert people(reader, "112001") == []
    assert people(reader, "999") == []
