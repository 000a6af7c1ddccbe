"""Bytes of a text file as UTF-8, whatever an office wrote them in."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pyarrow as pa

from geodata.errors import DataError
from geodata.intake.files.limits import TEXT_BYTES

if TYPE_CHECKING:
    from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF8 = ("utf8", "utf8sig")
DAMAGED = 0.1  # share of wrong bytes below which a text is UTF-8 with a few of them


def utf8(path: Path, encoding: str = "") -> tuple[bytes, str, str]:
    """The text of a file as UTF-8 without a mark, the encoding it was in, and how that is known.

    Raises
    ------
    DataError
        When the file is too large, or in no encoding that is named or known.
    """
    if (size := path.stat().st_size) > TEXT_BYTES:
        raise DataError(
            f"{path.name} has {size >> 20} MB; a text may have {TEXT_BYTES >> 20}. Split it."
        )
    raw = path.read_bytes()
    if encoding:
        return _as_utf8(raw, encoding, path.name), encoding, "declared"
    for mark, name in MARKS:
        if raw.startswith(mark):
            return _as_utf8(raw, name, path.name), name, "detected"
    return *_detected(raw, path.name), "detected"


def _detected(raw: bytes, name: str) -> tuple[bytes, str]:
    if raw[:1000].count(0) * 4 > len(raw[:1000]):
        raise DataError(
            f"{name} is UTF-16 without a mark, or no text at all. Name its encoding in the mapping."
        )
    if _is_utf8(raw):
        return raw, "utf-8"
    _refuse_damaged(raw, name)
    try:
        return raw.decode("gb18030").encode(), "gb18030"
    except UnicodeDecodeError as error:
        raise DataError(
            f"{name} is not utf-8 or gb18030: {error}. Name its encoding in the mapping."
        ) from error


def _refuse_damaged(raw: bytes, name: str) -> None:
    """Refuse UTF-8 with a few wrong bytes: as GB18030 it would be read, as nonsense."""
    text = raw.decode(errors="replace")
    wrong, foreign = text.count("\ufffd"), sum(not c.isascii() for c in text[:100_000])
    if foreign > 20 and wrong < DAMAGED * foreign:
        line = text[: text.index("\ufffd")].count("\n") + 1
        raise DataError(
            f"{name}, line {line}: a byte there is not utf-8, while the rest is. Mend the line, "
            f"or name the encoding in the mapping."
        )


def _as_utf8(raw: bytes, encoding: str, name: str) -> bytes:
    try:
        if encoding.lower().replace("-", "").replace("_", "") in UTF8 and _is_utf8(raw):
            return raw.removeprefix(codecs.BOM_UTF8)
        return raw.decode(encoding).removeprefix("\ufeff").encode()
    except (ValueError, LookupError) as error:
        raise DataError(
            f"{name} is not {encoding}: {error}. Name its encoding in the mapping."
        ) from error


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8; Arrow looks at many at once."""
    ends = pa.array([0, len(raw)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(raw)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
