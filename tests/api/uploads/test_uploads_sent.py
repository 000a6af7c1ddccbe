"""Files on their way in: by streaming, whole or not at all, and under no name of their own."""

from __future__ import annotations

import errno
import io

import psutil
import pytest

from api import multipart, uploads
from geodata.intake.uploads import folder
from tests.api.conftest import told
from tests.api.uploads.desk import MB, left, sent

BORDER = "----town"


class Stream(io.RawIOBase):
    """A multipart body of one file of so many bytes, made as it is read."""

    def __init__(self, size: int, *, breaks_at: int | None = None) -> None:
        start = (
            f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        )
        end = f"\r\n--{BORDER}--\r\n".encode()
        self.parts = [start.encode(), *[b"0123456789abcde\n" * 4096] * (size // 65536), end]
        self.length = sum(map(len, self.parts))
        self.rest, self.breaks_at = b"", breaks_at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self.breaks_at is not None and self.breaks_at <= 0:
            return 0
        self.rest = self.rest or (self.parts.pop(0) if self.parts else b"")
        piece, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(piece)] = piece
        if self.breaks_at is not None:
            self.breaks_at -= len(piece)
        return len(piece)


def streamed(client, body: Stream):
    told_of = {"wsgi.input": body, "CONTENT_LENGTH": str(body.length)}
    told_of["CONTENT_TYPE"] = f"multipart/form-data; boundary={BORDER}"
    return client.post(f"{uploads.ROOT}/files", environ_overrides=told_of)


def test_a_large_file_comes_in_without_weight(desk, data):
    streamed(desk, Stream(MB))
    body = Stream(60 * MB)
    before = psutil.Process().memory_info().rss
    answer = streamed(desk, body)
    assert answer.status_code == 201
    assert psutil.Process().memory_info().rss - before < 50 * MB
    found = folder.found(data, answer.get_json()["id"])
    assert (found.size, found.file.stat().st_size) == (60 * MB, 60 * MB)


@pytest.mark.parametrize("breaks_at", [0, 10, 100, 3 * MB])
def test_a_file_that_breaks_off_leaves_nothing(desk, data, breaks_at):
    answer = streamed(desk, Stream(5 * MB, breaks_at=breaks_at))
    assert answer.status_code == 400
    assert told(answer) == multipart.BROKEN
    assert left(data) == []


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(desk, data, monkeypatch):
    monkeypatch.setattr(folder, "LARGEST", MB)
    answer = streamed(desk, Stream(3 * MB))
    assert answer.status_code == 413
    assert told(answer)
    assert left(data) == []


def test_nothing_but_a_file_may_be_as_large(desk):
    ident = sent(desk).get_json()["id"]
    large = {"mapping": "x" * 3 * MB}
    assert desk.post(f"{uploads.ROOT}/files/{ident}/look", json=large).status_code in {400, 413}
    callback = desk.post("/_dash-update-component", data=b"x" * 3 * MB)
    assert callback.status_code == 413


def test_a_disk_that_is_nearly_full_is_left_to_what_arrives_live(desk, data, monkeypatch):
    monkeypatch.setattr(folder, "RESERVE", 1 << 60)
    answer = sent(desk)
    assert (answer.status_code, left(data)) == (507, [])
    assert "no room" in told(answer)


def test_a_disk_that_fills_up_meanwhile_is_told_and_nothing_stays(desk, data, monkeypatch):
    def full(*_) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folder, "_note", full)
    answer = sent(desk)
    assert (answer.status_code, left(data)) == (507, [])


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "..\\evil.csv", "evil.csv"])
def test_a_name_leads_nowhere_else(desk, data, name):
    here = {path for path in data.parent.rglob("*") if folder.ROOM not in path.parts}
    upload = folder.found(data, sent(desk, name=name).get_json()["id"])
    assert upload.file == data / folder.ROOM / upload.id / "file" / "evil.csv"
    assert {path for path in data.parent.rglob("*") if folder.ROOM not in path.parts} == here


BODIES = {
    "no file": (415, {"name": "a.exe"}),
    "no multipart": (415, None),
    "a field": (400, {"data": {"file": "text"}, "content_type": "multipart/form-data"}),
    "two files": (
        400,
        {"data": {"a": (io.BytesIO(b"x"), "a.csv"), "b": (io.BytesIO(b"x"), "b.csv")}},
    ),
}


@pytest.mark.parametrize("case", BODIES)
def test_what_is_not_one_file_is_refused_with_a_reason(desk, data, case):
    status, body = BODIES[case]
    if body is None:
        answer = desk.post(f"{uploads.ROOT}/files", json={"a": 1})
    elif "name" in body:
        answer = sent(desk, name=body["name"])
    else:
        answer = desk.post(f"{uploads.ROOT}/files", **body)
    assert answer.status_code == status
    assert told(answer)
    assert left(data) == []
