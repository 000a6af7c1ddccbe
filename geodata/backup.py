"""A whole data folder saved and put back, every file compared by its SHA-256."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import DataError
from geodata.place import FILE
from geodata.store.disk import copied, digest, sync, write_durably
from geodata.store.generation import POINTER, Generation, published, room, writing
from geodata.store.journal import ALARM, Journal
from geodata.store.journal import FILE as JOURNAL
from geodata.store.ledger import FILE as LEDGER

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
KEPT_WHOLE = ("batches", "layers")
KEPT_FILES = (FILE, "tokens.json", LEDGER, ALARM)


def backup(folder: Path, target: Path) -> int:
    """Save a data folder into an empty or new one; gives the number of files.

    Nothing stops meanwhile: the log only grows, and the journal is copied as of one moment.

    Raises
    ------
    DataError
        When the target is not empty.
    """
    if target.exists() and any(target.iterdir()):
        raise DataError(f"{target} is not empty. Name a new folder for the backup.")
    with writing(folder):  # no generation changes while it is copied
        generation = published(folder)
        target.mkdir(parents=True, exist_ok=True)
        for source in _of(folder, generation):
            copy = target / source.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            copy.chmod(source.stat().st_mode)
        if Journal(folder).exists():
            Journal(folder).copy(target / JOURNAL)
    sums = {str(path.relative_to(target)): digest(path) for path in _files(target)}
    write_durably(target / MANIFEST, json.dumps(sums, ensure_ascii=False, indent=1) + "\n")
    return len(sums)


def restore(source: Path, folder: Path) -> int:
    """Put a backup into an empty data folder, every file compared; gives the number of files.

    Raises
    ------
    DataError
        When a file is missing or not what was saved; then the folder stays empty.
    """
    sums = _manifest(source)
    if folder.exists() and any(folder.iterdir()):
        raise DataError(f"{folder} is not empty. Restore into a new folder, then serve that one.")
    draft = folder.with_name(folder.name + ".restoring")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for name, told in sums.items():
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _restored(source / name, target, told)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return len(sums)


def _restored(source: Path, target: Path, told: str) -> None:
    if not source.is_file():
        raise DataError(f"The backup lacks {source}. Nothing was restored.")
    if copied(source, target) != told:
        raise DataError(f"{source} is not what was saved. Nothing was restored.")
    target.chmod(source.stat().st_mode)
    sync(target)


def _manifest(source: Path) -> dict[str, str]:
    try:
        values = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        sums = {str(name): str(told) for name, told in values.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise DataError(f"{source} is not a backup: {error}.") from error
    if any(os.path.isabs(name) or ".." in Path(name).parts for name in sums):
        raise DataError(f"{source / MANIFEST} names files outside of the backup.")
    return sums


def _of(folder: Path, generation: Generation) -> Iterator[Path]:
    """What makes up a data folder, but for the journal and what can be computed again."""
    file = room(folder) / generation.file
    named = [file, file.with_suffix(".json"), room(folder) / POINTER]
    named += [folder / name for name in KEPT_FILES]
    yield from (path for path in named if path.is_file())
    for name in KEPT_WHOLE:
        yield from _files(folder / name)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
