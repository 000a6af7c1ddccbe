"""The journal: nothing is acknowledged before it is on disk, and nothing is counted twice."""

from __future__ import annotations

import sqlite3
import threading

import apsw
import pytest

from geodata.errors import DataError
from geodata.store import inbox
from geodata.store.journal import (
    ALARM,
    FILE,
    Journal,
    JournalError,
    Key,
    KeyUsedError,
    TrimmedError,
)
from geodata.store.ledger import FILE as LEDGER
from geodata.store.ledger import Ledger
from tests.live import entry


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path)


def test_rows_come_back_in_the_order_they_came(journal):
    told = journal.put("12345", [entry("A"), entry("B")])
    journal.put("12345", [entry("C")])
    assert told == [("A", "created"), ("B", "created")]
    assert journal.last() == 3
    assert journal.after(0) == (3, [entry(ident).row for ident in "ABC"])
    assert journal.after(2) == (3, [entry("C").row])
    assert journal.after(3) == (3, [])


def test_a_folder_without_live_rows_gets_no_file(journal, tmp_path):
    assert (journal.last(), journal.after(0), journal.waiting(0)) == (0, (0, []), (0, None))
    journal.trim(5)
    assert not journal.exists()
    assert list(tmp_path.iterdir()) == []


def test_the_same_content_again_is_known_and_other_content_is_an_update(journal):
    journal.put("12345", [entry("A", text="one")])
    assert journal.put("12345", [entry("A", text="one")]) == [("A", "known")]
    assert journal.put("12345", [entry("A", text="two")]) == [("A", "updated")]
    assert journal.after(0)[1] == [entry("A", text="one").row, entry("A", text="two").row]


def test_an_id_belongs_to_the_source_it_came_from(journal):
    journal.put("12345", [entry("A")])
    told = journal.put("城管", [entry("A", text="other"), entry("B")])
    assert told == [("A", "taken"), ("B", "created")]
    assert len(journal.after(0)[1]) == 2


def test_a_row_is_known_even_after_a_generation_took_it(journal):
    journal.put("12345", [entry("A")])
    journal.trim(1)
    assert journal.put("12345", [entry("A")]) == [("A", "known")]


def test_a_key_gives_its_first_answer_again(journal):
    first = journal.put("12345", [entry("A")], Key("retry-01", b"body"))
    assert journal.put("12345", [entry("A")], Key("retry-01", b"body")) == first
    assert journal.last() == 1


def test_a_key_with_another_body_is_refused_and_takes_nothing(journal):
    journal.put("12345", [entry("A")], Key("retry-01", b"body"))
    with pytest.raises(KeyUsedError):
        journal.put("12345", [entry("B")], Key("retry-01", b"other"))
    assert journal.last() == 1
    assert journal.put("城管", [entry("B")], Key("retry-01", b"other")) == [("B", "created")]


def test_requests_of_one_moment_share_a_commit_and_each_has_its_own_answer(journal):
    journal.put("12345", [entry("A")], Key("retry-01", b"body"))
    commits = []
    journal._connection().set_commit_hook(lambda: bool(commits.append(1)))
    told = journal.put_all(
        [
            ("12345", [entry("B")], None),
            ("12345", [entry("X")], Key("retry-01", b"other")),
            ("城管", [entry("B", text="other"), entry("C")], Key("order-02", b"body")),
            ("12345", [entry("A")], Key("retry-01", b"body")),
        ]
    )
    assert isinstance(told[1], KeyUsedError)
    assert told[0] == [("B", "created")]
    assert told[2:] == [[("B", "taken"), ("C", "created")], [("A", "created")]]
    assert commits == [1]
    assert journal.after(0)[1] == [entry(ident).row for ident in "ABC"]


def test_a_key_that_comes_twice_in_one_moment_is_answered_alike(journal):
    request = ("12345", [entry("A")], Key("retry-01", b"body"))
    assert journal.put_all([request, request]) == [[("A", "created")], [("A", "created")]]
    assert len(journal.after(0)[1]) == 1


def test_a_disk_that_fails_takes_nothing_of_any_request(journal):
    journal.put("12345", [entry("A")])
    journal._connection().execute("PRAGMA max_page_count = 1")
    many = [entry(f"B{i}", text="x" * 5000) for i in range(50)]
    with pytest.raises(JournalError, match="Full"):
        journal.put_all([("12345", [entry("C")], Key("retry-02", b"c")), ("12345", many, None)])
    assert journal.after(0)[1] == [entry("A").row]
    assert journal.put("12345", [entry("C")], Key("retry-02", b"c")) == [("C", "created")]


