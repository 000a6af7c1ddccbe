"""The journal's tail over a generation: live rows are in every answer before they are folded in."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from geodata.store import reader as module
from geodata.store.compactor import compact
from geodata.store.generation import published, room
from geodata.store.journal import FILE, Journal
from geodata.store.reader import Store
from geodata.store.terms import terms
from tests import town
from tests.live import entry, put


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Look at the journal for every question."""
    monkeypatch.setattr(module, "TAIL_SECONDS", 0.0)


@pytest.fixture
def folder(tmp_path):
    return town.build(tmp_path / "data")


def ids(reader) -> list[str]:
    return [row["id"] for row in reader.rows("SELECT id FROM tickets ORDER BY id")]


def facts(reader, ident: str) -> dict:
    return reader.rows("SELECT * EXCLUDE (n) FROM tickets WHERE id = $id", {"id": ident})[0]


def test_a_live_ticket_is_read_beside_those_of_the_generation(folder):
    store = Store(folder)
    before = store.reader()
    put(folder, entry("L1"))
    after = store.reader()
    assert ids(after) == [*ids(before), "L1"] or set(ids(after)) == {*ids(before), "L1"}
    assert "L1" not in ids(before)
    assert after.version == f"{before.version}-1"
    assert after.generation == before.generation


def test_a_live_ticket_takes_the_place_of_the_older_one_with_its_id(folder):
    put(folder, entry("T01", text="new", state="closed"))
    reader = Store(folder).reader()
    assert reader.rows("SELECT count(*) AS n FROM tickets") == [{"n": 12}]
    assert facts(reader, "T01")["text"] == "new"
    assert facts(reader, "T01")["is_open"] is False


def test_of_several_versions_the_last_counts(folder):
    put(folder, entry("L1", text="one"))
    put(folder, entry("L1", text="two"), entry("L2"))
    put(folder, entry("L1", text="three"))
    reader = Store(folder).reader()
    assert facts(reader, "L1")["text"] == "three"
    assert reader.rows("SELECT count(*) AS n FROM tickets") == [{"n": 14}]


ROWS = [
    entry("L1", lon=118.025, lat=36.812, channel="电话"),
    entry("L2", lon=None, lat=None, address_id="A4", category="全新/类别"),
    entry("L3", lon=None, lat=None, area="112", department="新部门"),
    entry("L4", lon=None, lat=None, closed_at=town.moment("11-22 15:00")),
    entry("L5", lon=0.5, lat=0.5),
    entry("T02", state="closed", smoke=True),
]


def test_the_tail_says_of_every_ticket_what_the_next_generation_says(folder):
    put(folder, *ROWS)
    reader = Store(folder).reader()
    told = {row.id: facts(reader, row.id) for row in ROWS}
    days = reader.rows("SELECT * FROM days ORDER BY day")
    values = {s: terms(reader, s).values for s in ("category", "department", "channel", "state")}
    until = reader.data_until
    compact(folder)
    folded = Store(folder).reader()
    assert {row.id: facts(folded, row.id) for row in ROWS} == told
    assert folded.rows("SELECT * FROM days ORDER BY day") == days
    assert {s: terms(folded, s).values for s in values} == values
    assert folded.data_until == until
    assert published(folder).upto == len(ROWS)
    assert folded.version == published(folder).version  # no tail is left


def test_numbers_of_the_tail_follow_those_of_the_generation(folder):
    put(folder, entry("L2"), entry("L1", created_at=town.moment("11-01 00:00")))
    rows = Store(folder).reader().rows("SELECT id, n FROM tickets ORDER BY n")
    assert [row["id"] for row in rows][-2:] == ["L1", "L2"]
    assert len({row["n"] for row in rows}) == 14


def test_the_newest_live_ticket_moves_the_end_of_the_data(folder):
    store = Store(folder)
    before = store.reader().data_until
    put(folder, entry("L1", created_at=town.moment("11-25 09:00")))
    assert store.reader().data_until == before + dt.timedelta(days=3)


def test_a_reader_keeps_its_tail_while_others_come_and_go(folder):
    store = Store(folder)
    put(folder, entry("L1"))
    first = store.reader()
    for i in range(2, 6):
        put(folder, entry(f"L{i}"))
        store.reader()
    compact(folder)
    store.reader()
    assert first.rows("SELECT count(*) AS n FROM tickets") == [{"n": 13}]


def test_tails_that_nobody_holds_are_dropped(folder):
    store = Store(folder)
    for i in range(5):
        put(folder, entry(f"L{i}"))
        store.reader()
    schemas = store.reader().rows(
        "SELECT schema_name FROM duckdb_schemas() WHERE schema_name LIKE 'tail%'"
    )
    assert len(schemas) <= 2


def test_a_busy_journal_is_read_again_only_after_a_moment(folder, monkeypatch):
    monkeypatch.setattr(module, "TAIL_SECONDS", 3600.0)
    put(folder, entry("L1"))
    store = Store(folder)
    first = store.reader()
    put(folder, entry("L2"))
    assert store.reader() is first
    town.published(folder)  # but a new generation is seen at once
    assert store.reader() is not first


def test_what_no_ticket_changes_is_made_once_for_all_tails(folder):
    store, made = Store(folder), []
    for i in range(3):
        put(folder, entry(f"L{i}"))
        store.reader().lasting("hierarchy of the test", lambda: made.append(1) or 1)
    assert made == [1]


def test_a_journal_that_cannot_be_read_leaves_the_screen_as_it_is(folder, caplog):
    store = Store(folder)
    put(folder, entry("L1"))
    reader = store.reader()
    Journal(folder)._drop()
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
    (folder / FILE).write_bytes(b"not a database" * 1000)
    store._journal._drop()
    assert store.reader() is reader
    assert "the journal cannot be read" in caplog.text


def test_readers_see_every_acknowledged_ticket_exactly_once_while_generations_change(folder):
    """Ten rounds of intake and compaction beside four readers that never stop asking."""
    store, stop, wrong = Store(folder), threading.Event(), []

    def read() -> None:
        seen = 12
        while not stop.is_set():
            row = store.reader().rows(
                "SELECT count(*) AS n, count(DISTINCT id) AS ids FROM tickets"
            )[0]
            if row["n"] != row["ids"] or row["n"] < seen or (row["n"] - 12) % 5:
                wrong.append((seen, row))
            seen = row["n"]

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for round_ in range(10):
            put(folder, *[entry(f"R{round_}-{i}") for i in range(5)])
            if round_ % 2:
                compact(folder)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert store.reader().rows("SELECT count(*) AS n FROM tickets") == [{"n": 62}]
    assert len(list(room(folder).glob("g*.duckdb"))) == 2


def test_what_lasts_and_what_is_of_the_tail_may_be_made_at_once(folder):
    """Each holds its lock until the other holds the other one; then both ask across."""
    put(folder, entry("L1"))
    reader = Store(folder).reader()
    both = threading.Barrier(2, timeout=10)
    made = []

    def lasting() -> bool:
        both.wait()
        return reader.knows("addresses", "status")

    def of_the_tail() -> bool:
        both.wait()
        return reader.lasting("other", lambda: True)

    makers = [
        threading.Thread(target=lambda: made.append(reader.lasting("lasting", lasting))),
        threading.Thread(target=lambda: made.append(reader.once("of the tail", of_the_tail))),
    ]
    for maker in makers:
        maker.daemon = True
        maker.start()
    for maker in makers:
        maker.join(timeout=10)
    assert made == [True, True]
