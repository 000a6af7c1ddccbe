"""Where uploads lie: one folder each, under a name nobody can guess, for a day."""

from __future__ import annotations

import datetime as dt
import errno
import json
import re
import secrets
import shutil
import time
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import DataError
from geodata.intake.files import FORMATS
from geodata.intake.uploads.locks import is_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

ROOM, ABOUT, LOCK, DRAFT = "uploads", "about.json", "lock", ".draft"
MAP, REJECTS = "map.geojson", "rejects.csv"  # what a step leaves beside its answer
LARGEST = 2_000_000_000  # bytes of one file
RESERVE = 1_000_000_000  # bytes of the disk that uploads leave to what arrives live
KEPT_SECONDS = 24 * 3600
NO_ROOM = "The disk of the server has no room for this file. Make room there, then send it again."
_LONGEST_STEM = (
    80  # characters; a file's name has at most 255 bytes, a Chinese one takes three each
)
_ID = re.compile(r"[0-9a-f]{32}")


class NoUploadError(DataError):
    """There is no such upload, or no longer."""


class NoRoomError(DataError):
    """The disk has no room for an upload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was sent, or a request without one; ``folder`` is its own."""

    id: str
    folder: Path
    name: str
    size: int
    at: str  # ISO, UTC

    @property
    def file(self) -> Path:
        """Where the file itself lies, under its safe name."""
        return self.folder / "file" / self.name

    @property
    def lock(self) -> Path:
        """Held for as long as a step is at work."""
        return self.folder / LOCK


def safe_name(given: str) -> str:
    """The last part of a name as it came, of letters, digits and ``.-_()`` alone.

    Raises
    ------
    DataError
        When its ending is not one of a format that is read.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^\w.()-]+", "_", last).strip("._-")
    stem, _, suffix = plain.rpartition(".")
    ending = f".{suffix.lower()}"
    if ending not in FORMATS:
        told = "".join(c for c in last if c.isprintable())[:60]
        raise DataError(f"{told!r} is not a format that is read; use one of {', '.join(FORMATS)}.")
    return f"{stem[:_LONGEST_STEM].strip('.') or 'file'}{ending}"


def check_room(data: Path, size: int) -> None:
    """Refuse a file of so many bytes where it would leave too little of the disk.

    Raises
    ------
    NoRoomError
        When less than the reserve would be left to what must not be lost.
    """
    if shutil.disk_usage(data).free - size < RESERVE:
        raise NoRoomError(NO_ROOM)


@contextmanager
def arriving(data: Path, given: str) -> Iterator[tuple[str, BinaryIO]]:
    """A new id, and where to write the file; nothing stays unless the block ends well."""
    name, ident = safe_name(given), secrets.token_hex(16)
    draft = data / ROOM / f"{ident}{DRAFT}"
    draft.mkdir(parents=True, mode=0o700)
    try:
        (draft / "file").mkdir()
        with (draft / "file" / name).open("xb") as handle:
            yield ident, handle
        _note(draft, name, (draft / "file" / name).stat().st_size)
        draft.rename(data / ROOM / ident)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise NoRoomError(NO_ROOM) from error
        raise


def without_file(data: Path) -> Upload:
    """A folder for a request that needs no file, such as taking a batch back."""
    ident = secrets.token_hex(16)
    draft = data / ROOM / f"{ident}{DRAFT}"
    draft.mkdir(parents=True, mode=0o700)
    _note(draft, "", 0)
    draft.rename(data / ROOM / ident)
    return found(data, ident)


def found(data: Path, ident: str) -> Upload:
    """The upload of an id.

    Raises
    ------
    NoUploadError
        When there is none.
    """
    folder = data / ROOM / ident
    try:
        if not _ID.fullmatch(ident):
            raise FileNotFoundError
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NoUploadError(
            "There is no such upload; files are kept for a day. Send the file again."
        ) from error
    return Upload(id=ident, folder=folder, name=told["name"], size=told["size"], at=told["at"])


def forget(upload: Upload) -> None:
    """Remove an upload that nothing is at work on."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def sweep(data: Path, now: float | None = None) -> None:
    """Remove what is older than a day and not at work; ``now`` is in seconds since 1970."""
    oldest = (time.time() if now is None else now) - KEPT_SECONDS
    for folder in (data / ROOM).glob("[0-9a-f]*"):
        try:
            is_old = folder.is_dir() and folder.stat().st_mtime < oldest
        except FileNotFoundError:  # another worker was quicker
            continue
        if is_old and not is_held(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)


def _note(folder: Path, name: str, size: int) -> None:
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    about = json.dumps({"name": name, "size": size, "at": at}, ensure_ascii=False)
    (folder / ABOUT).write_text(about, encoding="utf-8")
