from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api import settings as module
from api.settings import OURS, Settings
from app import create_app

TREES = """
id = "trees"
title = "树"
group = "测试"
description = "树"
geometry = "Point"
source = {provider = "测试", license = "CC0"}
fields = [{name = "id", title = "编号"}]
symbology = {color = "#228822"}
"""
FEATURES = """{"type": "FeatureCollection", "features": [{"type": "Feature",
"geometry": {"type": "Point", "coordinates": [118.005, 36.815]}, "properties": {"id": "oak"}}]}"""
CODE = {"app.py": "app", "package-lock.json": "{}", "layers/a.py": "1", "assets/b.css": "2"}


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A tree of code to change, in place of our own."""
    monkeypatch.setattr(module, "ROOT", tmp_path / "code")
    for name, text in CODE.items():
        write(tmp_path / "code" / name, text)
    return tmp_path / "code"


@pytest.fixture
def data(tmp_path):
    write(tmp_path / "data" / "layers" / "trees.toml", "id = 'trees'")
    return tmp_path / "data"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def build(data: Path) -> str:
    return Settings(data=data).build


def test_the_same_code_is_the_same_build(code, data):
    assert build(data) == build(data)
    assert len(build(data)) == 12


@pytest.mark.parametrize("name", CODE)
def test_a_changed_file_of_code_is_another_build(code, data, name):
    before = build(data)
    write(code / name, "something else")
    assert build(data) != before


@pytest.mark.parametrize("room", OURS)
def test_a_new_file_of_code_is_another_build(code, data, room):
    before = build(data)
    write(code / room / "inner" / "new.py", "new")
    assert build(data) != before


@pytest.mark.parametrize(
    "name", ["README.md", "docs/a.md", "tests/a.py", "layers/__pycache__/a.pyc"]
)
def test_what_is_not_run_does_not_change_the_build(code, data, name):
    before = build(data)
    write(code / name, "new")
    assert build(data) == before


@pytest.mark.parametrize("name", ["layers/trees.toml", "layers/trees.geojson", "place.toml"])
def test_changed_settings_of_a_place_and_its_plain_layers_are_another_build(code, data, name):
    # What is drawn of them is kept by caches under the build, and no generation names them.
    before = build(data)
    write(data / name, "id = 'trees' # changed")
    assert build(data) != before


def test_facts_are_named_by_their_own_version_not_by_the_build(code, data):
    before = build(data)
    write(data / "store" / "g000002.duckdb", "facts")
    assert build(data) == before


def test_the_data_folder_is_the_one_of_the_environment_or_the_default(monkeypatch):
    monkeypatch.delenv("ONEMAP_DATA", raising=False)
    assert Settings().data == Path("var/data")
    monkeypatch.setenv("ONEMAP_DATA", "elsewhere")
    assert Settings().data == Path("elsewhere")


def test_answers_are_kept_in_private_files_of_the_data_folder_unless_told(tmp_path):
    kept = Settings(data=tmp_path).caching
    assert kept["CACHE_DIR"] == str(tmp_path / "cache")
    assert kept["CACHE_OPTIONS"] == {"mode": 0o600}
    assert Settings(cache={"CACHE_TYPE": "SimpleCache"}).caching == {"CACHE_TYPE": "SimpleCache"}


def test_an_answer_on_disk_can_be_read_by_nobody_else(town_folder, tmp_path):
    data = Path(shutil.copytree(town_folder, tmp_path / "town"))
    create_app(Settings(data=data)).server.test_client().get("/api/summary")
    files = [file for file in (data / "cache").rglob("*") if file.is_file()]
    assert files
    assert {file.stat().st_mode & 0o077 for file in files} == {0}


def test_a_changed_plain_layer_is_seen_after_a_restart(town_folder, tmp_path):
    data = Path(shutil.copytree(town_folder, tmp_path / "town"))

    def names() -> list[str]:
        served = create_app(Settings(data=data)).server.test_client()
        found = served.get("/geo/trees.geojson").get_json()["features"]
        return [feature["properties"]["id"] for feature in found]

    write(data / "layers" / "trees.toml", TREES)
    for ident in ("oak", "elm"):
        write(data / "layers" / "trees.geojson", FEATURES.replace("oak", ident))
        assert names() == [ident]
