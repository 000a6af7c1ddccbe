from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from geodata.errors import DataError, NoDataError
from geodata.store.generation import Draft, published, room, writing
from geodata.store.reader import Store
from tests import town

ONE = {"id": "T1", "created_at": town.moment("11-20 18:30"), "category": "噪声", "text": "old"}


def texts(reader) -> dict[str, str]:
    return {row["id"]: row["text"] for row in reader.rows("SELECT id, text FROM tickets")}


def files(folder) -> list[str]:
    return sorted(path.name for path in room(folder).glob("g*.d*"))


def test_what_is_published_can_be_read(tmp_path):
    assert texts(town.published(tmp_path, tickets=[ONE])) == {"T1": "old"}


def test_a_row_with_a_known_id_replaces_the_old_one(tmp_path):
    town.published(tmp_path, tickets=[ONE, {**ONE, "id": "T2"}])
    after = town.published(tmp_path, tickets=[{**ONE, "text": "new"}])
    assert texts(after) == {"T1": "new", "T2": "old"}


def test_of_two_rows_with_one_id_handed_over_together_the_later_counts(tmp_path):
    assert texts(town.published(tmp_path, tickets=[ONE, {**ONE, "text": "new"}])) == {"T1": "new"}


KEYED = {
    "addresses": ("id", {"id": "A1", "level": "poi", "poi": "老店", "grid": "111001"}),
    "markets": ("id", {"id": "M1", "name": "夜市", "kind": "夜市", "windows": "24/7"}),
    "places": ("id", {"id": "P1", "name": "公园", "lon": 118.0, "lat": 36.8}),
    "people": ("area", {"area": "111001", "role": 1, "name": "王小明"}),
}


def test_every_table_replaces_what_has_the_same_key(tmp_path):
    town.published(tmp_path, **{table: [row] for table, (_, row) in KEYED.items()})
    newer = {table: [{**row, "is_demo": False}] for table, (_, row) in KEYED.items()}
    reader = town.published(tmp_path, **newer)
    for table, (key, row) in KEYED.items():
        found = reader.rows(f"SELECT {key}, is_demo FROM {table}")
        assert found == [{key: row[key], "is_demo": False}]


def test_a_reader_keeps_its_generation_while_the_store_switches_to_the_next(tmp_path):
    town.published(tmp_path, tickets=[ONE])
    store = Store(tmp_path)
    before = store.reader()
    assert store.reader() is before
    town.published(tmp_path, tickets=[{**ONE, "text": "new"}])
    assert texts(before) == {"T1": "old"}
    assert texts(store.reader()) == {"T1": "new"}
    assert before.version != store.reader().version


def test_the_version_names_the_content(tmp_path):
    reader = town.published(tmp_path, tickets=[ONE])
    generation = published(tmp_path)
    assert reader.version == f"1-{generation.sha256[:10]}"


def test_only_the_published_generation_and_the_one_before_stay_on_disk(tmp_path):
    for _ in range(4):
        town.published(tmp_path)
    assert files(tmp_path) == ["g000003.duckdb", "g000004.duckdb"]


def test_a_draft_that_is_not_published_leaves_no_trace(tmp_path):
    town.published(tmp_path, tickets=[ONE])
    with writing(tmp_path), Draft(tmp_path, town.PLACE) as draft:
        draft.add("tickets", town.rows("tickets", {**ONE, "text": "new"}))
    assert texts(Store(tmp_path).reader()) == {"T1": "old"}
    assert files(tmp_path) == ["g000001.duckdb"]


def test_a_draft_that_fails_leaves_the_old_generation_published(tmp_path):
    town.published(tmp_path, tickets=[ONE])
    orphan = {"code": "9", "name": "无主", "level": 1, "parent": "8", "geometry": b""}
    with pytest.raises(DataError, match="Area 9 names the parent 8"):
        town.published(tmp_path, areas=[orphan])
    assert texts(Store(tmp_path).reader()) == {"T1": "old"}
    assert files(tmp_path) == ["g000001.duckdb"]


