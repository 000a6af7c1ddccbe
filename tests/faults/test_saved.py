"""A backup put into an empty folder is the same data, or it is not put there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.store.disk import digest
from geodata.store.generation import published, room
from geodata.store.reader import Store
from tests.faults.conftest import ran
from tests.live import entry, put


def counts(folder: Path) -> dict[str, int]:
    reader = Store(folder).reader()
    tables = ("areas", "addresses", "tickets", "markets", "people")
    return {t: reader.rows(f"SELECT count(*) AS n FROM {t}")[0]["n"] for t in tables}


def test_counts_and_sums_are_equal_after_a_restore(folder, tmp_path):
    put(folder, entry("L1"), entry("L2"))
    assert ran("none", "compact", "--data", folder).returncode == 0
    put(folder, entry("L3"))
    saved, again = tmp_path / "saved", tmp_path / "again"
    assert ran("none", "backup", saved, "--data", folder).returncode == 0
    assert ran("none", "restore", saved, "--data", again).returncode == 0
    assert counts(again) == counts(folder)
    assert counts(again)["tickets"] == 15
    generation = published(again)
    assert generation == published(folder)
    assert digest(room(again) / generation.file) == generation.sha256


@pytest.mark.parametrize(("mutant", "holds"), [("none", True), ("trusting", False)])
def test_a_backup_that_has_rotted_is_not_restored(folder, tmp_path, mutant, holds):
    saved, again = tmp_path / "saved", tmp_path / "again"
    assert ran("none", "backup", saved, "--data", folder).returncode == 0
    file = saved / "place.toml"
    file.write_bytes(file.read_bytes().replace(b"is_demo = true", b"is_demo = fals"))
    refused = ran(mutant, "restore", saved, "--data", again).returncode == 2 and not again.exists()
    assert refused == holds
