"""Senders of tickets: threads of a process of their own, each on one kept connection."""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

ROUTE = "/api/intake/tickets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What the threads of one process send: for how long, from when (``time.time``), with keys."""

    port: int
    name: str  # begins the ids
    threads: int
    seconds: float
    at: float
    keyed: bool
    ticket: dict[str, str | float]


@dataclass(slots=True)
class Sent:
    """Seconds each acknowledged ticket took, and the answers that were no acknowledgement."""

    taken: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


def send(task: Task) -> Sent:
    """One ticket after the other on each thread until the time is over."""
    sent = [Sent() for _ in range(task.threads)]
    threads = [
        threading.Thread(target=_one_sender, args=(task, i, each)) for i, each in enumerate(sent)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Sent(
        [t for each in sent for t in each.taken], [s for each in sent for s in each.refused]
    )


def _one_sender(task: Task, which: int, sent: Sent) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", task.port, timeout=60)
    connection.connect()
    time.sleep(max(0.0, task.at - time.time()))
    for body, headers in _requests(task, which):
        start = time.perf_counter()
        if time.time() > task.at + task.seconds:
            break
        connection.request("POST", ROUTE, body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 201:
            sent.taken.append(time.perf_counter() - start)
        else:
            sent.refused.append(answer.status)
    connection.close()


def _requests(task: Task, which: int) -> Iterator[tuple[str, dict[str, str]]]:
    n = 0
    while True:
        ident = f"{task.name}-{which}-{n}"
        headers = {"Content-Type": "application/json"}
        if task.keyed:
            headers["Idempotency-Key"] = f"key-{ident}"
        yield json.dumps({"id": ident, **task.ticket}), headers
        n += 1


if __name__ == "__main__":
    json.dump(asdict(send(Task(**json.loads(sys.argv[1])))), sys.stdout)