def test_trimmed_rows_are_not_silently_missing(journal):
    journal.put("12345", [entry(ident) for ident in "ABC"])
    journal.trim(2)
    assert journal.after(2) == (3, [entry("C").row])
    with pytest.raises(TrimmedError):
        journal.after(1)


def test_numbers_go_on_after_a_trim(journal):
    journal.put("12345", [entry("A")])
    journal.trim(1)
    assert journal.last() == 1
    journal.put("12345", [entry("B")])
    assert journal.last() == 2


def test_what_waits_is_counted_with_the_moment_of_the_oldest(journal):
    journal.put("12345", [entry("A"), entry("B")])
    count, since = journal.waiting(1)
    assert count == 1
    assert since is not None
    assert since.utcoffset() is not None


def test_many_threads_lose_and_double_nothing(journal):
    def send(name: str) -> None:
        for i in range(40):
            journal.put("12345", [entry(f"{name}{i}")])

    threads = [threading.Thread(target=send, args=(name,)) for name in "ABCDEFGH"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = journal.after(0)[1]
    assert len(rows) == len(set(rows)) == journal.last() == 320


def test_every_connection_syncs_each_commit(journal, tmp_path):
    journal.put("12345", [entry("A")])
    connection = journal._connection()
    assert connection.execute("PRAGMA synchronous").fetchall() == [(2,)]  # FULL
    assert connection.execute("PRAGMA journal_mode").fetchall() == [("wal",)]


def test_an_old_sqlite_is_refused_with_the_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.40.1")
    with pytest.raises(DataError, match=r"SQLite is 3\.40\.1; the journal needs 3\.51\.3"):
        Journal(tmp_path)


def test_a_disk_that_fails_acknowledges_nothing_and_recovers(journal, tmp_path):
    journal.put("12345", [entry("A")])
    journal._connection().execute("PRAGMA max_page_count = 1")
    with pytest.raises(JournalError, match="Full"):
        journal.put("12345", [entry(f"B{i}", text="x" * 5000) for i in range(50)])
    assert journal.put("12345", [entry("C")]) == [("C", "created")]
    assert journal.after(0)[1] == [entry("A").row, entry("C").row]


def test_a_file_that_is_no_database_is_an_error_of_the_journal(tmp_path):
    (tmp_path / FILE).write_bytes(b"not a database" * 1000)
    with pytest.raises(JournalError):
        Journal(tmp_path).put("12345", [entry("A")])


def test_a_journal_that_went_backwards_is_noticed_and_numbers_are_not_given_again(tmp_path):
    Journal(tmp_path).put("12345", [entry(ident) for ident in "ABC"])
    assert Journal(tmp_path).alarm() is None
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    alarm = Journal(tmp_path).alarm()
    assert alarm is not None
    assert "3 rows had been acknowledged, it knows 0" in alarm
    Journal(tmp_path).put("12345", [entry("D")])
    assert Journal(tmp_path).last() == 4
    assert Journal(tmp_path).alarm() == alarm  # until somebody has looked
    (tmp_path / ALARM).unlink()
    assert Journal(tmp_path).alarm() is None


def test_a_rolled_back_write_ahead_log_is_noticed(tmp_path):
    first = Journal(tmp_path)
    first.put("12345", [entry("A")])
    first._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    saved = (tmp_path / FILE).read_bytes()
    first.put("12345", [entry("B")])
    first._drop()
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    (tmp_path / FILE).write_bytes(saved)
    assert "2 rows had been acknowledged, it knows 1" in (Journal(tmp_path).alarm() or "")


def test_the_ledger_is_only_raised(journal, tmp_path):
    journal.put("12345", [entry("A")])
    (tmp_path / LEDGER).write_text("00000000000000000009")
    Ledger(tmp_path).note(5)
    assert int((tmp_path / LEDGER).read_text()) == 9


def test_a_copy_is_a_whole_journal(journal, tmp_path):
    journal.put("12345", [entry("A"), entry("B")])
    journal.trim(1)
    journal.copy(tmp_path / "copy.sqlite")
    copy = sqlite3.connect(tmp_path / "copy.sqlite")
    assert copy.execute("SELECT id FROM inbox").fetchall() == [("B",)]
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_answers_of_keys_are_forgotten_after_a_week(journal, monkeypatch):
    monkeypatch.setattr(inbox, "_now", lambda: "2020-01-01T00:00:00.000+00:00")
    journal.put("12345", [entry("A")], Key("retry-01", b"body"))
    monkeypatch.undo()
    journal.trim(0)
    assert journal.put("12345", [entry("B")], Key("retry-01", b"other")) == [("B", "created")]
