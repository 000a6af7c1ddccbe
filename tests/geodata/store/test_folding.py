"""The log adds up to the generation, whatever happens on the way."""

from __future__ import annotations

import json
import shutil

import pytest

from geodata.errors import DataError
from geodata.replay import mend, replay, undo
from geodata.store import folding as module
from geodata.store.batches import Batch, Log, now, standing
from geodata.store.compactor import compact, is_due
from geodata.store.folding import Incoming, fold
from geodata.store.generation import BusyError, Draft, generations, published, room, writing
from geodata.store.journal import Journal
from geodata.store.reader import Store
from tests import town
from tests.live import entry, put


@pytest.fixture
def folder(tmp_path):
    return town.build(tmp_path / "data")


def brought(folder, *tickets: dict, **more):
    """Import tickets as a batch."""
    rows = town.rows(
        "tickets", *[{"created_at": town.NOW, "category": "噪声", **t} for t in tickets]
    )
    batch = Batch(number=0, kind="tickets", at=now(), accepted=len(tickets))
    with writing(folder):
        return fold(folder, town.PLACE, Incoming(batch, {"tickets": rows}), **more)


def texts(folder) -> dict[str, str]:
    rows = Store(folder).reader().rows("SELECT id, text FROM tickets WHERE id LIKE 'B%'")
    return {row["id"]: row["text"] for row in rows}


def kinds(folder) -> list[str]:
    return [batch.kind for batch in Log(folder).batches()]


def test_facts_from_before_the_log_are_its_first_batch(folder):
    generation = brought(folder, {"id": "B1"})
    assert kinds(folder) == ["snapshot", "tickets"]
    assert generation.batch == 2
    assert texts(folder).keys() == {"B1"}


def test_what_waits_in_the_journal_goes_before_what_comes_in(folder):
    put(folder, entry("B1", text="live"))
    brought(folder, {"id": "B1", "text": "file"})
    assert kinds(folder) == ["snapshot", "live", "tickets"]
    assert texts(folder) == {"B1": "file"}


def test_a_live_row_after_a_file_counts_more(folder):
    brought(folder, {"id": "B1", "text": "file"})
    put(folder, entry("B1", text="live"))
    compact(folder)
    assert texts(folder) == {"B1": "live"}


def test_the_log_adds_up_to_the_same_when_it_is_replayed(folder):
    brought(folder, {"id": "B1", "text": "one"}, {"id": "B2"})
    put(folder, entry("B3", text="live"), entry("B1", text="two"))
    compact(folder)
    brought(folder, {"id": "B2", "text": "three"})
    put(folder, entry("B4", text="waiting"))
    before = Store(folder).reader().rows("SELECT * EXCLUDE (n) FROM tickets ORDER BY id")
    replay(folder)
    assert Store(folder).reader().rows("SELECT * EXCLUDE (n) FROM tickets ORDER BY id") == before
    assert texts(folder) == {"B1": "two", "B2": "three", "B3": "live", "B4": "waiting"}


def test_areas_that_came_twice_are_one_when_they_are_replayed(folder):
    batch = Batch(number=0, kind="areas", at=now())
    with writing(folder):
        fold(folder, town.PLACE, Incoming(batch, {"areas": town.areas()}))
        fold(folder, town.PLACE, Incoming(batch, {"areas": town.areas()}))
    replay(folder)
    assert Store(folder).reader().rows("SELECT count(*) AS n FROM areas") == [{"n": 11}]


def test_a_batch_that_is_taken_back_gives_way_to_what_it_had_replaced(folder):
    brought(folder, {"id": "B1", "text": "right"})
    brought(folder, {"id": "B1", "text": "wrong"}, {"id": "B2"})
    assert undo(folder, 3).number == 3
    assert texts(folder) == {"B1": "right"}
    assert published(folder).undone == (3,)
    brought(folder, {"id": "B3"})
    assert texts(folder).keys() == {"B1", "B3"}


def test_live_rows_outlive_the_taking_back_of_a_batch_between_them(folder):
    put(folder, entry("B1", text="live"))
    brought(folder, {"id": "B2"})
    put(folder, entry("B3", text="live"))
    undo(folder, 3)
    assert texts(folder) == {"B1": "live", "B3": "live"}


@pytest.mark.parametrize(
    ("number", "why"),
    [(1, r"Batch 1 is no import \(snapshot\)"), (9, "There is no batch 9; the last are: 1, 2")],
)
def test_what_cannot_be_taken_back_says_why(folder, number, why):
    brought(folder, {"id": "B1"})
    with pytest.raises(DataError, match=why):
        undo(folder, number)


def test_a_batch_is_taken_back_once(folder):
    brought(folder, {"id": "B1"})
    undo(folder, 2)
    with pytest.raises(DataError, match="has been taken back already"):
        undo(folder, 2)


def test_a_batch_that_others_stand_on_stays(tmp_path):
    folder = tmp_path / "data"
    batch = Batch(number=0, kind="areas", at=now())
    with writing(folder):
        fold(folder, town.PLACE, Incoming(batch, {"areas": town.areas()}))
    town.write_place(folder, town.PLACE)
    with pytest.raises(DataError, match="There are no areas"):
        undo(folder, 1)
    assert not Log(folder).batch(1).undone
    assert Store(folder).reader().rows("SELECT count(*) AS n FROM areas") == [{"n": 11}]


