"""One process or many: the same tickets give the same answers."""

from __future__ import annotations

import json
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from geodata.store.generation import published
from tests import town
from tests.faults.conftest import Sender, Server, ticket

COUNT = 60


def asked(server: Server, path: str) -> dict[str, Any]:
    with urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        return dict(json.load(answer))


def until(server: Server, wanted: int) -> dict[str, Any]:
    """The numbers of the place as soon as they have come to a total."""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        told = asked(server, "/api/summary?datetime=2020-11-01/2020-12-01")
        if told["total"] == wanted:
            return told
        threading.Event().wait(0.1)
    raise AssertionError(f"the total stayed at {told['total']}")


@pytest.mark.parametrize(
    ("workers", "compactor"), [(1, "inside"), (1, "elsewhere"), (2, "inside"), (2, "elsewhere")]
)
def test_readers_compactor_and_server_may_be_one_process_or_many(
    tmp_path: Path, workers: int, compactor: str
) -> None:
    folder = town.build(tmp_path / "data")
    server = Server(folder, workers=workers, env={"ONEMAP_COMPACTOR": compactor}).start()
    try:
        before = asked(server, "/api/summary?datetime=2020-11-01/2020-12-01")
        if compactor == "elsewhere":
            server.start_compactor()
        with closing(Sender(server)) as sender:
            for i in range(COUNT):
                sent = ticket(f"P{i}", category="噪声" if i % 2 else "市容环境/餐饮油烟")
                assert sender.post(sent)[0] == 201
        told = until(server, before["total"] + COUNT)
    finally:
        server.stop()
    expected = {"total": COUNT, "smoke": COUNT // 2, "open": COUNT, "overdue": 0}
    assert {name: told[name] - before[name] for name in expected} == expected
    assert told["total"] == sum(area["total"] for area in told["areas"]) + told["unplaced"]
    assert published(folder).number == 1  # sixty rows are no reason to fold yet
