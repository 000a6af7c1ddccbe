from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from api.settings import Settings
from app import create_app
from geodata.errors import DataError
from geodata.store.reader import Reader
from tests import town
from tests.api.conftest import told
from tests.conftest import NO_FILES
from tests.live import entry, put

POINTER = Path("store") / "current.json"


@pytest.fixture
def folder(tmp_path):
    return town.build(tmp_path)


@pytest.fixture
def settings(folder):
    return Settings(data=folder, cache=NO_FILES)


@pytest.fixture
def served(settings):
    """A client of a town of its own, which a test may break."""
    return create_app(settings).server.test_client()


def damage(folder: Path, how: str) -> None:
    if how == "emptied":
        (folder / POINTER).unlink()
    else:
        (folder / POINTER).write_text("{")


DAMAGES = ("emptied", "garbled")


def test_a_server_with_data_is_alive_and_ready(served):
    assert served.get("/healthz").get_json() == {"alive": True}
    told = {"ready": True, "journal": {"rows": 0, "since": None}}
    assert served.get("/readyz").get_json() == told


def test_a_damaged_generation_is_made_anew_when_it_is_opened(served, folder):
    before = served.get("/api/summary").get_json()
    town.published(folder, tickets=[{"id": "T1", "category": "噪声", "created_at": town.NOW}])
    file = next((folder / "store").glob("g000002.duckdb"))
    file.write_bytes(file.read_bytes()[:5000])
    assert served.get("/readyz").status_code == 200
    assert served.get("/api/summary").get_json()["total"] == before["total"]
    assert (folder / "store" / "g000002.damaged").is_file()


def test_a_folder_whose_every_generation_is_damaged_says_to_restore(settings, folder):
    file = folder / "store" / "g000001.duckdb"
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(DataError, match="Restore a backup"):
        create_app(settings)


def test_a_journal_that_lost_rows_is_raised(served, folder):
    put(folder, entry("L1"), entry("L2"))
    for path in folder.glob("journal.sqlite*"):
        path.unlink()
    answer = served.get("/readyz")
    assert answer.status_code == 503
    assert "2 rows had been acknowledged" in told(answer)


def test_ready_says_what_waits_in_the_journal(served, folder):
    put(folder, entry("L1"))
    journal = served.get("/readyz").get_json()["journal"]
    assert journal["rows"] == 1
    assert dt.datetime.fromisoformat(journal["since"]).utcoffset() is not None


@pytest.mark.parametrize("how", DAMAGES)
def test_without_data_it_is_alive_but_not_ready(served, folder, how):
    damage(folder, how)
    assert served.get("/healthz").status_code == 200
    answer = served.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["ready"] is False
    assert told(answer)


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("path", ["/version.json", "/api/summary", "/geo/areas.geojson"])
def test_without_data_everything_else_says_so_in_json(served, folder, how, path):
    damage(folder, how)
    answer = served.get(path)
    assert answer.status_code == 503
    assert told(answer)


def test_it_is_ready_again_when_the_data_is(served, folder):
    damage(folder, "emptied")
    assert served.get("/readyz").status_code == 503
    town.build(folder)
    assert served.get("/readyz").status_code == 200
    assert served.get("/api/summary").status_code == 200


def test_ready_means_that_the_data_really_answers(served):
    # The folder is whole; only the connection of the reader that serves is not.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "_cursor", closed)
        assert served.get("/readyz").status_code == 503
    assert served.get("/readyz").status_code == 200


def closed(reader: Reader):
    cursor = reader._ground.cursor()
    cursor.close()
    return cursor


def test_neither_is_kept_by_a_cache(served):
    for path in ("/healthz", "/readyz", "/version.json"):
        assert served.get(path).headers["Cache-Control"] == "no-store"


def test_the_version_names_code_and_data_and_how_far_the_data_goes(served, settings):
    told_ = served.get("/version.json").get_json()
    assert set(told_) == {"build", "data_version", "data_until"}
    assert told_["build"] == settings.build
    assert told_["data_until"] == "2020-11-23T00:00:00+08:00"
    assert dt.datetime.fromisoformat(told_["data_until"]) == town.NOW - dt.timedelta(hours=8)
    assert told_["data_version"] == served.get("/api/summary").get_json()["data_version"]


def test_new_data_is_a_new_version_without_a_restart(served, folder):
    before = served.get("/version.json").get_json()
    served.get("/api/summary")
    late = {"id": "T13", "category": "噪声", "created_at": town.moment("11-22 10:00")}
    town.published(folder, tickets=[late])
    after = served.get("/version.json").get_json()
    assert after["build"] == before["build"]
    assert after["data_version"] != before["data_version"]
    assert served.get("/api/summary").get_json()["total"] == 10
