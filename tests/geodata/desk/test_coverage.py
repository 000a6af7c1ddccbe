"""How well appeals are addressed: every figure with what it is a part of."""

from __future__ import annotations

import pytest

from geodata.desk.coverage import coverage, grids
from geodata.store.reader import Store
from tests import town
from tests.geodata.desk.waiting import HOMONYM, decide


@pytest.fixture(scope="module")
def covered(waiting_reader):
    return coverage(waiting_reader)


def test_the_parts_of_every_table_add_up_to_the_whole(covered):
    whole = covered.matched
    assert sum(share.count for share in covered.by_channel) == whole.count
    assert sum(share.of for share in covered.by_channel) == whole.of
    assert sum(share.count for share in covered.by_level) == whole.count


def test_no_share_is_more_than_its_whole(covered):
    for share in (*covered.by_community, *covered.by_channel, covered.first, covered.far):
        assert 0 <= share.count <= share.of


def test_a_clerk_s_appeals_are_addressed_but_not_at_first(folder):
    before = coverage(Store(folder).reader())
    decide(folder, HOMONYM, "H2")
    after = coverage(Store(folder).reader())
    assert after.matched.count == before.matched.count + 3
    assert after.first.count == before.first.count
    assert after.by_clerk.count == 3


def test_grids_without_addresses_are_named(covered):
    assert covered.empty.of == 5
    assert {share.code for share in covered.without} == {"111002", "121002"}


def test_the_same_elements_under_two_ids_are_one_address_twice(tmp_path):
    row = {
        "town": "北街道",
        "quarter": "世纪花园",
        "level": "quarter",
        "lon": 118.005,
        "lat": 36.81,
    }
    reader = town.published(tmp_path, addresses=[{"id": "A", **row}, {"id": "B", **row}])
    covered = coverage(reader)
    assert (covered.repeated.count, covered.repeated.of) == (1, 2)
    assert [(share.name, share.count) for share in covered.duplicates] == [("世纪花园", 2)]


def test_a_grid_s_share_is_its_addressed_appeals_of_all_that_speak(waiting_reader):
    rows = [row for batch in grids(waiting_reader) for row in batch.to_pylist()]
    assert len(rows) == 5
    for row in rows:
        if row["spoken"]:
            assert row["share"] == round(100 * row["matched"] / row["spoken"], 1)
        else:
            assert row["share"] is None
