"""The commands beside import: batches, undo, map, token, compact, replay, backup, restore."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from geodata.__main__ import main
from geodata.intake.mapping import read_mapping
from geodata.store.generation import published
from geodata.store.reader import Store
from geodata.tokens import Tokens
from tests import town
from tests.live import entry, put


@pytest.fixture
def data(tmp_path):
    return town.build(tmp_path / "data")


@pytest.fixture
def run(data, capsys, monkeypatch):
    """Run a command over the town; gives the exit code, stdout and stderr."""
    monkeypatch.chdir(data.parent)

    def command(*words: str | Path, at: Path = data) -> tuple[int, str, str]:
        code = main([*map(str, words), "--data", str(at)])
        return code, *capsys.readouterr()

    return command


def tickets(data, text: str = "1,2020-11-20,噪声\n") -> Path:
    file = data.parent / "t.csv"
    file.write_text("id,created_at,category\n" + text, encoding="utf-8")
    return file


def count(folder) -> int:
    return int(Store(folder).reader().rows("SELECT count(*) AS n FROM tickets")[0]["n"])


def test_batches_are_listed_and_taken_back(run, data):
    run("import", "tickets", tickets(data))
    code, out, _ = run("batches")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["1", "2"]
    assert "tickets t.csv: read 1, accepted 1, rejected 0 sha256 " in out
    assert run("undo", "2") == (0, "batch 2 (t.csv) is taken back\n", "")
    assert "(taken back)" in run("batches")[1]
    assert count(data) == 12


def test_what_cannot_be_taken_back_is_said_on_stderr(run):
    code, out, err = run("undo", "9")
    assert (code, out) == (2, "")
    assert err == "There is no batch 9; the last are: none.\n"


def test_a_mapping_is_proposed_written_and_shown(run, data):
    file = data.parent / "诉求.csv"
    file.write_text(
        "工单编号,受理时间,诉求类别,诉求内容,经度,纬度,来电人电话\n"
        "A1,2020-11-20 08:00:00,噪声,太吵,118.005,36.815,13800001234\n"
        "A2,2020-11-21 09:30:00,油烟,呛人,118.015,36.812,13900004321\n",
        encoding="gb18030",
    )
    code, out, _ = run("map", file, "--kind", "tickets", "--out", "m.toml")
    assert code == 0
    assert "A1 | " in out
    assert "read 2, would accept 2" in out
    assert "13800001234" not in out
    mapping = read_mapping(data.parent / "m.toml")
    assert mapping.columns["id"].sources == ("工单编号",)
    assert run("import", "tickets", file, "--mapping", "m.toml")[0] == 0
    assert count(data) == 14


def test_a_mapping_with_gaps_is_written_and_said(run, data):
    file = data.parent / "x.csv"
    file.write_text("a,b\n1,2\n")
    code, out, _ = run("map", file, "--kind", "tickets")
    assert code == 3
    assert "with gaps that only you can fill" in out
    assert (data.parent / "x.mapping.toml").is_file()


def test_a_token_is_shown_once_listed_by_name_and_taken_away(run, data):
    token = run("token", "12345")[1].strip()
    assert Tokens(data).sender_of(token) == "12345"
    assert token not in (data / "tokens.json").read_text()
    assert stat.S_IMODE((data / "tokens.json").stat().st_mode) == 0o600
    listed = run("token")[1]
    assert listed.startswith("12345 since ")
    assert token not in listed
    assert run("token", "12345", "--revoke")[0] == 0
    assert Tokens(data).sender_of(token) is None


def test_without_a_folder_the_one_of_the_environment_is_meant(data, capsys, monkeypatch):
    monkeypatch.setenv("ONEMAP_DATA", str(data))
    assert main(["token", "12345"]) == 0
    assert Tokens(data).sender_of(capsys.readouterr().out.strip()) == "12345"


def test_without_any_folder_it_is_the_one_the_server_opens(data, capsys, monkeypatch):
    monkeypatch.delenv("ONEMAP_DATA", raising=False)
    monkeypatch.chdir(data.parent)
    assert main(["token", "12345"]) == 0
    assert (data.parent / "var" / "data" / "tokens.json").is_file()


def test_the_journal_is_folded_in(run, data):
    assert run("compact") == (0, "nothing waits in the journal\n", "")
    put(data, entry("L1"))
    code, out, _ = run("compact")
    assert (code, out) == (0, f"data version {published(data).version}\n")
    assert published(data).upto == 1


def test_a_store_is_made_anew_saved_and_put_back(run, data, tmp_path):
    run("import", "tickets", tickets(data))
    assert run("replay")[0] == 0
    assert count(data) == 13
    assert run("backup", tmp_path / "saved")[0] == 0
    code, out, _ = run("restore", tmp_path / "saved", at=tmp_path / "again")
    assert code == 0
    assert out.endswith("sums compared\n")
    assert count(tmp_path / "again") == 13


def test_a_demonstration_does_not_replace_what_was_brought_in(run, data):
    run("import", "tickets", tickets(data))
    code, _, err = run("demo", "--scale", "tiny")
    assert code == 2
    assert "holds facts that were brought in" in err
    assert count(data) == 13


def test_a_demonstration_may_be_made_again_and_is_made_anew_by_a_replay(run, tmp_path):
    new = tmp_path / "new"
    for _ in range(2):
        assert run("demo", "--scale", "tiny", "--until", "2024-06-30", at=new)[0] == 0
    before = Store(new).reader().rows("SELECT * EXCLUDE (n) FROM tickets ORDER BY id LIMIT 100")
    assert run("replay", at=new)[0] == 0
    after = Store(new).reader().rows("SELECT * EXCLUDE (n) FROM tickets ORDER BY id LIMIT 100")
    assert after == before
