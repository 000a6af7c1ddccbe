"""When the disk fails: no acknowledgement that is not true, and none needed to work again."""

from __future__ import annotations

import apsw
import pytest

from api.intake import ROUTE
from geodata.store.journal import FILE, Journal
from tests.api.conftest import told
from tests.api.intake.conftest import kept

T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "噪声"}


class Failing:
    """A connection whose statements of one kind fail."""

    def __init__(self, real: apsw.Connection, word: str, error: Exception) -> None:
        self._real, self._word, self._error = real, word, error

    def execute(self, sql: str, *more):
        if sql.startswith(self._word):
            raise self._error
        return self._real.execute(sql, *more)

    def __getattr__(self, name: str):
        return getattr(self._real, name)


@pytest.mark.parametrize("word", ["BEGIN", "INSERT INTO inbox", "COMMIT"])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError, apsw.BusyError])
def test_a_failing_disk_is_503_and_nothing_is_acknowledged(
    client, folder, monkeypatch, word, error
):
    real = Journal._connection
    with monkeypatch.context() as patch:
        patch.setattr(
            Journal, "_connection", lambda self: Failing(real(self), word, error("secret"))
        )
        response = client.post(ROUTE, json=T)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert "secret" not in told(response)
    assert kept(folder) == []
    # The same server, once the disk works again.
    again = client.post(ROUTE, json=T)
    assert again.status_code == 201
    assert again.get_json()["items"] == [{"id": "L1", "status": "created"}]


def test_a_journal_that_is_no_database_is_503(own_client, own_folder):
    (own_folder / FILE).write_bytes(b"no database" * 1000)
    response = own_client.post(ROUTE, json=T)
    assert response.status_code == 503
    assert told(response)
    (own_folder / FILE).unlink()
    assert own_client.post(ROUTE, json=T).status_code == 201


def test_a_key_is_not_used_up_by_a_failure(client, monkeypatch):
    real, headers = Journal._connection, {"Idempotency-Key": "order-0001"}
    with monkeypatch.context() as patch:
        failing = lambda self: Failing(real(self), "COMMIT", apsw.FullError("x"))  # noqa: E731
        patch.setattr(Journal, "_connection", failing)
        assert client.post(ROUTE, json=T, headers=headers).status_code == 503
    assert client.post(ROUTE, json=T, headers=headers).status_code == 201
    assert client.post(ROUTE, json=T, headers=headers).status_code == 201


def test_a_folder_that_may_not_be_written_is_503(own_client, own_folder, monkeypatch):
    def closed(*_):
        raise PermissionError("secret")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_connection", closed)
        response = own_client.post(ROUTE, json=T)
    assert response.status_code == 503
    assert "secret" not in told(response)
    assert own_client.post(ROUTE, json=T).status_code == 201


def test_a_failure_leaves_the_numbers_as_they_were(own_client, monkeypatch):
    before = own_client.get("/api/summary").get_json()
    own_client.post(ROUTE, json=T)
    real = Journal._connection
    with monkeypatch.context() as patch:
        full = apsw.FullError("x")
        patch.setattr(Journal, "_connection", lambda self: Failing(real(self), "COMMIT", full))
        assert own_client.post(ROUTE, json={**T, "id": "L2"}).status_code == 503
    after = own_client.get("/api/summary").get_json()
    assert after["total"] == before["total"] + 1
