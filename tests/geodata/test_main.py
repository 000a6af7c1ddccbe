"""The command line: what it prints, what it returns, what it leaves behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geodata.__main__ import main
from geodata.place import read_place
from geodata.store.generation import published
from geodata.store.reader import Store
from tests import town
from tests.geodata.intake.conftest import box, features

TICKETS = "id,created_at,category\n1,2024-07-01,噪声\n"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run a command in an empty folder; gives the exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str | Path) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def data(tmp_path):
    town.published(tmp_path / "data")
    return tmp_path / "data"


def written(name: str, text: str) -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def test_an_import_says_what_it_read_and_where_it_was(run, data):
    code, out, err = run("import", "tickets", written("t.csv", TICKETS), "--data", data)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "mapping: canonical_tickets",
        "encoding utf-8 (detected)",
        "read 1, accepted 1, rejected 0",
        "batch 2; `python -m geodata undo 2` takes it back",
        "crs: EPSG:4326",
    ]


def test_an_import_with_rejects_returns_three_and_writes_them(run, data):
    file = written("t.csv", TICKETS + "2,gestern,噪声\n")
    code, out, _ = run("import", "tickets", file, "--data", data, "--rejects", "bad.csv")
    assert code == 3
    assert "read 2, accepted 1, rejected 1\n" in out
    assert "held back: 1 times created_at is not a time (line 3)\nrows held back: bad.csv\n" in out
    assert out.endswith("\ncrs: EPSG:4326\n")
    assert "gestern" in Path("bad.csv").read_text(encoding="utf-8-sig")


def test_rejects_go_beside_where_we_stand_unless_told(run, data):
    file = written("t.csv", TICKETS + "2,gestern,噪声\n")
    run("import", "tickets", file, "--data", data)
    assert Path("t.rejects.csv").is_file()


def test_an_import_with_a_mapping_does_not_name_one(run, data):
    mapping = written(
        "m.toml",
        'kind = "tickets"\ncrs = "GCJ-02"\n[columns]\n'
        'id = "id"\ncreated_at = "created_at"\ncategory = "category"\n',
    )
    code, out, _ = run(
        *("import", "tickets", written("t.csv", TICKETS), "--data", data, "--mapping", mapping)
    )
    assert code == 0
    assert "mapping:" not in out
    assert out.endswith("\ncrs: GCJ-02\n")


def test_an_import_into_an_empty_folder_begins_with_areas(run, tmp_path):
    file = written("a.geojson", features(({"boro_cd": "101"}, box(-74, 40.7, -73.9, 40.8))))
    code, out, _ = run("import", "areas", file, "--data", tmp_path / "new")
    assert code == 0
    assert "place.toml comes from the mapping nyc_community_districts.\n" in out
    assert read_place(tmp_path / "new").timezone == "America/New_York"


def test_a_dry_run_changes_nothing(run, data):
    before = published(data)
    code, out, _ = run("import", "tickets", written("t.csv", TICKETS), "--data", data, "--dry-run")
    assert (code, published(data)) == (0, before)
    assert "read 1, accepted 1, rejected 0" in out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["import", "tickets", "nowhere.csv", "--data", "data"], "There is no file nowhere.csv."),
        (
            ["import", "tickets", "t.csv", "--data", "empty"],
            "empty has no place.toml. Import areas",
        ),
        (["import", "markets", "t.csv", "--data", "data"], "No shipped mapping of markets fits"),
        (
            ["import", "tickets", "t.csv", "--data", "data", "--mapping", "no.toml"],
            "The mapping no.toml cannot",
        ),
        (["check", "--data", "empty"], "empty holds no data yet."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, data, words, reason):
    written("t.csv", TICKETS)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.startswith(reason)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [[], ["fly"], ["import", "weather", "x.csv", "--data", "d"],
     ["demo", "--data", "d", "--scale", "huge"], ["demo", "--data", "d", "--until", "morgen"]],
)  # fmt: skip
def test_a_command_that_is_none_is_refused(words):
    with pytest.raises(SystemExit) as refused:
        main(words)
    assert refused.value.code == 2


def test_check_passes_on_the_town(run, town_folder):
    code, out, _ = run("check", "--data", town_folder)
    assert code == 0
    assert out == (
        "区: 1\n街道: 2\n社区: 3\n网格: 5\n"
        "addresses: 5\ntickets: 12\nmarkets: 2\npeople: 8\n0 faults\n"
    )


def test_the_demonstration_is_built_by_one_command(run, tmp_path):
    folder = tmp_path / "demo"
    code, out, err = run(
        "demo", "--data", folder, "--scale", "tiny", "--seed", "5", "--until", "2023-01-31"
    )
    version = published(folder).version
    assert (code, err) == (0, "")
    assert out == f"{folder}: data version {version}, until 2023-01-31\n"
    reader = Store(folder).reader()
    assert reader.data_until.astimezone(reader.place.zone).isoformat() == (
        "2023-02-01T00:00:00+08:00"
    )
    assert reader.place.is_demo


def test_the_module_runs_as_a_command(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "geodata", "check", "--data", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "holds no data yet" in done.stderr
    assert "Traceback" not in done.stderr
