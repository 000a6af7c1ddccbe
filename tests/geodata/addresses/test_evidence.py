from __future__ import annotations

from dataclasses import replace

from geodata.addresses.bases import base_of
from geodata.addresses.evidence import NOTHING_SAID, support

ROW = {
    **dict.fromkeys(("aliases", "road", "road_no", "quarter", "lon", "lat", "status")),
    **{"n": 0, "id": "q", "level": "quarter", "quarter": "望山居", "town": "卫固镇"},
}
BASE = base_of({**ROW, "community": "南坡社区"})


def test_a_town_and_the_village_of_its_name_vouch_for_each_other():
    said = NOTHING_SAID._replace(communities=frozenset({"卫固"}))
    assert support(BASE, said) == 1


def test_another_village_contradicts():
    said = NOTHING_SAID._replace(communities=frozenset({"北坡"}))
    assert support(BASE, said) is None


def test_what_lies_in_no_town_of_that_name_is_contradicted():
    said = NOTHING_SAID._replace(communities=frozenset({"卫固"}))
    assert support(replace(BASE, town="周村"), said) is None