def test_facts_that_do_not_fit_leave_no_batch_and_the_old_generation(folder):
    orphan = {"code": "9", "name": "无主", "level": 1, "parent": "8", "geometry": b""}
    batch = Batch(number=0, kind="areas", at=now())
    with writing(folder), pytest.raises(DataError, match="Area 9 names the parent 8"):
        fold(folder, town.PLACE, Incoming(batch, {"areas": town.rows("areas", orphan)}))
    assert kinds(folder) == ["snapshot"]
    assert published(folder).number == 1


@pytest.mark.parametrize("step", ["commit", "point"])
def test_a_crash_between_the_log_and_the_pointer_is_caught_up_with(folder, monkeypatch, step):
    brought(folder, {"id": "B1"})

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    if step == "commit":
        monkeypatch.setattr(Log, "commit", crash)
    else:
        monkeypatch.setattr("geodata.store.generation.point", crash)
    with pytest.raises(KeyboardInterrupt):
        brought(folder, {"id": "B2"})
    monkeypatch.undo()
    assert texts(folder).keys() == {"B1"}  # before, not between
    brought(folder, {"id": "B3"})
    assert texts(folder).keys() == ({"B1", "B3"} if step == "commit" else {"B1", "B2", "B3"})


def damage(folder, how: str) -> None:
    file = room(folder) / published(folder).file
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(
        {
            "cut": whole[:middle],
            "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
            "emptied": b"",
            "gone": b"",
        }[how]
    )
    if how == "gone":
        file.unlink()


@pytest.mark.parametrize("how", ["cut", "flipped", "emptied", "gone"])
def test_a_damaged_generation_is_set_aside_and_made_anew(folder, how):
    brought(folder, {"id": "B1"})
    put(folder, entry("B2"))
    compact(folder)
    put(folder, entry("B3"))
    damaged = published(folder)
    damage(folder, how)
    reader = Store(folder, mend=mend).reader()
    assert {row["id"] for row in reader.rows("SELECT id FROM tickets WHERE id LIKE 'B%'")} == {
        *("B1", "B2", "B3")
    }
    assert published(folder).number > damaged.number
    assert damaged not in generations(folder)
    assert (room(folder) / damaged.file).with_suffix(".damaged").exists() == (how != "gone")


def test_two_who_find_the_same_damage_mend_it_once(folder):
    brought(folder, {"id": "B1"})
    damaged = published(folder)
    damage(folder, "cut")
    mend(folder, damaged)
    mended = published(folder)
    mend(folder, damaged)
    assert published(folder) == mended


def test_two_generations_are_kept_and_older_rows_leave_the_journal(folder):
    for i in range(4):
        put(folder, entry(f"B{i}"))
        compact(folder)
    assert [g.upto for g in generations(folder)] == [4, 3]
    rows = Journal(folder).after(3)[1]
    assert len(rows) == 1  # a reader of the older generation still needs it


def test_nothing_waiting_is_nothing_to_compact(folder):
    assert compact(folder) is None
    assert published(folder).number == 1


def test_a_tail_is_due_when_it_is_long_or_old(folder):
    import datetime as dt

    put(folder, entry("B1"))
    assert not is_due(folder)
    assert is_due(folder, most=1)
    assert is_due(folder, oldest=dt.timedelta(0))


def test_a_second_compactor_is_refused_with_a_sentence(folder):
    put(folder, entry("B1"))
    with writing(folder), pytest.raises(BusyError, match="Another process is writing"):
        compact(folder)


def test_a_demonstration_replaces_everything_before_it():
    demo, later = (Batch(number=n, kind=k, at="") for n, k in ((2, "demo"), (3, "tickets")))
    first = Batch(number=1, kind="demo", at="")
    assert standing([first, demo, later]) == [demo, later]


def test_rows_of_a_batch_are_read_a_slice_at_a_time(folder, monkeypatch):
    monkeypatch.setattr(module, "SLICE", 2)
    brought(folder, *[{"id": f"B{i}"} for i in range(5)])
    replay(folder)
    assert len(texts(folder)) == 5


def test_a_batch_whose_note_cannot_be_read_is_named(folder):
    brought(folder, {"id": "B1"})
    (Log(folder).path(2) / "batch.json").write_text("{")
    with pytest.raises(DataError, match=r"batch\.json cannot be read.*backup"):
        brought(folder, {"id": "B2"})


def test_what_a_newer_program_notes_of_a_generation_does_not_break_an_older_one(folder):
    path = room(folder) / "current.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "colour": "red"}))
    assert published(folder).number == 1


def test_a_damaged_base_is_not_built_upon(folder):
    brought(folder, {"id": "B1"})
    damage(folder, "flipped")
    brought(folder, {"id": "B2"})
    assert texts(folder).keys() == {"B1", "B2"}


def test_without_any_sound_generation_the_log_is_enough(folder):
    brought(folder, {"id": "B1"})
    for path in room(folder).glob("g*"):
        path.unlink()
    brought(folder, {"id": "B2"})
    assert texts(folder).keys() == {"B1", "B2"}
    shutil.rmtree(room(folder))
    replay(folder)
    assert texts(folder).keys() == {"B1", "B2"}


def test_a_draft_of_the_same_number_left_by_a_killed_writer_is_removed(folder):
    left = room(folder) / "g000002.draft"
    left.write_bytes(b"half")
    with writing(folder), Draft(folder, town.PLACE):
        assert left.stat().st_size > 4
    assert not left.exists()
