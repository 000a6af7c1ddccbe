"""Every acknowledged ticket is there exactly once, whatever is killed."""

from __future__ import annotations

import queue
import random
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from geodata.store.compactor import compact
from geodata.store.reader import Store
from tests.faults.conftest import Sender, Server, ticket

CLIENTS = 8


def sent(server: Server, count: int, kills: int, seed: int = 1) -> set[str]:
    """Post tickets from eight clients while processes die; gives the ids acknowledged."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for i in range(count):
        waiting.put(f"K{i:06d}")
    acknowledged: list[str] = []

    def client() -> None:
        with closing(Sender(server)) as sender:
            while True:
                try:
                    ident = waiting.get_nowait()
                except queue.Empty:
                    return
                if sender.insist(ticket(ident), f"key-{ident}"):
                    acknowledged.append(ident)

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    _kill(server, kills, random.Random(seed), clients, count, waiting)
    for one in clients:
        one.join()
    return set(acknowledged)


def _kill(
    server: Server,
    kills: int,
    chance: random.Random,
    clients: list[threading.Thread],
    count: int,
    waiting: Any,
) -> None:
    """Kill something each time another share of the tickets has been taken from the queue."""
    due = sorted(chance.randrange(count) for _ in range(kills))
    for taken in due:
        while count - waiting.qsize() < taken and any(c.is_alive() for c in clients):
            threading.Event().wait(0.01)
        what = chance.choices(["master", "worker", "compactor"], [1, 2, 2])[0]
        if what == "worker":
            server.kill_worker(chance.randrange(99))
        elif what == "compactor":
            server.kill_compactor()
            server.start_compactor()
        else:
            server.kill()
            server.start()


def faults(folder: Path, acknowledged: set[str]) -> list[str]:
    """What is wrong with what the readers see, beside what was acknowledged."""
    compact(folder)
    rows = (
        Store(folder)
        .reader()
        .rows("SELECT id, count(*) AS n FROM tickets WHERE id LIKE 'K%' GROUP BY id")
    )
    there = {row["id"]: row["n"] for row in rows}
    lost = [f"lost {ident}" for ident in sorted(acknowledged - there.keys())]
    return lost + [f"{n} times {ident}" for ident, n in there.items() if n != 1]


@pytest.mark.parametrize(
    ("mutant", "count", "kills", "holds"),
    [
        ("none", 10_000, 40, True),
        ("hasty", 500, 3, False),
    ],
)
def test_every_acknowledged_ticket_is_there_exactly_once_after_any_kill(
    served, folder, mutant, count, kills, holds
):
    server = served(mutant=mutant).start_compactor()
    acknowledged = sent(server, count, kills)
    server.stop()
    assert len(acknowledged) == count
    assert (faults(folder, acknowledged) == []) == holds
