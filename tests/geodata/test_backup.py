"""A folder saved and put back is the same folder."""

from __future__ import annotations

import json

import pytest

from geodata import tokens
from geodata.backup import MANIFEST, backup, restore
from geodata.errors import DataError
from geodata.replay import replay
from geodata.store.compactor import compact
from geodata.store.disk import digest
from geodata.store.generation import published, room
from geodata.store.journal import Journal
from geodata.store.reader import Store
from tests import town
from tests.live import entry, put


@pytest.fixture
def folder(tmp_path):
    folder = town.build(tmp_path / "data")
    put(folder, entry("L1"), entry("L2"))
    compact(folder)
    put(folder, entry("L3"))
    (folder / "layers").mkdir()
    (folder / "layers" / "trees.toml").write_text("# somebody's")
    tokens.issue(folder, "12345")
    return folder


@pytest.fixture
def saved(folder, tmp_path):
    backup(folder, tmp_path / "saved")
    return tmp_path / "saved"


def test_what_is_restored_answers_the_same(folder, saved, tmp_path):
    restore(saved, tmp_path / "again")
    before, after = Store(folder).reader(), Store(tmp_path / "again").reader()
    assert after.version == before.version
    for table in ("areas", "addresses", "tickets", "markets", "terms"):
        sql = f"SELECT * FROM {table} ORDER BY ALL"
        assert after.rows(sql) == before.rows(sql)
    assert Journal(tmp_path / "again").after(2) == Journal(folder).after(2)
    assert Journal(tmp_path / "again").alarm() is None
    assert (tmp_path / "again" / "layers" / "trees.toml").read_text() == "# somebody's"


def test_every_file_of_a_backup_is_in_its_manifest(saved):
    sums = json.loads((saved / MANIFEST).read_text())
    files = {str(p.relative_to(saved)) for p in saved.rglob("*") if p.is_file()} - {MANIFEST}
    assert set(sums) == files
    assert all(digest(saved / name) == told for name, told in sums.items())
    assert "place.toml" in sums
    assert "journal.sqlite" in sums


def test_what_is_restored_can_be_made_anew_from_its_log(saved, tmp_path):
    again = tmp_path / "again"
    restore(saved, again)
    (room(again) / published(again).file).unlink()
    replay(again)
    assert Store(again).reader().rows("SELECT count(*) AS n FROM tickets") == [{"n": 15}]


def test_tokens_stay_private(saved, tmp_path):
    restore(saved, tmp_path / "again")
    assert (tmp_path / "again" / "tokens.json").stat().st_mode & 0o077 == 0


def test_intake_goes_on_while_a_backup_is_made_and_after_it(folder, saved, tmp_path):
    put(folder, entry("L4"))
    restore(saved, tmp_path / "again")
    assert put(tmp_path / "again", entry("L3")) == [("L3", "known")]
    assert put(tmp_path / "again", entry("L4")) == [("L4", "created")]


def test_a_changed_file_is_not_restored_and_nothing_else_is(saved, tmp_path):
    (saved / "place.toml").write_text("title = 'another'")
    with pytest.raises(DataError, match=r"place\.toml is not what was saved. Nothing"):
        restore(saved, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "again.restoring").exists()


def test_a_missing_file_is_named(saved, tmp_path):
    (saved / "place.toml").unlink()
    with pytest.raises(DataError, match=r"The backup lacks .*place\.toml"):
        restore(saved, tmp_path / "again")


def test_a_manifest_cannot_write_elsewhere(saved, tmp_path):
    (saved / MANIFEST).write_text(json.dumps({"../escaped": "0"}))
    with pytest.raises(DataError, match="outside of the backup"):
        restore(saved, tmp_path / "again")


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_folder_that_is_no_backup_is_said(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(DataError, match="is not a backup"):
        restore(tmp_path, tmp_path / "again")


def test_neither_overwrites_what_is_there(folder, saved, tmp_path):
    with pytest.raises(DataError, match=r"is not empty\. Name a new folder"):
        backup(folder, saved)
    with pytest.raises(DataError, match=r"is not empty\. Restore into a new folder"):
        restore(saved, folder)