def test_a_fresh_draft_begins_with_nothing(tmp_path):
    town.published(tmp_path, tickets=[ONE])
    with writing(tmp_path), Draft(tmp_path, town.PLACE, fresh=True) as draft:
        draft.add("areas", town.areas())
        draft.publish()
    assert texts(Store(tmp_path).reader()) == {}


def test_a_second_writer_is_refused_with_a_sentence(tmp_path):
    with (
        writing(tmp_path),
        pytest.raises(DataError, match=r"Another process is writing to .*Wait until it has ended"),
        writing(tmp_path),
    ):
        pass


def test_the_lock_is_let_go_after_a_failure(tmp_path):
    with pytest.raises(RuntimeError), writing(tmp_path):
        raise RuntimeError
    with writing(tmp_path):
        pass


def test_an_empty_folder_says_how_to_get_data(tmp_path):
    with pytest.raises(NoDataError, match=r"python -m geodata demo --data .*import areas FILE"):
        Store(tmp_path).reader()


def test_a_damaged_pointer_is_named(tmp_path):
    town.published(tmp_path)
    for text in ("", "{", "[]", '{"number": 1}', "null"):
        (room(tmp_path) / "current.json").write_text(text)
        with pytest.raises(DataError, match=r"current\.json is damaged.*replay"):
            Store(tmp_path).reader()


def test_a_damaged_generation_is_named(tmp_path):
    town.published(tmp_path)
    (room(tmp_path) / "g000001.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(DataError, match=r"g000001\.duckdb cannot be opened"):
        Store(tmp_path).reader()
    with pytest.raises(DataError, match=r"g000001\.duckdb is damaged"):
        town.published(tmp_path, tickets=[ONE])
    assert files(tmp_path) == ["g000001.duckdb"]


def test_a_generation_that_is_gone_is_named_to_readers_and_writers(tmp_path):
    town.published(tmp_path)
    (room(tmp_path) / "g000001.duckdb").unlink()
    with pytest.raises(DataError, match=r"g000001\.duckdb cannot be opened"):
        Store(tmp_path).reader()
    with pytest.raises(DataError, match=r"g000001\.duckdb"):
        town.published(tmp_path, tickets=[ONE])


def test_data_are_complete_until_the_local_midnight_after_the_newest_appeal(tmp_path):
    midnight = town.moment("11-21 00:00")
    reader = town.published(tmp_path, tickets=[ONE])
    assert reader.data_until == midnight
    after = town.published(tmp_path, tickets=[{**ONE, "id": "T2", "created_at": midnight}])
    assert after.data_until == midnight + dt.timedelta(days=1)


def test_the_pointer_writes_data_until_on_the_clock_of_the_place(tmp_path):
    town.published(tmp_path, tickets=[ONE])
    pointer = json.loads((room(tmp_path) / "current.json").read_text())
    assert pointer["data_until"] == "2020-11-21T00:00:00+08:00"


def test_who_publishes_may_know_better_until_when_data_are_complete(tmp_path):
    town.published(tmp_path, tickets=[ONE])
    until = town.moment("12-01 00:00")
    with writing(tmp_path), Draft(tmp_path, town.PLACE) as draft:
        draft.publish(until)
    assert Store(tmp_path).reader().data_until == until


def test_a_place_without_appeals_has_data_until_the_last_midnight(tmp_path):
    reader = town.published(tmp_path)
    local = reader.data_until.astimezone(town.PLACE.zone)
    assert local.time() == dt.time()
    assert reader.data_until <= dt.datetime.now(dt.UTC) < reader.data_until + dt.timedelta(days=2)


def test_without_areas_nothing_can_be_published(tmp_path):
    with Draft(tmp_path, town.PLACE) as draft:
        draft.add("tickets", town.rows("tickets", ONE))
        with pytest.raises(DataError, match=r"no areas yet\. Import areas first"):
            draft.publish()


def test_the_root_must_be_the_one_that_the_place_names(tmp_path):
    with pytest.raises(DataError, match=r"root area is 1, but place\.toml names 2"):
        town.published(tmp_path, replace(town.PLACE, root="2"))
