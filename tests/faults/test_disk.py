"""What was acknowledged outlives the power, and a failing disk acknowledges nothing."""

from __future__ import annotations

import shutil
import threading
from contextlib import closing
from pathlib import Path

import pytest

from geodata.store.journal import Journal
from tests.faults.conftest import Sender, Server, ticket


def ids(folder: Path) -> set[str]:
    """Ids in a journal."""
    import orjson

    return {orjson.loads(row)["id"] for row in Journal(folder).after(0)[1]}


# ---- the power goes ----


def cut(server: Server, durable: Path, tickets: int) -> tuple[set[str], set[str]]:
    """Cut the power while three clients send; the ids acknowledged, and those on the disk."""
    acknowledged: set[str] = set()
    enough = threading.Event()

    def client(name: str) -> None:
        with closing(Sender(server)) as sender:
            for i in range(100_000):
                ident = f"{name}{i}"
                status, _ = sender.post(ticket(ident, text="投" * 200))
                if status == 0:
                    return
                assert status == 201
                acknowledged.add(ident)
                if len(acknowledged) >= tickets:
                    enough.set()

    clients = [threading.Thread(target=client, args=(name,)) for name in "ABC"]
    for one in clients:
        one.start()
    enough.wait(30)
    server.kill()
    for one in clients:
        one.join()
    for part in durable.glob("*.part"):
        part.unlink()
    return acknowledged, ids(durable)


@pytest.mark.parametrize(("mutant", "cuts", "holds"), [("none", 2, True), ("unsynced", 1, False)])
def test_what_was_acknowledged_is_on_the_disk_when_the_power_goes(
    served, folder, shim, tmp_path, mutant, cuts, holds
):
    lost: set[str] = set()
    for n in range(cuts):
        durable = tmp_path / f"durable{n}"
        durable.mkdir()
        for path in folder.glob("journal.*"):
            path.unlink()
        env = {"LD_PRELOAD": str(shim), "PF_DIR": str(folder), "PF_DURABLE": str(durable)}
        acknowledged, kept = cut(served(mutant=mutant, workers=1, env=env), durable, 150 + 40 * n)
        assert len(acknowledged) >= 150
        lost |= acknowledged - kept
        shutil.rmtree(durable)
    assert (lost == set()) == holds


# ---- the disk fails ----


def statuses(sender: Sender, name: str, count: int) -> dict[str, int]:
    return {f"{name}{i}": sender.post(ticket(f"{name}{i}"))[0] for i in range(count)}


@pytest.mark.parametrize("flag", ["PF_EIO", "PF_ENOSPC"])
@pytest.mark.parametrize(("mutant", "holds"), [("none", True), ("hopeful", False)])
def test_a_disk_that_fails_acknowledges_nothing_and_intake_recovers_by_itself(
    served, folder, shim, tmp_path, flag, mutant, holds
):
    fails = tmp_path / "fails"
    env = {"LD_PRELOAD": str(shim), "PF_DIR": str(folder), flag: str(fails)}
    with closing(Sender(served(mutant=mutant, workers=1, env=env))) as sender:
        told = statuses(sender, "before", 10)
        fails.touch()
        during = statuses(sender, "during", 10)
        fails.unlink()
        after = statuses(sender, "after", 10)
    acknowledged = {ident for ident, s in (told | during | after).items() if s in {200, 201}}
    kept = acknowledged <= ids(folder)
    honest = set(during.values()) == {503}
    assert (kept and honest) == holds
    assert set(told.values()) == set(after.values()) == {201}


def test_a_disk_that_is_full_refuses_with_a_moment_to_retry(served, folder):
    """A limit on the size of files stands for a small disk; Python ignores its signal."""
    limit = ("bash", "-c", 'ulimit -f 1400; exec "$@"', "bash")
    told: dict[str, int] = {}
    with closing(Sender(served(workers=1, before=limit))) as sender:
        for i in range(400):
            batch = [ticket(f"F{i}-{n}", text="投" * 900) for n in range(20)]
            status, _ = sender.post(batch)
            told |= {one["id"]: status for one in batch}
            if status == 503:
                break
    assert set(told.values()) == {201, 503}
    assert {ident for ident, status in told.items() if status == 201} <= ids(folder)
