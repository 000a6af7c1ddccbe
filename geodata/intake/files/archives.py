"""Archives (.zip, .xlsx): what they say of themselves is looked at before they are unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geodata.errors import DataError
from geodata.intake.files.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_MEMBERS,
    ARCHIVE_RATIO,
    MB,
)

if TYPE_CHECKING:
    from pathlib import Path

ENCRYPTED = 1
DAMAGED = (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError, zlib.error)


def opened(path: Path) -> zipfile.ZipFile:
    """An archive that may be read.

    Raises
    ------
    DataError
        When it is damaged, would unpack to too much, or its members reach out of it.
    """
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise DataError(f"{path.name} is not a whole archive: {error}.") from error
    if fault := _fault(archive.infolist(), path.stat().st_size):
        archive.close()
        raise DataError(f"{path.name} {fault}.")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member.

    Raises
    ------
    DataError
        When it is damaged.
    """
    try:
        return archive.read(name)
    except (*DAMAGED, RuntimeError, KeyError) as error:
        raise DataError(f"{name} in the archive is damaged: {error}.") from error


def _fault(members: list[zipfile.ZipInfo], size: int) -> str:
    unpacked = sum(m.file_size for m in members)
    if len(members) > ARCHIVE_MEMBERS:
        return f"has {len(members)} members; {ARCHIVE_MEMBERS} may be in an archive"
    if unpacked > ARCHIVE_BYTES:
        return f"unpacks to {unpacked // MB} MB; {ARCHIVE_BYTES // MB} are allowed"
    if unpacked > MB and unpacked > ARCHIVE_RATIO * size:
        return f"unpacks to {unpacked // size} times its size; {ARCHIVE_RATIO} are allowed"
    if sum(m.compress_size for m in members) > size:
        return "has members that lie over each other"
    if len({m.filename for m in members}) < len(members):
        return "has two members of one name"
    return next((fault for m in members if (fault := _member_fault(m))), "")


def _member_fault(one: zipfile.ZipInfo) -> str:
    path = PurePosixPath(one.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in one.filename or ":" in one.filename:
        return f"has a member outside itself: {one.filename!r}"
    if stat.S_ISLNK(one.external_attr >> 16):
        return f"has a link as a member: {one.filename!r}"
    if one.flag_bits & ENCRYPTED:
        return f"is locked with a password ({one.filename!r}). Save it without"
    if one.file_size > MB and one.file_size > ARCHIVE_RATIO * one.compress_size:
        return f"has a member that unpacks to more than {ARCHIVE_RATIO} times its size"
    return ""
