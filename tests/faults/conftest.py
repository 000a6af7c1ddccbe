"""Real servers that are killed, real disks that fail, and senders who do not give up."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests import town

ROOT = Path(__file__).resolve().parents[2]
CREATED = "2020-11-22T12:00:00+08:00"


def ticket(ident: str, **more: Any) -> dict[str, Any]:
    """A ticket as a sender sends it."""
    told = {"id": ident, "created_at": CREATED, "category": "噪声", "text": f"投诉 {ident}"}
    return told | {"lon": 118.005, "lat": 36.815} | more


def command(mutant: str, *words: str | Path) -> list[str]:
    """A command of the product, or of one that breaks a promise."""
    return [sys.executable, "-m", "tests.faults.mutants", mutant, *map(str, words)]


def ran(mutant: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(mutant, *words), cwd=ROOT, capture_output=True, text=True, check=False
    )


@dataclass
class Server:
    """A server in processes of its own, and perhaps a compactor beside it."""

    folder: Path
    mutant: str = "none"
    workers: int = 2
    env: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[str] | None = None
    compactor: subprocess.Popen[str] | None = None

    def start(self) -> Server:
        words = ["--port", str(self.port), "--data", str(self.folder)]
        self.process = self._run("serve", *words, before=self.before)
        assert self.process.stdout
        line = self.process.stdout.readline()  # printed when it listens
        found = re.search(r"http://[\d.]+:(\d+)", line)
        assert found, f"the server did not start: {line!r}"
        self.port = int(found[1])
        return self

    def start_compactor(self) -> Server:
        self.compactor = self._run("compact", "--follow", "--data", str(self.folder))
        return self

    def kill(self) -> None:
        """Kill the master and its workers at once."""
        assert self.process
        _end(self.process)

    def kill_worker(self, choice: int) -> None:
        assert self.process
        workers = psutil.Process(self.process.pid).children()
        if workers:
            workers[choice % len(workers)].kill()

    def kill_compactor(self) -> None:
        assert self.compactor
        _end(self.compactor)

    def stop(self) -> None:
        for process in (self.process, self.compactor):
            if process:
                _end(process)

    def _run(self, *words: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*before, *command(self.mutant, *words)],
            cwd=ROOT,
            env={
                **os.environ,
                "ONEMAP_WORKERS": str(self.workers),
                "ONEMAP_COMPACTOR": "elsewhere",
                "PYTHONDONTWRITEBYTECODE": "1",
                **self.env,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


class Sender:
    """One client with a connection of its own; gives the status, 0 where there was no answer."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: http.client.HTTPConnection | None = None

    def post(self, body: Any, key: str = "") -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    "127.0.0.1", self._server.port, timeout=10
                )
            self._connection.request("POST", "/api/intake/tickets", json.dumps(body), headers)
            answer = self._connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            self.close()
            return 0, None

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def insist(self, body: Any, key: str, seconds: float = 60) -> bool:
        """Send until it is acknowledged; False when it never was."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            status, _ = self.post(body, key)
            if status in {200, 201}:
                return True
            threading.Event().wait(0.05)  # between two attempts, as any sender would
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return town.build(tmp_path / "data")


@pytest.fixture
def served(folder: Path) -> Iterator[Any]:
    """Start servers over the folder; all are killed when the test ends."""
    made: list[Server] = []

    def start(**more: Any) -> Server:
        made.append(Server(folder, **more))
        return made[-1].start()

    yield start
    for server in made:
        server.stop()


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The disk of ``power.c``, compiled."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler to build the failing disk with")
    library = tmp_path_factory.mktemp("shim") / "power.so"
    source = Path(__file__).with_name("power.c")
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return library
