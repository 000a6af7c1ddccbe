from __future__ import annotations

import threading

import numpy as np
import pytest

from geodata.errors import DataError
from geodata.store.reader import Store
from tests import town


def test_columns_are_arrays_masked_where_a_value_is_missing(reader):
    columns = reader.columns("SELECT id, closed_at FROM tickets ORDER BY id")
    assert columns["id"].tolist()[:2] == ["T01", "T02"]
    assert np.ma.getmaskarray(columns["closed_at"]).tolist()[:2] == [False, True]


def test_rows_are_plain_values_by_name(reader):
    found = reader.rows("SELECT code, level FROM areas WHERE code = $code", {"code": "112"})
    assert found == [{"code": "112", "level": 2}]


def test_an_export_comes_a_batch_at_a_time(reader):
    batches = list(reader.batches("SELECT n FROM tickets ORDER BY n", size=5))
    assert [value for batch in batches for value in batch["n"].to_pylist()] == list(range(12))


def test_a_stream_survives_other_questions_in_between(reader):
    stream = reader.batches("SELECT range AS n FROM range(10000) ORDER BY n", size=1000)
    read = next(stream)["n"].to_pylist()
    assert reader.rows("SELECT 1 AS one") == [{"one": 1}]
    read += [value for batch in stream for value in batch["n"].to_pylist()]
    assert read == list(range(10_000))


def test_a_query_that_fails_is_quoted(reader):
    with pytest.raises(DataError, match=r"(?s)This query failed.*SELECT nothing FROM nowhere"):
        reader.rows("SELECT nothing FROM nowhere")
    with pytest.raises(DataError, match="SELECT nothing FROM nowhere"):
        list(reader.batches("SELECT nothing FROM nowhere"))


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM tickets",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY tickets TO '/tmp/leak.csv'",
        "SET memory_limit = '4GB'",
        "INSTALL spatial",
    ],
)
def test_a_reader_can_change_nothing_and_reach_nothing_else(reader, sql):
    with pytest.raises(DataError):
        reader.rows(sql)


def test_what_does_not_fit_in_memory_waits_in_the_data_folder(tmp_path):
    reader = town.published(tmp_path)
    (row,) = reader.rows("SELECT current_setting('temp_directory') AS folder")
    assert row["folder"] == str(tmp_path / "store" / "g000001.spill")


def test_two_readers_may_hold_one_generation(tmp_path):
    first = town.published(tmp_path)
    second = Store(tmp_path).reader()
    assert first.rows("SELECT count(*) AS n FROM areas") == [{"n": 11}]
    assert second.rows("SELECT count(*) AS n FROM areas") == [{"n": 11}]


def test_what_is_made_once_is_made_once_by_many_threads(reader):
    made, seen = [], []

    def make() -> object:
        made.append(1)
        return object()

    threads = [
        threading.Thread(target=lambda: seen.append(reader.once("test/once", make)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(set(map(id, seen))) == 1


def test_many_threads_may_ask_at_once(reader):
    answers = []

    def ask(i: int) -> None:
        answers.append((i, reader.rows("SELECT $i * 2 AS twice", {"i": i})[0]["twice"]))

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [(i, 2 * i) for i in range(16)]
