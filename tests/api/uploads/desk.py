"""The data page's side of the wire: a file sent, a step done, what is left."""

from __future__ import annotations

import fcntl
import io
import json

from api import uploads
from api.settings import Settings
from app import create_app
from geodata.intake.uploads import folder, jobs
from geodata.store.reader import Store
from tests.conftest import NO_FILES

MB = 1 << 20
HEAD = "id,created_at,closed_at,category,channel,state,due_at,department,text,address,address_id"
ROWS = [
    "N1,2020-11-20T10:00:00+08:00,,噪声/施工,电话,accepted,,,,,,118.005,36.815,",
    "N2,2020-11-21T10:00:00+08:00,,噪声/施工,电话,accepted,,,,,,118.015,36.815,",
    "N3,昨天,,噪声/施工,电话,accepted,,,,,,118.015,36.815,",
]
TICKETS = "\n".join([f"{HEAD},lon,lat,area", *ROWS]).encode()


def worker(data):
    """A server's process, as far as it matters: nothing is shared but the folder."""
    return create_app(Settings(data=data, cache=NO_FILES)).server.test_client()


def read(client, path: str):
    """A file as the page reads it; it is closed again."""
    return client.get(uploads.ROOT + path, buffered=True)


def sent(client, content: bytes = TICKETS, name: str = "a.csv", **more):
    return client.post(f"{uploads.ROOT}/files", data={"file": (io.BytesIO(content), name)}, **more)


def ended(data, ident: str) -> None:
    """Wait until nothing of an upload is at work any more."""
    with (data / folder.ROOM / ident / folder.LOCK).open() as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)


def done(client, data, ident: str, step: str, body=None) -> dict:
    """Do a step and give how it stands at the end."""
    answer = client.post(f"{uploads.ROOT}/files/{ident}/{step}", json=body or {})
    assert answer.status_code == 202, answer.get_json()
    ended(data, ident)
    return client.get(f"{uploads.ROOT}/files/{ident}").get_json()[step]


def total(data) -> int:
    return Store(data).reader().rows("SELECT count(*) AS n FROM tickets")[0]["n"]


def left(data) -> list[str]:
    room = data / folder.ROOM
    return [path.name for path in room.iterdir()] if room.is_dir() else []


def asking(data, desk, **result) -> str:
    """An upload whose look has ended with this."""
    ident = sent(desk).get_json()["id"]
    room = data / folder.ROOM / ident / "look"
    room.mkdir()
    (room / jobs.ASKED).write_text("{}")
    (room / jobs.OUT).write_text(json.dumps({"result": result}))
    return ident
