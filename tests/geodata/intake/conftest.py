from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geodata.intake.importer import Asked, import_file
from geodata.store.reader import Store
from tests import town

if TYPE_CHECKING:
    from geodata.intake.importer import Report


@dataclass(frozen=True)
class Intake:
    """A data folder with the town's areas, and files brought into it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def file(self, text: str | bytes, name: str = "sheet.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def bring(
        self, kind: str, text: str | bytes, mapping: str = "", name: str = "sheet.csv", **more: Any
    ) -> Report:
        chosen = self.file(mapping, "mapping.toml") if mapping else None
        file = self.file(text, name)
        return import_file(Asked(kind=kind, file=file, folder=self.data, mapping=chosen, **more))

    def rows(self, sql: str) -> list[dict[str, Any]]:
        return Store(self.data).reader().rows(sql)


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    town.published(tmp_path / "data")
    return Intake(tmp_path)


@pytest.fixture
def empty_intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


def features(*rows: tuple[dict[str, Any], Any]) -> str:
    """GeoJSON of properties and geometries."""
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in rows]
    return json.dumps({"type": "FeatureCollection", "features": listed}, ensure_ascii=False)


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
