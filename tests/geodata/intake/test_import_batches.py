"""An import is a batch of the log: done once, told by its sums, and taken back."""

from __future__ import annotations

import pytest

from geodata.errors import DataError
from geodata.replay import undo
from geodata.store.batches import Log
from geodata.store.disk import digest
from geodata.store.generation import published
from tests.geodata.intake.conftest import features

HEAD = "id,created_at,category,text\n"
TICKETS = HEAD + "1,2024-07-01T08:00,噪声/广场舞,太吵\n2,2024-07-02T09:00,市容环境/餐饮油烟,呛人\n"


def test_the_same_file_twice_is_done_once(intake):
    first = intake.bring("tickets", TICKETS + "3,gestern,噪声,\n")
    before = published(intake.data)
    again = intake.bring("tickets", TICKETS + "3,gestern,噪声,\n", name="renamed.csv")
    assert published(intake.data) == before
    assert again.is_known
    assert again.batch == first.batch
    assert (again.read, again.accepted, again.rejects) == (3, 2, first.rejects)
    assert "Nothing to do: batch 2 of" in again.notes[0]


def test_the_same_file_read_in_another_way_is_another_batch(intake):
    text = "id,created_at,category,lon,lat\n1,2024-07-01,噪声,118.011,36.8155\n"
    intake.bring("tickets", text)
    assert not intake.bring("tickets", text, crs="GCJ-02").is_known
    (row,) = intake.rows("SELECT lon FROM tickets")
    assert row["lon"] == pytest.approx(118.005, abs=0.0005)


def test_a_file_that_was_taken_back_may_come_again(intake):
    batch = intake.bring("tickets", TICKETS).batch
    undo(intake.data, batch)
    assert intake.rows("SELECT count(*) AS n FROM tickets") == [{"n": 0}]
    assert not intake.bring("tickets", TICKETS).is_known
    assert intake.rows("SELECT count(*) AS n FROM tickets") == [{"n": 2}]


def test_a_batch_is_kept_with_its_sums_and_its_rejects(intake):
    intake.bring("tickets", TICKETS + "3,gestern,噪声,\n")
    log = Log(intake.data)
    (_, batch) = log.batches()
    assert (batch.kind, batch.file, batch.mapping) == ("tickets", "sheet.csv", "canonical_tickets")
    assert (batch.read, batch.accepted, batch.rejected, batch.crs) == (3, 2, 1, "EPSG:4326")
    assert batch.sha256 == digest(intake.folder / "sheet.csv")
    assert [row["line"] for row in log.rejects(batch.number)] == [4]


def test_an_import_that_was_killed_before_it_was_visible_is_completed_by_the_next(
    intake, monkeypatch
):
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("geodata.store.generation.point", killed)
    with pytest.raises(KeyboardInterrupt):
        intake.bring("tickets", TICKETS)
    monkeypatch.undo()
    assert intake.rows("SELECT count(*) AS n FROM tickets") == [{"n": 0}]
    assert intake.bring("tickets", TICKETS).is_known
    assert intake.rows("SELECT count(*) AS n FROM tickets") == [{"n": 2}]


def test_a_declared_crs_is_the_last_word(intake):
    text = "id,created_at,category,lon,lat\n1,2024-07-01,噪声,118.011,36.8155\n"
    assert intake.bring("tickets", text, crs="GCJ-02", dry_run=True).crs == "GCJ-02"
    with pytest.raises(DataError, match="--crs 'WGS' is not known"):
        intake.bring("tickets", text, crs="WGS")


def test_a_reference_must_have_lines_or_polygons(intake):
    points = intake.file(features(({}, {"type": "Point", "coordinates": [1, 2]})), "p.geojson")
    with pytest.raises(DataError, match=r"p\.geojson has no lines or polygons"):
        intake.bring("tickets", TICKETS, reference=points)
