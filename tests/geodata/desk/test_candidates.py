from __future__ import annotations

import pytest

from geodata.desk.candidates import Candidate, ranked
from geodata.desk.places import Place

HERE = (118.05, 36.81)


def candidate(ident: str, how: str, lat: float | None) -> Candidate:
    lon = None if lat is None else HERE[0]
    return Candidate(Place(ident, ident, "quarter", "", lon, lat), how, None)


ALIKE, NEAR, CLOSE, SAME = (
    candidate("a village of much the same name, far off", "alike", 36.86),
    candidate("a compound close by", "near", 36.8101),
    candidate("a compound of much the same name, close by", "alike", 36.8102),
    candidate("another of the very name", "same", 36.87),
)


@pytest.mark.parametrize(
    ("among", "order"),
    [
        ((ALIKE, NEAR, SAME), (SAME, NEAR, ALIKE)),
        ((NEAR, CLOSE), (CLOSE, NEAR)),
        (
            (ALIKE, candidate("nowhere", "alike", None)),
            (candidate("nowhere", "alike", None), ALIKE),
        ),
    ],
)
def test_a_name_much_the_same_counts_only_where_it_is_not_far(among, order):
    assert [one.place for one in ranked(list(among), HERE)] == [one.place for one in order]


def test_without_a_point_only_the_name_counts():
    told = ranked([NEAR, ALIKE, SAME], None)
    assert [(one.how, one.distance_m) for one in told] == [
        ("same", None), ("alike", None), ("near", None)
    ]  # fmt: skip
