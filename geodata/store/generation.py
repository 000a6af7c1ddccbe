"""Generations: all facts of a data folder in one immutable DuckDB file.

``Draft`` takes canonical tables (``schema``), numbers and places every row, and publishes the
result under a new name: a reader sees the old generation or the new one, never between. DuckDB
hands a second ``connect`` of one process the file it already has open, therefore a file name is
never used twice.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from geodata.errors import DataError, NoDataError
from geodata.store import derive
from geodata.store.disk import digest, sync, write_durably
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from geodata.place import Place

POINTER = "current.json"
# What is being written may be larger than memory: beyond this much it waits in files beside it.
MEMORY = "2000MB"
LASTING = {".duckdb", ".json", ".damaged"}
KEPT = 2  # generations that stay on disk: the published one and the one before


class BusyError(DataError):
    """Another process is writing to the data folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """What is noted of a generation, beside it and, of the published one, in the pointer file.

    ``batch`` is the last batch of the log in it, ``undone`` are those that it leaves out, and
    ``upto`` is the last number of the journal in it. ``layers`` is the batch after which the plain
    layers beside it were last changed.
    """

    number: int
    file: str
    sha256: str
    data_until: str  # ISO moment with offset: facts are complete up to here, exclusively
    batch: int = 0
    undone: tuple[int, ...] = ()
    upto: int = 0
    layers: int = 0
    has_areas: bool = True  # without any there is nothing to show the facts on

    @property
    def version(self) -> str:
        """The data version: names this content in cache keys and in immutable links."""
        return f"{self.number}-{self.sha256[:10]}" + (f"-l{self.layers}" if self.layers else "")


def room(folder: Path) -> Path:
    """Where a data folder keeps its generations."""
    return folder / "store"


def published(folder: Path) -> Generation:
    """The generation that readers open.

    Raises
    ------
    NoDataError
        When nothing has been published yet.
    DataError
        When the pointer cannot be read.
    """
    path = room(folder) / POINTER
    try:
        return _noted(path)
    except FileNotFoundError as error:
        raise NoDataError(
            f"{folder} holds no data yet. `python -m geodata demo --data {folder}` makes the "
            f"demonstration district; `python -m geodata import areas FILE --data {folder}` "
            f"begins with your own."
        ) from error
    except (ValueError, TypeError) as error:
        raise DataError(
            f"{path} is damaged: {error}. `python -m geodata replay --data {folder}` makes it anew."
        ) from error


def generations(folder: Path) -> list[Generation]:
    """Every generation on disk that has a note beside it, the newest first."""
    found = []
    for path in sorted(room(folder).glob("g*.json"), reverse=True):
        try:
            found.append(_noted(path))
        except (ValueError, TypeError):
            continue  # without a readable note it is not known what is in it
    return [generation for generation in found if (room(folder) / generation.file).is_file()]


def point(folder: Path, generation: Generation) -> None:
    """Make a generation the published one, durably, in one step."""
    write_durably(room(folder) / POINTER, _note(generation))


def is_sound(folder: Path, generation: Generation) -> bool:
    """Whether the file of a generation is still what was written."""
    path = room(folder) / generation.file
    return path.is_file() and digest(path) == generation.sha256


