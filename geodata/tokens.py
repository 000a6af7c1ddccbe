"""Tokens: who may send facts to this place from another machine.

A token is shown once, when it is issued. The file keeps its SHA-256 alone: a token is 256 random
bits, so nobody finds it from its digest, and a slow hash would only slow every request down.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import hmac
import json
import re
import secrets
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from geodata.errors import DataError
from geodata.store.disk import write_durably

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE, LOCK = "tokens.json", "tokens.lock"
LOCAL = "local"  # the name of who writes without a token, from this machine
_NAME = re.compile(r"[a-z0-9_\-\u4e00-\u9fff]{1,40}")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender with a token in force: its name, the SHA-256 of the token in hex, and since when."""

    name: str
    sha256: str
    issued_at: str  # ISO, UTC


def issue(folder: Path, name: str) -> str:
    """A new token for a sender; the one it had before ends with this.

    Raises
    ------
    DataError
        When the name cannot be one, or the file of tokens cannot be read.
    """
    if not _NAME.fullmatch(name) or name == LOCAL:
        raise DataError(
            f"{name!r} cannot be a sender's name: write 1 to 40 small letters, digits, Chinese "
            f"characters, - or _; {LOCAL!r} is kept for this machine itself."
        )
    token = secrets.token_urlsafe(32)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with _changing(folder):
        others = [sender for sender in senders(folder) if sender.name != name]
        _write(folder, [*others, Sender(name, _digest(token), now)])
    return token


def revoke(folder: Path, name: str) -> None:
    """End a sender's token; it counts at once, in every process.

    Raises
    ------
    DataError
        When there is no such sender.
    """
    with _changing(folder):
        before = senders(folder)
        kept = [sender for sender in before if sender.name != name]
        if len(kept) == len(before):
            names = ", ".join(sender.name for sender in before) or "none"
            raise DataError(f"No sender {name!r} has a token. Those who have: {names}.")
        _write(folder, kept)


def senders(folder: Path) -> list[Sender]:
    """Everybody who has a token in force, in the order of issue.

    Raises
    ------
    DataError
        When the file cannot be read or is not one of ours.
    """
    path = folder / FILE
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return [Sender(**sender) for sender in told["senders"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError(
            f"{path} cannot be read ({type(error).__name__}). Mend it, or remove it and issue "
            f"the tokens again."
        ) from error


class Tokens:
    """The tokens of a folder as the server sees them, read again whenever the file has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: tuple[tuple[int, int, int] | None, tuple[Sender, ...]] = (None, ())

    def sender_of(self, token: str) -> str | None:
        """The name of the sender a token belongs to; the time taken does not depend on which."""
        digest, found = _digest(token), None
        for sender in self._known():
            if hmac.compare_digest(sender.sha256, digest):
                found = sender.name
        return found

    def _known(self) -> tuple[Sender, ...]:
        stamp = self._stamp()
        if stamp != self._read[0]:
            # The stamp is older than what is read, so a change in between is seen next time.
            self._read = stamp, tuple(senders(self._folder))
        return self._read[1]

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = (self._folder / FILE).stat()
        except FileNotFoundError:
            self._read = (None, ())
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """Hold the lock of those who change the tokens; another waits for its turn."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _write(folder: Path, listed: list[Sender]) -> None:
    """Replace the file; nobody but the owner can read it at any moment."""
    told = [asdict(sender) for sender in listed]
    text = json.dumps({"version": _FORMAT, "senders": told}, ensure_ascii=False, indent=1)
    write_durably(folder / FILE, text, mode=0o600)
