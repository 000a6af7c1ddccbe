"""A TCP proxy on loopback that counts every byte between a browser and a server.

A browser's own books do not show what its web workers fetch; a proxy sees all of it, heads and
bodies, as it goes over the wire. Browsers do not pipeline, so the bytes between the beginning of
one request of a connection and the beginning of the next belong to the former.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

REQUEST = re.compile(rb"(GET|POST|HEAD|OPTIONS|PUT|DELETE) (\S+) HTTP/1\.1\r\n")
ENCODINGS = re.compile(rb"(?i)\r\naccept-encoding: ([^\r]*)")
CHUNK = 1 << 16
POLLING = "/version.json"


@dataclass
class Exchange:
    """One request and its answer: bytes from the browser (``up``) and to it (``down``)."""

    method: str
    path: str
    encodings: str
    up: int = 0
    down: int = 0

    @property
    def bare(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]


@dataclass
class Wire:
    """What has gone over the wire, in the order in which it was asked for."""

    port: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    moved: float = 0.0  # when a byte that is not of the polling last moved

    def since(self, mark: int) -> list[Exchange]:
        return self.exchanges[mark:]

    def quiet(self, seconds: float) -> bool:
        return time.monotonic() - self.moved >= seconds


@contextmanager
def counting(server_port: int) -> Iterator[Wire]:
    """A proxy in front of a server of this machine, running in a thread of its own."""
    wire, loop = Wire(moved=time.monotonic()), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(_listen(wire, server_port), loop).result(10)
    try:
        yield wire
    finally:
        loop.call_soon_threadsafe(listening.close)
        asyncio.run_coroutine_threadsafe(_end_others(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listen(wire: Wire, server_port: int) -> asyncio.Server:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _carry(wire, reader, writer, server_port)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(connected, "127.0.0.1", 0)
    wire.port = listening.sockets[0].getsockname()[1]
    return listening


async def _carry(
    wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server_port: int
) -> None:
    """Carry one connection until either side ends it."""
    from_server, to_server = await asyncio.open_connection("127.0.0.1", server_port)
    now: list[Exchange] = []  # the exchange of this connection that is under way
    ways = [
        asyncio.create_task(_up(wire, now, reader, to_server)),
        asyncio.create_task(_down(wire, now, from_server, writer)),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        to_server.close()


async def _up(
    wire: Wire, now: list[Exchange], source: asyncio.StreamReader, target: asyncio.StreamWriter
) -> None:
    while chunk := await source.read(CHUNK):
        if begun := REQUEST.match(chunk):
            told = ENCODINGS.search(chunk)
            encodings = told[1].decode() if told else ""
            now[:] = [Exchange(begun[1].decode(), begun[2].decode(), encodings)]
            wire.exchanges.append(now[0])
        if now:
            now[0].up += len(chunk)
            _note(wire, now[0])
        target.write(chunk)
        await target.drain()


async def _down(
    wire: Wire, now: list[Exchange], source: asyncio.StreamReader, target: asyncio.StreamWriter
) -> None:
    while chunk := await source.read(CHUNK):
        if now:
            now[0].down += len(chunk)
            _note(wire, now[0])
        target.write(chunk)
        await target.drain()


def _note(wire: Wire, exchange: Exchange) -> None:
    if exchange.bare != POLLING:
        wire.moved = time.monotonic()


async def _end_others() -> None:
    """Cancel every other task of the loop and wait for them to end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