def set_aside(folder: Path, generation: Generation) -> None:
    """Take a damaged generation out of the way, without losing what can be learnt from it."""
    path = room(folder) / generation.file
    path.with_suffix(".json").unlink(missing_ok=True)
    if path.is_file():
        path.rename(path.with_suffix(".damaged"))


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the one writer's lock of a data folder; a killed holder lets go by itself.

    Raises
    ------
    BusyError
        When another process is writing.
    """
    room(folder).mkdir(parents=True, exist_ok=True)
    with (room(folder) / "writer.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"Another process is writing to {folder}. Wait until it has ended, then try again."
            ) from error
        yield


class Draft:
    """The next generation while it is being written; use as ``with Draft(folder, place)``.

    It begins with the published generation, with another file of one and its SHA-256 (``base``; an
    empty one where the file has just been compared), or with nothing (``fresh``). Rows with an id
    that is already there replace it. Nothing is visible before ``publish``.
    """

    def __init__(
        self,
        folder: Path,
        place: Place,
        *,
        fresh: bool = False,
        base: tuple[Path, str] | None = None,
    ) -> None:
        self._folder, self._place = folder, place
        self._number = _next_number(folder)
        self._path = room(folder) / f"g{self._number:06d}.duckdb"
        self._draft = self._path.with_suffix(".draft")
        self._spill = self._path.with_suffix(".spill")
        self._clear()
        if not fresh and (base := base or _published(folder)):
            self._begin_with(*base)
        self._connection = self._open()
        self._connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = true")
        derive.open_tables(self._connection)

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._clear()

    def add(self, table: str, rows: pa.Table, day: dt.date | None = None) -> None:
        """Take rows of a canonical table, which came on a day; they must have its schema."""
        derive.take(self._connection, table, rows.cast(TABLES[table]), day)

    def publish(
        self,
        data_until: Any = None,
        *,
        batch: int = 0,
        undone: tuple[int, ...] = (),
        upto: int = 0,
        layers: int = 0,
        commit: Callable[[], None] = lambda: None,
    ) -> Generation:
        """Number, place and order everything, then make it what readers see.

        Parameters
        ----------
        data_until : datetime, optional
            The moment up to which facts are complete (exclusive); by default the local midnight
            after the newest appeal.
        batch, undone, upto, layers
            What of the log and of the journal is in it, and beside it.
        commit : callable
            Called when the generation is on disk and before anybody sees it.
        """
        until = derive.settle(self._connection, self._place, data_until)
        has_areas = derive.has_areas(self._connection)
        self._connection.execute("CHECKPOINT")
        self._connection.close()
        generation = Generation(
            number=self._number,
            file=self._path.name,
            sha256=digest(self._draft),
            data_until=until.astimezone(self._place.zone).isoformat(),
            batch=batch,
            undone=undone,
            upto=upto,
            layers=layers,
            has_areas=has_areas,
        )
        sync(self._draft)
        self._draft.replace(self._path)
        commit()
        # Noted only now: a generation with a note holds nothing that the log does not.
        write_durably(self._path.with_suffix(".json"), _note(generation))
        point(self._folder, generation)
        _forget(self._folder, self._number)
        return generation

    def _begin_with(self, base: Path, sha256: str) -> None:
        try:
            shutil.copyfile(base, self._draft)
        except OSError as error:
            self._clear()
            raise DataError(f"{base} cannot be read: {error}.") from error
        if sha256 and digest(self._draft) != sha256:
            self._clear()
            raise DataError(
                f"{base} is damaged: it is not what was written. "
                f"`python -m geodata replay --data {self._folder}` makes it anew from the log."
            )

    def _open(self) -> Any:
        try:
            return duckdb.connect(
                str(self._draft),
                config={"memory_limit": MEMORY, "temp_directory": str(self._spill)},
            )
        except duckdb.Error as error:
            self._clear()
            raise DataError(f"{self._draft} cannot be written: {error}.") from error

    def _clear(self) -> None:
        """Remove what this draft, or a killed one of the same number, has left."""
        self._draft.unlink(missing_ok=True)
        self._draft.with_suffix(".draft.wal").unlink(missing_ok=True)
        shutil.rmtree(self._spill, ignore_errors=True)


def _noted(path: Path) -> Generation:
    values = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(values, dict):
        raise TypeError("it is not a table of values")
    known = {f.name for f in fields(Generation)}
    told = {name: value for name, value in values.items() if name in known}
    return Generation(**{**told, "undone": tuple(told.get("undone", ()))})


def _note(generation: Generation) -> str:
    return json.dumps(asdict(generation), indent=1) + "\n"


def _published(folder: Path) -> tuple[Path, str] | None:
    try:
        generation = published(folder)
    except NoDataError:
        return None
    return room(folder) / generation.file, generation.sha256


def _next_number(folder: Path) -> int:
    """One above every generation there is or was, the damaged ones too."""
    room(folder).mkdir(parents=True, exist_ok=True)
    used = [int(p.stem[1:]) for p in room(folder).glob("g??????.*") if p.suffix in LASTING]
    with suppress(DataError):  # there is none, or its pointer is about to be replaced
        used.append(published(folder).number)
    return max(used, default=0) + 1


def _forget(folder: Path, newest: int) -> None:
    for path in room(folder).glob("g??????.*"):
        if int(path.stem[1:]) <= newest - KEPT and path.suffix in {".duckdb", ".json"}:
            path.unlink(missing_ok=True)
